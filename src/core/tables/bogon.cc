#include "core/tables/bogon.h"

#include <algorithm>
#include <iterator>

namespace fairway {

namespace {

constexpr Prefix v4(unsigned a, unsigned b, unsigned c, unsigned length) { return {IpAddress::ipv4(a << 24 | b << 16 | c << 8), length}; }
constexpr Prefix v6(std::uint64_t high, unsigned length) { return {Family::ipv6, high, 0, length}; }

// 192.0.0.0/24 holds single addresses that are reachable (192.0.0.9, 192.0.0.10), yet no prefix that is routed;
// 2001::/23 is judged by its parts, since Teredo, AMT, ORCHIDv2 and DRIP have their own rows.
constexpr BogonPrefix kPrefixes[] = {
    {v4(0, 0, 0, 8), "This network", "RFC 791 section 3.2"},
    {v4(10, 0, 0, 8), "Private-Use", "RFC 1918"},
    {v4(100, 64, 0, 10), "Shared Address Space", "RFC 6598"},
    {v4(127, 0, 0, 8), "Loopback", "RFC 1122 section 3.2.1.3"},
    {v4(169, 254, 0, 16), "Link Local", "RFC 3927"},
    {v4(172, 16, 0, 12), "Private-Use", "RFC 1918"},
    {v4(192, 0, 0, 24), "IETF Protocol Assignments", "RFC 6890 section 2.1"},
    {v4(192, 0, 2, 24), "Documentation (TEST-NET-1)", "RFC 5737"},
    {v4(192, 168, 0, 16), "Private-Use", "RFC 1918"},
    {v4(198, 18, 0, 15), "Benchmarking", "RFC 2544"},
    {v4(198, 51, 100, 24), "Documentation (TEST-NET-2)", "RFC 5737"},
    {v4(203, 0, 113, 24), "Documentation (TEST-NET-3)", "RFC 5737"},
    {v4(224, 0, 0, 4), "Multicast", "RFC 5771"},
    {v4(240, 0, 0, 4), "Reserved", "RFC 1112 section 4"},
    {v6(0, 3), "outside of Global Unicast", "RFC 4291 section 2.4"},
    {v6(0x2001000200000000, 48), "Benchmarking", "RFC 5180"},
    {v6(0x2001001000000000, 28), "Deprecated (ORCHID)", "RFC 4843"},
    {v6(0x20010db800000000, 32), "Documentation", "RFC 3849"},
    {v6(0x3ffe000000000000, 16), "Deprecated (6bone)", "RFC 3701"},
    {v6(0x3fff000000000000, 20), "Documentation", "RFC 9637"},
    {v6(0x4000000000000000, 2), "outside of Global Unicast", "RFC 4291 section 2.4"},
    {v6(0x8000000000000000, 1), "outside of Global Unicast", "RFC 4291 section 2.4"},
};

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
  const auto after = std::upper_bound(std::begin(kPrefixes), std::end(kPrefixes), prefix, [](const Prefix& p, const BogonPrefix& b) { return p < b.prefix; });
  if (after != std::begin(kPrefixes) && std::prev(after)->prefix.covers(prefix)) return std::prev(after);
  return after != std::end(kPrefixes) && prefix.covers(after->prefix) ? after : nullptr;
}

const BogonAsn* bogon_asn(Asn asn) {
  const auto after = std::upper_bound(std::begin(kAsns), std::end(kAsns), asn, [](Asn a, const BogonAsn& b) { return a < b.first; });
  return after != std::begin(kAsns) && asn <= std::prev(after)->last ? std::prev(after) : nullptr;
}

}  // namespace fairway
