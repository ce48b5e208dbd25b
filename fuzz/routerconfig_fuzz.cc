// uses: core/wire/routerconfig core/model base
//
// Whatever the text: reading ends, reading twice says the same, and every question to every session is answered, twice
// alike. The first octet picks the dialect.
#include "core/wire/routerconfig/configuration.h"
#include "hold.h"

using namespace fairway;

namespace {

constexpr const char* kPrefixes[] = {"198.51.100.0/24", "10.0.0.0/8", "0.0.0.0/0", "203.0.113.77/32", "2001:db8::/32"};
constexpr const char* kPaths[] = {"", "65551", "65551 174 65552", "65551 {65552}"};

std::vector<Probe> probes() {
  std::vector<Probe> result;
  for (const char* prefix : kPrefixes) {
    for (const char* path : kPaths) {
      Probe probe;
      probe.prefix = *parse_prefix(prefix);
      probe.path = *parse_as_path(path);
      probe.origin = static_cast<Validation>(result.size() % 4);
      if (result.size() % 3 == 0) probe.communities = {kBlackhole, community(64500, 1)};
      if (result.size() % 3 == 1) probe.large_communities = {{64500, 1, 1}};
      result.push_back(std::move(probe));
    }
  }
  return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 20'000) return 0;
  const auto dialect = static_cast<reader::Dialect>(data[0] % reader::kDialects);
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  // A file may include itself, and another.
  const reader::Includes includes = [&](std::string_view name) -> std::optional<std::string> {
    if (name == "self") return std::string(text);
    if (name == "set") return "define S = [ 198.51.100.0/24 ];\n";
    return std::nullopt;
  };
  reader::guess_dialect(text);
  const auto one = reader::Configuration::read(text, dialect, includes);
  const auto two = reader::Configuration::read(text, dialect, includes);
  hold(one.has_value() == two.has_value(), "reading twice ends alike");
  if (!one) return 0;
  hold(one->sessions().size() == two->sessions().size(), "the same sessions");
  hold(one->complaints().size() == two->complaints().size(), "the same complaints");
  static const std::vector<Probe> kProbes = probes();
  for (std::size_t i = 0; i < one->sessions().size() && i < 4; ++i) {
    for (const Direction direction : {Direction::import, Direction::export_}) {
      for (const Probe& probe : kProbes) {
        const Decision a = one->decide(one->sessions()[i], direction, probe);
        const Decision b = two->decide(two->sessions()[i], direction, probe);
        hold(a.outcome == b.outcome && a.line == b.line && a.why == b.why, "the same answer");
      }
    }
  }
  for (const reader::NamedPrefixSet& set : one->prefix_sets()) {
    for (const auto& entry : set.entries) {
      hold(entry.range.prefix.length() <= entry.range.least && entry.range.least <= entry.range.most &&
               entry.range.most <= address_bits(entry.range.prefix.family()),
           "ranges of lengths that can be");
    }
  }
  return 0;
}
