// Plan: who is told what, and when nobody is: channels, routes to them, maintenance windows. A value, made of the
// section `notify` of fairway.yaml.
#pragma once

#include <string>
#include <vector>

#include "core/notify/match.h"

namespace fairway::notify {

struct PlannedChannel {
  std::string name{};
  Duration update_interval = seconds(900);  // at most one update of an incident in that time; 0: no updates at all
};

struct Route {
  Match match{};
  std::vector<std::string> channels{};
  bool last = false;  // what matches here is not held against the routes below
};

// A time in which what lies within its scope is expected, and nobody is told that it opens or changes. What is still
// open at the end is told then.
struct MaintenanceWindow {
  Match match{};
  Instant from{}, until{};  // until: not included
  std::string reason{};
};

struct Plan {
  std::vector<PlannedChannel> channels{};
  std::vector<Route> routes{};  // none: everything goes to every channel
  std::vector<MaintenanceWindow> maintenance{};
};

// The channels that hear of it, in the order of the plan.
std::vector<const PlannedChannel*> recipients(const Plan& plan, const Incident& incident);

// The window that the incident lies within at `now`, the one that ends last; or null.
const MaintenanceWindow* maintenance(const Plan& plan, const Incident& incident, Instant now);

}  // namespace fairway::notify
