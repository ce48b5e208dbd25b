// MikroTik RouterOS 6 and 7.
#include "core/report/routerconfig/vendor_rows.h"
#include "core/report/routerconfig/writing.h"

namespace fairway::routerconfig {

namespace {

std::string_view version_word(Family family) { return family == Family::ipv4 ? "V4" : "V6"; }

void put_rules_6(std::string& out, const List& list) {
  if (list.ranges.empty()) put(out, "# generated prefix-list ", list.name, " is empty\n");
  for (const PrefixRange& range : RangesToWrite(out, list)) {
    put(out, "/routing filter add action=accept chain=\"", list.name, '-', version_word(list.family),
        "\" prefix=", range.prefix);
    if (!range.exact()) put(out, " prefix-length=", range.least, '-', range.most);
    out += '\n';
  }
}

void put_rules_7(std::string& out, const List& list) {
  if (list.ranges.empty()) put(out, "# generated prefix-list ", list.name, " is empty\n");
  for (const PrefixRange& range : RangesToWrite(out, list)) {
    put(out, "/routing filter rule add chain=\"", list.name, '-', version_word(list.family));
    if (range.exact()) {
      put(out, "\" rule=\"if (dst=", range.prefix, ") {accept}\"\n");
    } else {
      put(out, "\"  rule=\"if (dst in ", range.prefix, " && dst-len in ", range.least, '-', range.most,
          ") {accept}\"\n");
    }
  }
}

}  // namespace

const Vendor kRouterOs6{
    .name = "routeros6", .letters = "K", .summary = "MikroTik RouterOS 6", .writers = {put_rules_6}};
const Vendor kRouterOs7{
    .name = "routeros7", .letters = "K7", .summary = "MikroTik RouterOS 7", .writers = {put_rules_7}};

}  // namespace fairway::routerconfig
