#include "core/incident/weigh.h"
#include "core/tables/expectation.h"

namespace fairway {

using enum EvidenceId;

void weigh_my_network(const Accusation& a, const RouteChange& change, const Knowledge& k,
                      std::vector<Evidence>& evidence) {
  const Expectation* mine = k.facts.expectation();
  if (mine == nullptr) return;
  const std::string prefix = to_string(change.prefix);
  if (is_about_origin(a.type)) {
    switch (mine->fit(change.prefix, a.offender)) {
      case Expectation::Fit::wrong_origin:
        add(evidence,
            fairway::evidence(not_intended_origin, to_string(mine->covering(change.prefix)->prefix) +
                                                       " is not meant to come from " + k.facts.name(a.offender)));
        break;
      case Expectation::Fit::intended:
        add(evidence, fairway::evidence(intended_origin, prefix + " from " + k.facts.name(a.offender)));
        break;
      case Expectation::Fit::elsewhere:
      case Expectation::Fit::too_specific: break;
    }
    if (a.type == IncidentType::super_prefix && !mine->under(change.prefix).empty() && !mine->owns(a.offender)) {
      add(evidence,
          fairway::evidence(my_prefix, to_string(mine->under(change.prefix).front().prefix) + " lies under it"));
    }
  } else if (a.type == IncidentType::type_1 && mine->owns(a.second) && !mine->network().neighbours.empty() &&
             mine->neighbours(a.offender).empty() && !mine->owns(a.offender)) {
    add(evidence, fairway::evidence(not_my_neighbour, k.facts.name(a.offender) + " next to " + k.facts.name(a.second)));
  }
}

}  // namespace fairway
