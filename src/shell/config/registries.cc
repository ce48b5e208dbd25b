#include "shell/config/registries.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/tables/irr_rpki.h"
#include "core/tables/vrp.h"
#include "core/verdict/origin.h"

namespace fairway::config {

namespace {

constexpr Kind kKinds[] = {Kind::irr, Kind::sets, Kind::policies};
constexpr std::size_t kMost = 255;  // SetTable::kAnyRegistry stands for none of them

// The registry of "RIPE route6".
std::string registry_of(const TablePart& part) { return part.source.substr(0, part.source.rfind(' ')); }
std::string_view class_of(const TablePart& part) {
  return std::string_view(part.source).substr(part.source.rfind(' ') + 1);
}

std::vector<std::string> registries_of(Tables& tables) {
  const auto trust = [](const std::string& name) {
    static const std::set<std::string_view> kAuthoritative = {"AFRINIC", "APNIC", "ARIN", "LACNIC", "RIPE"};
    return std::tuple(kAuthoritative.contains(name) ? 0 : name.ends_with("-NONAUTH") ? 2 : 1, name);
  };
  std::set<std::tuple<int, std::string>> ordered;
  for (const Kind kind : kKinds) {
    for (const Choice* choice : tables.used(kind)) ordered.insert(trust(registry_of(tables.part(*choice))));
  }
  std::vector<std::string> names;
  for (const auto& [rank, name] : ordered) {
    if (names.size() == kMost) {
      tables.warnings.push_back(fmt::format("more than {} registries; {} is left out", kMost, name));
      continue;
    }
    names.push_back(name);
  }
  return names;
}

}  // namespace

Registries build_registries(Tables& tables) {
  const std::vector<std::string> names = registries_of(tables);
  std::vector<RouteObject> routes;
  std::vector<SetObject> sets;
  std::vector<MemberClaim> claims;
  std::vector<AutNumPolicy> policies;
  std::vector<PolicySet> policy_sets;
  for (const Kind kind : kKinds) {
    for (const Choice* choice : tables.used(kind)) {
      // One registry's objects of one class: the rest of the file may be older than another.
      auto& dump = std::get<RegistryDump>(tables.inventory.files[choice->file].content);
      const TablePart& part = tables.part(*choice);
      const std::string registry = registry_of(part);
      const std::string_view name = class_of(part);
      const auto place = std::find(names.begin(), names.end(), registry);
      if (place == names.end()) continue;
      const auto index = static_cast<std::uint8_t>(place - names.begin());
      const auto within =
          std::find(dump.registries.begin(), dump.registries.end(), registry == "unnamed" ? std::string() : registry) -
          dump.registries.begin();
      const auto take = [&](auto& from, auto& to, const auto& is) {
        for (auto& entry : from) {
          if (entry.registry != within || !is(entry)) continue;
          to.push_back(std::move(entry));
          to.back().registry = index;
        }
      };
      if (kind == Kind::irr) {
        const Family family = name == "route6" ? Family::ipv6 : Family::ipv4;
        take(dump.objects, routes, [&](const RouteObject& object) { return object.prefix.family() == family; });
        take(dump.claims, claims, [&](const MemberClaim& claim) {
          const auto* prefix = std::get_if<Prefix>(&claim.member);
          return prefix != nullptr && prefix->family() == family;
        });
      } else if (kind == Kind::policies) {
        const auto every = [](const auto&) { return true; };
        if (name == "aut-num") take(dump.policies, policies, every);
        take(dump.policy_sets, policy_sets,
             [&](const PolicySet& set) { return name == (set.of_peerings ? "peering-set" : "filter-set"); });
      } else if (name == "aut-num") {
        take(dump.claims, claims, [](const MemberClaim& claim) { return claim.member.index() == 0; });
      } else {
        const SetClass set_class = name == "as-set" ? SetClass::as_set : SetClass::route_set;
        take(dump.sets, sets, [&](const SetObject& set) { return set.set_class == set_class; });
      }
    }
  }
  // Nothing needs the dumps any more, and they are large.
  for (TableFile& file : tables.inventory.files) {
    if (std::holds_alternative<RegistryDump>(file.content)) file.content = std::monostate();
  }
  std::vector<std::string> shown = names;
  std::replace(shown.begin(), shown.end(), std::string("unnamed"), std::string());
  Registries tables_of;
  if (!routes.empty()) tables_of.routes = std::make_shared<const IrrTable>(IrrTable::build(std::move(routes), shown));
  if (!sets.empty()) {
    tables_of.sets = std::make_shared<const SetTable>(SetTable::build(std::move(sets), claims, shown));
  }
  if (!policies.empty()) {
    tables_of.policies = std::make_shared<const PolicyTable>(
        PolicyTable::build(std::move(policies), std::move(policy_sets), std::move(shown)));
  }
  return tables_of;
}

std::vector<std::shared_ptr<const ObjectStore>> take_texts(Tables& tables) {
  // "RIPE route": the newest file that has some.
  std::map<std::string, const TableFile*> newest;
  for (const Choice& choice : tables.choices) {
    const TableFile& file = tables.file(choice);
    if (!file.texts) continue;
    const TableFile*& best = newest[tables.part(choice).source];
    if (best == nullptr || std::tie(best->date, best->path) < std::tie(file.date, file.path)) best = &file;
  }
  std::vector<std::shared_ptr<const ObjectStore>> stores;
  for (TableFile& file : tables.inventory.files) {
    if (!file.texts) continue;
    for (const std::string& registry : file.texts->registries()) {
      for (const std::string& name : file.texts->classes()) {
        const auto best = newest.find((registry.empty() ? "unnamed" : registry) + " " + name);
        if (best == newest.end() || best->second != &file) file.texts->leave_out(name, registry);
      }
    }
    stores.push_back(std::move(file.texts));
  }
  return stores;
}

void join_rpki(World& world, bool keep_invalid) {
  if (!world.vrps) return;
  std::vector<bool> invalid;
  if (world.irr && !keep_invalid) {
    const auto objects = world.irr->objects();
    invalid.resize(objects.size());
    constexpr std::size_t kBatch = 4096;
    std::vector<PrefixOrigin> batch;
    std::vector<OriginVerdict> verdicts(kBatch);
    for (std::size_t first = 0; first < objects.size(); first += kBatch) {
      batch.clear();
      for (std::size_t i = first; i < std::min(first + kBatch, objects.size()); ++i) {
        batch.push_back({objects[i].prefix, {PathOrigin::Kind::as, objects[i].origin}});
      }
      judge_origins(*world.vrps, batch, std::span(verdicts).first(batch.size()));
      for (std::size_t i = 0; i < batch.size(); ++i) invalid[first + i] = verdicts[i].state == OriginState::invalid;
    }
  }
  world.registry_rpki = std::make_shared<const RegistryRpki>(RegistryRpki::build(*world.vrps, std::move(invalid)));
}

}  // namespace fairway::config
