#include "shell/config/build_world.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>

#include "base/hash.h"
#include "core/tables/aspa.h"
#include "core/tables/exchange.h"
#include "core/tables/name.h"
#include "core/tables/organisation.h"
#include "core/tables/relationship.h"
#include "core/tables/self_description.h"
#include "core/tables/vrp.h"
#include "shell/config/registries.h"

namespace fairway::config {

namespace {

constexpr std::string_view kLocal = "SLURM";  // the trust anchor of what the operator asserts

template <class T>
std::shared_ptr<const T> shared(T table) {
  return std::make_shared<const T>(std::move(table));
}

template <class T>
void append(std::vector<T>& to, std::vector<T>& from) {
  if (to.empty()) {
    to = std::move(from);
  } else {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  }
  from = {};
}

class Builder {
 public:
  explicit Builder(Tables& tables) : tables_(tables) {}

  Result<World> build() {
    name_sources();
    if (auto error = read_slurm()) return std::unexpected(*std::move(error));
    if (auto error = take_rpki()) return std::unexpected(*std::move(error));
    // The large ones beside each other.
    auto vrps = std::async(std::launch::async, [this] { build_vrps(); });
    build_aspas();
    build_irr();
    build_relationships();
    build_organisations();
    build_delegations();
    build_exchanges();
    build_names();
    vrps.get();
    return std::move(world_);
  }

 private:
  // The content of each file that has a chosen part of the kind, once.
  template <class Content>
  std::vector<Content*> contents(Kind kind) {
    std::vector<Content*> found;
    for (const Choice* choice : tables_.used(kind)) {
      auto* content = std::get_if<Content>(&tables_.inventory.files[choice->file].content);
      if (content != nullptr && std::find(found.begin(), found.end(), content) == found.end()) found.push_back(content);
    }
    return found;
  }

  void name_sources() {
    std::uint64_t digest = 0;
    const auto add = [&](std::string_view text) { digest = hash_bytes(as_bytes(text), digest); };
    for (const Choice& choice : tables_.choices) {
      if (!choice.unused.empty()) continue;
      const TableFile& file = tables_.file(choice);
      const TablePart& part = tables_.part(choice);
      world_.sources.push_back({std::string(to_string(part.kind)), part.source, file.path, file.format, file.date,
                                part.entries, file.date_from == DateFrom::file});
      add(to_string(part.kind));
      add(part.kind == Kind::slurm ? std::string_view() : std::string_view(part.source));
      digest = mix(digest ^ part.entries, file.digest);
      digest = mix(digest, file.date ? static_cast<std::uint64_t>(file.date->microseconds) : 0);
    }
    world_.version = fmt::format("{:012x}", digest >> 16);
  }

  std::optional<Error> read_slurm() {
    std::vector<Slurm> files;
    std::vector<std::string> names;
    for (const Choice* choice : tables_.used(Kind::slurm)) {
      files.push_back(std::move(std::get<Slurm>(tables_.inventory.files[choice->file].content)));
      names.push_back(tables_.file(*choice).path);
    }
    auto merged = merge(files, names);
    if (!merged) return std::move(merged.error());
    slurm_ = *std::move(merged);
    return std::nullopt;
  }

  void warn(std::string text) { tables_.warnings.push_back(std::move(text)); }

  std::optional<Error> take_rpki() {
    for (const Choice* choice : tables_.used(Kind::vrps)) {
      auto& rpki = std::get<RpkiExport>(tables_.inventory.files[choice->file].content);
      std::vector<std::uint8_t> place;
      for (const std::string& anchor : rpki.trust_anchors) {
        const auto index = index_of_name(anchors_, anchor);
        if (!index) return Error{ErrorKind::refused, "more than 256 trust anchors in all files together"};
        place.push_back(*index);
      }
      for (Vrp& vrp : rpki.vrps) vrp.trust_anchor = place[vrp.trust_anchor];
      append(vrps_, rpki.vrps);
      const auto date = tables_.file(*choice).date;
      if (!built_ || (date && *date < *built_)) built_ = date;
    }
    for (RpkiExport* rpki : contents<RpkiExport>(Kind::aspas)) append(aspas_, rpki->aspas);

    const bool about_vrps = !slurm_.prefix_filters.empty() || !slurm_.prefix_assertions.empty();
    if (about_vrps && vrps_.empty()) {
      warn("SLURM says something about VRPs, and none are loaded: it is not applied to them");
    } else if (about_vrps) {
      const auto local = index_of_name(anchors_, kLocal);
      if (!local) return Error{ErrorKind::refused, "more than 256 trust anchors in all files together"};
      const std::size_t removed = fairway::apply(slurm_, vrps_, *local);
      warn(fmt::format("SLURM: {} VRPs filtered out, {} added", removed, slurm_.prefix_assertions.size()));
      if (vrps_.empty()) return Error{ErrorKind::refused, "the SLURM filters leave no VRP: an empty table is not used"};
    }
    if (!slurm_.aspa_filters.empty() || !slurm_.aspa_assertions.empty()) {
      if (aspas_.empty()) {
        warn("SLURM says something about ASPAs, and none are loaded: it is not applied to them");
      } else {
        const std::size_t removed = fairway::apply(slurm_, aspas_);
        warn(fmt::format("SLURM: {} ASPAs filtered out, {} added", removed, slurm_.aspa_assertions.size()));
      }
    }
    return std::nullopt;
  }

  void build_vrps() {
    if (!vrps_.empty()) world_.vrps = shared(VrpTable::build(std::move(vrps_), std::move(anchors_), built_));
  }
  void build_aspas() {
    if (!aspas_.empty()) world_.aspas = shared(AspaTable::build(std::move(aspas_), built_));
  }

  void build_irr() {
    auto registries = build_registries(tables_);
    world_.irr = std::move(registries.routes);
    world_.sets = std::move(registries.sets);
    world_.policies = std::move(registries.policies);
  }

  void build_relationships() {
    for (AsRelationships* read : contents<AsRelationships>(Kind::relationships)) {
      world_.relationships = shared(RelationshipTable::build(std::move(read->links), std::move(read->clique)));
    }
  }
  void build_organisations() {
    for (AsOrganisations* read : contents<AsOrganisations>(Kind::organisations)) {
      world_.organisations = shared(OrganisationTable::build(std::move(read->organisations), read->holders));
    }
  }

  void build_delegations() {
    std::vector<DelegationTable::Block> blocks;
    std::vector<DelegationTable::AsRange> ranges;
    std::vector<std::string> registries;
    for (Delegations* read : contents<Delegations>(Kind::delegations)) {
      const auto place = static_cast<std::uint8_t>(registries.size());  // there are six
      registries.push_back(read->registry);
      for (auto& block : read->blocks) block.delegation.registry = place;
      for (auto& range : read->as_ranges) range.delegation.registry = place;
      append(blocks, read->blocks);
      append(ranges, read->as_ranges);
    }
    if (registries.empty()) return;
    world_.delegations = shared(DelegationTable::build(std::move(blocks), std::move(ranges), std::move(registries)));
  }

  void build_exchanges() {
    std::vector<const PeeringDb*> of_class[5];
    for (const Choice* choice : tables_.used(Kind::exchanges)) {
      const auto* db = std::get_if<PeeringDb>(&tables_.file(*choice).content);
      static constexpr std::string_view kClasses[] = {"ix", "ixlan", "ixpfx", "netixlan", "net"};
      const auto at =
          std::find(std::begin(kClasses), std::end(kClasses), tables_.part(*choice).source) - std::begin(kClasses);
      of_class[at].push_back(db);
    }
    boost::unordered_flat_map<std::uint32_t, std::string> names;
    boost::unordered_flat_map<std::uint32_t, std::uint32_t> exchange_of;
    std::vector<Asn> route_servers;
    std::vector<ExchangeTable::Lan> lans;
    for (const PeeringDb* db : of_class[0]) {
      for (const auto& exchange : db->exchanges) names.try_emplace(exchange.id, exchange.name);
    }
    for (const PeeringDb* db : of_class[1]) {
      for (const auto& lan : db->lans) {
        exchange_of.try_emplace(lan.id, lan.exchange);
        if (lan.route_server) route_servers.push_back(*lan.route_server);
      }
    }
    for (const PeeringDb* db : of_class[2]) {
      for (const auto& block : db->lan_prefixes) {
        const auto exchange = exchange_of.find(block.lan);
        const auto name = names.find(exchange == exchange_of.end() ? 0 : exchange->second);
        lans.push_back({block.prefix, name == names.end() ? fmt::format("exchange LAN {}", block.lan) : name->second});
      }
    }
    std::vector<SelfDescription> networks;
    for (const PeeringDb* db : of_class[4]) {
      for (const auto& network : db->networks) {
        networks.push_back(
            {network.asn, network.as_set, network.prefixes4, network.prefixes6, network.never_via_route_servers});
        if (network.type == "Route Server") route_servers.push_back(network.asn);
      }
    }
    if (!networks.empty()) world_.self_descriptions = shared(SelfDescriptionTable::build(std::move(networks)));
    if (lans.empty() && route_servers.empty()) return;
    world_.exchanges = shared(ExchangeTable::build(std::move(lans), route_servers));
  }

  void build_names() {
    std::vector<std::pair<Asn, std::string>> names;
    for (AsNames* read : contents<AsNames>(Kind::names)) {
      for (auto& name : read->names) names.emplace_back(name.asn, std::move(name.name));
    }
    if (!names.empty()) world_.names = shared(NameTable::build(std::move(names)));
  }

  Tables& tables_;
  World world_;
  Slurm slurm_;
  std::vector<Vrp> vrps_;
  std::vector<Aspa> aspas_;
  std::vector<std::string> anchors_;
  std::optional<Instant> built_;
};

}  // namespace

Result<World> build_world(Tables& tables) { return Builder(tables).build(); }

}  // namespace fairway::config
