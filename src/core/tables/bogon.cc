#include "core/tables/bogon.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace fairway {

namespace {

using enum BogonPrefix::Announced;

constexpr Prefix v4(unsigned a, unsigned b, unsigned c, unsigned d, unsigned length) {
  return {IpAddress::ipv4(a << 24 | b << 16 | c << 8 | d), length};
}
constexpr Prefix v6(std::uint64_t high, unsigned length) { return {Family::ipv6, high, 0, length}; }
constexpr Prefix v6(std::uint64_t high, std::uint64_t low, unsigned length) {
  return {Family::ipv6, high, low, length};
}

constexpr BogonPrefix kPrefixes[] = {
    {v4(0, 0, 0, 0, 8), "This network", "RFC 791 section 3.2"},
    {v4(10, 0, 0, 0, 8), "Private-Use", "RFC 1918"},
    {v4(100, 64, 0, 0, 10), "Shared Address Space", "RFC 6598"},
    {v4(127, 0, 0, 0, 8), "Loopback", "RFC 1122 section 3.2.1.3"},
    {v4(169, 254, 0, 0, 16), "Link Local", "RFC 3927"},
    {v4(172, 16, 0, 0, 12), "Private-Use", "RFC 1918"},
    {v4(192, 0, 0, 0, 24), "IETF Protocol Assignments", "RFC 6890 section 2.1"},
    {v4(192, 0, 0, 9, 32), "Port Control Protocol Anycast", "RFC 7723", freely},
    {v4(192, 0, 0, 10, 32), "Traversal Using Relays around NAT Anycast", "RFC 8155", freely},
    {v4(192, 0, 2, 0, 24), "Documentation (TEST-NET-1)", "RFC 5737"},
    {v4(192, 88, 99, 0, 24), "Deprecated (6to4 Relay Anycast)", "RFC 7526"},
    {v4(192, 168, 0, 0, 16), "Private-Use", "RFC 1918"},
    {v4(198, 18, 0, 0, 15), "Benchmarking", "RFC 2544"},
    {v4(198, 51, 100, 0, 24), "Documentation (TEST-NET-2)", "RFC 5737"},
    {v4(203, 0, 113, 0, 24), "Documentation (TEST-NET-3)", "RFC 5737"},
    {v4(224, 0, 0, 0, 4), "Multicast", "RFC 5771"},
    {v4(240, 0, 0, 0, 4), "Reserved", "RFC 1112 section 4"},

    {v6(0, 3), "outside of Global Unicast", "RFC 4291 section 2.4"},
    {v6(0, 0, 128), "Unspecified Address", "RFC 4291"},
    {v6(0, 1, 128), "Loopback Address", "RFC 4291"},
    {v6(0, 0xffff00000000, 96), "IPv4-mapped Address", "RFC 4291"},
    {v6(0x0064ff9b00000000, 96), "IPv4-IPv6 Translat.", "RFC 6052", itself},
    {v6(0x0064ff9b00010000, 48), "IPv4-IPv6 Translat.", "RFC 8215"},
    {v6(0x0100000000000000, 64), "Discard-Only Address Block", "RFC 6666"},
    {v6(0x0100000000000001, 64), "Dummy IPv6 Prefix", "RFC 9780"},
    {v6(0x2001000000000000, 23), "IETF Protocol Assignments", "RFC 2928"},
    {v6(0x2001000000000000, 32), "TEREDO", "RFC 4380", itself},
    {v6(0x2001000100000000, 1, 128), "Port Control Protocol Anycast", "RFC 7723", freely},
    {v6(0x2001000100000000, 2, 128), "Traversal Using Relays around NAT Anycast", "RFC 8155", freely},
    {v6(0x2001000100000000, 3, 128), "DNS-SD Service Registration Protocol Anycast", "RFC 9665", freely},
    {v6(0x2001000200000000, 48), "Benchmarking", "RFC 5180"},
    {v6(0x2001000300000000, 32), "AMT", "RFC 7450", freely},
    {v6(0x2001000401120000, 48), "AS112-v6", "RFC 7535", freely},
    {v6(0x2001001000000000, 28), "Deprecated (previously ORCHID)", "RFC 4843"},
    {v6(0x2001002000000000, 28), "ORCHIDv2", "RFC 7343", freely},
    {v6(0x2001003000000000, 28), "Drone Remote ID Protocol Entity Tags (DETs) Prefix", "RFC 9374", freely},
    {v6(0x20010db800000000, 32), "Documentation", "RFC 3849"},
    {v6(0x2002000000000000, 16), "6to4", "RFC 3056", itself},
    {v6(0x3ffe000000000000, 16), "Deprecated (6bone)", "RFC 3701"},
    {v6(0x3fff000000000000, 20), "Documentation", "RFC 9637"},
    {v6(0x4000000000000000, 2), "outside of Global Unicast", "RFC 4291 section 2.4"},
    {v6(0x5f00000000000000, 16), "Segment Routing (SRv6) SIDs", "RFC 9602"},
    {v6(0x8000000000000000, 1), "outside of Global Unicast", "RFC 4291 section 2.4"},
    {v6(0xfc00000000000000, 7), "Unique-Local", "RFC 4193"},
    {v6(0xfe80000000000000, 10), "Link-Local Unicast", "RFC 4291"},
    {v6(0xfec0000000000000, 10), "Deprecated (Site-Local)", "RFC 3879"},
    {v6(0xff00000000000000, 8), "Multicast", "RFC 4291 section 2.7"},
};
constexpr std::size_t kRows = std::size(kPrefixes), kNoRow = kRows;

// Of each row the next shorter one that covers it, or kNoRow.
constexpr auto kParents = [] {
  std::array<std::size_t, kRows> parents{};
  for (std::size_t i = 0; i < kRows; ++i) {
    parents[i] = kNoRow;
    for (std::size_t j = 0; j < i; ++j) {
      if (kPrefixes[j].prefix.covers(kPrefixes[i].prefix)) parents[i] = j;
    }
  }
  return parents;
}();

constexpr BogonAsn kAsns[] = {
    {Asn{0}, Asn{0}, "Reserved", "RFC 7607"},
    {Asn{23456}, Asn{23456}, "AS_TRANS", "RFC 6793"},
    {Asn{64496}, Asn{64511}, "Documentation", "RFC 5398"},
    {Asn{64512}, Asn{65534}, "Private-Use", "RFC 6996", true},
    {Asn{65535}, Asn{65535}, "Reserved", "RFC 7300"},
    {Asn{65536}, Asn{65551}, "Documentation", "RFC 5398"},
    {Asn{65552}, Asn{131071}, "Reserved", "IANA AS Numbers registry"},
    {Asn{4200000000}, Asn{4294967294}, "Private-Use", "RFC 6996", true},
    {Asn{4294967295}, Asn{4294967295}, "Reserved", "RFC 7300"},
};

}  // namespace

std::span<const BogonPrefix> bogon_prefixes() { return kPrefixes; }
std::span<const BogonAsn> bogon_asns() { return kAsns; }

const BogonPrefix* bogon_prefix(const Prefix& prefix) {
  if (prefix.length() == 0) return nullptr;
  const auto after =
      static_cast<std::size_t>(std::upper_bound(std::begin(kPrefixes), std::end(kPrefixes), prefix,
                                                [](const Prefix& p, const BogonPrefix& b) { return p < b.prefix; }) -
                               std::begin(kPrefixes));
  for (std::size_t i = after == 0 ? kNoRow : after - 1; i != kNoRow; i = kParents[i]) {
    const BogonPrefix& row = kPrefixes[i];
    if (!row.prefix.covers(prefix)) continue;
    const bool may = row.announced == freely || (row.announced == itself && row.prefix == prefix);
    return may ? nullptr : &row;
  }
  for (std::size_t i = after; i != kRows && prefix.covers(kPrefixes[i].prefix); ++i) {
    if (kPrefixes[i].announced == never) return &kPrefixes[i];
  }
  return nullptr;
}

const BogonAsn* bogon_asn(Asn asn) {
  const auto after =
      std::upper_bound(std::begin(kAsns), std::end(kAsns), asn, [](Asn a, const BogonAsn& b) { return a < b.first; });
  return after != std::begin(kAsns) && asn <= std::prev(after)->last ? std::prev(after) : nullptr;
}

}  // namespace fairway
