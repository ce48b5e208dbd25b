#include "core/report/incident_json.h"

#include "base/json_writer.h"

namespace fairway {
namespace {

void write_type(JsonWriter& json, IncidentType type) {
  json.field("kind", to_string(kind_of(type))).key("type");
  if (kind_of(type) == IncidentKind::leak) {
    json.raw(to_string(type));  // a number, as in a verdict
  } else {
    json.value(to_string(type));
  }
}

void write_asns(JsonWriter& json, std::string_view name, const std::vector<Asn>& asns) {
  json.key(name).array();
  for (const Asn asn : asns) json.value(asn.value);
  json.end();
}

void write_evidence(JsonWriter& json, const std::vector<Evidence>& list) {
  json.key("evidence").array();
  for (const Evidence& evidence : list) {
    json.object().field("name", evidence.name).field("weight", evidence.weight).field("fact", evidence.fact).end();
  }
  json.end();
}

template <class Time>
void write_time(JsonWriter& json, std::string_view name, const std::optional<Time>& time) {
  json.key(name);
  if (time)
    json.value(to_string(*time));
  else
    json.null();
}

void write_asn(JsonWriter& json, std::string_view name, std::optional<Asn> asn) {
  json.key(name);
  if (asn)
    json.value(asn->value);
  else
    json.null();
}

void write(JsonWriter& json, const Incident& incident) {
  json.object().field("version", 1).field("id", incident.id);
  write_type(json, incident.type);
  json.field("state", to_string(incident.state));
  json.field("opened", to_string(incident.opened)).field("changed", to_string(incident.changed));
  write_time(json, "cleared", incident.cleared);
  write_asns(json, "offenders", incident.offenders);
  write_asns(json, "victims", incident.victims);
  if (!incident.country.empty()) json.field("country", incident.country);
  if (!incident.feed.empty()) json.field("feed", incident.feed);
  json.key("prefixes").array();
  for (const Prefix& prefix : incident.prefixes) json.value(to_string(prefix));
  json.end().key("paths").array();
  for (const std::string& path : incident.paths) json.value(path);
  json.end();
  json.key("views").object().field("seen", incident.views_seen).field("full", incident.views_full).end();
  json.field("confidence", incident.confidence);
  write_evidence(json, incident.evidence);
  json.field("world", incident.world).end();
}

void write(JsonWriter& json, const KnownOrigin& known) {
  json.object().field("prefix", to_string(known.prefix)).field("origin", known.origin.value);
  write_time(json, "since", known.since);
  json.field("counts", known.counts).end();
}

void write(JsonWriter& json, const SeenRoute& route) {
  json.object().field("prefix", to_string(route.prefix)).field("collector", route.collector);
  json.field("peer", to_string(route.peer)).field("peer_asn", route.peer_asn.value).field("full", route.full);
  json.field("state", route.state).key("path");
  if (route.path)
    json.value(*route.path);
  else
    json.null();
  json.field("time", to_string(route.time)).end();
}

void write(JsonWriter& json, const Suspicion& suspicion) {
  json.object();
  write_type(json, suspicion.type);
  json.field("prefix", to_string(suspicion.prefix));
  write_asn(json, "offender", suspicion.offender);
  write_asn(json, "victim", suspicion.victim);
  json.field("first", to_string(suspicion.first)).field("last", to_string(suspicion.last));
  json.key("views").object().field("ever", suspicion.views).field("now", suspicion.views_now).end();
  json.field("score", suspicion.score).field("threshold", suspicion.threshold);
  write_evidence(json, suspicion.evidence);
  json.key("incident");
  if (suspicion.incident.empty())
    json.null();
  else
    json.value(suspicion.incident);
  json.field("verdict", suspicion.verdict).end();
}

}  // namespace

void append_json(std::string& out, const Incident& incident) {
  JsonWriter json(out);
  write(json, incident);
}

void append_json(std::string& out, Transition transition, Instant at, const Incident& incident) {
  JsonWriter json(out);
  json.object().field("version", 1).field("event", to_string(transition)).field("at", to_string(at)).key("incident");
  write(json, incident);
  json.end();
}

void append_json(std::string& out, const Explanation& e) {
  JsonWriter json(out);
  json.object().field("version", 1).field("prefix", to_string(e.prefix)).field("at", to_string(e.at));
  const auto list = [&](std::string_view name, const auto& values) {
    json.key(name).array();
    for (const auto& value : values) write(json, value);
    json.end();
  };
  list("known", e.known);
  list("routes", e.routes);
  list("suspicions", e.suspicions);
  json.field("judged", e.judged).field("not_judged", e.not_judged).key("remarks").array();
  for (const std::string& remark : e.remarks) json.value(remark);
  json.end().end();
}

}  // namespace fairway
