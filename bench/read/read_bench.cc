// uses: core/read core/tables shell/feed core/model base
//
// Loading the whole RPKI: the real export of 2025-07-20, or a generated one of the same size where FAIRWAY_TEST_DATA is
// not set. First the answer is checked: as many VRPs as the export says itself, or as were generated, none left out.
// Then each step is timed, the fastest of several runs; reading and building are on one core. Exit code 1: a wrong
// answer.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/json_writer.h"
#include "base/text.h"
#include "core/read/rpki_json.h"
#include "shell/feed/source.h"

namespace {

using namespace fairway;

constexpr std::size_t kGenerated = 723'524;

// Prefixes in order, as an export has them.
Buffer generate() {
  std::string out;
  JsonWriter json(out);
  json.object()
      .key("metadata")
      .object()
      .field("buildtime", "2025-07-20T10:01:43Z")
      .field("uniquevrps", kGenerated)
      .end();
  json.key("roas").array();
  for (std::size_t i = 0; i < kGenerated; ++i) {
    const Prefix prefix(IpAddress::ipv4((1u << 24) + (static_cast<std::uint32_t>(i) << 8)), 24);
    json.object().field("asn", 64496 + i % 80'000).field("prefix", to_string(prefix)).field("maxLength", 24);
    json.field("ta", i % 2 == 0 ? "ripe" : "arin").field("expires", 1'753'453'058).end();
    out += '\n';
  }
  json.end().end();
  return Buffer::copy_of(as_bytes(out));
}

// What the export says of itself.
std::size_t announced(std::string_view text) {
  const std::size_t at = text.find("\"uniquevrps\":");
  if (at == std::string_view::npos) return 0;
  std::string_view rest = text.substr(at + 13, 32);
  return parse_number<std::size_t>(trim(rest.substr(0, rest.find_first_of(",\n}")))).value_or(0);
}

double fastest(int runs, const auto& work) {
  double best = 1e9;
  for (int i = 0; i < runs; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  return best;
}

}  // namespace

int main() {
  const char* data = std::getenv("FAIRWAY_TEST_DATA");
  const std::string path =
      data == nullptr ? "" : std::string(data) + "/world/rpkiclient_summary_20250720T100145Z.json.bz2";
  Buffer text;
  if (data == nullptr) {
    text = generate();
  } else if (auto content = read_all(path)) {
    text = *std::move(content);
  } else {
    std::fprintf(stderr, "%s: %s\n", path.c_str(), content.error().text.c_str());
    return 1;
  }
  const auto once = read_rpki_json(text.bytes());
  if (!once || once->vrps.size() != announced(as_text(text.bytes())) || once->skips.count != 0) {
    std::fprintf(stderr, "wrong: %s\n", once ? "not as many VRPs as the export announces" : once.error().text.c_str());
    return 1;
  }
  std::printf("%s export, %.1f MB of JSON, %zu VRPs, %zu ASPAs\n", data == nullptr ? "generated" : "real",
              static_cast<double>(text.size()) / 1e6, once->vrps.size(), once->aspas.size());
  if (data != nullptr) std::printf("decompress (2 threads)   %6.3f s\n", fastest(3, [&] { (void)read_all(path); }));
  RpkiExport last;
  const double read = fastest(7, [&] { last = *read_rpki_json(text.bytes()); });
  std::size_t size = 0;
  const double build = fastest(7, [&] { size = VrpTable::build(last.vrps, last.trust_anchors, last.built).size(); });
  std::printf("read                     %6.3f s   %5.0f MB/s\n", read, static_cast<double>(text.size()) / 1e6 / read);
  std::printf("build the table          %6.3f s   (%zu)\n", build, size);
  std::printf("read and build           %6.3f s   bar: under 1 s\n", read + build);
  return 0;
}
