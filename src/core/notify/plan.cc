#include "core/notify/plan.h"

#include <algorithm>

namespace fairway::notify {

std::vector<const PlannedChannel*> recipients(const Plan& plan, const Incident& incident) {
  std::vector<std::string_view> names;
  for (const Route& route : plan.routes) {
    if (!touches(route.match, incident)) continue;
    names.insert(names.end(), route.channels.begin(), route.channels.end());
    if (route.last) break;
  }
  std::vector<const PlannedChannel*> channels;
  for (const PlannedChannel& channel : plan.channels) {
    if (plan.routes.empty() || std::ranges::find(names, channel.name) != names.end()) channels.push_back(&channel);
  }
  return channels;
}

const MaintenanceWindow* maintenance(const Plan& plan, const Incident& incident, Instant now) {
  const MaintenanceWindow* found = nullptr;
  for (const MaintenanceWindow& window : plan.maintenance) {
    if (now < window.from || now >= window.until || !lies_within(window.match, incident)) continue;
    if (found == nullptr || found->until < window.until) found = &window;
  }
  return found;
}

}  // namespace fairway::notify
