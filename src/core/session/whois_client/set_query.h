// What is asked of a registry to build a filter, and what it answers: objects go in (as-sets, route-sets, ASNs), ASNs
// and prefixes come out. Neither a whois server nor a registry in memory is known here.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/model/asn.h"
#include "core/model/prefix_range.h"

namespace fairway {

struct SetQuery {
  std::vector<std::string> sets;        // as-sets: "AS-FOO", "AS64500:AS-FOO", "RIPE::AS-FOO"
  std::vector<std::string> route_sets;  // "RS-FOO", also hierarchical or with a source
  std::vector<Asn> asns;
  std::vector<std::string> except;   // sets and ASNs ("AS64500") that are not followed; case does not matter
  std::vector<std::string> sources;  // registries to ask, in this order; empty: the server's own choice
  unsigned depth = 0;                // levels of sets; 1: only the members of the sets named; 0: no limit
  bool prefixes = true;              // of the families below; else ASNs alone
  bool ipv4 = true, ipv6 = false;
  bool routed_only = false;    // -w: an ASN without prefixes is left out of the ASNs
  bool allow_special = false;  // -p: ASNs for private use and documentation are followed
  bool provenance = false;     // fill what says where a prefix came from
  std::size_t most_asns = 1'000'000, most_prefixes = 10'000'000;
};

inline constexpr std::uint32_t kNoSet = ~std::uint32_t{0};

struct SetAnswer {
  std::vector<PrefixRange> ranges;   // as they came; sort_ranges() makes a list of them
  std::vector<Asn> asns;             // sorted, each once
  std::vector<std::string> missing;  // objects of the query that there are not
  std::vector<std::string> remarks;  // sentences: what was left out

  // With provenance: every set that was followed, by whom it was named (kNoSet: by the query); for each ASN, as `asns`,
  // the set that named it first; for each range, as `ranges`, the ASN of its route object, or the route-set that held
  // it.
  struct Set {
    std::string name;
    std::uint32_t via;
  };
  struct Origin {
    Asn asn;
    std::uint32_t set;
    std::string registry{};  // that has the route object; "RPKI": a ROA; empty: not known, as from a whois server
  };
  std::vector<Set> sets;
  std::vector<std::uint32_t> asn_via;
  std::vector<Origin> origins;
};

// ASNs that must not be in a set: for private use, for documentation, and the rest of that neighbourhood that bgpq4
// leaves out (64496 to 65551, and from 4200000000 on).
constexpr bool is_special(Asn asn) {
  return asn.value >= 4'200'000'000 || (asn.value >= 64'496 && asn.value <= 65'551);
}

}  // namespace fairway
