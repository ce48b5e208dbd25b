#include "apps/fairway/filter_probes.h"

#include "base/json_writer.h"

namespace fairway {

namespace {

using filtering::Document;
using filtering::NeighbourPolicy;
using filtering::RouteProbe;

void put_path(JsonWriter& json, const AsPath& path) {
  json.key("path").array();
  for (std::size_t i = 0; i < path.segments().size(); ++i) {
    const bool set = path.segments()[i].type == SegmentType::set;
    if (set) json.array();
    for (const Asn asn : path.asns_of(i)) json.value(asn.value);
    if (set) json.end();
  }
  json.end();
}

void put_communities(JsonWriter& json, const std::vector<Community>& communities,
                     const std::vector<LargeCommunity>& large_communities) {
  json.key("communities").array();
  for (const Community community : communities) {
    std::string text;
    append_to(text, community);
    json.value(text);
  }
  json.end().key("large_communities").array();
  for (const LargeCommunity& community : large_communities) {
    std::string text;
    append_to(text, community);
    json.value(text);
  }
  json.end();
}

// To whom an accepted route goes on.
void put_exports(JsonWriter& json, const Document& document, const RouteProbe& probe,
                 const filtering::Decision& decision) {
  Probe learned = probe.route;
  learned.communities = decision.communities;
  learned.large_communities = decision.large_communities;
  json.key("exported_to").array();
  for (std::size_t i = 0; i < document.neighbours.size(); ++i) {
    const NeighbourPolicy& policy = document.neighbours[i];
    if (i != probe.neighbour && export_route(document, policy, learned).accepted) json.value(policy.name);
  }
  json.end();
}

}  // namespace

void append_json(std::string& text, const Document& document, const RouteProbe& probe) {
  const NeighbourPolicy& policy = document.neighbours[probe.neighbour];
  const Probe& route = probe.route;
  const filtering::Decision decision = expected(document, probe);
  JsonWriter json(text);
  json.object().field("version", 1).field("neighbour", policy.name).field("asn", policy.asn.value);
  json.field("role", to_string(policy.role)).field("direction", probe.is_export ? "export" : "import");
  json.field("what", probe.what).field("prefix", to_string(route.prefix));
  put_path(json, route.path);
  if (route.next_hop) json.field("next_hop", to_string(*route.next_hop));
  put_communities(json, route.communities, route.large_communities);
  if (route.otc) json.field("otc", route.otc->value);
  static constexpr std::string_view kStates[] = {"unknown", "not-found", "valid", "invalid"};
  json.field("rov", kStates[static_cast<std::size_t>(route.origin)]);
  json.field("aspa", kStates[static_cast<std::size_t>(route.providers)]);
  json.key("expected").object().field("accepted", decision.accepted);
  if (decision.clause != filtering::kNone) {
    const auto& clauses = probe.is_export ? policy.export_ : policy.import;
    json.field("clause", filtering::row_of(clauses[decision.clause].kind).name);
  }
  json.field("blackholed", decision.blackholed).field("last_resort", decision.last_resort);
  put_communities(json, decision.communities, decision.large_communities);
  if (!probe.is_export && decision.accepted) put_exports(json, document, probe, decision);
  json.end().end();
}

}  // namespace fairway
