// Cisco IOS, and FRR, which took its syntax over.
#include "core/report/routerconfig/ios.h"

#include "core/report/routerconfig/vendor_rows.h"
#include "core/report/routerconfig/writing.h"

namespace fairway::routerconfig {

void put_ge_le(std::string& out, const PrefixRange& range) {
  if (range.exact()) return;
  if (has_lower_bound(range)) put(out, " ge ", range.least);
  put(out, " le ", range.most);
}

void put_access_list(std::string& out, const List& list) {
  put(out, "no ip access-list extended ", list.name, '\n');
  if (list.ranges.empty()) {
    put(out, "! generated access-list ", list.name, " is empty\nip access-list extended ", list.name,
        " deny any any\n");
    return;
  }
  put(out, "ip access-list extended ", list.name, '\n');
  const auto mask = [](unsigned length) { return IpAddress{Family::ipv4, Prefix::mask_high(length), 0}; };
  // bgpq4 swaps the masks of the shortest and the longest prefixes; those who compare with it see the same.
  const auto exact_mask = [&](unsigned length) { return mask(length == 0 ? 32 : length == 32 ? 0 : length); };
  // The bits that may differ between lengths: those behind the first and not behind the second.
  const auto wild = [](unsigned from, unsigned to) {
    return IpAddress{Family::ipv4, Prefix::mask_high(to) & ~Prefix::mask_high(from), 0};
  };
  for (const PrefixRange& range : RangesToWrite(out, list)) {
    const unsigned length = range.prefix.length();
    if (range.most == length) {
      put(out, " permit ip host ", range.prefix.address(), " host ", exact_mask(length), '\n');
      continue;
    }
    put(out, " permit ip ", range.prefix.address(), ' ', wild(length, range.most), ' ');
    if (range.least == range.most) {
      put(out, "host ", mask(range.least), '\n');
    } else {
      put(out, mask(range.least), ' ', wild(range.least, range.most), '\n');
    }
  }
}

void put_as_path_lines(std::string& out, const List& list, std::string_view command, bool outbound) {
  if (list.asns.empty()) {
    put(out, command, list.name, " deny .*\n");
    return;
  }
  if (has_neighbour(list)) {
    put(out, command, list.name, " permit ^");
    if (!outbound) put(out, list.neighbour);
    put(out, "(_", list.neighbour, ")*$\n");
  }
  for (const std::string& group : groups_of_asns(list, "|")) {
    put(out, command, list.name, " permit ^");
    if (!outbound) put(out, list.neighbour);
    put(out, "(_[0-9]+)*_(", group, ")$\n");
  }
}

void put_prefix_list(std::string& out, const List& list) {
  const std::string_view ip = ip_word(list.family);
  put(out, "no ", ip, " prefix-list ", list.name, '\n');
  if (list.ranges.empty()) {
    put(out, "! generated prefix-list ", list.name, " is empty\n", ip, " prefix-list ", list.name,
        list.sequence ? " seq 1" : "", " deny ", default_route(list.family), '\n');
  }
  unsigned number = 0;
  for (const PrefixRange& range : RangesToWrite(out, list)) {
    put(out, ip, " prefix-list ", list.name);
    if (list.sequence) put(out, " seq ", ++number);
    put(out, " permit ", range.prefix);
    put_ge_le(out, range);
    out += '\n';
  }
}

namespace {

template <bool outbound>
void put_ios_as_path(std::string& out, const List& list) {
  put(out, "no ip as-path access-list ", list.name, '\n');
  put_as_path_lines(out, list, "ip as-path access-list ", outbound);
}

template <bool outbound>
void put_frr_as_path(std::string& out, const List& list) {
  put(out, "no bgp as-path access-list ", list.name, '\n');
  put_as_path_lines(out, list, "bgp as-path access-list ", outbound);
}

// Numbered lines under a head that names the list.
void put_eos_prefix_list(std::string& out, const List& list) {
  const std::string_view ip = ip_word(list.family);
  put(out, "no ", ip, " prefix-list ", list.name, '\n');
  if (list.ranges.empty()) put(out, "! generated prefix-list ", list.name, " is empty\n");
  put(out, ip, " prefix-list ", list.name, '\n');
  if (list.ranges.empty()) put(out, "   seq 1 deny ", default_route(list.family), '\n');
  unsigned number = 0;
  for (const PrefixRange& range : RangesToWrite(out, list)) {
    put(out, "    seq ", ++number, " permit ", range.prefix);
    put_ge_le(out, range);
    out += '\n';
  }
}

}  // namespace

const Vendor kIos{.name = "ios",
                  .letters = "",
                  .summary = "Cisco IOS (default)",
                  .writers = {put_prefix_list, put_access_list, nullptr, put_ios_as_path<false>, put_ios_as_path<true>},
                  .as_path_width = 4,
                  .out_as_path_width = 5,
                  .sequence = true};
const Vendor kEos{
    .name = "eos",
    .letters = "e",
    .summary = "Arista EOS",
    .writers = {put_eos_prefix_list, put_access_list, nullptr, put_ios_as_path<false>, put_ios_as_path<true>},
    .as_path_width = 4,
    .out_as_path_width = 5,
    .sequence = true};
const Vendor kFrr{.name = "frr",
                  .letters = "Z",
                  .summary = "FRRouting",
                  .writers = {put_prefix_list, nullptr, nullptr, put_frr_as_path<false>, put_frr_as_path<true>},
                  .as_path_width = 4,
                  .out_as_path_width = 5,
                  .sequence = true};

}  // namespace fairway::routerconfig
