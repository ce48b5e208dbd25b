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
  std::array<std::string_view, reader::kDialects> lines;
};

constexpr Row kRows[] = {
    {import_policy,
     {"{family} { import filter from_{name}; };", "deny quick from {address}",
      "neighbor {address} route-map FROM-{asn} in",
      "set protocols bgp group {group} neighbor {address} import FROM-{asn}",
      "neighbor {address} / address-family {family} unicast / route-policy FROM-{asn} in"}},
    {bogon_prefix,
     {"if net ~ BOGON_PREFIXES then reject;", "deny quick from any prefix-set bogons",
      "route-map FROM-{asn} deny 10 / match {ip} address prefix-list BOGONS",
      "set policy-options policy-statement FROM-{asn} term bogons from prefix-list-filter BOGONS orlonger; ... then "
      "reject",
      "if destination in BOGONS then drop endif"}},
    {own_prefix,
     {"if net ~ OWN_PREFIXES then reject;", "deny quick from ebgp prefix-set own or-longer",
      "route-map FROM-{asn} deny 20 / match {ip} address prefix-list OWN-AND-LONGER",
      "set policy-options policy-statement FROM-{asn} term own from prefix-list-filter OWN orlonger; ... then reject",
      "if destination in OWN-AND-LONGER then drop endif"}},
    {default_route,
     {"if net.len = 0 then reject;", "deny quick from {address} prefix {any}",
      "route-map FROM-{asn} deny 30 / match {ip} address prefix-list DEFAULT",
      "set policy-options policy-statement FROM-{asn} term default from route-filter {any} exact; ... then reject",
      "if destination in ({any}) then drop endif"}},
    {prefix_length,
     {"if net.len > {longest} then reject;", "deny quick from {address} prefix {any} prefixlen > {longest}",
      "{ip} prefix-list TOO-LONG permit {any} ge {longer}; route-map FROM-{asn} deny 40 / match {ip} address "
      "prefix-list TOO-LONG",
      "set policy-options policy-statement FROM-{asn} term length from route-filter {any} prefix-length-range "
      "/{longer}-/{bits}; ... then reject",
      "if destination in ({any} ge {longer}) then drop endif"}},
    {registered_only,
     {"if net !~ PREFIXES_OF_{asn} then reject;",
      "deny from {address}, then allow from {address} prefix-set prefixes-of-{asn}",
      "route-map FROM-{asn} permit 100 / match {ip} address prefix-list PREFIXES-OF-{asn}, and no permit behind it",
      "set policy-options policy-statement FROM-{asn} term registered from route-filter-list PREFIXES-OF-{asn}; ... "
      "then accept, and then reject behind it",
      "if destination in PREFIXES-OF-{asn} then pass else drop endif"}},
    {foreign_blackhole,
     {"if (65535, 666) ~ bgp_community && net !~ PREFIXES_OF_{asn}_AND_LONGER then reject;",
      "allow from {address} community BLACKHOLE prefix-set prefixes-of-{asn} or-longer, and nothing longer than "
      "/{longest} else",
      "route-map FROM-{asn} permit 50 / match community BLACKHOLE / match {ip} address prefix-list "
      "PREFIXES-OF-{asn}-AND-LONGER",
      "set policy-options policy-statement FROM-{asn} term blackhole from community BLACKHOLE; ... from "
      "prefix-list-filter PREFIXES-OF-{asn} orlonger",
      "if community matches-any BLACKHOLE and destination in PREFIXES-OF-{asn}-AND-LONGER then ... endif"}},
    {bogon_asn,
     {"if bgp_path ~ BOGON_ASNS then reject;", "deny quick from any AS as-set bogon-asns",
      "route-map FROM-{asn} deny 60 / match as-path BOGON-ASNS",
      "set policy-options policy-statement FROM-{asn} term asns from as-path-group BOGON-ASNS; ... then reject",
      "if as-path in BOGON-ASNS then drop endif"}},
    {as_set,
     {"if bgp_path.last != bgp_path.last_nonaggregated then reject;", "reject as-set yes", "bgp reject-as-sets",
      "set protocols bgp group {group} disallow-as-sets, or a filter of AS_SETs",
      "neighbor {address} / as-set-processing disallow, or a filter of AS_SETs"}},
    {long_path,
     {"if bgp_path.len > 100 then reject;", "deny quick from any max-as-len 100",
      "bgp as-path access-list LONG permit ^([0-9]+_){101}; route-map FROM-{asn} deny 70 / match as-path LONG",
      "set policy-options as-path LONG \".{101,}\"; set policy-options policy-statement FROM-{asn} term long from "
      "as-path LONG; ... then reject",
      "if as-path length ge 101 then drop endif"}},
    {transit_free,
     {"if bgp_path ~ TRANSIT_FREE_ASNS then reject;", "deny quick from {address} AS as-set transit-free",
      "route-map FROM-{asn} deny 80 / match as-path TRANSIT-FREE",
      "set policy-options policy-statement FROM-{asn} term tier1 from as-path-group TRANSIT-FREE; ... then reject",
      "if as-path in TRANSIT-FREE then drop endif"}},
    {first_as,
     {"enforce first as on;", "enforce neighbor-as yes", "neighbor {address} enforce-first-as",
      "set protocols bgp group {group} enforce-first-as", "if not as-path neighbor-is '{asn}' then drop endif"}},
    {rov_invalid,
     {"if roa_check({roa}, net, bgp_path.last) = ROA_INVALID then reject;", "deny quick from any ovs invalid",
      "route-map FROM-{asn} deny 90 / match rpki invalid",
      "set policy-options policy-statement FROM-{asn} term invalid from validation-database invalid; ... then reject",
      "if validation-state is invalid then drop endif"}},
    {rov_source,
     {"protocol rpki { roa4 { table roa4; }; roa6 { table roa6; }; remote \"VALIDATOR\" port 323; }",
      "rtr VALIDATOR { port 323 }", "rpki / rpki cache VALIDATOR 323 preference 1",
      "set routing-options validation group VALIDATORS session VALIDATOR port 323",
      "router bgp ... rpki server VALIDATOR / transport tcp port 323"}},
    {keep_rejected,
     {"{family} { import table on; };", "nothing: bgpd keeps the Adj-RIB-In",
      "neighbor {address} soft-reconfiguration inbound", "delete protocols bgp group {group} keep none",
      "neighbor {address} / address-family {family} unicast / soft-reconfiguration inbound always"}},
    {max_prefix,
     {"{family} { import limit N action restart; };", "max-prefix N restart 15",
      "neighbor {address} maximum-prefix N restart 15",
      "set protocols bgp group {group} neighbor {address} family {inet} unicast prefix-limit maximum N teardown",
      "neighbor {address} / address-family {family} unicast / maximum-prefix N 80 restart 15"}},
    {graceful_shutdown,
     {"if (65535, 0) ~ bgp_community then bgp_local_pref = 0;",
      "match from any community GRACEFUL_SHUTDOWN set localpref 0",
      "match community GRACEFUL-SHUTDOWN / set local-preference 0",
      "set policy-options policy-statement FROM-{asn} term drain from community GRACEFUL-SHUTDOWN; ... then "
      "local-preference 0",
      "if community matches-any GRACEFUL-SHUTDOWN then set local-preference 0 endif"}},
    {gtsm,
     {"ttl security on;", "ttl-security yes", "neighbor {address} ttl-security hops 1",
      "set protocols bgp group {group} neighbor {address} ttl 255, and a firewall filter that drops BGP with a lower "
      "TTL",
      "neighbor {address} / ttl-security"}},
    {authentication,
     {"password \"SECRET\";", "tcp md5sig password SECRET", "neighbor {address} password SECRET",
      "set protocols bgp group {group} neighbor {address} authentication-key SECRET",
      "neighbor {address} / password encrypted SECRET"}},
    {role,
     {"local role ROLE;", "announce policy ROLE", "neighbor {address} local-role ROLE",
      "nothing: this release has no BGP role", "nothing: this release has no BGP role"}},
    {export_policy,
     {"{family} { export filter to_{name}; };", "deny to {address}, then allow what is meant",
      "neighbor {address} route-map TO-{asn} out", "set protocols bgp group {group} neighbor {address} export TO-{asn}",
      "neighbor {address} / address-family {family} unicast / route-policy TO-{asn} out"}},
    {export_foreign,
     {"export only where LEARNED_FROM_CUSTOMER ~ bgp_large_community && net ~ CUSTOMER_PREFIXES, and OWN_PREFIXES",
      "deny to {address}, then allow to {address} large-community LOCAL:1:1 prefix-set customers",
      "route-map TO-{asn} permit 10 / match large-community LEARNED-FROM-CUSTOMER / match {ip} address prefix-list "
      "CUSTOMERS, and no permit behind it",
      "set policy-options policy-statement TO-{asn} term customers from community LEARNED-FROM-CUSTOMER; ... from "
      "route-filter-list CUSTOMERS; ... then accept, and then reject behind it",
      "if large-community matches-any LEARNED-FROM-CUSTOMER and destination in CUSTOMERS then pass else drop endif"}},
    {export_leak,
     {"mark routes on import, export only where LEARNED_FROM_CUSTOMER ~ bgp_large_community",
      "match from group customers set large-community LOCAL:1:1; allow to {address} large-community LOCAL:1:1",
      "set large-community LOCAL:1:1 additive on import from customers; match large-community on export",
      "community add LEARNED-FROM-CUSTOMER on import from customers; export only from that community",
      "set large-community LEARNED-FROM-CUSTOMER additive on import from customers; let out only that"}},
    {export_bogon,
     {"if net ~ BOGON_PREFIXES then reject;", "deny quick to any prefix-set bogons",
      "route-map TO-{asn} deny 5 / match {ip} address prefix-list BOGONS",
      "set policy-options policy-statement TO-{asn} term bogons from prefix-list-filter BOGONS orlonger; ... then "
      "reject",
      "if destination in BOGONS then drop endif"}},
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
  replace(text, "{inet}", ipv6 ? "inet6" : "inet");
  replace(text, "{group}", session.group.empty() ? "GROUP" : session.group);
  replace(text, "{bits}", ipv6 ? "128" : "32");
  replace(text, "{longest}", ipv6 ? "48" : "24");
  replace(text, "{longer}", ipv6 ? "49" : "25");
  replace(text, "{roa}", ipv6 ? "roa6" : "roa4");
  return text;
}

}  // namespace fairway
