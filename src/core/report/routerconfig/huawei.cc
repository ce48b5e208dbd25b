// Huawei VRP, and its extended policy language XPL.
#include "core/report/routerconfig/ios.h"
#include "core/report/routerconfig/vendor_rows.h"
#include "core/report/routerconfig/writing.h"

namespace fairway::routerconfig {

namespace {

void put_ip_prefix(std::string& out, const List& list) {
  const std::string_view ip = ip_word(list.family);
  put(out, "undo ip ", ip, "-prefix ", list.name, '\n');
  if (list.ranges.empty()) put(out, "ip ", ip, "-prefix ", list.name, " deny ", default_route(list.family), '\n');
  for (const PrefixRange& range : RangesToWrite(out, list)) {
    put(out, "ip ", ip, "-prefix ", list.name, " permit ", range.prefix.address(), ' ', range.prefix.length());
    if (!range.exact()) {
      if (has_lower_bound(range)) put(out, " greater-equal ", range.least);
      put(out, " less-equal ", range.most);
    }
    out += '\n';
  }
}

template <bool outbound>
void put_as_path_filter(std::string& out, const List& list) {
  put(out, "undo ip as-path-filter ", list.name, '\n');
  put_as_path_lines(out, list, "ip as-path-filter ", outbound);
  // As bgpq4: outbound, the neighbour alone is followed by what is written for nobody.
  if (outbound && list.asns.size() == 1 && has_neighbour(list)) put(out, "ip as-path-filter ", list.name, " deny .*\n");
}

void put_xpl_prefix_list(std::string& out, const List& list) {
  const std::string_view ip = ip_word(list.family);
  put(out, "no xpl ", ip, "-prefix-list ", list.name, "\nxpl ", ip, "-prefix-list ", list.name, '\n');
  std::string_view before = "  ";
  for (const PrefixRange& range : RangesToWrite(out, list)) {
    put(out, before, range.prefix.address(), ' ', range.prefix.length());
    put_ge_le(out, range);
    before = ",\n  ";
  }
  put(out, "\nend-list\n");
}

// As in IOS XR, bgpq4 leaves a comma behind the name of an inbound list without the neighbour's own line.
template <bool outbound>
void put_xpl_as_path_list(std::string& out, const List& list) {
  put(out, "xpl as-path-list ", list.name);
  std::string_view before = outbound || list.asns.empty() ? "\n  regular ^" : ",\n  regular ^";
  if (has_neighbour(list)) {
    put(out, "\n  regular ^");
    if (!outbound) put(out, list.neighbour);
    put(out, "(_", list.neighbour, ")*$");
    before = ",\n  regular ^";
  }
  for (const std::string& group : groups_of_asns(list, "|")) {
    put(out, before);
    if (!outbound) put(out, list.neighbour);
    put(out, "(_[0-9]+)*_(", group, ")$");
    before = ",\n  regular ^";
  }
  put(out, "\nend-list\n");
}

}  // namespace

const Vendor kHuawei{.name = "huawei",
                     .letters = "U",
                     .summary = "Huawei VRP",
                     .writers = {put_ip_prefix, nullptr, nullptr, put_as_path_filter<false>, put_as_path_filter<true>}};
const Vendor kHuaweiXpl{
    .name = "huawei-xpl",
    .letters = "u",
    .summary = "Huawei XPL",
    .writers = {put_xpl_prefix_list, nullptr, nullptr, put_xpl_as_path_list<false>, put_xpl_as_path_list<true>}};

}  // namespace fairway::routerconfig
