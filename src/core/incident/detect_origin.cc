// Origin change on the exact prefix: a prefix that is known has an origin that it never had (GRIP: moas; ARTEMIS: E|0).
#include "core/incident/detector.h"

namespace fairway {

void detect_origin(const RouteChange& change, const Knowledge& knowledge, Accusations& accusations) {
  if (!change.novel || change.origin.value == 0) return;
  std::vector<Asn> before = knowledge.baseline.origins(change.id, change.second);
  if (before.empty()) return;
  const Asn victim = before.front();
  accusations.push_back({IncidentType::origin, change.id, change.origin, victim, std::move(before), change.id});
}

}  // namespace fairway
