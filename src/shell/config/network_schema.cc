#include "shell/config/network.h"

namespace fairway::config {

namespace {

using enum ValueType;

constexpr std::string_view kRoles[] = {"customer", "provider", "peer", "rs", "rs-client", "sibling"};
constexpr std::string_view kKinds[] = {"hijack", "leak", "outage"};
constexpr std::string_view kAuthentications[] = {"md5", "tcp-ao"};
constexpr std::string_view kContactRoles[] = {"noc", "abuse", "technical", "policy", "maintenance"};

constexpr Key kPrefix[] = {
    {.name = "prefix",
     .type = prefix,
     .sentence = "a block of addresses that is mine",
     .example = "192.0.2.0/24",
     .required = true},
    {.name = "origins",
     .type = asn,
     .sentence = "the ASes that may announce it",
     .example = "[64500]",
     .unset = "none: nobody may announce it",
     .list = true},
    {.name = "max_length",
     .type = number,
     .sentence = "the longest more-specific under it that those ASes may announce",
     .example = "24",
     .unset = "no more-specific",
     .highest = 128},
    {.name = "occasional",
     .type = boolean,
     .sentence = "it is announced at times only (backup, DDoS protection): its absence is no outage",
     .example = "false",
     .unset = "false"},
    {.name = "ignore",
     .type = boolean,
     .sentence = "neither it nor what lies under it is watched",
     .example = "false",
     .unset = "false"},
    {.name = "description", .sentence = "what it is for", .example = "web servers", .unset = "empty"},
};

constexpr Key kSession[] = {
    {.name = "address", .type = address, .sentence = "the neighbour's end", .example = "203.0.113.1", .required = true},
    {.name = "local_address", .type = address, .sentence = "my end", .example = "203.0.113.2"},
    {.name = "interface", .sentence = "where the neighbour's packets come in", .example = "xe-0/0/1"},
    {.name = "router", .sentence = "my router", .example = "edge1"},
    {.name = "gtsm",
     .type = boolean,
     .sentence = "both ends agreed that packets come from one hop away (RFC 5082)",
     .example = "true",
     .unset = "false"},
    {.name = "secret_file",
     .sentence = "a file with the session's secret, beside this file or by its whole path",
     .example = "secrets/as64510",
     .unset = "no secret"},
    {.name = "authentication",
     .type = choice,
     .sentence = "what the secret is for",
     .example = "md5",
     .unset = "md5",
     .choices = kAuthentications},
};

constexpr Key kLimits[] = {
    {.name = "ipv4", .type = number, .sentence = "IPv4 prefixes that it may announce at most", .example = "50"},
    {.name = "ipv6", .type = number, .sentence = "IPv6 prefixes that it may announce at most", .example = "20"},
};

constexpr Key kNeighbour[] = {
    {.name = "asn", .type = asn, .sentence = "the neighbour", .example = "64510", .required = true},
    {.name = "name", .sentence = "what people call it", .example = "Example Transit", .unset = "empty"},
    {.name = "role",
     .type = choice,
     .sentence = "what the neighbour is to me",
     .example = "provider",
     .choices = kRoles},
    {.name = "local_asn",
     .type = asn,
     .sentence = "the AS of mine that it is a neighbour of",
     .example = "64500",
     .unset = "any of mine"},
    {.name = "as_sets",
     .sentence = "as-sets of what it may announce, with their registry",
     .example = "[RIPE::AS-EXAMPLE]",
     .list = true},
    {.name = "sessions", .type = map, .sentence = "the BGP sessions with it", .list = true, .keys = kSession},
    {.name = "limits", .type = map, .sentence = "how many prefixes it may announce", .keys = kLimits},
    {.name = "blackhole",
     .type = boolean,
     .sentence = "it may ask me to drop traffic to its prefixes (RFC 7999)",
     .example = "false",
     .unset = "false"},
    {.name = "beacons",
     .type = prefix,
     .sentence = "prefixes of its own that must pass its filter, or the filter is not used",
     .example = "[198.51.100.0/24]",
     .unset = "none",
     .list = true},
};

constexpr Key kRtr[] = {
    {.name = "address",
     .type = address,
     .sentence = "a validator that routers ask for VRPs (RTR)",
     .example = "192.0.2.53",
     .required = true},
    {.name = "port", .type = number, .sentence = "its port", .example = "323", .unset = "323", .highest = 65535},
};

constexpr Key kFiltering[] = {
    {.name = "rtr", .type = map, .sentence = "the validators that routers ask for VRPs", .list = true, .keys = kRtr},
    {.name = "longest_path",
     .type = number,
     .sentence = "ASNs in a path at most",
     .example = "64",
     .unset = "64",
     .highest = 1000},
    {.name = "headroom",
     .type = number,
     .sentence = "percent that a limit is above what is known to be announced",
     .example = "15",
     .unset = "15",
     .highest = 1000},
    {.name = "clients_blackhole",
     .type = boolean,
     .sentence = "clients of my route server may ask to drop traffic to their prefixes (RFC 7999)",
     .example = "false",
     .unset = "false"},
    {.name = "blackhole_ipv4",
     .type = address,
     .sentence = "the next hop that my routers drop",
     .example = "192.0.2.1",
     .unset = "192.0.2.1"},
    {.name = "blackhole_ipv6",
     .type = address,
     .sentence = "the same of IPv6",
     .example = "\"100::1\"",
     .unset = "100::1"},
};

constexpr Key kContact[] = {
    {.name = "role",
     .type = choice,
     .sentence = "what to call it for",
     .example = "noc",
     .required = true,
     .choices = kContactRoles},
    {.name = "name", .sentence = "who answers", .example = "Example NOC", .unset = "empty"},
    {.name = "email", .sentence = "where to write", .example = "noc@example.net"},
    {.name = "phone", .sentence = "where to call, day and night", .example = "\"+1 555 0100\""},
    {.name = "url", .sentence = "a page for it", .example = "\"https://www.example.net/noc\"", .unset = "none"},
};

constexpr Key kExchange[] = {
    {.name = "name", .sentence = "an exchange point where I am connected", .example = "EXAMPLE-IX", .required = true},
    {.name = "peeringdb_id", .type = number, .sentence = "its `ix` number in PeeringDB", .example = "31"},
    {.name = "addresses",
     .type = address,
     .sentence = "my addresses on its LANs",
     .example = "[198.51.100.10]",
     .list = true},
    {.name = "route_server",
     .type = boolean,
     .sentence = "I have sessions with its route servers",
     .example = "true",
     .unset = "false"},
    {.name = "lans",
     .type = prefix,
     .sentence = "its peering LANs, where PeeringDB does not say",
     .example = "[198.51.100.0/24]",
     .unset = "as in PeeringDB",
     .list = true},
};

constexpr Key kException[] = {
    {.name = "kind",
     .type = choice,
     .sentence = "the kind of incident that is agreed",
     .example = "hijack",
     .unset = "every kind",
     .choices = kKinds},
    {.name = "prefix",
     .type = prefix,
     .sentence = "where: this prefix and what lies under it",
     .example = "192.0.2.0/24",
     .unset = "everywhere"},
    {.name = "asn", .type = asn, .sentence = "the AS that does it", .example = "64520", .unset = "any"},
    {.name = "expires",
     .type = instant,
     .sentence = "from when on it is no longer agreed",
     .example = "2030-01-31",
     .required = true},
    {.name = "reason", .sentence = "why it is agreed", .example = "the customer moves to AS64520", .required = true},
};

constexpr Key kNetwork[] = {
    {.name = "version", .type = number, .sentence = "of this format: 1", .example = "1", .required = true},
    {.name = "asns", .type = asn, .sentence = "the ASNs of my network", .example = "[64500]", .list = true},
    {.name = "prefixes",
     .type = map,
     .sentence = "my address space and who may announce it",
     .list = true,
     .keys = kPrefix},
    {.name = "providers_complete",
     .type = boolean,
     .sentence = "every provider is among the neighbours: any other AS above mine is an incident",
     .example = "true",
     .unset = "false"},
    {.name = "customers_complete",
     .type = boolean,
     .sentence = "every customer is among the neighbours: any other AS below mine is an incident",
     .example = "false",
     .unset = "false"},
    {.name = "neighbours",
     .type = map,
     .sentence = "the ASes that I have BGP sessions with",
     .list = true,
     .keys = kNeighbour},
    {.name = "contacts", .type = map, .sentence = "whom to call about my network", .list = true, .keys = kContact},
    {.name = "exchanges",
     .type = map,
     .sentence = "the exchange points where I am connected",
     .list = true,
     .keys = kExchange},
    {.name = "exceptions",
     .type = map,
     .sentence = "what looks wrong and is agreed, for a while",
     .unset = "none",
     .list = true,
     .keys = kException},
    {.name = "filtering", .type = map, .sentence = "how the filters of my routers are made", .keys = kFiltering},
};

}  // namespace

Schema network_schema() { return kNetwork; }

}  // namespace fairway::config
