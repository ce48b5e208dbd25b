// Arista EOS 4.28, to be committed in a configuration session
// (https://www.arista.com/en/um-eos/eos-border-gateway-protocol-bgp). Route maps, one for each neighbour, family and
// direction. What is refused for not being in a list is refused behind a permit that continues after it.
#include <algorithm>

#include "core/report/filterconfig/rows.h"
#include "core/report/filterconfig/vendor.h"
#include "core/report/routerconfig/router_config.h"

namespace fairway::filterconfig {

namespace {

class EosWriter {
 public:
  EosWriter(const Document& document, Output& out) : document_(document), out_(out) {}

  void write() {
    out_.line("service routing protocols model multi-agent\nip as-path regex-mode asn");
    put_communities();
    for (const PrefixList& list : document_.prefix_lists) {
      for (const Family family : kFamilies) put_prefixes(list_name(list, family), family, list.what, list.of(family));
    }
    for (std::size_t i = 0; i < document_.asn_lists.size(); ++i) {
      put_asns(document_.asn_lists[i], is_asked_by(document_, Kind::origin, i));
    }
    for (const NeighbourPolicy& policy : document_.neighbours) {
      for (const Family family : families_of(policy)) {
        put_policy(policy, family, policy.import, false);
        put_policy(policy, family, policy.export_, true);
      }
    }
    if (blackholes_) {
      out_.line("ip route ", host(document_.settings.blackhole4), " Null0\nipv6 route ",
                host(document_.settings.blackhole6), " Null0");
    }
    put_sessions();
  }

 private:
  void put_communities() {
    out_.line("no ip community-list FW_BLACKHOLE\nip community-list FW_BLACKHOLE permit 65535:666");
    out_.line("no ip community-list FW_GRACEFUL_SHUTDOWN\nip community-list FW_GRACEFUL_SHUTDOWN permit 65535:0");
    std::vector<Asn> mine;
    for (const NeighbourPolicy& policy : document_.neighbours) {
      if (std::ranges::find(mine, policy.local_asn) != mine.end()) continue;
      mine.push_back(policy.local_asn);
      const std::string asn = to_string(policy.local_asn);
      const auto list = [&](std::string_view name, std::string_view members) {
        out_.line("no ip large-community-list ", name, asn, "\nip large-community-list regexp ", name, asn, " permit ^",
                  asn, ":3:", members, "$");
      };
      list("FW_LEARNED_", "[0-9]+");
      list("FW_FROM_CUSTOMER_", "2");
      list("FW_FROM_ANY_", "[234]");
    }
  }

  // A list without lines denies everything: EOS takes one that is not there as one that permits.
  void put_prefixes(const std::string& name, Family family, std::string_view what,
                    const std::vector<PrefixRange>& ranges) {
    out_.remark(plain(what));
    routerconfig::find_vendor("eos")->writer(routerconfig::Generation::prefix_list)(
        out_.text(), {.name = name, .family = family, .ranges = ranges});
  }

  void put_asns(const AsnList& list, bool origins) {
    out_.remark(plain(list.what));
    out_.line("no ip as-path access-list ", list.name);
    if (list.ranges.empty()) out_.line("ip as-path access-list ", list.name, " deny .* any");
    for (const AsnRange& range : list.ranges) {
      std::string numbers = to_string(range.first);
      if (range.last != range.first) numbers = "[" + numbers + "-" + to_string(range.last) + "]";
      out_.line("ip as-path access-list ", list.name, " permit _", numbers, origins ? "$" : "_", " any");
    }
  }

  void put_pairs(const PairList& list, Family family) {
    for (const auto& [origin, ranges] : by_origin(list, family)) {
      const std::string name = pairs_name(list, origin, family);
      put_prefixes(name, family, list.what, ranges);
      out_.line("no ip as-path access-list ", name, "\nip as-path access-list ", name, " permit _", origin, "$ any");
    }
  }

  void put_policy(const NeighbourPolicy& policy, Family family, const std::vector<Clause>& clauses, bool is_export) {
    map_ = policy_name(policy, family, is_export);
    sequence_ = 0;
    for (const Clause& clause : clauses) {
      if (clause.kind == Kind::blackhole) {
        put_pairs(pairs_of(document_, clause), family);
      } else if (clause.kind == Kind::first_as) {
        out_.line("no ip as-path access-list ", map_, "_FIRST\nip as-path access-list ", map_, "_FIRST permit ^",
                  policy.asn, "_ any");
      } else if (clause.kind == Kind::next_hop) {
        std::vector<PrefixRange> hops;
        for (const IpAddress& address : addresses_of(policy, family)) hops.push_back(PrefixRange::only(host(address)));
        std::ranges::sort(hops);
        put_prefixes(map_ + "_HOPS", family, "the addresses of the neighbour", hops);
      } else if (clause.kind == Kind::own) {
        out_.line("no ip as-path access-list FW_OWN_PATH\nip as-path access-list FW_OWN_PATH permit ^$ any");
      }
    }
    out_.remark(is_export ? "to AS" : "from AS", policy.asn, " ", plain(policy.title), ", my ", to_string(policy.role));
    out_.line("no route-map ", map_);
    for (const Clause& clause : clauses) put_clause(policy, family, clause, is_export);
    out_.line("route-map ", map_, " deny ", sequence_ + 10, "\n!");
  }

  // A statement; `lines` are its matches and sets.
  void statement(std::string_view action, std::string_view name, std::initializer_list<std::string> lines) {
    out_.line("route-map ", map_, ' ', action, ' ', sequence_ += 10, "\n   description ", name);
    for (const std::string& line : lines) {
      if (!line.empty()) out_.line("   ", line);
    }
  }
  void refuse(std::string_view name, const std::string& match) { statement("deny", name, {match}); }
  // Goes on behind the statement that refuses, if the route matches.
  void refuse_unless(std::string_view name, const std::string& match) {
    statement("permit", name, {match, "continue " + std::to_string(sequence_ + 30)});
    statement("deny", name, {});
  }
  void act(std::string_view name, const std::string& match, const std::string& set) {
    statement("permit", name, {match, set, "continue"});
  }

  void put_clause(const NeighbourPolicy& policy, Family family, const Clause& clause, bool is_export) {
    const std::string mine = to_string(policy.local_asn);
    const std::string_view name = filtering::row_of(clause.kind).name;
    const std::string ip = family == Family::ipv4 ? "ip" : "ipv6";
    const auto in_prefixes = [&] {
      return "match " + ip + " address prefix-list " + list_name(prefixes_of(document_, clause), family);
    };
    const auto in_paths = [&] { return "match as-path " + asns_of(document_, clause).name; };
    const std::string blackhole = "match community FW_BLACKHOLE", no_export = "set community no-export additive";
    Support support = Support::emitted;
    std::string note;
    const auto lacks = [&](Support how, std::string_view why) {
      support = how;
      note = why;
      out_.remark(name, how == Support::partial ? " is partly here: " : " is not here: ", why);
    };
    switch (clause.kind) {
      case Kind::scrub: act(name, "", "set large-community large-community-list FW_LEARNED_" + mine + " delete"); break;
      case Kind::first_as: refuse_unless(name, "match as-path " + map_ + "_FIRST"); break;
      case Kind::next_hop:
        if (!addresses_of(policy, family).empty()) {
          refuse_unless(name, "match " + ip + " next-hop prefix-list " + map_ + "_HOPS");
        }
        break;
      case Kind::path_length: refuse(name, "match as-path length >= " + std::to_string(clause.number + 1)); break;
      case Kind::as_set:
        lacks(Support::unsupported, "no condition of EOS 4.28's route maps asks for sets in a path");
        break;
      case Kind::bogon_asn:
      case Kind::transit_free:
      case Kind::never_via_rs: refuse(name, in_paths()); break;
      case Kind::bogon_prefix:
      case Kind::exchange_lan:
      case Kind::own_prefix: refuse(name, in_prefixes()); break;
      case Kind::prefix_length:
      case Kind::prefix: refuse_unless(name, in_prefixes()); break;
      case Kind::otc: lacks(Support::unsupported, "EOS 4.28 knows neither roles nor OTC (RFC 9234)"); break;
      case Kind::aspa: lacks(Support::unsupported, "EOS 4.28 does not verify ASPA"); break;
      case Kind::rov:
        refuse(name, "match origin-as validity invalid");
        if (is_export)
          lacks(Support::partial, "what I originate was never judged: it was not learned from a neighbour");
        break;
      case Kind::origin:
        refuse_unless(name, in_paths());
        lacks(Support::partial, "how EOS matches a path that ends in an AS_SET is not documented");
        break;
      case Kind::blackhole: {
        const bool v4 = family == Family::ipv4;
        const IpAddress& hop = v4 ? document_.settings.blackhole4 : document_.settings.blackhole6;
        for (const auto& [origin, prefixes] : by_origin(pairs_of(document_, clause), family)) {
          const std::string pairs = pairs_name(pairs_of(document_, clause), origin, family);
          statement("permit", name,
                    {blackhole, "match as-path " + pairs, "match " + ip + " address prefix-list " + pairs,
                     "set " + ip + " next-hop " + to_string(hop), no_export});
        }
        blackholes_ = true;
        break;
      }
      case Kind::graceful_shutdown: act(name, "match community FW_GRACEFUL_SHUTDOWN", "set local-preference 0"); break;
      case Kind::learned_from:
        act(name, "", "set large-community " + mine + ":3:" + std::to_string(clause.number) + " additive");
        break;
      case Kind::no_blackhole: refuse(name, blackhole); break;
      case Kind::no_export_export: act(name, blackhole, no_export); break;
      case Kind::control: lacks(Support::unsupported, "documents of route servers are not written for EOS"); break;
      case Kind::own: statement("permit", name, {"match as-path FW_OWN_PATH", in_prefixes()}); break;
      case Kind::customer:
        statement("permit", name, {"match large-community FW_FROM_CUSTOMER_" + mine, in_prefixes()});
        break;
      case Kind::known: statement("permit", name, {"match large-community FW_FROM_ANY_" + mine}); break;
      case Kind::accepted: statement("permit", name, {}); break;
      case Kind::nothing_else: statement("deny", name, {}); break;
    }
    out_.lacks(word_of(clause.kind, is_export), support, note);
  }

  void put_sessions() {
    out_.line("router bgp ", document_.local_asn);
    out_.line("   bgp missing-policy direction in action deny\n   bgp missing-policy direction out action deny");
    unsigned number = 0;
    for (const RtrCache& cache : document_.settings.rtr) {
      out_.line("   rpki cache fairway", ++number, "\n      host ", cache.address, " port ", std::uint32_t{cache.port},
                "\n   !");
    }
    if (number != 0) out_.line("   rpki origin-validation\n      ebgp local\n   !");
    for (const NeighbourPolicy& policy : document_.neighbours) {
      for (const SessionPolicy& session : policy.sessions) put_session(policy, session);
      if (!policy.sessions.empty() && has_role(policy.role)) {
        out_.lacks("role", Support::unsupported, "EOS 4.28 knows no roles (RFC 9234)");
      }
    }
    for (const Family family : kFamilies) {
      out_.line("   address-family ", family == Family::ipv4 ? "ipv4" : "ipv6");
      for (const NeighbourPolicy& policy : document_.neighbours) {
        for (const IpAddress& address : addresses_of(policy, family)) {
          out_.line("      neighbor ", address, " activate\n      neighbor ", address, " route-map ",
                    policy_name(policy, family, false), " in\n      neighbor ", address, " route-map ",
                    policy_name(policy, family, true), " out");
        }
      }
      out_.line("   !");
    }
    out_.line("!");
  }

  void put_session(const NeighbourPolicy& policy, const SessionPolicy& session) {
    const std::string neighbour = "   neighbor " + to_string(session.session.address) + " ";
    out_.line(neighbour, "remote-as ", policy.asn);
    if (policy.local_asn != document_.local_asn) {
      out_.line(neighbour, "local-as ", policy.local_asn, " no-prepend replace-as");
    }
    if (!policy.title.empty()) out_.line(neighbour, "description ", plain(policy.title));
    if (session.session.local_address) {
      out_.lacks("local-address", Support::unsupported, "EOS takes an interface for it (update-source)");
    }
    if (session.session.gtsm) {
      out_.line(neighbour, "ttl maximum-hops 1");
      out_.has("gtsm");
    }
    if (!session.secret.empty()) put_secret(session, neighbour);
    // Adj-RIB-In is judged again when VRPs change (RFC 9324).
    out_.line(neighbour, "rib-in pre-policy retain all\n", neighbour, "send-community");
    out_.has("adj-rib-in");
    if (session.max_prefix) {
      out_.line(neighbour, "maximum-routes ", *session.max_prefix);
      out_.has("max-prefix");
    } else {
      out_.line(neighbour, "maximum-routes 0");
    }
  }

  void put_secret(const SessionPolicy& session, const std::string& neighbour) {
    if (session.session.tcp_ao) {
      out_.lacks("tcp-ao", Support::unsupported,
                 "its keys (shared-secret profiles) are not written; the session is not protected");
    } else if (!is_writable(session.secret, "\"'!?|\\")) {
      out_.lacks("md5", Support::unsupported, "the secret has characters that EOS's command line cannot take");
    } else {
      out_.line(neighbour, "password 0 ", session.secret);
      out_.has("md5");
    }
  }

  const Document& document_;
  Output& out_;
  std::string map_;           // the route map being written
  std::uint32_t sequence_{};  // of its last statement
  bool blackholes_ = false;
};

}  // namespace

void write_eos(const Document& document, Output& out) { EosWriter(document, out).write(); }

}  // namespace fairway::filterconfig
