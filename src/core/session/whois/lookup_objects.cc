#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>

#include "base/text.h"
#include "core/session/whois/lookup.h"
#include "core/session/whois/session.h"
#include "core/tables/irr.h"
#include "core/tables/irr_rpki.h"
#include "core/tables/vrp.h"
#include "core/verdict/origin.h"
#include "core/wire/rpsl/object_key.h"
#include "core/wire/rpsl/set_member.h"

namespace fairway::whois {

namespace {

bool contains(const std::vector<std::string>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

// A VRP as the route object that it stands for.
std::string text_of(const VrpTable& vrps, std::uint32_t id) {
  const Vrp vrp = vrps.vrp(id);
  const std::string prefix = to_string(vrp.prefix);
  const bool ipv4 = vrp.prefix.family() == Family::ipv4;
  std::string text = fmt::format("{:16}{}\n", ipv4 ? "route:" : "route6:", prefix);
  text += fmt::format("descr:          VRP of {} for AS{}, standing for a route object\n", prefix, vrp.asn.value);
  text += fmt::format("max-length:     {}\n", vrp.max_length);
  text += fmt::format("origin:         AS{}\n", vrp.asn.value);
  const auto anchors = vrps.trust_anchors();
  const std::string anchor = vrp.trust_anchor < anchors.size() ? anchors[vrp.trust_anchor] : std::string();
  text += fmt::format("source:         {}{}\n", kRpkiSource, anchor.empty() ? "" : "  # trust anchor " + anchor);
  return text;
}

// Collects texts for one query.
class Texts {
 public:
  Texts(const Registry& registry, const Selection& selection, const TextOptions& options)
      : registry_(registry), selection_(selection), options_(options) {
    for (const auto& store : registry.objects) readers_.emplace_back(*store);
  }

  bool wants_class(std::string_view name) const { return options_.classes.empty() || contains(options_.classes, name); }
  bool selected(std::string_view source) const { return contains(selection_.sources, source); }

  // What the stores have under the key, and `is` says is it.
  void find(const std::string& key, const std::function<bool(const RpslObject&)>& is) {
    struct Found {
      std::size_t rank, store;
      std::uint32_t id;
      auto operator<=>(const Found&) const = default;
    };
    std::vector<Found> all;
    std::vector<std::uint32_t> ids;
    for (std::size_t i = 0; i < registry_.objects.size(); ++i) {
      const ObjectStore& store = *registry_.objects[i];
      store.find(key, ids);
      for (const std::uint32_t id : ids) {
        const auto at = std::ranges::find(selection_.sources, store.registry_of(id));
        if (at == selection_.sources.end() || !wants_class(store.class_of(id))) continue;
        all.push_back({static_cast<std::size_t>(at - selection_.sources.begin()), i, id});
      }
    }
    std::sort(all.begin(), all.end());
    for (const Found& found : all) {
      if (done()) return;
      const std::string_view text = readers_[found.store].text(found.id);
      RpslObjects objects(as_bytes(text));
      if (objects.next(object_) && is(object_)) add(text, object_);
    }
  }

  void add_vrp(std::uint32_t id) {
    const std::string text = text_of(*registry_.world.vrps, id);
    RpslObjects objects(as_bytes(text));
    if (!done() && objects.next(object_)) add(text, object_);
  }

  Result<std::string> take() {
    if (out_.size() > Session::kMostAnswer) {
      return fail(ErrorKind::usage, "The answer is too long: ask for less.");
    }
    while (out_.ends_with('\n')) out_.pop_back();
    return std::move(out_);
  }

 private:
  bool done() const { return out_.size() > Session::kMostAnswer || (options_.first_only && !out_.empty()); }

  void add(std::string_view text, const RpslObject& object) {
    const std::string name = to_lower(object.attributes.front().name);
    std::string state;
    if (registry_.world.registry_rpki && (name == "route" || name == "route6")) {
      const RpslAttribute* source = object.find("source");
      const bool roa = source != nullptr && rpsl_value(source->value) == kRpkiSource;
      const auto route = route_of(object);
      if (route && !roa) {
        const auto verdict = judge_origin(*registry_.world.vrps, route->prefix, {PathOrigin::Kind::as, route->origin});
        if (verdict.state == OriginState::invalid && selection_.suppress_invalid) return;
        const bool unknown = verdict.state == OriginState::not_found;
        state = unknown ? "not_found # No ROAs found, or RPKI validation not enabled for source"
                        : std::string(to_string(verdict.state));
      }
    }
    if (options_.keys_only) return add_keys(name, object);
    if (!out_.empty()) out_ += '\n';
    out_ += text;
    if (!state.empty()) out_ += "rpki-ov-state:  " + state + "\n";
  }

  void add_keys(const std::string& name, const RpslObject& object) {
    std::string keys;
    const auto add_each = [&](std::string_view attribute_name, bool list) {
      for (const RpslAttribute& attribute : object.attributes) {
        if (!equal_ignoring_case(attribute.name, attribute_name)) continue;
        const std::string value = rpsl_value(attribute.value);
        if (!list) {
          keys += fmt::format("{}: {}\n", attribute_name, value);
          return;
        }
        for (const std::string_view word : split_list(value)) keys += fmt::format("{}: {}\n", attribute_name, word);
      }
    };
    if (name == "person" || name == "role") {
      add_each("nic-hdl", false);
    } else {
      add_each(name, false);
    }
    if (name == "route" || name == "route6") add_each("origin", false);
    add_each("members", true);
    add_each("mp-members", true);
    if (!out_.empty()) out_ += '\n';
    out_ += keys;
  }

  const Registry& registry_;
  const Selection& selection_;
  const TextOptions& options_;
  std::vector<ObjectStore::Reader> readers_;
  RpslObject object_;
  std::string out_;
};

std::unexpected<Error> without_texts() {
  return fail(ErrorKind::usage, "The texts of objects are not loaded: only queries for prefixes and members work.");
}

// What stands in a relation to a prefix, by prefix: route objects and VRPs.
struct Standing {
  std::vector<std::uint32_t> routes, vrps;
};

}  // namespace

Result<std::string> objects_by_route(const Registry& registry, const Selection& selection, std::string_view text,
                                     Relation relation, const TextOptions& options) {
  const auto prefix = parse_prefix(text);
  if (!prefix) return fail(ErrorKind::usage, fmt::format("Invalid input for route search: {}", text));
  if (registry.objects.empty()) return without_texts();
  Texts texts(registry, selection, options);
  const World& world = registry.world;
  const bool use_vrps = world.vrps && world.registry_rpki && texts.selected(kRpkiSource);

  std::map<Prefix, Standing> standing;
  const auto wanted = [&](const Prefix& found) {
    switch (relation) {
      case Relation::exact: return found == *prefix;
      case Relation::less_or_exact: return true;
      default: return found != *prefix;
    }
  };
  std::vector<std::uint32_t> routes, vrps;
  const auto fill = [](std::pair<std::uint32_t, std::uint32_t> range, std::vector<std::uint32_t>& ids) {
    for (std::uint32_t id = range.first; id < range.second; ++id) ids.push_back(id);
  };
  if (world.irr && relation == Relation::more) fill(world.irr->under(*prefix), routes);
  if (world.irr && relation != Relation::more) world.irr->covering(*prefix, routes);
  if (use_vrps && relation == Relation::more) fill(world.vrps->under(*prefix), vrps);
  if (use_vrps && relation != Relation::more) world.vrps->covering(*prefix, vrps);
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
  if (relation == Relation::more) {
    for (const auto& [found, all] : standing) tell(found, all);
  } else {
    for (auto at = standing.rbegin(); at != standing.rend(); ++at) {
      tell(at->first, at->second);
      if (relation == Relation::one_less) break;
    }
  }
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
        if (!contains(classes, name)) classes.push_back(name);
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
