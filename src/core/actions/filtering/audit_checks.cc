#include <algorithm>

#include "core/actions/filtering/audit.h"

namespace fairway::filtering {

namespace {

using enum AuditCheck;

constexpr AuditCheckRow kRows[] = {
    {import_policy, "import-policy", "is there an import policy?", "MANRS Action 1; RFC 8212"},
    {bogon_prefix, "bogon-prefix", "are bogon prefixes refused?",
     "MANRS Action 1 (bogons on all connections); RFC 6890"},
    {own_prefix, "own-prefix", "are my own prefixes refused?", "MANRS Action 1 (own prefixes on all connections)"},
    {default_route, "default-route", "is the default route refused?", "RFC 7454 section 6.1.6"},
    {prefix_length, "prefix-length", "is what is longer than /24 and /48 refused?", "RFC 7454 section 6.1.3"},
    {registered_only, "registered-only", "is what the neighbour did not register refused?",
     "MANRS Action 1 (specific prefixes inbound from customers); RFC 7454 section 6.1.2"},
    {foreign_blackhole, "foreign-blackhole", "is a blackhole for somebody else's address refused?",
     "RFC 7999 section 6"},
    {bogon_asn, "bogon-asn", "are reserved and private ASNs in the path refused?",
     "RFC 7607, RFC 6996, RFC 5398, RFC 7300"},
    {as_set, "as-set", "are AS_SETs refused?", "RFC 9774"},
    {long_path, "long-path", "are paths of more than 100 ASNs refused?", "RFC 7454 section 9"},
    {transit_free, "transit-free", "are transit-free networks behind this neighbour refused?",
     "MANRS Action 1 (leaks of settlement-free peers)"},
    {first_as, "first-as", "must the neighbour's AS stand first?", "RFC 4271 section 6.3; RFC 7454 section 9"},
    {rov_invalid, "rov-invalid", "are RPKI-invalid routes refused?", "MANRS Action 1 (RPKI); RFC 6811"},
    {rov_source, "rov-source", "does the router get VRPs?", "MANRS Action 1 (RTR to a validator); RFC 8210"},
    {keep_rejected, "keep-rejected", "is what ROV refused kept for when it changes?", "RFC 9324"},
    {max_prefix, "max-prefix", "is the number of prefixes limited?", "RFC 7454 section 8"},
    {graceful_shutdown, "graceful-shutdown", "does GRACEFUL_SHUTDOWN lower the preference?", "RFC 8326 section 4"},
    {gtsm, "gtsm", "are packets from afar dropped (GTSM)?", "RFC 5082; RFC 7454 section 5.2"},
    {authentication, "authentication", "is the session authenticated (TCP-AO, MD5)?", "RFC 5925; RFC 7454 section 5.1"},
    {role, "role", "is the BGP role configured?", "RFC 9234"},
    {export_policy, "export-policy", "is there an export policy?", "MANRS Action 1; RFC 8212"},
    {export_foreign, "export-foreign", "is a prefix of neither mine nor a customer's kept back?",
     "MANRS Action 1 (specific prefixes outbound)"},
    {export_leak, "export-leak", "are routes of other providers and peers kept back?", "MANRS Action 1; RFC 7908"},
    {export_bogon, "export-bogon", "are bogon prefixes kept back?", "MANRS Action 1 (bogons on all connections)"},
};

}  // namespace

std::span<const AuditCheckRow> audit_checks() { return kRows; }

bool is_required(AuditCheck check, std::optional<Role> role) {
  switch (check) {
    case import_policy:
    case export_policy:
    case bogon_prefix:
    case own_prefix:
    case foreign_blackhole: return true;
    case registered_only: return role == Role::customer || role == Role::rs_client;
    case export_foreign:
    case export_leak: return role == Role::provider || role == Role::peer || role == Role::rs;
    default: return false;
  }
}

std::optional<Role> role_of(const RouterSession& session, const Expectation* network) {
  if (network != nullptr) {
    for (const Neighbour& neighbour : network->network().neighbours) {
      if (!neighbour.role || !session.remote) continue;
      if (std::ranges::find(neighbour.sessions, *session.remote, &OwnSession::address) != neighbour.sessions.end()) {
        return neighbour.role;
      }
    }
    if (session.remote_asn) {
      for (const Neighbour& neighbour : network->neighbours(*session.remote_asn)) {
        if (neighbour.role) return neighbour.role;
      }
    }
  }
  if (!session.local_role) return std::nullopt;
  switch (*session.local_role) {  // RFC 9234 names the local side
    case LocalRole::provider: return Role::customer;
    case LocalRole::customer: return Role::provider;
    case LocalRole::peer: return Role::peer;
    case LocalRole::rs: return Role::rs_client;
    case LocalRole::rs_client: return Role::rs;
  }
  return std::nullopt;
}

}  // namespace fairway::filtering
