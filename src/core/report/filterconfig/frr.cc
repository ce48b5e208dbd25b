// FRR 8.4.4 (https://docs.frrouting.org/en/stable-8.4/): for vtysh. One route map for each neighbour, family and
// direction; what a route must be is asked as what it must not be, by lists that deny what is right and permit the
// rest, for a route map's entry can only match. A list that exists and is empty permits everything in FRR: none is
// written empty.
#include <algorithm>
#include <map>
#include <set>

#include "core/report/filterconfig/rows.h"
#include "core/report/filterconfig/vendor.h"
#include "core/report/routerconfig/asn_pattern.h"

namespace fairway::filterconfig {

namespace {

using filtering::AsnList;
using filtering::AsnRange;
using filtering::PairList;
using filtering::PrefixList;

constexpr RoleWords kRoles{"customer", "provider", "peer", "rs-server", "rs-client"};
constexpr std::size_t kAsnsALine = 40;

std::string_view ip(Family family) { return family == Family::ipv4 ? "ip" : "ipv6"; }

class FrrWriter {
 public:
  FrrWriter(const Document& document, Output& out) : document_(document), out_(out) {}

  void write() {
    for (const PrefixList& list : document_.prefix_lists) put_prefixes(list);
    for (const AsnList& list : document_.asn_lists) put_asns(list);
    out_.line("bgp community-list standard FW_IS_BLACKHOLE permit blackhole");
    out_.line("bgp community-list standard FW_IS_GSHUT permit graceful-shutdown");
    out_.line("bgp as-path access-list FW_AS_SETS seq 5 permit [{(]");
    out_.line("bgp as-path access-list FW_LOCAL seq 5 permit ^$");
    for (const NeighbourPolicy& policy : document_.neighbours) {
      for (const Family family : families_of(policy)) {
        put_map(policy, family, policy.import, false);
        put_map(policy, family, policy.export_, true);
      }
    }
    put_validators();
    put_router();
  }

 private:
  // --- lists

  static std::string name_in(const std::string& name, Family family) {
    return name + "_" + std::string(v4_or_v6(family));
  }

  static std::string range_line(Family family, const std::string& list, unsigned number, std::string_view action,
                                const PrefixRange& range) {
    std::string line;
    routerconfig::put(line, ip(family), " prefix-list ", list, " seq ", number, ' ', action, ' ', range.prefix);
    if (range.least > range.prefix.length()) routerconfig::put(line, " ge ", range.least);
    if (range.most > range.prefix.length()) routerconfig::put(line, " le ", range.most);
    return line;
  }

  // Each list in two forms, as they are asked for: what is in it, and (NOT_) everything but that.
  void put_prefixes(const PrefixList& list) {
    for (const Family family : kFamilies) {
      const bool plain = is_asked(list, false), inverted = is_asked(list, true);
      const auto& ranges = list.of(family);
      if (plain || inverted) {
        out_.line("!");
        out_.remark(list.what);
      }
      if (plain) {
        unsigned number = 0;
        const std::string name = name_in(list.name, family);
        for (const PrefixRange& range : ranges) out_.line(range_line(family, name, ++number, "permit", range));
        if (ranges.empty()) out_.line(ip(family), " prefix-list ", name, " seq 1 deny any");
      }
      if (inverted) {
        unsigned number = 0;
        const std::string name = name_in("NOT_" + list.name, family);
        for (const PrefixRange& range : ranges) out_.line(range_line(family, name, ++number, "deny", range));
        out_.line(ip(family), " prefix-list ", name, " seq ", number + 1, " permit any");
      }
    }
  }
  bool is_asked(const PrefixList& list, bool inverted) const {
    const auto index = static_cast<std::size_t>(&list - document_.prefix_lists.data());
    const auto asks = [&](const Clause& clause) {
      if (clause.list != index) return false;
      switch (clause.kind) {
        case Kind::prefix:
        case Kind::prefix_length: return inverted;
        case Kind::bogon_prefix:
        case Kind::exchange_lan:
        case Kind::own_prefix:
        case Kind::own:
        case Kind::customer: return !inverted;
        default: return false;
      }
    };
    return std::ranges::any_of(document_.neighbours, [&](const NeighbourPolicy& policy) {
      return std::ranges::any_of(policy.import, asks) || std::ranges::any_of(policy.export_, asks);
    });
  }

  void put_asns(const AsnList& list) {
    const auto index = static_cast<std::size_t>(&list - document_.asn_lists.data());
    bool origins = false;
    for (const NeighbourPolicy& policy : document_.neighbours) {
      for (const Clause& clause : policy.import) origins |= clause.kind == Kind::origin && clause.list == index;
    }
    out_.line("!");
    out_.remark(list.what);
    unsigned number = 0;
    const std::string name = (origins ? "NOT_" : "") + list.name;
    const std::string_view action = origins ? " deny _(" : " permit _(", end = origins ? ")$" : ")_";
    std::string alternatives;
    std::size_t count = 0;
    const auto flush = [&] {
      if (alternatives.empty()) return;
      out_.line("bgp as-path access-list ", name, " seq ", ++number, action, alternatives, end);
      alternatives.clear();
      count = 0;
    };
    for (const AsnRange& range : list.ranges) {
      for (const std::string& pattern : routerconfig::patterns_of(range.first, range.last)) {
        alternatives += (alternatives.empty() ? "" : "|") + pattern;
        if (++count == kAsnsALine) flush();
      }
    }
    flush();
    if (origins) out_.line("bgp as-path access-list ", name, " seq ", number + 1, " permit .*");
    if (!origins && number == 0) out_.line("bgp as-path access-list ", name, " seq 1 deny .*");
  }

  // --- route maps

  struct Entry {
    std::string_view action;  // "permit", "deny"
    Kind kind;
    std::vector<std::string> lines;
  };

  static std::string map_name(const NeighbourPolicy& policy, Family family, bool is_export) {
    return policy.name + (is_export ? "_EXPORT_" : "_IMPORT_") + std::string(v4_or_v6(family));
  }

  void put_map(const NeighbourPolicy& policy, Family family, const std::vector<Clause>& clauses, bool is_export) {
    std::vector<Entry> entries;
    for (const Clause& clause : clauses) add_entries(policy, family, clause, is_export, entries);
    const std::string name = map_name(policy, family, is_export);
    out_.line("!");
    out_.remark(is_export ? "to AS" : "from AS", policy.asn, policy.title.empty() ? "" : " ", clean(policy.title),
                ", my ", to_string(policy.role));
    unsigned number = 0;
    for (const Entry& entry : entries) {
      number += 10;
      out_.line("route-map ", name, ' ', entry.action, ' ', number);
      out_.line(" description ", filtering::row_of(entry.kind).name);
      for (const std::string& line : entry.lines) out_.line(' ', line);
      out_.line("exit");
    }
  }

  void add_entries(const NeighbourPolicy& policy, Family family, const Clause& clause, bool is_export,
                   std::vector<Entry>& entries) {
    const std::string mine = to_string(policy.local_asn);
    const std::string address = "match " + std::string(ip(family)) + " address prefix-list ";
    const Kind kind = clause.kind;
    Support support = Support::emitted;
    std::string note;
    const auto deny = [&](std::string match) { entries.push_back({"deny", kind, {std::move(match)}}); };
    const auto act = [&](std::vector<std::string> lines) {
      lines.push_back("on-match next");
      entries.push_back({"permit", kind, std::move(lines)});
    };
    switch (kind) {
      case Kind::scrub:
        head("bgp large-community-list expanded FW_RELATION_" + mine + " seq 5 permit ^" + mine + ":3:.*$");
        act({"set large-comm-list FW_RELATION_" + mine + " delete"});
        break;
      case Kind::first_as:
        head("bgp as-path access-list NOT_" + policy.name + "_FIRST seq 5 deny ^" + to_string(policy.asn) + "(_|$)");
        head("bgp as-path access-list NOT_" + policy.name + "_FIRST seq 10 permit .*");
        deny("match as-path NOT_" + policy.name + "_FIRST");
        break;
      case Kind::next_hop: {
        const std::string list = name_in("NOT_" + policy.name + "_HOP", family);
        unsigned number = 0;
        for (const SessionPolicy& session : policy.sessions) {
          if (session.family != family) continue;
          head(std::string(ip(family)) + " prefix-list " + list + " seq " + std::to_string(++number) + " deny " +
               to_string(Prefix::host(session.session.address)));
        }
        if (number == 0) break;
        head(std::string(ip(family)) + " prefix-list " + list + " seq " + std::to_string(number + 1) + " permit any");
        deny("match " + std::string(ip(family)) + " next-hop prefix-list " + list);
        break;
      }
      case Kind::path_length: {
        const std::string list = "FW_LONGER_THAN_" + std::to_string(clause.number);
        head("bgp as-path access-list " + list + " seq 5 permit ^[0-9]+( [0-9]+){" + std::to_string(clause.number) +
             "}");
        deny("match as-path " + list);
        break;
      }
      case Kind::as_set: deny("match as-path FW_AS_SETS"); break;
      case Kind::bogon_asn:
      case Kind::transit_free:
      case Kind::never_via_rs: deny("match as-path " + asns_of(document_, clause).name); break;
      case Kind::bogon_prefix:
      case Kind::exchange_lan:
      case Kind::own_prefix: deny(address + name_in(prefixes_of(document_, clause).name, family)); break;
      case Kind::prefix_length:
      case Kind::prefix: deny(address + name_in("NOT_" + prefixes_of(document_, clause).name, family)); break;
      case Kind::otc: break;  // by the session's role
      case Kind::aspa:
        support = Support::unsupported;
        note = "FRR 8.4 does not verify ASPA";
        break;
      case Kind::rov: deny("match rpki invalid"); break;
      case Kind::origin: deny("match as-path NOT_" + asns_of(document_, clause).name); break;
      case Kind::blackhole: add_blackholes(family, pairs_of(document_, clause), entries); break;
      case Kind::graceful_shutdown: act({"match community FW_IS_GSHUT", "set local-preference 0"}); break;
      case Kind::learned_from:
        act({"set large-community " + mine + ":3:" + std::to_string(clause.number) + " additive"});
        break;
      case Kind::no_blackhole: deny("match community FW_IS_BLACKHOLE"); break;
      case Kind::no_export_export: act({"match community FW_IS_BLACKHOLE", "set community no-export additive"}); break;
      case Kind::control:
        support = Support::unsupported;
        note = "what clients ask for by communities is not written for FRR: it is no target for route servers";
        break;
      case Kind::own:
        entries.push_back({"permit",
                           kind,
                           {"match as-path FW_LOCAL", address + name_in(prefixes_of(document_, clause).name, family)}});
        break;
      case Kind::customer:
        head("bgp large-community-list standard FW_CUSTOMER_" + mine + " seq 5 permit " + mine + ":3:2");
        entries.push_back({"permit",
                           kind,
                           {"match large-community FW_CUSTOMER_" + mine,
                            address + name_in(prefixes_of(document_, clause).name, family)}});
        break;
      case Kind::known:
        head("bgp large-community-list expanded FW_KNOWN_" + mine + " seq 5 permit (^| )" + mine + ":3:[234]($| )");
        entries.push_back({"permit", kind, {"match large-community FW_KNOWN_" + mine}});
        break;
      case Kind::accepted: entries.push_back({"permit", kind, {}}); break;
      case Kind::nothing_else: entries.push_back({"deny", kind, {}}); break;
    }
    out_.lacks(word_of(kind, is_export), support, note);
  }

  // Prefix and origin are asked together: one entry for each origin.
  void add_blackholes(Family family, const PairList& list, std::vector<Entry>& entries) {
    const IpAddress& hop = family == Family::ipv4 ? document_.settings.blackhole4 : document_.settings.blackhole6;
    for (const auto& [origin, ranges] : by_origin(list, family)) {
      const std::string name = pairs_name(list, origin, family);
      unsigned number = 0;
      for (const PrefixRange& range : ranges) head(range_line(family, name, ++number, "permit", range));
      head("bgp as-path access-list FW_ORIGIN_" + to_string(origin) + " seq 5 permit _" + to_string(origin) + "$");
      entries.push_back(
          {"permit",
           Kind::blackhole,
           {"match community FW_IS_BLACKHOLE", "match as-path FW_ORIGIN_" + to_string(origin),
            "match " + std::string(ip(family)) + " address prefix-list " + name,
            family == Family::ipv4 ? "set ip next-hop " + to_string(hop) : "set ipv6 next-hop global " + to_string(hop),
            "set community no-export additive"}});
    }
  }

  // A list that a route map needs, written before it, once.
  void head(const std::string& line) {
    if (heads_.insert(line).second) out_.line(line);
  }

  // --- sessions

  void put_validators() {
    if (document_.settings.rtr.empty()) return;
    out_.line("!\nrpki");
    unsigned preference = 0;
    for (const RtrCache& cache : document_.settings.rtr) {
      out_.line(" rpki cache ", cache.address, ' ', std::uint32_t{cache.port}, " preference ", ++preference);
    }
    out_.line("exit");
  }

  void put_router() {
    std::map<Asn, std::vector<std::pair<const NeighbourPolicy*, const SessionPolicy*>>> routers;
    for (const NeighbourPolicy& policy : document_.neighbours) {
      for (const SessionPolicy& session : policy.sessions) routers[policy.local_asn].push_back({&policy, &session});
    }
    for (const auto& [asn, sessions] : routers) {
      out_.line("!\nrouter bgp ", asn);
      out_.line(" bgp ebgp-requires-policy\n no bgp default ipv4-unicast");
      for (const auto& [policy, session] : sessions) put_neighbour(*policy, *session);
      for (const Family family : kFamilies) {
        if (std::ranges::none_of(sessions, [&](const auto& s) { return s.second->family == family; })) continue;
        out_.line(" address-family ", family == Family::ipv4 ? "ipv4" : "ipv6", " unicast");
        for (const auto& [policy, session] : sessions) {
          if (session->family == family) put_family(*policy, *session);
        }
        out_.line(" exit-address-family");
      }
      out_.line("exit");
    }
  }

  static std::string clean(std::string text) {
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < ' '; });
    return text;
  }

  void put_neighbour(const NeighbourPolicy& policy, const SessionPolicy& session) {
    const std::string head = " neighbor " + to_string(session.session.address) + " ";
    out_.line(head, "remote-as ", policy.asn);
    if (!policy.title.empty()) out_.line(head, "description ", clean(policy.title));
    if (session.session.local_address) out_.line(head, "update-source ", *session.session.local_address);
    if (const std::string_view role = local_role(policy.role, kRoles); !role.empty()) {
      out_.line(head, "local-role ", role);
      out_.has("role");
    }
    if (session.session.gtsm) {
      out_.line(head, "ttl-security hops 1");
      out_.has("gtsm");
    }
    if (!session.secret.empty() && session.session.tcp_ao) {
      out_.lacks("tcp-ao", Support::unsupported, "FRR has TCP MD5 alone; the session is not protected");
    } else if (session.secret.find_first_of(" \t") != std::string::npos) {
      out_.lacks("md5", Support::unsupported, "FRR takes no secret with blanks in it; the session is not protected");
    } else if (!session.secret.empty()) {
      out_.line(head, "password ", clean(session.secret));
      out_.has("md5");
    }
  }

  void put_family(const NeighbourPolicy& policy, const SessionPolicy& session) {
    const std::string head = "  neighbor " + to_string(session.session.address) + " ";
    out_.line(head, "activate");
    if (policy.role == Role::rs_client) out_.line(head, "route-server-client");
    out_.line(head, "soft-reconfiguration inbound");  // judged again when VRPs change (RFC 9324)
    out_.has("adj-rib-in");
    if (session.max_prefix) {
      out_.line(head, "maximum-prefix ", *session.max_prefix);
      out_.has("max-prefix");
    }
    out_.line(head, "route-map ", map_name(policy, session.family, false), " in");
    out_.line(head, "route-map ", map_name(policy, session.family, true), " out");
  }

  const Document& document_;
  Output& out_;
  std::set<std::string> heads_;
};

}  // namespace

void write_frr(const Document& document, Output& out) { FrrWriter(document, out).write(); }

}  // namespace fairway::filterconfig
