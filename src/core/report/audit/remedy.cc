#include "core/report/audit/remedy.h"

#include <array>
#include <utility>

#include "core/model/asn.h"

namespace fairway {

namespace {

using enum filtering::AuditCheck;

// {name}, {address}, {asn}: of the neighbour; {family}: ipv4 or ipv6; {longest}: 24 or 48; {bits}: 32 or 128; {role}:
// the local side's, where the neighbour is a customer.
struct Row {
  filtering::AuditCheck check;
  // By the number of the dialect.
  std::array<std::string_view, 3> lines;
};

constexpr Row kRows[] = {
    {import_policy,
     {"{family} { import filter from_{name}; };", "deny quick from {address}",
      "neighbor {address} route-map FROM-{asn} in"}},
    {bogon_prefix,
     {"if net ~ BOGON_PREFIXES then reject;", "deny quick from any prefix-set bogons",
      "route-map FROM-{asn} deny 10 / match {ip} address prefix-list BOGONS"}},
    {own_prefix,
     {"if net ~ OWN_PREFIXES then reject;", "deny quick from ebgp prefix-set own or-longer",
      "route-map FROM-{asn} deny 20 / match {ip} address prefix-list OWN-AND-LONGER"}},
    {default_route,
     {"if net.len = 0 then reject;", "deny quick from {address} prefix {any}",
      "route-map FROM-{asn} deny 30 / match {ip} address prefix-list DEFAULT"}},
    {prefix_length,
     {"if net.len > {longest} then reject;", "deny quick from {address} prefix {any} prefixlen > {longest}",
      "{ip} prefix-list TOO-LONG permit {any} ge {longer}; route-map FROM-{asn} deny 40 / match {ip} address "
      "prefix-list TOO-LONG"}},
    {registered_only,
     {"if net !~ PREFIXES_OF_{asn} then reject;",
      "deny from {address}, then allow from {address} prefix-set prefixes-of-{asn}",
      "route-map FROM-{asn} permit 100 / match {ip} address prefix-list PREFIXES-OF-{asn}, and no permit behind it"}},
    {foreign_blackhole,
     {"if (65535, 666) ~ bgp_community && net !~ PREFIXES_OF_{asn}_AND_LONGER then reject;",
      "allow from {address} community BLACKHOLE prefix-set prefixes-of-{asn} or-longer, and nothing longer than "
      "/{longest} else",
      "route-map FROM-{asn} permit 50 / match community BLACKHOLE / match {ip} address prefix-list "
      "PREFIXES-OF-{asn}-AND-LONGER"}},
    {bogon_asn,
     {"if bgp_path ~ BOGON_ASNS then reject;", "deny quick from any AS as-set bogon-asns",
      "route-map FROM-{asn} deny 60 / match as-path BOGON-ASNS"}},
    {as_set,
     {"if bgp_path.last != bgp_path.last_nonaggregated then reject;", "reject as-set yes", "bgp reject-as-sets"}},
    {long_path,
     {"if bgp_path.len > 100 then reject;", "deny quick from any max-as-len 100",
      "bgp as-path access-list LONG permit ^([0-9]+_){101}; route-map FROM-{asn} deny 70 / match as-path LONG"}},
    {transit_free,
     {"if bgp_path ~ TRANSIT_FREE_ASNS then reject;", "deny quick from {address} AS as-set transit-free",
      "route-map FROM-{asn} deny 80 / match as-path TRANSIT-FREE"}},
    {first_as, {"enforce first as on;", "enforce neighbor-as yes", "neighbor {address} enforce-first-as"}},
    {rov_invalid,
     {"if roa_check({roa}, net, bgp_path.last) = ROA_INVALID then reject;", "deny quick from any ovs invalid",
      "route-map FROM-{asn} deny 90 / match rpki invalid"}},
    {rov_source,
     {"protocol rpki { roa4 { table roa4; }; roa6 { table roa6; }; remote \"VALIDATOR\" port 323; }",
      "rtr VALIDATOR { port 323 }", "rpki / rpki cache VALIDATOR 323 preference 1"}},
    {keep_rejected,
     {"{family} { import table on; };", "nothing: bgpd keeps the Adj-RIB-In",
      "neighbor {address} soft-reconfiguration inbound"}},
    {max_prefix,
     {"{family} { import limit N action restart; };", "max-prefix N restart 15",
      "neighbor {address} maximum-prefix N restart 15"}},
    {graceful_shutdown,
     {"if (65535, 0) ~ bgp_community then bgp_local_pref = 0;",
      "match from any community GRACEFUL_SHUTDOWN set localpref 0",
      "match community GRACEFUL-SHUTDOWN / set local-preference 0"}},
    {gtsm, {"ttl security on;", "ttl-security yes", "neighbor {address} ttl-security hops 1"}},
    {authentication, {"password \"SECRET\";", "tcp md5sig password SECRET", "neighbor {address} password SECRET"}},
    {role, {"local role ROLE;", "announce policy ROLE", "neighbor {address} local-role ROLE"}},
    {export_policy,
     {"{family} { export filter to_{name}; };", "deny to {address}, then allow what is meant",
      "neighbor {address} route-map TO-{asn} out"}},
    {export_foreign,
     {"export only where LEARNED_FROM_CUSTOMER ~ bgp_large_community && net ~ CUSTOMER_PREFIXES, and OWN_PREFIXES",
      "deny to {address}, then allow to {address} large-community LOCAL:1:1 prefix-set customers",
      "route-map TO-{asn} permit 10 / match large-community LEARNED-FROM-CUSTOMER / match {ip} address prefix-list "
      "CUSTOMERS, and no permit behind it"}},
    {export_leak,
     {"mark routes on import, export only where LEARNED_FROM_CUSTOMER ~ bgp_large_community",
      "match from group customers set large-community LOCAL:1:1; allow to {address} large-community LOCAL:1:1",
      "set large-community LOCAL:1:1 additive on import from customers; match large-community on export"}},
    {export_bogon,
     {"if net ~ BOGON_PREFIXES then reject;", "deny quick to any prefix-set bogons",
      "route-map TO-{asn} deny 5 / match {ip} address prefix-list BOGONS"}},
};

void replace(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size()) {
    text.replace(at, what.size(), by);
  }
}

}  // namespace

std::string remedy(reader::Dialect dialect, filtering::AuditCheck check, const RouterSession& session,
                   std::optional<Family> family) {
  std::string text;
  for (const Row& row : kRows) {
    if (row.check == check) text = row.lines[static_cast<std::size_t>(dialect)];
  }
  const bool ipv6 = family == Family::ipv6;
  std::string name = session.name;
  for (char& c : name) {
    if (c == '.' || c == ':' || c == '/') c = '_';
  }
  replace(text, "{name}", name);
  replace(text, "{address}", session.remote ? to_string(*session.remote) : session.name);
  replace(text, "{asn}", session.remote_asn ? to_string(*session.remote_asn) : "ASN");
  replace(text, "{family}", ipv6 ? "ipv6" : "ipv4");
  replace(text, "{ip}", ipv6 ? "ipv6" : "ip");
  replace(text, "{any}", ipv6 ? "::/0" : "0.0.0.0/0");
  replace(text, "{longest}", ipv6 ? "48" : "24");
  replace(text, "{longer}", ipv6 ? "49" : "25");
  replace(text, "{roa}", ipv6 ? "roa6" : "roa4");
  return text;
}

}  // namespace fairway
