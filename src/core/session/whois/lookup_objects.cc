#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "base/text.h"
#include "core/session/whois/lookup.h"
#include "core/session/whois/texts.h"
#include "core/tables/irr.h"
#include "core/tables/irr_rpki.h"
#include "core/tables/vrp.h"
#include "core/wire/rpsl/object_key.h"

namespace fairway::whois {

namespace {

std::unexpected<Error> without_texts() {
  return fail(ErrorKind::usage, "The texts of objects are not loaded: only queries for prefixes and members work.");
}

// What stands in a relation to a prefix, by prefix: route objects and VRPs.
struct Standing {
  std::vector<std::uint32_t> routes, vrps;
};

void add_routes(Texts& texts, const Registry& registry, const Selection& selection, const Prefix& prefix,
                Relation relation) {
  const bool inner = relation == Relation::more || relation == Relation::one_more;
  const World& world = registry.world;
  const bool use_vrps = world.vrps && world.registry_rpki && texts.selected(kRpkiSource);

  std::map<Prefix, Standing> standing;
  const auto wanted = [&](const Prefix& found) {
    switch (relation) {
      case Relation::exact: return found == prefix;
      case Relation::less_or_exact: return true;
      default: return found != prefix;
    }
  };
  std::vector<std::uint32_t> routes, vrps;
  const auto fill = [](std::pair<std::uint32_t, std::uint32_t> range, std::vector<std::uint32_t>& ids) {
    for (std::uint32_t id = range.first; id < range.second; ++id) ids.push_back(id);
  };
  if (world.irr && inner) fill(world.irr->under(prefix), routes);
  if (world.irr && !inner) world.irr->covering(prefix, routes);
  if (use_vrps && inner) fill(world.vrps->under(prefix), vrps);
  if (use_vrps && !inner) world.vrps->covering(prefix, vrps);
  for (const std::uint32_t id : routes) {
    const RouteObject& object = world.irr->objects()[id];
    if (!wanted(object.prefix) || !texts.selected(world.irr->registries()[object.registry])) continue;
    if (selection.suppress_invalid && world.registry_rpki && world.registry_rpki->invalid(id)) continue;
    standing[object.prefix].routes.push_back(id);
  }
  for (const std::uint32_t id : vrps) {
    const Prefix found = world.vrps->vrp(id).prefix;
    if (wanted(found)) standing[found].vrps.push_back(id);
  }
  // Covering prefixes from the longest on; one level is the longest alone. More specific ones in their order.
  const auto tell = [&](const Prefix& found, const Standing& all) {
    const std::string name = found.family() == Family::ipv4 ? "route" : "route6";
    if (!texts.wants_class(name)) return;
    Asn last;
    bool any = false;
    for (const std::uint32_t id : all.routes) {
      const Asn origin = world.irr->objects()[id].origin;
      if (any && origin == last) continue;  // the objects of all registries were found at once
      any = true;
      last = origin;
      texts.find(primary_key(name, to_string(found) + "AS" + to_string(origin)), [&](const RpslObject& object) {
        const auto route = route_of(object);
        return route && route->prefix == found && route->origin == origin;
      });
    }
    for (const std::uint32_t id : all.vrps) texts.add_vrp(id);
  };
  if (inner) {
    std::optional<Prefix> over;
    for (const auto& [found, all] : standing) {
      if (relation == Relation::one_more && over && over->covers(found)) continue;
      over = found;
      tell(found, all);
    }
  } else {
    for (auto at = standing.rbegin(); at != standing.rend(); ++at) {
      tell(at->first, at->second);
      if (relation == Relation::one_less) break;
    }
  }
}

}  // namespace

Result<std::string> objects_by_route(const Registry& registry, const Selection& selection, std::string_view text,
                                     Relation relation, const TextOptions& options) {
  const auto prefix = parse_prefix(text);
  if (!prefix) return fail(ErrorKind::usage, fmt::format("Invalid input for route search: {}", text));
  if (registry.objects.empty()) return without_texts();
  Texts texts(registry, selection, options);
  add_routes(texts, registry, selection, *prefix, relation);
  return texts.take();
}

Result<std::string> objects_by_address(const Registry& registry, const Selection& selection, std::string_view text,
                                       Relation relation, const TextOptions& options) {
  const auto range = parse_address_range(text);
  if (!range) return fail(ErrorKind::usage, fmt::format("Invalid input for route search: {}", text));
  if (registry.objects.empty()) return without_texts();
  Texts texts(registry, selection, options);
  texts.find(*range, relation);
  // No route is about a range that is no prefix.
  if (const auto prefix = parse_prefix(trim(text))) add_routes(texts, registry, selection, *prefix, relation);
  return texts.take();
}

Result<std::string> objects_by_asn(const Registry& registry, const Selection& selection, Asn asn,
                                   const TextOptions& options) {
  if (registry.objects.empty()) return without_texts();
  Texts texts(registry, selection, options);
  texts.find(NumberRange::of(asn), Relation::less_or_exact);
  const std::string wanted = primary_key("aut-num", "AS" + to_string(asn));
  texts.find(wanted, [&](const RpslObject& object) {
    const auto own = primary_key_of(object);
    return own && equal_ignoring_case(object.attributes.front().name, "aut-num") &&
           primary_key("aut-num", *own) == wanted;
  });
  return texts.take();
}

Result<std::string> objects_by_key(const Registry& registry, const Selection& selection, std::string_view key,
                                   const TextOptions& options) {
  if (registry.objects.empty()) return without_texts();
  Texts texts(registry, selection, options);
  std::vector<std::string> classes = options.classes;
  if (classes.empty()) {
    for (const auto& store : registry.objects) {
      for (const std::string& name : store->classes()) {
        if (std::ranges::find(classes, name) == classes.end()) classes.push_back(name);
      }
    }
  }
  for (const std::string& name : classes) {
    const std::string wanted = primary_key(name, key);
    texts.find(wanted, [&](const RpslObject& object) {
      const auto own = primary_key_of(object);
      return own && equal_ignoring_case(object.attributes.front().name, name) && primary_key(name, *own) == wanted;
    });
  }
  return texts.take();
}

Result<std::string> objects_by_attribute(const Registry& registry, const Selection& selection,
                                         std::string_view attribute, std::string_view value,
                                         const TextOptions& options) {
  const std::string name = to_lower(attribute);
  if (!is_lookup_attribute(name)) {
    return fail(ErrorKind::usage,
                fmt::format("Inverse attribute search not supported for {}, only supported for attributes: {}",
                            attribute, lookup_attributes()));
  }
  if (registry.objects.empty()) return without_texts();
  Texts texts(registry, selection, options);
  const std::string wanted = attribute_key(name, value);
  texts.find(wanted, [&](const RpslObject& object) {
    const auto keys = keys_of(object);
    return std::binary_search(keys.begin(), keys.end(), wanted);
  });
  return texts.take();
}

}  // namespace fairway::whois
