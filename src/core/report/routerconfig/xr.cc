// Cisco IOS XR: sets, whose elements are separated by commas.
#include "core/report/routerconfig/ios.h"
#include "core/report/routerconfig/vendor_rows.h"
#include "core/report/routerconfig/writing.h"

namespace fairway::routerconfig {

namespace {

void put_prefix_set(std::string& out, const List& list) {
  put(out, "no prefix-set ", list.name, "\nprefix-set ", list.name, '\n');
  std::string_view before = " ";
  for (const PrefixRange& range : RangesToWrite(out, list)) {
    put(out, before, range.prefix);
    put_ge_le(out, range);
    before = ",\n ";
  }
  put(out, "\nend-set\n");
}

// Without the neighbour's own line bgpq4 leaves a comma behind the name of an inbound set; XR takes it, and so it
// stays.
template <bool outbound>
void put_as_path_set(std::string& out, const List& list) {
  put(out, "as-path-set ", list.name);
  bool comma = !outbound;
  if (has_neighbour(list)) {
    put(out, "\n  ios-regex '^");
    if (!outbound) put(out, list.neighbour);
    put(out, "(_", list.neighbour, ")*$'");
    comma = true;
  }
  for (const std::string& group : groups_of_asns(list, "|")) {
    put(out, comma ? "," : "", "\n  ios-regex '^");
    if (!outbound) put(out, list.neighbour);
    put(out, "(_[0-9]+)*_(", group, ")$'");
    comma = true;
  }
  put(out, "\nend-set\n");
}

}  // namespace

const Vendor kXr{.name = "xr",
                 .letters = "X",
                 .summary = "Cisco IOS XR",
                 .writers = {put_prefix_set, nullptr, nullptr, put_as_path_set<false>, put_as_path_set<true>},
                 .as_path_width = 6,
                 .out_as_path_width = 7};

}  // namespace fairway::routerconfig
