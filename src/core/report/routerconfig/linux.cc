// VyOS, and nftables for packets rather than routes.
#include "core/model/prefix_set.h"
#include "core/report/routerconfig/vendor_rows.h"
#include "core/report/routerconfig/writing.h"

namespace fairway::routerconfig {

namespace {

void put_vyos_prefix_list(std::string& out, const List& list) {
  std::string path = list.family == Family::ipv4 ? "policy prefix-list " : "policy prefix-list6 ";
  path += list.name;
  put(out, "delete ", path, '\n');
  if (list.ranges.empty()) {
    put(out, "set ", path, " rule 1 action deny\nset ", path, " rule 1 prefix ", default_route(list.family), "\nset ",
        path, " rule 1 le ", address_bits(list.family), '\n');
  }
  unsigned number = 0;
  for (const PrefixRange& range : RangesToWrite(out, list)) {
    ++number;
    put(out, "set ", path, " rule ", number, " action permit\n");
    put(out, "set ", path, " rule ", number, " prefix ", range.prefix, '\n');
    if (range.exact()) continue;
    if (has_lower_bound(range)) put(out, "set ", path, " rule ", number, " ge ", range.least, '\n');
    put(out, "set ", path, " rule ", number, " le ", range.most, '\n');
  }
}

template <bool outbound>
void put_vyos_as_path_list(std::string& out, const List& list) {
  const std::string path = "policy as-path-list " + std::string(list.name);
  put(out, "delete ", path, '\n');
  unsigned number = 0;
  const auto rule = [&](std::string_view action, auto... expression) {
    ++number;
    put(out, "set ", path, " rule ", number, " action ", action, "\nset ", path, " rule ", number, " regex '",
        expression..., "'\n");
  };
  const std::string first = outbound ? "" : to_string(list.neighbour);
  if (list.asns.empty()) rule("deny", std::string_view(".*"));
  if (has_neighbour(list)) rule("permit", '^', first, std::string_view("(_"), list.neighbour, std::string_view(")*$"));
  for (const std::string& group : groups_of_asns(list, "|")) {
    rule("permit", '^', first, std::string_view("(_[0-9]+)*_("), group, std::string_view(")$"));
  }
}

// The addresses of the list as a set in the table "inet fairway", which is replaced as a whole by `nft -f`.
void put_nftables_set(std::string& out, const List& list) {
  std::vector<Prefix> prefixes;
  prefixes.reserve(list.ranges.size());
  for (const PrefixRange& range : RangesToWrite(out, list)) prefixes.push_back(range.prefix);
  const PrefixSet addresses(std::move(prefixes));
  put(out, "add table inet fairway\nadd set inet fairway ", list.name, " { type ",
      list.family == Family::ipv4 ? "ipv4_addr" : "ipv6_addr", "; flags interval; }\nflush set inet fairway ",
      list.name, '\n');
  if (addresses.empty()) return;
  put(out, "add element inet fairway ", list.name, " {");
  std::string_view before = "\n  ";
  for (const Prefix& prefix : addresses.prefixes()) {
    put(out, before, prefix);
    before = ",\n  ";
  }
  put(out, "\n}\n");
}

}  // namespace

const Vendor kVyos{
    .name = "vyos",
    .letters = "",
    .summary = "VyOS",
    .writers = {put_vyos_prefix_list, nullptr, nullptr, put_vyos_as_path_list<false>, put_vyos_as_path_list<true>},
    .as_path_width = 4,
    .out_as_path_width = 5};
const Vendor kNftables{
    .name = "nftables", .letters = "", .summary = "a set of addresses for nftables", .writers = {put_nftables_set}};

}  // namespace fairway::routerconfig
