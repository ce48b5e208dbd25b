// Lists of prefixes and of ASNs as routers are configured with them. The texts are bgpq4's, octet for octet, where
// bgpq4 knows the vendor (docs/deviations/bgpq4.md says where not, and why); FRR, VyOS and nftables are added.
//
//   const Vendor* vendor = find_vendor("junos");
//   List list{.name = "CUSTOMERS", .ranges = ranges};
//   if (const Writer write = vendor->writer(Generation::prefix_list)) write(text, list);
//
// A new vendor is a file that defines its row, a declaration in vendor_rows.h and a line in vendors.cc.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "core/model/asn.h"
#include "core/model/prefix_range.h"

namespace fairway::routerconfig {

// What kind of list. The letters are bgpq4's.
enum class Generation : std::uint8_t {
  prefix_list,
  extended,           // -E: the vendor's second form of the same
  route_filter_list,  // -z
  as_path,            // -f: paths that a neighbour may send
  out_as_path,        // -G: paths that are sent
  as_list,            // -H: origins
  as_set,             // -t
};
inline constexpr std::size_t kGenerations = 7;
constexpr bool lists_prefixes(Generation generation) { return generation <= Generation::route_filter_list; }

struct List {
  std::string_view name = "NN";
  Family family = Family::ipv4;
  std::span<const PrefixRange> ranges = {};  // of that family, in the order of the lines
  std::span<const Asn> asns = {};            // sorted, each once
  Asn neighbour{};                           // of -f, -G, -H and OpenBGPD's -a; 0: none
  unsigned width = 8;                        // ASNs a line; 0: all in one
  bool sequence = false;                     // -s: lines are numbered
  std::string_view match = {};               // -M: a further condition
  std::string_view format = {};              // -F
  // Takes the beginning of a long text before all of it is written; it is then gone from what the writer appends to.
  std::function<void(std::string_view)> drain = {};
};

// Appends the list (but for what `drain` took), with what removes an older one of its name.
using Writer = void (*)(std::string& out, const List& list);

struct Vendor {
  std::string_view name;     // "junos"
  std::string_view letters;  // bgpq4's option without its dash: "J", "K7"; empty where it has none
  std::string_view summary;
  std::array<Writer, kGenerations> writers;  // by Generation; null: there is no such list
  unsigned as_path_width = 8, out_as_path_width = 8;
  bool ranges = true;           // a prefix-list can say ranges of lengths; without it only exact prefixes
  bool extended_ranges = true;  // the same of -E
  bool sequence = false;        // -s is possible

  Writer writer(Generation generation) const { return writers[static_cast<std::size_t>(generation)]; }
};

// In the order in which the help page lists them.
std::span<const Vendor* const> vendors();
const Vendor* find_vendor(std::string_view name);             // null if there is none
const Vendor* find_vendor_letters(std::string_view letters);  // the same by bgpq4's option; "" is IOS

// Whether a -F format can be written: its only escapes are %n %l %a %A %N %m %i %r %%.
bool is_format(std::string_view format);

}  // namespace fairway::routerconfig
