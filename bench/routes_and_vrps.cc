// uses: core/verdict core/tables core/read shell/feed core/model base
#include "bench/routes_and_vrps.h"

#include <algorithm>
#include <cstdlib>
#include <random>

#include "base/text.h"
#include "bench/measure.h"
#include "core/read/rpki_json.h"
#include "shell/feed/source.h"

namespace fairway::bench {

namespace {

RoutesAndVrps load(const std::string& folder) {
  RoutesAndVrps data;
  data.what = "real VRPs of 2025-07-20, real prefix-origin pairs of 2026-06-19";
  const Buffer json = expect(read_all(folder + "/rpki/rpkiclient_summary_20250720T093135Z.json.bz2"));
  data.vrps = expect(read_rpki_json(json.bytes())).vrps;
  const Buffer pairs = expect(read_all(folder + "/registry/prefix_origin_fulltable_20260619.tsv.gz"));
  for (std::string_view text = as_text(pairs.bytes()); !text.empty();) {
    std::string_view line = cut(text, '\n');
    const auto prefix = parse_prefix(cut(line, '\t'));
    const auto origin = parse_asn(cut(line, '\t'));
    if (prefix && origin) data.routes.push_back({*prefix, {PathOrigin::Kind::as, *origin}});
  }
  return data;
}

// Blocks in clusters as registries hand them out, four fifths IPv4; about half of the routes have a VRP.
RoutesAndVrps generate() {
  RoutesAndVrps data;
  data.what = "generated VRPs and prefix-origin pairs";
  std::mt19937_64 random(1);
  const auto below = [&](std::uint64_t end) { return random() % end; };
  while (data.routes.size() < 1'464'772) {
    const bool ipv4 = below(5) != 0;
    const unsigned least = ipv4 ? 16 : 29, most = ipv4 ? 24 : 48;
    const std::uint64_t block =
        ipv4 ? (1 + below(223)) << 56 | below(65536) << 40 : (0x2400 + below(64) * 16) << 48 | below(4096) << 32;
    const unsigned length = least + static_cast<unsigned>(below(most - least + 1));
    const Family family = ipv4 ? Family::ipv4 : Family::ipv6;
    const Prefix holder(family, block | below(65536) << (ipv4 ? 32 : 24), 0, length);
    const Asn asn{static_cast<std::uint32_t>(1 + below(85'946))};
    for (std::uint64_t i = 0, count = 1 + below(6); i < count && data.routes.size() < 1'464'772; ++i) {
      const Prefix part(family, holder.high() | (random() & ~Prefix::mask_high(length)), 0,
                        length + static_cast<unsigned>(below(most - length + 1)));
      const Asn origin = below(12) == 0 ? Asn{static_cast<std::uint32_t>(1 + below(85'946))} : asn;
      data.routes.push_back({part, {PathOrigin::Kind::as, origin}});
      if (below(2) == 0 && data.vrps.size() < 723'524)
        data.vrps.push_back({part, static_cast<std::uint8_t>(part.length()), asn, 0});
    }
    if (below(4) == 0 && data.vrps.size() < 723'524)
      data.vrps.push_back({holder, static_cast<std::uint8_t>(most), asn, 0});
  }
  std::sort(data.vrps.begin(), data.vrps.end());
  std::sort(data.routes.begin(), data.routes.end(), [](const auto& a, const auto& b) { return a.prefix < b.prefix; });
  return data;
}

}  // namespace

RoutesAndVrps load_or_generate() {
  const char* folder = std::getenv("FAIRWAY_TEST_DATA");
  return folder != nullptr ? load(folder) : generate();
}

}  // namespace fairway::bench
