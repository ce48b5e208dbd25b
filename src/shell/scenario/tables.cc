#include "shell/scenario/tables.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <map>
#include <set>

#include "base/json_writer.h"

namespace fairway::scenario {

namespace {

constexpr std::string_view kTrustAnchor = "scenario";

void write_vrp(JsonWriter& json, const Prefix& prefix, unsigned max_length, Asn asn, Instant expires) {
  json.object().field("asn", asn.value).field("prefix", to_string(prefix)).field("maxLength", max_length);
  json.field("ta", kTrustAnchor).field("expires", expires.whole_seconds()).end();
}

std::string rpki(const Scenario& scenario, const Tables& registered, const std::vector<BackgroundOrigin>& origins) {
  const Instant expires = scenario.end + days(7);
  std::string out;
  JsonWriter json(out);
  json.object().key("metadata").object();
  json.field("buildtime", to_string(scenario.start)).end();
  json.key("roas").array();
  for (const VrpFact& fact : registered.vrps) {
    write_vrp(json, fact.prefix, fact.max_length ? *fact.max_length : fact.prefix.length(), fact.asn, expires);
  }
  for (const BackgroundOrigin& origin : origins) {
    if (!origin.has_roas) continue;
    for (const Prefix& prefix : origin.prefixes) write_vrp(json, prefix, prefix.length(), origin.asn, expires);
  }
  json.end().key("aspas").array();
  for (const AspaFact& fact : registered.aspas) {
    json.object().field("customer_asid", fact.customer.value).field("expires", expires.whole_seconds());
    json.key("providers").array();
    for (const Asn provider : fact.providers) json.value(provider.value);
    json.end().end();
  }
  json.end().end();
  return out + '\n';
}

// Each pair once; what is written first holds.
class Relationships {
 public:
  void transit(Asn provider, Asn customer) { add(provider, customer, -1); }
  void peering(Asn a, Asn b) { add(std::min(a, b), std::max(a, b), 0); }
  std::string take() { return std::move(text_); }

 private:
  void add(Asn a, Asn b, int relation) {
    if (a == b || !seen_.insert({std::min(a, b), std::max(a, b)}).second) return;
    text_ += fmt::format("{}|{}|{}\n", a.value, b.value, relation);
  }
  std::set<std::pair<Asn, Asn>> seen_;
  std::string text_;
};

std::string relationships(const Scenario& scenario, const std::vector<BackgroundOrigin>& origins) {
  Relationships relationships;
  for (const RelationshipFact& fact : scenario.relationships) {
    for (const Asn customer : fact.customers) {
      if (fact.provider) relationships.transit(*fact.provider, customer);
    }
    for (const Asn a : fact.peers) {
      for (const Asn b : fact.peers) relationships.peering(a, b);
    }
  }
  for (const View& view : scenario.views) {
    for (std::size_t i = 1; i < view.chain.size(); ++i) relationships.transit(view.chain[i], view.chain[i - 1]);
  }
  for (const Asn a : scenario.background.tops) {
    for (const Asn b : scenario.background.tops) relationships.peering(a, b);
  }
  for (const BackgroundOrigin& origin : origins) {
    for (const Asn provider : origin.providers) relationships.transit(provider, origin.asn);
  }
  std::string header = "# input clique:";
  for (const Asn top : scenario.background.tops) header += fmt::format(" {}", top.value);
  return header + "\n# <provider-as>|<customer-as>|-1\n# <peer-as>|<peer-as>|0\n" + relationships.take();
}

std::string organisations(const Scenario& scenario) {
  const std::string day =
      fmt::format("{:%Y%m%d}", fmt::gmtime(static_cast<std::time_t>(scenario.start.whole_seconds())));
  const auto id_of = [](const NameFact& fact) {
    return fact.organisation.empty() ? fmt::format("ORG-AS{}", fact.asn.value) : fact.organisation;
  };
  std::map<std::string, const NameFact*> organisations;
  for (const NameFact& fact : scenario.names) organisations.try_emplace(id_of(fact), &fact);
  std::string text = "# format:org_id|changed|org_name|country|source\n";
  for (const auto& [id, fact] : organisations)
    text += fmt::format("{}|{}|{}|{}|scenario\n", id, day, fact->name, fact->country);
  text += "# format:aut|changed|aut_name|org_id|opaque_id|source\n";
  for (const NameFact& fact : scenario.names) {
    text += fmt::format("{}|{}|{}|{}||scenario\n", fact.asn.value, day, fact.name, id_of(fact));
  }
  return text;
}

std::string names(const Scenario& scenario) {
  std::string text;
  for (const NameFact& fact : scenario.names) text += fmt::format("AS{} - {}\n", fact.asn.value, fact.name);
  return text;
}

std::vector<TableFile> route_objects(const Tables& registered) {
  std::map<std::string, std::string> registries;
  for (const RouteObjectFact& fact : registered.route_objects) {
    registries[fact.registry] +=
        fmt::format("{:<16}{}\norigin:         AS{}\nsource:         {}\n\n",
                    fact.prefix.family() == Family::ipv4 ? "route:" : "route6:", to_string(fact.prefix),
                    fact.origin.value, fact.registry);
  }
  std::vector<TableFile> files;
  for (auto& [registry, text] : registries) files.push_back({fmt::format("irr.{}.db", registry), std::move(text)});
  return files;
}

}  // namespace

std::vector<TableFile> table_files(const Scenario& scenario, const Tables& registered) {
  const std::vector<BackgroundOrigin> origins = background_origins(scenario.background);
  std::vector<TableFile> files;
  if (registered.rpki) files.push_back({"vrps.json", rpki(scenario, registered, origins)});
  files.push_back({"as-relationships.txt", relationships(scenario, origins)});
  if (!scenario.names.empty()) {
    files.push_back({"as-org2info.txt", organisations(scenario)});
    files.push_back({"as-names.txt", names(scenario)});
  }
  for (TableFile& file : route_objects(registered)) files.push_back(std::move(file));
  return files;
}

}  // namespace fairway::scenario
