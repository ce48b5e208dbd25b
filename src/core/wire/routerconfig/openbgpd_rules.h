// The filter of OpenBGPD: rules in order, the last that matches decides (bgpd.conf(5), FILTER).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/wire/routerconfig/asn_ranges.h"
#include "core/wire/routerconfig/range_set.h"
#include "core/wire/routerconfig/reading.h"

namespace fairway::reader::openbgpd {

// A part of a community, or an AS number, that may be a word: of the neighbour, of this router, anything.
struct Number {
  enum class Kind : std::uint8_t { value, any, neighbour, local };
  Kind kind = Kind::value;
  std::uint32_t value = 0;
};

struct CommunityPattern {
  std::vector<Number> parts;  // two: a community; three: a large one
};

struct PeerMatch {
  enum class Kind : std::uint8_t { any, ibgp, ebgp, address, group, asn };
  Kind kind = Kind::any;
  IpAddress address{};
  std::string group{};
  Asn asn{};
};

struct AsnSet {
  std::string name;
  AsnRanges asns{};
};

struct AsMatch {
  enum class Part : std::uint8_t { any, peer, source, transit, empty };
  Part part = Part::any;
  bool outside = false;  // != and ><
  Number first{}, last{};
  const AsnSet* set = nullptr;
};

// A prefix-set, or the prefixes of a rule; an origin-set has ASNs with them.
struct PrefixSetMatch {
  std::string name;
  RangeSet ranges;  // values are numbers of `origins` for an origin-set
  std::vector<Asn> origins;
  bool has_operators = false;
};

struct Action {
  enum class Kind : std::uint8_t {
    local_pref,
    med,
    weight,
    community,
    next_hop,
    prepend_self,
    prepend_neighbour,
    other
  };
  Kind kind = Kind::other;
  bool relative = false, remove = false;
  std::int64_t number = 0;
  CommunityPattern community{};
  std::optional<IpAddress> next_hop{};
};

struct Rule {
  enum class Verdict : std::uint8_t { allow, deny, match };
  Verdict verdict = Verdict::match;
  bool quick = false;
  Direction direction = Direction::import;
  std::uint32_t line = 0;
  std::string text{};              // in short
  std::vector<PeerMatch> peers{};  // any of them
  std::optional<Family> family{};
  std::optional<PrefixSetMatch> prefixes{};
  const PrefixSetMatch* prefix_set = nullptr;
  bool or_longer = false;
  const PrefixSetMatch* origin_set = nullptr;
  std::vector<AsMatch> as_matches{};  // any of them
  std::optional<unsigned> max_as_len{}, max_as_seq{}, max_communities{}, max_large_communities{};
  std::vector<CommunityPattern> communities{};  // all of them
  std::optional<Validation> ovs{}, avs{};
  std::optional<IpAddress> next_hop{};
  bool next_hop_is_neighbour = false;
  std::string not_understood{};  // a parameter that is not: the rule may match or not
  std::vector<Action> actions{};
};

// Whether the rule matches; nothing: that depends on what is not understood.
std::optional<bool> matches(const Rule& rule, const RouterSession& session, const RouterSession* learned_from,
                            bool validates, const Probe& route);
void apply(const Action& action, const RouterSession& session, const RouterSession* learned_from, Probe& route);

}  // namespace fairway::reader::openbgpd
