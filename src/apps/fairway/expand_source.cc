#include "apps/fairway/expand_source.h"

#include <algorithm>

#include "base/text.h"
#include "core/tables/irr.h"

namespace fairway {

std::expected<SetAnswer, ExitCode> answer_from_registries(const WorldOptions& world, const SetQuery& query,
                                                          Output& err) {
  if (!query.sets.empty() || !query.route_sets.empty()) {
    err.line("fairway expand: the registries at hand have no sets; -h HOST asks a whois server");
    return std::unexpected(ExitCode::failure);
  }
  const auto loaded = load_world(world, "expand", err);
  if (!loaded) return std::unexpected(loaded.error());
  const IrrTable* irr = loaded->world->irr.get();
  if (irr == nullptr) {
    err.line("fairway expand: there is no registry at hand: --irr FILE, or -h HOST to ask a whois server");
    return std::unexpected(ExitCode::failure);
  }
  SetAnswer answer;
  for (const Asn asn : query.asns) {
    if (query.allow_special || !is_special(asn)) answer.asns.push_back(asn);
  }
  std::sort(answer.asns.begin(), answer.asns.end());
  answer.asns.erase(std::unique(answer.asns.begin(), answer.asns.end()), answer.asns.end());
  for (const RouteObject& object : irr->objects()) {
    if (!std::binary_search(answer.asns.begin(), answer.asns.end(), object.origin)) continue;
    if (object.prefix.family() == Family::ipv4 ? !query.ipv4 : !query.ipv6) continue;
    const std::string& registry = irr->registries()[object.registry];
    if (!query.sources.empty() &&
        std::none_of(query.sources.begin(), query.sources.end(),
                     [&](const std::string& source) { return equal_ignoring_case(source, registry); })) {
      continue;
    }
    answer.ranges.push_back(PrefixRange::only(object.prefix));
    if (query.provenance) answer.origins.push_back({object.origin, kNoSet});
  }
  if (query.provenance) answer.asn_via.assign(answer.asns.size(), kNoSet);
  return answer;
}

}  // namespace fairway
