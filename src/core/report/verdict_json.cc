#include <algorithm>

#include "base/json_writer.h"
#include "core/report/reasons.h"
#include "core/report/verdict.h"
#include "core/tables/vrp.h"

namespace fairway {

namespace {

void write_vrps(JsonWriter& json, std::string_view name, const std::vector<Vrp>& vrps) {
  json.key(name).array();
  for (const Vrp& vrp : vrps) {
    json.object()
        .field("asn", "AS" + to_string(vrp.asn))
        .field("prefix", to_string(vrp.prefix))
        .field("max_length", std::to_string(vrp.max_length))
        .end();
  }
  json.end();
}

void write_validated_route(JsonWriter& json, const World& world, const RouteQuestion& question,
                           const PathOrigin& origin) {
  const OriginExplanation why = explain_origin(world.vrps.get(), *question.prefix, origin);
  json.object().key("route").object();
  if (origin.kind == PathOrigin::Kind::as) {
    json.field("origin_asn", "AS" + to_string(origin.asn));
  } else {
    json.key("origin_asn").null();
  }
  json.field("prefix", to_string(*question.prefix)).end();
  json.key("validity").object().field("state", to_string(why.verdict.state));
  if (why.verdict.state == OriginState::invalid) json.field("reason", to_string(why.verdict.reason));
  json.field("description", why.description).key("VRPs").object();
  write_vrps(json, "matched", why.matched);
  write_vrps(json, "unmatched_as", why.unmatched_as);
  write_vrps(json, "unmatched_length", why.unmatched_length);
  json.end().end().end();
}

}  // namespace

void append_verdict_json(std::string& out, const World& world, const RouteQuestion& question,
                         const RouteVerdict& verdict) {
  JsonWriter json(out);
  json.object().field("version", 1).key("validated_route");
  if (question.prefix) {
    write_validated_route(json, world, question, verdict.of_path.origin);
  } else {
    json.null();
  }

  json.key("aspa")
      .object()
      .field("state", to_string(verdict.of_path.path.state))
      .field("procedure", to_string(question.vantage.procedure()))
      .key("failing_hop");
  const auto why = question.path ? explain_path(world.aspas.get(), *question.path, question.vantage.procedure(),
                                                question.vantage.neighbour)
                                 : PathExplanation{};
  if (question.path && verdict.of_path.path.state == PathState::invalid && why.failing_hop) {
    json.array().value(why.failing_hop->first.value).value(why.failing_hop->second.value).end();
  } else {
    json.null();
  }
  json.end();

  json.key("irr").object().field("state", to_string(verdict.registry.state)).end();

  const LeakVerdict& leak = verdict.of_path.leak;
  json.key("leak").object().field("state", to_string(leak.state)).key("type");
  leak.type != 0 ? json.value(static_cast<unsigned>(leak.type)) : json.null();
  json.key("hop");
  if (leak.state == LeakState::leak) {
    json.array();
    for (const Asn asn : leak.hop) json.value(asn.value);
    json.end();
  } else {
    json.null();
  }
  json.key("by").array();
  for (const LeakEvidence evidence : kLeakEvidence) {
    if ((leak.by & evidence) != 0) json.value(to_string(evidence));
  }
  json.end().end();

  json.key("bogon").object().field("state", to_string(verdict.bogon.state)).end();
  json.key("sanity").object().key("findings").array();
  for (const std::uint8_t bit : kSanityFindings) {
    const auto finding = static_cast<SanityFinding>(bit);
    if (verdict.of_path.sanity.has(finding)) json.value(to_string(finding));
  }
  json.end().end();

  json.key("reasons").array();
  for (const Reason& reason : reasons(world, question, verdict)) {
    json.object().field("check", reason.check).field("rule", reason.rule).field("fact", reason.fact).end();
  }
  json.end().end();
}

void append_verdict_text(std::string& out, const World& world, const RouteQuestion& question,
                         const RouteVerdict& verdict) {
  if (question.prefix) {
    out += to_string(*question.prefix);
    if (verdict.of_path.origin.kind == PathOrigin::Kind::as) out += " from AS" + to_string(verdict.of_path.origin.asn);
  }
  if (question.path) {
    if (question.prefix) out += ", ";
    out += "path " + to_string(*question.path);
  }
  out += '\n';
  for (const Reason& reason : reasons(world, question, verdict)) {
    out += "  ";
    out += reason.check;
    out.append(8 - std::min<std::size_t>(8, reason.check.size()), ' ');
    out += reason.state;
    out.append(reason.state.size() < 14 ? 14 - reason.state.size() : 1, ' ');
    out += reason.fact + "  [" + reason.rule + "]\n";
  }
  out += is_negative(verdict) ? "  Something speaks against this route.\n"
                              : "  Nothing known speaks against this route.\n";
}

}  // namespace fairway
