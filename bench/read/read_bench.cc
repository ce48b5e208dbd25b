// uses: core/read core/tables shell/feed core/model base
//
// Loading the whole RPKI: the real export of 2025-07-20, or a generated one of the same size where FAIRWAY_TEST_DATA is
// not set. First the answer is checked: as many VRPs as the export says itself, none left out. Then each step is timed,
// the fastest of several runs; reading and building are on one core.
#include <cstdio>

#include "base/text.h"
#include "bench/files.h"
#include "bench/measure.h"
#include "core/read/rpki_json.h"
#include "shell/feed/source.h"

namespace {

using namespace fairway;
using namespace fairway::bench;

// What the export says of itself.
std::size_t announced(std::string_view text) {
  const std::size_t at = text.find("\"uniquevrps\":");
  if (at == std::string_view::npos) return 0;
  std::string_view rest = text.substr(at + 13, 32);
  return parse_number<std::size_t>(trim(rest.substr(0, rest.find_first_of(",\n}")))).value_or(0);
}

}  // namespace

int main() {
  const auto data = real_data();
  const std::string path = data ? *data + "/world/rpkiclient_summary_20250720T100145Z.json.bz2" : "";
  const Buffer text = data ? expect(read_all(path)) : Buffer::copy_of(as_bytes(rpki_json(load_or_generate().vrps)));
  const auto once = expect(read_rpki_json(text.bytes()));
  if (once.vrps.empty() || once.vrps.size() != announced(as_text(text.bytes())) || once.skips.count != 0)
    leave("not as many VRPs as the export announces");
  const double size = static_cast<double>(text.size()) / 1e6;
  std::printf("%s export, %.1f MB of JSON, %zu VRPs, %zu ASPAs\n", data ? "real" : "generated", size, once.vrps.size(),
              once.aspas.size());
  if (data) row("decompressing it on all cores", fastest(3, [&] { (void)read_all(path); }), "s");
  RpkiExport last;
  const double read = fastest(7, [&] { last = *read_rpki_json(text.bytes()); });
  const double build = fastest(7, [&] { (void)VrpTable::build(last.vrps, last.trust_anchors, last.built); });
  row("reading the decompressed JSON", read, "s");
  row("speed of that", size / read, "MB/s");
  row("reading it and building the table", read + build, "s", at_most(1));
}
