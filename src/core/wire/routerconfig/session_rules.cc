#include "core/wire/routerconfig/session_rules.h"

#include <algorithm>

namespace fairway::reader {

namespace {

Decision refused(const RouterSession& session, const char* why) {
  return {.outcome = Outcome::reject, .line = session.line, .why = why};
}

// The neighbour is above me or beside me: a route that it may not pass on upwards comes back marked.
bool from_above(LocalRole role) {
  return role == LocalRole::customer || role == LocalRole::peer || role == LocalRole::rs_client;
}

}  // namespace

std::optional<Decision> refused_by_session(const RouterSession& session, Direction direction, const Probe& probe) {
  const auto role = session.local_role;
  if (direction == Direction::export_) {
    const auto has = [&](Community value) {
      return std::find(probe.communities.begin(), probe.communities.end(), value) != probe.communities.end();
    };
    if (has(kNoAdvertise)) return refused(session, "NO_ADVERTISE");
    if (!session.internal && (has(kNoExport) || has(kNoExportSubconfed))) return refused(session, "NO_EXPORT");
    if (role && probe.otc && from_above(*role)) return refused(session, "OTC: not to a provider, peer or route server");
    return std::nullopt;
  }
  if (session.local_asn && !session.accepts_own_asn && !session.internal && probe.path.contains(*session.local_asn)) {
    return refused(session, "the local AS is in the path");
  }
  if (session.enforces_first_as && !session.internal && session.remote_asn &&
      probe.path.neighbour() != session.remote_asn) {
    return refused(session, "the neighbour's AS does not stand first");
  }
  if (session.rejects_as_sets && (probe.path.has(SegmentType::set) || probe.path.has(SegmentType::confed_set))) {
    return refused(session, "an AS_SET is in the path");
  }
  if (role && probe.otc) {
    if (*role == LocalRole::provider || *role == LocalRole::rs) return refused(session, "OTC: a leak of a customer");
    if (*role == LocalRole::peer && session.remote_asn && probe.otc != session.remote_asn) {
      return refused(session, "OTC: a leak of a peer");
    }
  }
  return std::nullopt;
}

void mark_with_otc(const RouterSession& session, Direction direction, Probe& route) {
  if (!session.local_role || route.otc) return;
  if (direction == Direction::import) {
    if (from_above(*session.local_role)) route.otc = session.remote_asn;
  } else if (*session.local_role != LocalRole::customer && *session.local_role != LocalRole::rs_client) {
    route.otc = session.local_asn;
  }
}

}  // namespace fairway::reader
