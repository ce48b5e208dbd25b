// The audit of an existing router configuration (MANRS Action 1): session by session and direction by direction, what
// is filtered and what is open. It asks the filters with probes and looks at the facts of the sessions; whatever can
// answer may be audited. Values only; one thread for each audit.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/probe.h"
#include "core/model/router_session.h"
#include "core/tables/expectation.h"

namespace fairway::filtering {

enum class AuditCheck : std::uint8_t {
  import_policy,
  bogon_prefix,
  own_prefix,
  default_route,
  prefix_length,
  registered_only,
  foreign_blackhole,
  bogon_asn,
  as_set,
  long_path,
  transit_free,
  first_as,
  rov_invalid,
  rov_source,
  keep_rejected,
  max_prefix,
  graceful_shutdown,
  gtsm,
  authentication,
  role,
  export_policy,
  export_foreign,
  export_leak,
  export_bogon,
};

struct AuditCheckRow {
  AuditCheck check;
  std::string_view name;      // "bogon-prefix"
  std::string_view question;  // what is asked of the session
  std::string_view rule;      // who asks for it: MANRS clause, RFC
};
std::span<const AuditCheckRow> audit_checks();  // in the order of the enumeration

// Whether MANRS asks it of a session with such a neighbour; what is not asked is advice.
bool is_required(AuditCheck check, std::optional<Role> role);

enum class AuditState : std::uint8_t { filtered, open, unknown };

struct AuditFinding {
  AuditCheck check = AuditCheck::import_policy;
  std::optional<Family> family{};  // unset: of the whole session
  AuditState state = AuditState::unknown;
  bool required = false;
  std::uint32_t line = 0;  // that decided; 0: none
  std::string fact{};      // what passed, what decided, or what was not understood
};

struct AuditedSession {
  const RouterSession* facts = nullptr;
  std::optional<Role> role{};  // what the neighbour is to this router; unset: not known
  std::function<fairway::Decision(Direction, const Probe&)> ask{};
};

struct AuditedRouter {
  std::vector<AuditedSession> sessions{};
  // Prefixes and origins that stand in sets of the configuration: among them are routes that its filters let in, which
  // can then be spoilt in one respect after another.
  std::vector<Prefix> likely_prefixes{};
  std::vector<Asn> likely_origins{};
  bool validates = false;  // it has VRPs from somewhere
  std::uint32_t validates_line = 0;
  const Expectation* network = nullptr;  // null: own prefixes are not known
};

// The findings of one session, in the order of the checks; checks that make no sense for it (own prefixes that are not
// known, a first AS from a route server) are left out. Internal sessions have none.
std::vector<AuditFinding> audit(const AuditedRouter& router, const AuditedSession& session);

// What the neighbour is to me, by network.yaml (its addresses, then its ASN) or by the role configured on the session.
std::optional<Role> role_of(const RouterSession& session, const Expectation* network);

}  // namespace fairway::filtering
