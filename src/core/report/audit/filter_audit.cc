#include "core/report/audit/filter_audit.h"

#include <algorithm>

#include "base/json_writer.h"
#include "core/report/audit/remedy.h"

namespace fairway {

namespace {

using filtering::AuditedSession;
using filtering::AuditFinding;
using filtering::AuditState;

constexpr std::size_t kMostLikely = 1000;  // from the sets of a configuration

std::string_view word(AuditState state) {
  switch (state) {
    case AuditState::filtered: return "filtered";
    case AuditState::open: return "open";
    case AuditState::unknown: return "unknown";
  }
  return {};
}

std::string title(const AuditedSession& session) {
  const RouterSession& facts = *session.facts;
  std::string text = "session " + facts.name;
  if (facts.remote_asn) text += " AS" + to_string(*facts.remote_asn);
  if (facts.remote && to_string(*facts.remote) != facts.name) text += " " + to_string(*facts.remote);
  text += session.role ? " (" + std::string(to_string(*session.role)) + ")"
                       : std::string(facts.internal ? " (internal)" : " (role not known)");
  return text + ", line " + std::to_string(facts.line);
}

std::string_view trim_end(std::string_view text) { return text.substr(0, text.find_last_not_of(' ') + 1); }

const filtering::AuditCheckRow& row_of(const AuditFinding& finding) {
  return filtering::audit_checks()[static_cast<std::size_t>(finding.check)];
}

}  // namespace

filtering::AuditedRouter audited(const reader::Configuration& configuration, const Expectation* network) {
  filtering::AuditedRouter router;
  router.network = network;
  router.validates = configuration.validation().rtr || configuration.validation().listed;
  router.validates_line = configuration.validation().line;
  for (const reader::NamedPrefixSet& set : configuration.prefix_sets()) {
    const std::size_t step = std::max<std::size_t>(1, set.entries.size() / 50);
    for (std::size_t i = 0; i < set.entries.size() && router.likely_prefixes.size() < kMostLikely; i += step) {
      const PrefixRange& range = set.entries[i].range;
      if (set.entries[i].permit) router.likely_prefixes.push_back(Prefix(range.prefix.address(), range.least));
    }
  }
  for (const reader::NamedAsnSet& set : configuration.asn_sets()) {
    for (const auto& [first, last] : set.ranges) {
      if (router.likely_origins.size() < 20) router.likely_origins.push_back(first);
    }
  }
  for (const RouterSession& session : configuration.sessions()) {
    router.sessions.push_back({.facts = &session,
                               .role = filtering::role_of(session, network),
                               .ask = [&configuration, &session](Direction direction, const Probe& probe) {
                                 return configuration.decide(session, direction, probe);
                               }});
  }
  return router;
}

bool AuditReport::required_open() const {
  return std::ranges::any_of(findings, [](const std::vector<AuditFinding>& session) {
    return std::ranges::any_of(
        session, [](const AuditFinding& finding) { return finding.required && finding.state == AuditState::open; });
  });
}

void append_text(std::string& out, const AuditReport& report) {
  std::size_t counts[2][3] = {};
  for (std::size_t i = 0; i < report.router.sessions.size(); ++i) {
    const AuditedSession& session = report.router.sessions[i];
    out.append(report.file).append(": ").append(title(session)).append("\n");
    for (const AuditFinding& finding : report.findings[i]) {
      ++counts[finding.required ? 0 : 1][static_cast<std::size_t>(finding.state)];
      if (finding.state == AuditState::filtered && !report.all) continue;
      const filtering::AuditCheckRow& row = row_of(finding);
      std::string line = "  " + std::string(word(finding.state));
      line.resize(12, ' ');
      line += std::string(row.name);
      line.resize(32, ' ');
      line += finding.required ? "required  " : "advised   ";
      line += !finding.family ? "     " : *finding.family == Family::ipv4 ? "IPv4 " : "IPv6 ";
      if (finding.line != 0) line += "line " + std::to_string(finding.line);
      if (!finding.fact.empty()) line += (finding.line != 0 ? ": " : "") + finding.fact;
      out.append(trim_end(line)).append("\n");
      if (finding.state != AuditState::open) continue;
      out.append("              ").append(row.question).append(" ").append(row.rule).append("\n");
      out.append("              add: ");
      out.append(remedy(report.configuration.dialect(), finding.check, *session.facts, finding.family)).append("\n");
    }
  }
  for (const reader::Complaint& complaint : report.configuration.complaints()) {
    out.append(report.file).append(":").append(std::to_string(complaint.line)).append(": ").append(complaint.text);
    out.append("\n");
  }
  out.append(report.file)
      .append(": ")
      .append(std::to_string(report.router.sessions.size()))
      .append(" sessions; required: ");
  for (const std::size_t i : {0u, 1u}) {
    out.append(std::to_string(counts[i][0])).append(" filtered, ").append(std::to_string(counts[i][1]));
    out.append(" open, ").append(std::to_string(counts[i][2])).append(" unknown");
    out.append(i == 0 ? "; advised: " : "\n");
  }
}

void append_json(std::string& out, const AuditReport& report) {
  for (std::size_t i = 0; i < report.router.sessions.size(); ++i) {
    const AuditedSession& session = report.router.sessions[i];
    for (const AuditFinding& finding : report.findings[i]) {
      if (finding.state == AuditState::filtered && !report.all) continue;
      const filtering::AuditCheckRow& row = row_of(finding);
      JsonWriter json(out);
      json.object().field("version", 1).field("file", report.file);
      json.field("dialect", to_string(report.configuration.dialect())).field("session", session.facts->name);
      json.key("asn");
      session.facts->remote_asn ? json.value(session.facts->remote_asn->value) : json.null();
      json.key("role");
      session.role ? json.value(to_string(*session.role)) : json.null();
      json.field("check", row.name).field("rule", row.rule).field("required", finding.required);
      json.key("family");
      finding.family ? json.value(*finding.family == Family::ipv4 ? "ipv4" : "ipv6") : json.null();
      json.field("state", word(finding.state)).field("line", finding.line).field("fact", finding.fact);
      json.key("add");
      if (finding.state == AuditState::open) {
        json.value(remedy(report.configuration.dialect(), finding.check, *session.facts, finding.family));
      } else {
        json.null();
      }
      json.end();
      out += '\n';
    }
  }
}

}  // namespace fairway
