// Nokia: SR OS in its classic and its model-driven (MD) command line, and SR Linux.
#include <algorithm>

#include "core/report/routerconfig/vendor_rows.h"
#include "core/report/routerconfig/writing.h"

namespace fairway::routerconfig {

namespace {

void put_classic_prefix_list(std::string& out, const List& list) {
  put(out, "configure router policy-options\nbegin\nno prefix-list \"", list.name, "\"\nprefix-list \"", list.name,
      "\"\n");
  for (const PrefixRange& range : RangesToWrite(out, list)) {
    put(out, "    prefix ", range.prefix);
    if (range.exact()) {
      put(out, " exact\n");
    } else {
      put(out, " prefix-length-range ", range.least, '-', range.most, '\n');
    }
  }
  put(out, "exit\ncommit\n");
}

void put_classic_match_list(std::string& out, const List& list) {
  const std::string_view ip = ip_word(list.family);
  put(out, "configure filter match-list\nno ", ip, "-prefix-list \"", list.name, "\"\n", ip, "-prefix-list \"",
      list.name, "\" create\n");
  if (list.ranges.empty()) put(out, "# generated ip-prefix-list ", list.name, " is empty\n");
  for (const PrefixRange& range : RangesToWrite(out, list)) put(out, "    prefix ", range.prefix, '\n');
  put(out, "exit\n");
}

// Outbound as bgpq4 writes it: a blank less, and no commit.
template <bool outbound>
void put_classic_as_path_group(std::string& out, const List& list) {
  put(out, "configure router policy-options\nbegin\nno as-path-group", outbound ? "" : " ", '"', list.name,
      "\"\nas-path-group \"", list.name, "\"\n");
  unsigned number = 0;
  if (has_neighbour(list)) put(out, "  entry ", ++number, " expression \"", list.neighbour, "+\"\n");
  for (const std::string& group : groups_of_asns(list, " ")) {
    put(out, "  entry ", ++number, " expression \"");
    if (!outbound) put(out, list.neighbour);
    put(out, ".*[", group, "]\"\n");
  }
  if (!outbound) put(out, "exit\ncommit\n");
}

void put_md_prefix_list(std::string& out, const List& list) {
  put(out, "/configure policy-options\ndelete prefix-list \"", list.name, "\"\nprefix-list \"", list.name, "\" {\n");
  for (const PrefixRange& range : RangesToWrite(out, list)) {
    put(out, "    prefix ", range.prefix);
    if (range.exact()) {
      put(out, " type exact {\n    }\n");
    } else if (has_lower_bound(range)) {
      put(out, " type range {\n        start-length ", range.least, "\n        end-length ", range.most, "\n    }\n");
    } else {
      put(out, " type through {\n        through-length ", range.most, "\n    }\n");
    }
  }
  put(out, "}\n");
}

void put_md_match_list(std::string& out, const List& list) {
  const std::string_view ip = ip_word(list.family);
  put(out, "/configure filter match-list\ndelete ", ip, "-prefix-list \"", list.name, "\"\n", ip, "-prefix-list \"",
      list.name, "\" {\n");
  if (list.ranges.empty()) put(out, "# generated ", ip, "-prefix-list ", list.name, " is empty\n");
  for (const PrefixRange& range : RangesToWrite(out, list)) put(out, "    prefix ", range.prefix, " { }\n");
  put(out, "}\n");
}

template <bool outbound>
void put_md_as_path_group(std::string& out, const List& list) {
  put(out, "/configure policy-options\ndelete as-path-group \"", list.name, "\"\nas-path-group \"", list.name,
      "\" {\n");
  unsigned number = 0;
  if (has_neighbour(list)) put(out, "  entry ", ++number, " {\n    expression \"", list.neighbour, "+\"\n  }\n");
  for (const std::string& group : groups_of_asns(list, " ")) {
    put(out, "  entry ", ++number, " {\n    expression \"");
    if (!outbound) put(out, list.neighbour);
    put(out, ".*[", group, "]\"\n  }\n");
  }
  put(out, "}\n");
}

void put_srl_prefix_set(std::string& out, const List& list) {
  put(out, "/routing-policy\ndelete prefix-set \"", list.name, "\"\nprefix-set \"", list.name, "\" {\n");
  for (const PrefixRange& range : RangesToWrite(out, list)) {
    put(out, "    prefix ", range.prefix, " mask-length-range ");
    if (range.exact()) {
      put(out, "exact { }\n");
    } else {
      put(out, range.least, "..", range.most, " { }\n");
    }
  }
  put(out, "}\n");
}

void put_srl_filter(std::string& out, const List& list) {
  const std::string_view filter = list.family == Family::ipv4 ? "ipv4-filter" : "ipv6-filter";
  put(out, "/acl \ndelete ", filter, " \"", list.name, "\"\n", filter, " \"", list.name, "\" {\n");
  if (list.ranges.empty()) put(out, "# generated ", filter, " '", list.name, "' is empty\n");
  unsigned number = 0;
  for (const PrefixRange& range : RangesToWrite(out, list)) {
    put(out, " entry ", number += 10, " {\n  action { accept { } }\n  match { source-ip { prefix ", range.prefix,
        " } } }\n");
  }
  put(out, "}\n");
}

}  // namespace

const Vendor kNokia{.name = "sros",
                    .letters = "N",
                    .summary = "Nokia SR OS, classic",
                    .writers = {put_classic_prefix_list, put_classic_match_list, nullptr,
                                put_classic_as_path_group<false>, put_classic_as_path_group<true>},
                    .extended_ranges = false};
const Vendor kNokiaMd{.name = "sros-md",
                      .letters = "n",
                      .summary = "Nokia SR OS, MD-CLI",
                      .writers = {put_md_prefix_list, put_md_match_list, nullptr, put_md_as_path_group<false>,
                                  put_md_as_path_group<true>},
                      .extended_ranges = false};
const Vendor kNokiaSrl{.name = "srlinux",
                       .letters = "n2",
                       .summary = "Nokia SR Linux",
                       .writers = {put_srl_prefix_set, put_srl_filter},
                       .extended_ranges = false};

}  // namespace fairway::routerconfig
