// Tally: how many routes have which verdict, by family, and which ASes originate or leak most of the bad ones. Tallies
// of parts add up to that of the whole, in any order.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "core/model/prefix.h"
#include "core/verdict/route.h"

namespace fairway {

struct Tally {
  // One row of counts for each state of a check, by its number.
  struct Counts {
    std::uint64_t routes = 0;
    std::array<std::uint64_t, 4> origin{};
    std::array<std::uint64_t, 3> aspa{};
    std::array<std::uint64_t, 5> irr{};
    std::array<std::uint64_t, 3> leak{};
    std::array<std::uint64_t, 4> bogon{};
    std::uint64_t clean = 0;
    std::array<std::uint64_t, 5> sanity{};  // in the order of kSanityFindings; a route may have several
  };
  struct Offences {
    std::uint64_t invalid = 0;  // routes it originates that ROV calls invalid
    std::uint64_t leaked = 0;   // routes it leaked
  };

  std::array<Counts, 2> families;  // IPv4, IPv6
  boost::unordered_flat_map<Asn, Offences> offenders;

  void add(Family family, const RouteVerdict& verdict);
  void add(const Tally& other);
  std::uint64_t routes() const { return families[0].routes + families[1].routes; }
};

// A table for people; one JSON object of one line with `version` 1 and the line feed. `most`: how many offenders.
void append_tally_text(std::string& out, const Tally& tally, std::size_t most);
void append_tally_json(std::string& out, const Tally& tally, std::size_t most, const std::string& world);

}  // namespace fairway
