// From the chosen files of routing registries to the tables of their objects.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/tables/irr.h"
#include "core/tables/irr_sets.h"
#include "core/tables/object_store.h"
#include "core/tables/policy.h"
#include "core/tables/world.h"
#include "shell/config/data_directory.h"

namespace fairway::config {

struct Registries {
  std::shared_ptr<const IrrTable> routes;
  std::shared_ptr<const PolicyTable> policies;
  std::shared_ptr<const SetTable> sets;  // each null if there is none of it
};

// All tables count their registries alike, the most trusted first: by name those of the five RIRs, then the others,
// then what RIRs keep apart as not authoritative ("RIPE-NONAUTH"). Tables::warnings grows if there are too many.
Registries build_registries(Tables& tables);

// The texts of the same files' objects (ReadOptions::keep_texts), and of all their other classes: of each registry and
// class those of the newest file. To be called once.
std::vector<std::shared_ptr<const ObjectStore>> take_texts(Tables& tables);

// Fills World::registry_rpki, where there are VRPs; takes a second for all route objects of the world. `keep_invalid`:
// no route object is called invalid.
void join_rpki(World& world, bool keep_invalid = false);

}  // namespace fairway::config
