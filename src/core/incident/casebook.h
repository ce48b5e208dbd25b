// Casebook: accusations become suspicions, suspicions of one doing become a case, a case that weighs enough becomes an
// incident, and lives: opened, changed, cleared, reopened.
//
// A suspicion is one (type, prefix, offender); it is active while some view's route stands under it. A case groups the
// suspicions of one type, offender and victim. It is weighed `gather` after its first route; a case too light is
// weighed again when it grows and dropped when nothing of it is left. All in the order of time; equal times in the
// order of arrival.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <memory>
#include <set>
#include <tuple>
#include <vector>

#include "core/incident/accusation.h"
#include "core/incident/detector.h"
#include "core/incident/evidence.h"
#include "core/incident/explanation.h"

namespace fairway {

// A route of a view.
struct RouteKey {
  ViewId view{};
  PrefixId prefix;
  std::optional<std::uint32_t> path_id;

  friend bool operator==(const RouteKey&, const RouteKey&) = default;
};
inline std::size_t hash_value(const RouteKey& key) {
  return mix(std::uint64_t{static_cast<std::uint32_t>(key.view)} << 32 | key.prefix.value,
             key.path_id ? std::uint64_t{*key.path_id} + 1 : 0);
}

// Something that was lost (outage.h): no route stands for it.
struct Loss {
  IncidentType type{};
  PrefixId prefix;
  Asn victim;           // 0 for a country
  std::uint32_t group;  // the case's second key: the AS, or the country's two letters
  std::string country;
  Instant since;
  std::vector<ViewId> views;  // that lost it
  std::vector<Evidence> evidence;
};

class Casebook {
 public:
  Casebook(const Knowledge& knowledge, Baseline& baseline, IncidentSink& sink)
      : knowledge_(knowledge), options_(knowledge.options), baseline_(baseline), sink_(sink) {}

  // The route stands under these accusations from now on, and under no others.
  void judge(const RouteKey& route, const RouteChange& change, const Accusations& accusations);
  // The route went away, or was replaced by one that is not judged.
  void release(const RouteKey& route, Instant now);

  void lose(const Loss& loss, Instant now);
  void restore(IncidentType type, PrefixId prefix, std::uint32_t group, Instant now);

  // See Engine::resume().
  void resume(const Incident& incident, Rib& rib, Instant until);
  // An incident that was resumed says that this AS is not the prefix's origin: its routes teach nothing.
  bool is_resumed(PrefixId prefix, Asn origin) const;

  // When the next thing is due; and does what is due until then.
  std::optional<Instant> next_due() const {
    return timers_.empty() ? std::nullopt : std::optional(std::get<0>(*timers_.begin()));
  }
  void run_until(Instant now);
  // Weighs what still gathers.
  void finish(Instant now);

  std::vector<Incident> incidents() const;
  // Of the watched prefix and what lies under it, those that are over included; by time.
  std::vector<Suspicion> suspicions() const;
  std::uint64_t suspected() const { return suspected_; }
  std::uint64_t exonerated() const { return exonerated_; }

 private:
  using SuspicionId = std::uint32_t;
  using CaseId = std::uint32_t;
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};
  static constexpr std::size_t kPaths = 10;  // kept of a case

  struct Key {
    IncidentType type{};
    Asn offender;
    std::uint32_t second = 0;
    PrefixId prefix;  // of a suspicion; of a case none

    friend bool operator==(const Key&, const Key&) = default;
  };
  friend std::size_t hash_value(const Key& key) {
    return mix(std::uint64_t{key.offender.value} << 32 | key.second,
               std::uint64_t{key.prefix.value} << 8 | static_cast<std::uint8_t>(key.type));
  }

  struct Suspect {
    Key key;
    CaseId in = kNone;
    std::vector<Asn> victims;
    std::vector<Evidence> evidence;
    int score = 0;              // its sum
    std::vector<ViewId> views;  // that ever told it, sorted
    std::uint32_t active = 0;   // routes under it
    Instant first, last;
    std::string country;
    bool excused = false;
    bool resumed = false;     // of an incident that was open before the program started
    std::size_t flooded = 0;  // views when it was last weighed and every one of them was filling
    LeakKey leak;             // of a transit leak
  };
  enum class Stage : std::uint8_t { gathering, light, open, cleared };
  struct Case {
    Key key;
    Stage stage = Stage::gathering;
    bool gathering_again = false;  // cleared, and something came: may reopen
    Instant first;
    Instant last;  // evidence came or went
    Instant emitted;
    std::vector<SuspicionId> suspects;
    std::uint32_t active = 0;  // suspects that are
    bool weigh_due = false, hold_due = false;
    std::vector<std::string> paths;
    Incident incident;  // as last told, from `open` on
  };
  struct Marks {
    static constexpr std::size_t kMost = 4;
    std::uint8_t size = 0;
    SuspicionId ids[kMost];
  };
  enum class Duty : std::uint8_t { weigh, hold, purge };

  // The suspicion of that key; `fresh` if it was made.
  std::pair<SuspicionId, bool> find_or_make(const Key& key);
  SuspicionId suspect_of(const Accusation& accusation, const RouteChange& change);
  bool is_excused(const Key& key, Asn asn, Instant now) const;
  void enter_case(SuspicionId id, Instant now);
  void join(SuspicionId id, ViewId view, Instant now, std::optional<PathId> path);
  void leave(SuspicionId id, Instant now);
  void drop(SuspicionId id);
  void remember(const Suspect& suspect);
  Case& case_of(CaseId id) { return *cases_[id]; }
  void renew(const Suspect& suspect, std::uint32_t now);
  void unlearn(const Suspect& suspect);

  void schedule(Instant due, Duty duty, CaseId id) { timers_.emplace(due, ++timer_, duty, id); }
  void schedule_weighing(CaseId id, Instant now);
  void weigh_case(CaseId id, Instant at);
  void forget_old_suspects(Case& c, Instant at);
  void hold_over(CaseId id, Instant at);
  void purge(CaseId id, Instant at);
  bool fold_reorigination(CaseId id, Instant at);
  void tell(Transition transition, Instant at, Case& c);

  struct Weighed {
    int score = 0;
    std::vector<Evidence> evidence;
    std::uint32_t seen = 0, full = 0;
    bool enough = false;
  };
  Weighed weighed(const Case& c, Instant at);
  bool all_fill(const Suspect& suspect) const;
  void visibility(const Suspect& suspect, std::uint32_t full, std::vector<Evidence>& evidence) const;
  void fill_in(Case& c, const Weighed& weighed, Instant at) const;
  Suspicion told(const Suspect& suspect) const;

  void mark_resumed(const RouteKey& route, const RouteChange& change, Marks& marks);
  bool is_still_lost(const Case& c) const;
  void forget_resumed(const Suspect& suspect, SuspicionId id);

  const Knowledge& knowledge_;
  const EngineOptions& options_;
  Baseline& baseline_;
  IncidentSink& sink_;

  boost::unordered_flat_map<std::uint32_t, std::vector<SuspicionId>> resumed_;  // by PrefixId
  std::vector<Suspect> suspects_;
  std::vector<SuspicionId> free_suspects_;
  boost::unordered_flat_map<Key, SuspicionId, boost::hash<Key>> suspect_ids_;
  boost::unordered_flat_map<RouteKey, Marks, boost::hash<RouteKey>> marks_;
  std::vector<std::unique_ptr<Case>> cases_;
  boost::unordered_flat_map<Key, CaseId, boost::hash<Key>> case_ids_;
  boost::unordered_flat_map<std::uint32_t, std::vector<CaseId>> origin_cases_;  // by offender: cases of type origin
  std::set<std::tuple<Instant, std::uint64_t, Duty, CaseId>> timers_;
  std::uint64_t timer_ = 0;
  Instant clock_{INT64_MIN};     // what was done last was done then
  std::vector<Suspicion> over_;  // of the watched prefix
  std::uint64_t suspected_ = 0, exonerated_ = 0;
};

}  // namespace fairway
