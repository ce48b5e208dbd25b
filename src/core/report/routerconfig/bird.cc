// BIRD: sets of prefixes and of ASNs. bgpq4 writes nothing at all for no prefixes, and so does this.
#include "core/report/routerconfig/vendor_rows.h"
#include "core/report/routerconfig/writing.h"

namespace fairway::routerconfig {

namespace {

void put_prefix_set(std::string& out, const List& list) {
  if (list.ranges.empty()) return;
  put(out, list.name, " = [");
  std::string_view before = "\n    ";
  for (const PrefixRange& range : RangesToWrite(out, list)) {
    put(out, before, range.prefix);
    if (!range.exact()) put(out, '{', range.least, ',', range.most, '}');
    before = ",\n    ";
  }
  put(out, "\n];\n");
}

void put_asns(std::string& out, const List& list) {
  put(out, list.name, " = [");
  std::string_view before = "\n    ";
  for (const std::string& group : groups_of_asns(list, ", ", true)) {
    put(out, before, group);
    before = ",\n    ";
  }
  put(out, list.asns.empty() ? "];\n" : "\n];\n");
}

}  // namespace

const Vendor kBird{
    .name = "bird",
    .letters = "b",
    .summary = "BIRD",
    .writers = {put_prefix_set, nullptr, nullptr, put_asns, nullptr, nullptr, put_asns},
    .as_path_width = 10,
};

}  // namespace fairway::routerconfig
