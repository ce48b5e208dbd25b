#include "core/session/whois/registry.h"

#include <algorithm>
#include <span>

#include "core/tables/irr.h"
#include "core/tables/irr_rpki.h"
#include "core/tables/irr_sets.h"

namespace fairway::whois {

Registry Registry::of(World world, std::vector<std::shared_ptr<const ObjectStore>> objects) {
  Registry registry{std::move(world), std::move(objects), {}, {}, true};
  const auto add = [&](std::span<const std::string> names) {
    for (const std::string& name : names) {
      if (name.empty() || std::ranges::find(registry.sources, name) != registry.sources.end()) continue;
      registry.sources.push_back(name);
    }
  };
  if (registry.world.sets) add(registry.world.sets->registries());
  if (registry.world.irr) add(registry.world.irr->registries());
  for (const auto& store : registry.objects) add(store->registries());
  if (registry.world.registry_rpki) registry.sources.emplace_back(kRpkiSource);
  return registry;
}

const nrtm::Journal* Registry::journal_of(std::string_view source) const {
  const auto found = std::ranges::find(journals, source, &nrtm::Journal::source);
  return found == journals.end() ? nullptr : &*found;
}

}  // namespace fairway::whois
