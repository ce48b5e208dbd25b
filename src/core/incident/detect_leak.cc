// Route leaks of RFC 7908 types 1 to 4: the verdict on the path (core/verdict/leak), where it is new. Grouped by the
// leaker and by whose routes went where they should not; the victims are the origins.
#include "core/incident/detector.h"

namespace fairway {

void detect_leak(const RouteChange& change, const Knowledge& knowledge, Accusations& accusations) {
  LeakFinding leak;
  if (change.has_otc) {
    leak = knowledge.facts.leak(AsPath(knowledge.paths.clean(change.path)),
                                knowledge.rib.attributes().otc(change.attributes));
  } else {
    leak.key = change.facts->leak;
  }
  if (leak.key.type == 0 || knowledge.baseline.knows_leak(leak.key, change.second)) return;
  if (!change.has_otc) leak = knowledge.facts.leak(AsPath(knowledge.paths.clean(change.path)), std::nullopt);
  const auto type = static_cast<IncidentType>(static_cast<unsigned>(IncidentType::leak_1) + leak.key.type - 1);
  std::vector<Asn> victims;
  if (change.origin.value != 0) victims.push_back(change.origin);
  accusations.push_back({type, change.id, leak.key.leaker, leak.key.from, std::move(victims), change.id, leak});
}

}  // namespace fairway
