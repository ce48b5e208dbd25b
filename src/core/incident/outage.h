// Outages: prefixes that the full views had and withdrew. A prefix is lost when so few full views have it (lost_share)
// because they withdrew it (a view that went down, or is no full one any more, says nothing), and stays so for
// outage_after. Losses are told by prefix and origin AS; an AS that lost nearly all of its prefixes, and a country that
// lost most, are outages of their own.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <set>
#include <vector>

#include "core/incident/casebook.h"

namespace fairway {

class OutageWatch {
 public:
  OutageWatch(const Knowledge& knowledge, Baseline& baseline, Casebook& book)
      : knowledge_(knowledge), options_(knowledge.options), baseline_(baseline), book_(book) {}

  // Which views are full has changed: counts anew what each AS and country has.
  void ground();
  // A full view withdrew, or got, the prefix; PrefixMemory::held_full is up to date.
  void withdrawn(PrefixId prefix, Instant now);
  void returned(PrefixId prefix, Instant now);

  std::optional<Instant> next_due() const {
    return due_.empty() ? std::nullopt : std::optional(std::get<0>(*due_.begin()));
  }
  void run_until(Instant now);

 private:
  struct Group {                      // an AS, or a country
    std::uint32_t total = 0;          // prefixes that at least half of the full views had
    std::uint32_t lost = 0;           // of those that are lost, or may be: still watched
    std::vector<PrefixId> confirmed;  // lost for long enough
  };
  struct Lost {
    Instant since;
    Asn origin;
    std::uint32_t country = 0;  // two letters; 0: not known
    bool confirmed = false;
  };
  bool is_low(std::uint32_t held, std::uint32_t full) const { return held <= options_.lost_share * full; }
  std::uint32_t country_of(Asn asn);
  void confirm(PrefixId prefix, Lost& lost, Instant now);
  void tell(IncidentType type, PrefixId prefix, const Lost& lost, const Group& group, Instant now);
  void give_up(PrefixId prefix, Instant now);

  const Knowledge& knowledge_;
  const EngineOptions& options_;
  Baseline& baseline_;
  Casebook& book_;
  std::set<std::tuple<Instant, std::uint64_t, PrefixId>> due_;
  std::uint64_t order_ = 0;
  boost::unordered_flat_map<std::uint32_t, Lost> lost_;  // by PrefixId
  boost::unordered_flat_map<std::uint32_t, Group> ases_, countries_;
  boost::unordered_flat_map<std::uint32_t, std::uint32_t> country_of_;  // by ASN, remembered
};

}  // namespace fairway
