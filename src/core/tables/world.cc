#include "core/tables/world.h"

#include <algorithm>

namespace fairway {
namespace {

// The table's date nearest to `when`; nothing if no source of that kind says one of its own.
std::optional<Instant> nearest_date(const World& world, std::string_view kind, Instant when) {
  std::optional<Instant> nearest;
  for (const TableSource& source : world.sources) {
    if (source.kind != kind || !source.date || source.date_is_guess) continue;
    if (!nearest || apart(*source.date, when) < apart(*nearest, when)) nearest = source.date;
  }
  return nearest;
}

}  // namespace

World within_reach(const World& world, Instant when, Duration reach, std::vector<std::string>& left_out) {
  World near = world;
  const auto keep = [&](auto& table, std::string_view kind) {
    if (!table) return;
    const auto date = nearest_date(world, kind, when);
    if (!date || apart(*date, when) <= reach) return;
    table.reset();
    left_out.push_back(std::string(kind) + " of " + day_of(*date));
  };
  keep(near.vrps, "vrps");
  keep(near.aspas, "aspas");
  keep(near.irr, "irr");
  keep(near.sets, "sets");
  keep(near.policies, "policies");
  if (!near.vrps || !near.irr) near.registry_rpki.reset();
  keep(near.relationships, "relationships");
  keep(near.delegations, "delegations");
  return near;
}

}  // namespace fairway
