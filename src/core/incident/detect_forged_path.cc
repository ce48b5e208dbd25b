// Forged paths: the origin is right, but a link of the path never existed. Next to the origin: type 1 (ARTEMIS: E|1,
// S|1; DFOH). Deeper: type N, where an ASPA denies the very link that is new. New links are common: this only names
// them, the evidence decides.
#include <algorithm>

#include "core/incident/detector.h"

namespace fairway {

void detect_forged_path(const RouteChange& change, const Knowledge& knowledge, Accusations& accusations) {
  const PathFacts& facts = *change.facts;
  if (!facts.may_have_new_link || !facts.plain || change.origin.value == 0) return;
  const Facts& world = knowledge.facts;
  if (!world.knows_relationships() && !world.has_aspas()) return;  // novelty alone would say nothing

  // The origin's own prefix; or a new one under its own or its organisation's, or that its ROA allows: the name that a
  // forger of a path would write.
  PrefixId rival = change.id;
  if (change.novel) {
    std::optional<PrefixId> above;
    const TableId table = change.id.table();
    knowledge.rib.prefixes(table).covering(change.prefix, [&](std::uint32_t index) {
      const PrefixId id(table, index);
      if (knowledge.baseline.knows_prefix(id, change.second)) above = id;
    });
    rival = above.value_or(change.id);
    const bool own = above && std::ranges::any_of(knowledge.baseline.origins(*above, change.second), [&](Asn asn) {
                       return asn == change.origin || world.same_organisation(asn, change.origin);
                     });
    if (!own && world.rpki(change.prefix, change.origin).standing != Standing::valid) return;
  }
  const auto links = knowledge.paths.new_links(change.path, change.second);
  if (links.empty()) return;
  if (links.front().second == change.origin) {
    accusations.push_back(
        {IncidentType::type_1, change.id, links.front().first, change.origin, {change.origin}, rival});
    return;
  }
  const std::span<const Asn> clean = knowledge.paths.clean(change.path);
  const auto denied = world.aspa_denies(AsPath(clean));
  if (!denied) return;
  const auto link = std::ranges::find_if(links, [&](const auto& l) {
    return (l.first == denied->provider && l.second == denied->customer) ||
           (l.second == denied->provider && l.first == denied->customer);
  });
  if (link == links.end()) return;
  accusations.push_back({IncidentType::type_n, change.id, link->first, change.origin, {change.origin}, rival});
}

}  // namespace fairway
