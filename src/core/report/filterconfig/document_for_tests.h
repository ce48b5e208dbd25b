// A document composed by hand that has every kind of clause, every role but one, sessions with everything that can be
// asked of one, and lists that are empty, nested and of one family alone.
#pragma once

#include "core/actions/filtering/document.h"

namespace fairway::filterconfig {

inline filtering::PrefixList prefixes(std::string name, std::string what, std::initializer_list<const char*> ranges) {
  filtering::PrefixList list{std::move(name), std::move(what), {}};
  for (const char* text : ranges) {
    const PrefixRange range = *parse_prefix_range(text);
    list.ranges[range.prefix.family() == Family::ipv6].push_back(range);
  }
  for (auto& of_family : list.ranges) sort_ranges(of_family);
  return list;
}

inline filtering::SessionPolicy session(const char* address, std::string secret = {}, bool tcp_ao = false) {
  filtering::SessionPolicy made;
  made.session.address = *parse_ip(address);
  made.session.gtsm = true;
  made.session.tcp_ao = tcp_ao;
  made.secret = std::move(secret);
  made.family = made.session.address.family;
  made.max_prefix = 1150;
  made.max_prefix_from = "PeeringDB and 15 %";
  return made;
}

inline filtering::Document every_clause() {
  using filtering::Kind;
  using filtering::kNone;
  filtering::Document document;
  document.local_asn = Asn{64500};
  document.settings.rtr = {{*parse_ip("192.0.2.250"), 3323}};
  document.sources = {{}};
  document.sources[0].kind = "roas";
  document.sources[0].entries = 7;

  document.prefix_lists = {
      prefixes("FW_BOGONS", "prefixes that are not for the public Internet",
               {"10.0.0.0/8^+", "127.0.0.0/8^+", "192.168.0.0/16^17-32", "fc00::/7^+"}),
      prefixes("FW_LENGTHS", "prefixes of the lengths that the global table takes", {"0.0.0.0/0^8-24", "::/0^12-48"}),
      prefixes("FW_EXCHANGE_LANS", "the LANs of the exchange points where I am", {"80.81.192.0/21^+"}),
      prefixes("FW_MINE", "my prefixes, which come from nobody else", {"192.0.2.0/24^+", "2001:db8::/32^+"}),
      prefixes("FW_OWN", "my prefixes as I announce them", {"192.0.2.0/24", "2001:db8::/32"}),
      prefixes("FW_CUSTOMERS", "prefixes that customers may announce",
               {"198.51.0.0/16^20-22", "198.51.0.0/16^17-18", "198.51.100.0/24", "2001:db8:100::/40"}),
      prefixes("AS64510_PREFIXES", "prefixes that it may announce",
               {"198.51.0.0/16^20-22", "198.51.96.0/20^24", "198.51.100.0/24"}),
  };
  enum { bogons, lengths, lans, mine, own, customers, allowed };
  document.asn_lists = {
      {"FW_BOGON_ASNS", "ASNs that nobody may use in public", {{Asn{0}, Asn{0}}, {Asn{64512}, Asn{65534}}}},
      {"FW_TRANSIT_FREE", "networks that buy no transit", {{Asn{174}, Asn{174}}, {Asn{3356}, Asn{3356}}}},
      {"FW_NEVER_VIA_RS", "networks that are never reached through route servers", {{Asn{15169}, Asn{15169}}}},
      {"AS64510_ORIGINS", "ASes that it may announce", {{Asn{64503}, Asn{64503}}, {Asn{64510}, Asn{64511}}}},
      {"AS64501_ORIGINS", "ASes that it may announce", {}},
  };
  enum { bogon_asns, transit_free, never, origins, no_origins };
  document.pair_lists = {
      {"AS64510_BLACKHOLE",
       "where it may ask to drop traffic",
       {{*parse_prefix("198.51.100.0/24"), Asn{64503}}, {*parse_prefix("198.51.100.0/24"), Asn{64510}}}}};

  filtering::NeighbourPolicy customer;
  customer.asn = Asn{64510};
  customer.local_asn = document.local_asn;
  customer.role = Role::customer;
  customer.name = "AS64510";
  customer.title = "Customer \"One\"; } \\ */ !\nreject";
  customer.sessions = {session("203.0.113.1", "s3cret/of\"one"), session("203.0.113.2", "s3cret"),
                       session("2001:db8:ffff::1", "s3cret-of-v6", true)};
  customer.sessions[0].session.local_address = *parse_ip("203.0.113.10");
  customer.import = {{Kind::scrub, kNone, 0},
                     {Kind::first_as, kNone, 0},
                     {Kind::next_hop, kNone, 0},
                     {Kind::path_length, kNone, 64},
                     {Kind::as_set, kNone, 0},
                     {Kind::bogon_asn, bogon_asns, 0},
                     {Kind::transit_free, transit_free, 0},
                     {Kind::bogon_prefix, bogons, 0},
                     {Kind::exchange_lan, lans, 0},
                     {Kind::own_prefix, mine, 0},
                     {Kind::otc, kNone, 0},
                     {Kind::aspa, kNone, filtering::kUpstream},
                     {Kind::origin, origins, 0},
                     {Kind::blackhole, 0, 0},
                     {Kind::prefix_length, lengths, 0},
                     {Kind::rov, kNone, 0},
                     {Kind::prefix, allowed, 0},
                     {Kind::graceful_shutdown, kNone, 0},
                     {Kind::learned_from, kNone, 2},
                     {Kind::accepted, kNone, 0}};
  customer.export_ = {{Kind::no_blackhole, kNone, 0},
                      {Kind::bogon_prefix, bogons, 0},
                      {Kind::prefix_length, lengths, 0},
                      {Kind::as_set, kNone, 0},
                      {Kind::bogon_asn, bogon_asns, 0},
                      {Kind::rov, kNone, 0},
                      {Kind::own, own, 0},
                      {Kind::known, kNone, 0},
                      {Kind::nothing_else, kNone, 0}};
  document.neighbours.push_back(customer);

  // A peer of another ASN of mine that may announce nothing at all: its list of origins is empty.
  filtering::NeighbourPolicy peer;
  peer.asn = Asn{64501};
  peer.local_asn = Asn{4200000000};
  peer.role = Role::peer;
  peer.name = "AS64501";
  peer.sessions = {session("203.0.113.3")};
  peer.import = {{Kind::scrub, kNone, 0},
                 {Kind::otc, kNone, 0},
                 {Kind::origin, no_origins, 0},
                 {Kind::learned_from, kNone, 3},
                 {Kind::accepted, kNone, 0}};
  peer.export_ = {{Kind::own, own, 0}, {Kind::customer, customers, 0}, {Kind::nothing_else, kNone, 0}};
  document.neighbours.push_back(peer);

  filtering::NeighbourPolicy other;
  other.asn = Asn{64504};
  other.local_asn = document.local_asn;
  other.role = Role::peer;
  other.name = "AS64504";
  other.sessions = {session("203.0.113.4", "s3cret"), session("2001:db8:ffff::4")};
  other.import = {{Kind::scrub, kNone, 0},
                  {Kind::first_as, kNone, 0},
                  {Kind::next_hop, kNone, 0},
                  {Kind::learned_from, kNone, 3},
                  {Kind::accepted, kNone, 0}};
  other.export_ = {{Kind::no_blackhole, kNone, 0},        {Kind::as_set, kNone, 0}, {Kind::bogon_asn, bogon_asns, 0},
                   {Kind::transit_free, transit_free, 0}, {Kind::own, own, 0},      {Kind::customer, customers, 0},
                   {Kind::nothing_else, kNone, 0}};
  document.neighbours.push_back(other);

  // No registry says what it announces: every other clause of an import is alone with its routes.
  filtering::NeighbourPolicy strict;
  strict.asn = Asn{64505};
  strict.local_asn = document.local_asn;
  strict.role = Role::peer;
  strict.name = "AS64505";
  strict.sessions = {session("203.0.113.5"), session("2001:db8:ffff::5")};
  strict.import = {{Kind::scrub, kNone, 0},
                   {Kind::first_as, kNone, 0},
                   {Kind::next_hop, kNone, 0},
                   {Kind::path_length, kNone, 5},
                   {Kind::as_set, kNone, 0},
                   {Kind::bogon_asn, bogon_asns, 0},
                   {Kind::transit_free, transit_free, 0},
                   {Kind::bogon_prefix, bogons, 0},
                   {Kind::exchange_lan, lans, 0},
                   {Kind::own_prefix, mine, 0},
                   {Kind::prefix_length, lengths, 0},
                   {Kind::rov, kNone, 0},
                   {Kind::graceful_shutdown, kNone, 0},
                   {Kind::learned_from, kNone, 3},
                   {Kind::accepted, kNone, 0}};
  strict.export_ = {{Kind::own, own, 0}, {Kind::nothing_else, kNone, 0}};
  document.neighbours.push_back(strict);

  filtering::NeighbourPolicy client;
  client.asn = Asn{64502};
  client.local_asn = document.local_asn;
  client.role = Role::rs_client;
  client.name = "AS64502";
  client.title = "Client";
  client.import = {{Kind::never_via_rs, never, 0}, {Kind::prefix_length, lengths, 0}, {Kind::accepted, kNone, 0}};
  client.export_ = {{Kind::no_export_export, kNone, 0}, {Kind::control, kNone, 0}, {Kind::accepted, kNone, 0}};
  document.neighbours.push_back(client);
  return document;
}

}  // namespace fairway::filterconfig
