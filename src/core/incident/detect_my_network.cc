// My network: what network.yaml says is judged in every route, whatever is known of the past, tables included.
#include "core/incident/detector.h"
#include "core/tables/expectation.h"

namespace fairway {
namespace {

void look_at_origin(const RouteChange& change, const Expectation& mine, Accusations& accusations) {
  if (mine.fit(change.prefix, change.origin) != Expectation::Fit::wrong_origin) return;
  const OwnPrefix* own = mine.covering(change.prefix);
  std::vector<Asn> victims = own->origins.empty() ? mine.network().asns : own->origins;
  if (victims.empty()) return;
  const IncidentType type = own->prefix == change.prefix ? IncidentType::origin : IncidentType::sub_prefix;
  const Asn victim = victims.front();
  accusations.push_back({type, change.id, change.origin, victim, std::move(victims), change.id});
}

void look_at_neighbour(const RouteChange& change, const Knowledge& knowledge, const Expectation& mine,
                       Accusations& accusations) {
  const Asn neighbour = change.facts->before_origin;
  if (neighbour.value == 0 || !mine.owns(change.origin) || mine.owns(neighbour)) return;
  if (mine.network().neighbours.empty() || !mine.neighbours(neighbour).empty()) return;
  // A list of neighbours that does not claim to be complete needs a link that was never seen.
  const bool complete = mine.network().providers_complete && mine.network().customers_complete;
  if (!complete && (!change.judged || knowledge.baseline.knows_link(neighbour, change.origin, change.second))) return;
  accusations.push_back({IncidentType::type_1, change.id, neighbour, change.origin, {change.origin}, change.id});
}

}  // namespace

void detect_my_network(const RouteChange& change, const Knowledge& knowledge, Accusations& accusations) {
  const Expectation* mine = knowledge.facts.expectation();
  if (mine == nullptr || change.origin.value == 0) return;
  look_at_origin(change, *mine, accusations);
  if (change.facts->plain) look_at_neighbour(change, knowledge, *mine, accusations);
}

}  // namespace fairway
