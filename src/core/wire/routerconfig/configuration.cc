#include "core/wire/routerconfig/configuration.h"

#include <algorithm>
#include <utility>

#include "core/wire/routerconfig/reading.h"
#include "core/wire/routerconfig/session_rules.h"

namespace fairway::reader {

namespace {

// More doubts than these runs can settle leave a decision unknown.
constexpr unsigned kMostRuns = 64;

bool same_changes(const Probe& a, const Probe& b) {
  return a.communities == b.communities && a.large_communities == b.large_communities && a.local_pref == b.local_pref &&
         a.med == b.med && a.next_hop == b.next_hop && a.marks == b.marks && a.path == b.path;
}

}  // namespace

void Reading::complain(std::uint32_t line, std::string text) {
  if (complaints.size() < kMostComplaints) complaints.push_back({line, std::move(text)});
}

Configuration Reading::finish(Reading reading, Dialect dialect) {
  Configuration configuration;
  configuration.dialect_ = dialect;
  configuration.sessions_ = std::move(reading.sessions);
  configuration.prefix_sets_ = std::move(reading.prefix_sets);
  configuration.asn_sets_ = std::move(reading.asn_sets);
  configuration.complaints_ = std::move(reading.complaints);
  std::ranges::stable_sort(configuration.complaints_, {}, &Complaint::line);
  configuration.validation_ = reading.validation;
  configuration.interpreter_ = std::move(reading.interpreter);
  return configuration;
}

Result<Configuration> Configuration::read(std::string_view text, Dialect dialect, const Includes& includes) {
  auto reading = read_dialect(text, dialect, includes);
  if (!reading) return std::unexpected(std::move(reading.error()));
  return Reading::finish(*std::move(reading), dialect);
}

Decision Configuration::decide(const RouterSession& session, Direction direction, const Probe& probe) const {
  if (auto refused = refused_by_session(session, direction, probe)) return *std::move(refused);
  const auto index = static_cast<std::size_t>(&session - sessions_.data());
  Probe route = probe;
  if (direction == Direction::import) mark_with_otc(session, direction, route);
  Doubt doubt;
  std::optional<Decision> agreed;
  for (unsigned runs = 0;;) {
    Decision decision = interpreter_->run(index, direction, route, doubt);
    if (decision.outcome == Outcome::unknown) return decision;
    if (!agreed) {
      agreed = std::move(decision);
    } else if (agreed->outcome != decision.outcome) {
      break;
    } else if (agreed->outcome == Outcome::accept && !same_changes(agreed->route, decision.route)) {
      agreed->changes_known = false;
    }
    if (!doubt.again()) {
      if (direction == Direction::export_) mark_with_otc(session, direction, agreed->route);
      return *std::move(agreed);
    }
    if (++runs == kMostRuns) break;
  }
  return {.outcome = Outcome::unknown, .line = doubt.line(), .why = doubt.why(), .changes_known = false};
}

}  // namespace fairway::reader
