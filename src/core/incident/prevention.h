// Prevention: which checks would have stopped an incident's routes at the border where they entered, which were blind,
// and what would have to be published for the blind ones to see. Everything is judged anew from the tables and from the
// routes that stood before: no text about the incident is asked.
//
// The border is between the offender and the AS that took its routes and passed them on (MANRS: culprit and
// accomplice).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/incident/incident.h"
#include "core/model/as_path.h"
#include "core/model/prefix.h"

namespace fairway {

struct World;

// What the tables said before: who announced what, and who stood next to whom.
class RoutesBefore {
 public:
  void add(const Prefix& prefix, const AsPath& path);

  // The origins of the most specific prefix that covers this one (or is it), and that prefix; nothing if none does.
  std::optional<std::pair<Prefix, std::set<Asn>>> covering(const Prefix& prefix) const;
  // Whether the AS announced it, or what covers it.
  bool announced(Asn asn, const Prefix& prefix) const;
  bool adjacent(Asn a, Asn b) const { return links_.contains({a, b}) || links_.contains({b, a}); }
  // Distinct prefixes that `to` had from `from`.
  std::size_t handed(Asn from, Asn to) const;

 private:
  std::map<Prefix, std::set<Asn>> origins_;
  std::map<std::pair<Asn, Asn>, std::set<Prefix>> links_;  // {from, to}: `from` handed it to `to`
};

enum class Check : std::uint8_t { origin_validation, neighbour_filter, path_validation, peer_lock, prefix_limit };
std::string_view to_string(Check check);  // "origin validation (ROV)", "filter per neighbour", ...

enum class Effect : std::uint8_t {
  stops,       // with what was published then, it refuses the routes
  would_stop,  // it refuses them once `needs` is published
  blind,       // it sees nothing wrong, whatever is published
  unknown,     // a table that it needs is not loaded
};
std::string_view to_string(Effect effect);  // "stops it", "would stop it", "is blind", "is unknown"

struct Remedy {
  Check check = Check::origin_validation;
  Effect effect = Effect::unknown;
  std::optional<Asn> at;  // who should have applied it; unset: anyone
  std::string action;     // of MANRS: "Action 1"; with what has to be published: "Action 1, and Action 4 by AS64500"
  std::string reason;     // one sentence, with what decided
};

struct Prevention {
  std::optional<Asn> accomplice;  // took the offender's routes; the most frequent one
  std::vector<Remedy> remedies;   // in the order of Check; one that does not apply is left out
};

// Of hijacks and leaks; outages have none.
Prevention prevention_of(const Incident& incident, const World& world, const RoutesBefore& before);

}  // namespace fairway
