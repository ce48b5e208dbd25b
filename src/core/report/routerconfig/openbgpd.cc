// OpenBGPD.
#include "core/report/routerconfig/vendor_rows.h"
#include "core/report/routerconfig/writing.h"

namespace fairway::routerconfig {

namespace {

void put_prefixes(std::string& out, const List& list) {
  for (const PrefixRange& range : RangesToWrite(out, list)) {
    put(out, "\n\t", range.prefix);
    if (range.exact()) continue;
    if (range.least == range.most) {
      put(out, " prefixlen = ", range.most);
    } else {
      put(out, " prefixlen ", range.least, " - ", range.most);
    }
  }
}

// A macro if the list was given a name, else what can stand in a rule.
void put_prefix_list(std::string& out, const List& list) {
  if (list.ranges.empty()) {
    put(out, "# generated prefix-list ", list.name, " (AS ", list.neighbour, ") is empty\n");
    if (list.neighbour != Asn{}) {
      put(out, "deny from AS ", list.neighbour, '\n');
      return;
    }
    put(out, "# use -a <asn> to generate \"deny from ASN <asn>\" instead of this list\n");
  }
  const bool named = list.name != List{}.name;
  if (named) put(out, list.name, "=\"");
  put(out, "prefix { ");
  put_prefixes(out, list);
  put(out, "\n\t}", named ? "\"\n" : "\n");
}

void put_prefix_set(std::string& out, const List& list) {
  put(out, "prefix-set ", list.name, " {");
  put_prefixes(out, list);
  put(out, "\n}\n");
}

void put_as_path(std::string& out, const List& list, std::string_view direction) {
  if (list.asns.empty()) put(out, "deny ", direction, " AS ", list.neighbour, '\n');
  for (const Asn asn : list.asns) put(out, "allow ", direction, " AS ", list.neighbour, " AS ", asn, '\n');
}

void put_from(std::string& out, const List& list) { put_as_path(out, list, "from"); }
void put_to(std::string& out, const List& list) { put_as_path(out, list, "to"); }

void put_as_set(std::string& out, const List& list) {
  put(out, "as-set ", list.name, " {");
  for (const std::string& group : groups_of_asns(list, " ", true)) put(out, "\n\t", group);
  put(out, "\n}\n");
}

}  // namespace

const Vendor kOpenBgpd{.name = "openbgpd",
                       .letters = "B",
                       .summary = "OpenBGPD",
                       .writers = {put_prefix_list, put_prefix_set, nullptr, put_from, put_to, nullptr, put_as_set}};

}  // namespace fairway::routerconfig
