// Nokia SR OS 22.10, MD-CLI (https://documentation.nokia.com/sr/22-10/, nokia/7x50_YangModels). An entry that matches
// either ends the walk or goes on, and none skips another; so a policy of ours is a chain of policy-statements: each
// clause that refuses what is not in a list ends one, whose last entries go on to the next and whose default rejects.
#include <algorithm>

#include "core/report/filterconfig/rows.h"
#include "core/report/filterconfig/vendor.h"
#include "core/report/routerconfig/router_config.h"

namespace fairway::filterconfig {

namespace {

constexpr std::size_t kMembers = 20, kEntries = 128;  // ASNs in an expression, expressions in a group

class SrosWriter {
 public:
  SrosWriter(const Document& document, Output& out) : document_(document), out_(out) {}

  void write() {
    out_.line("/configure policy-options");
    put_communities();
    for (const PrefixList& list : document_.prefix_lists) {
      for (const Family family : kFamilies) put_prefixes(list_name(list, family), list.what, list.of(family), family);
    }
    for (std::size_t i = 0; i < document_.asn_lists.size(); ++i) {
      const AsnList& list = document_.asn_lists[i];
      out_.remark(plain(list.what));
      put_paths(list.name, list.ranges, is_asked_by(document_, Kind::origin, i));
    }
    for (const NeighbourPolicy& policy : document_.neighbours) {
      for (const Family family : families_of(policy)) {
        put_policy(policy, family, policy.import, false);
        put_policy(policy, family, policy.export_, true);
      }
    }
    put_sessions();
  }

 private:
  void put_community(std::string_view name, std::string_view member) {
    out_.line("delete community \"", name, "\"\ncommunity \"", name, "\" {\n    member \"", member, "\" { }\n}");
  }
  static std::string relation(const NeighbourPolicy& policy, unsigned number) {
    return "FW_LEARNED_" + to_string(policy.local_asn) + "_" + std::to_string(number);
  }
  void put_communities() {
    put_community("FW_BLACKHOLE", "65535:666");
    put_community("FW_GRACEFUL_SHUTDOWN", "65535:0");
    put_community("FW_NO_EXPORT", "no-export");
    std::vector<Asn> mine;
    for (const NeighbourPolicy& policy : document_.neighbours) {
      if (std::ranges::find(mine, policy.local_asn) != mine.end()) continue;
      mine.push_back(policy.local_asn);
      for (unsigned number = 1; number <= 4; ++number) {
        put_community(relation(policy, number), to_string(policy.local_asn) + ":3:" + std::to_string(number));
      }
    }
    out_.line("delete as-path \"FW_OWN_PATH\"\nas-path \"FW_OWN_PATH\" {\n    expression \"null\"\n}");
  }

  // A list holds a prefix once for each way of matching: where it comes again, with other lengths, it stands in NAME_2,
  // NAME_3, ... and conditions ask all of them.
  static std::size_t lists_of(const std::vector<PrefixRange>& ranges) {
    std::size_t most = 0, same = 0;
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      same = i != 0 && ranges[i].prefix == ranges[i - 1].prefix ? same + 1 : 1;
      most = std::max(most, same);
    }
    return most;
  }
  void put_prefixes(const std::string& name, std::string_view what, const std::vector<PrefixRange>& ranges,
                    Family family) {
    for (std::size_t list = 0; list < lists_of(ranges); ++list) {
      std::vector<PrefixRange> part;
      for (std::size_t i = list; i < ranges.size(); ++i) {
        const bool nth = ranges[i - list].prefix == ranges[i].prefix &&
                         (i == list || ranges[i - list - 1].prefix != ranges[i].prefix);
        if (nth) part.push_back(ranges[i]);
      }
      out_.remark(plain(what));
      std::string text;
      routerconfig::find_vendor("sros-md")->writer(routerconfig::Generation::prefix_list)(
          text, {.name = group_name(name, list), .family = family, .ranges = part});
      out_.text() += text.substr(text.find('\n') + 1);  // where we are is said
    }
  }

  // Groups of at most 128 expressions: NAME, NAME_2, ...
  static std::size_t groups_of(const AsnList& list) {
    return (list.ranges.size() + kMembers * kEntries - 1) / (kMembers * kEntries);
  }
  static std::string group_name(const std::string& name, std::size_t group) {
    return group == 0 ? name : name + "_" + std::to_string(group + 1);
  }
  void put_paths(const std::string& name, const std::vector<AsnRange>& ranges, bool origins) {
    for (std::size_t at = 0; at < ranges.size();) {
      const std::string group = group_name(name, at / (kMembers * kEntries));
      out_.line("delete as-path-group \"", group, "\"\nas-path-group \"", group, "\" {");
      for (std::size_t entry = 1; entry <= kEntries && at < ranges.size(); ++entry) {
        std::string& text = out_.text();
        routerconfig::put(text, "    entry ", entry, " {\n        expression \".*[");
        for (std::size_t i = 0; i < kMembers && at < ranges.size(); ++i, ++at) {
          routerconfig::put(text, i == 0 ? "" : " ", ranges[at].first);
          if (ranges[at].last != ranges[at].first) routerconfig::put(text, '-', ranges[at].last);
        }
        text += origins ? "]\"\n    }\n" : "].*\"\n    }\n";
      }
      out_.line("}");
    }
  }

  void put_pairs(const PairList& list, Family family) {
    for (const auto& [origin, ranges] : by_origin(list, family)) {
      const std::string name = pairs_name(list, origin, family);
      put_prefixes(name, list.what, ranges, family);
      put_path(name, ".*" + to_string(origin));
    }
  }
  void put_path(const std::string& name, const std::string& expression) {
    out_.line("delete as-path \"", name, "\"\nas-path \"", name, "\" {\n    expression \"", expression, "\"\n}");
  }

  void put_policy(const NeighbourPolicy& policy, Family family, const std::vector<Clause>& clauses, bool is_export) {
    const std::string name = policy_name(policy, family, is_export);
    for (const Clause& clause : clauses) {
      if (clause.kind == Kind::blackhole) put_pairs(pairs_of(document_, clause), family);
      if (clause.kind == Kind::first_as) put_path(name + "_FIRST", to_string(policy.asn) + ".*");
      if (clause.kind == Kind::next_hop) {
        std::vector<PrefixRange> hops;
        for (const IpAddress& address : addresses_of(policy, family)) hops.push_back(PrefixRange::only(host(address)));
        std::ranges::sort(hops);
        put_prefixes(name + "_HOPS", "the addresses of the neighbour", hops, family);
      }
    }
    out_.remark(is_export ? "to AS" : "from AS", policy.asn, " ", plain(policy.title), ", my ", to_string(policy.role));
    policy_ = name;
    begin();
    for (const Clause& clause : clauses) put_clause(policy, family, clause, is_export);
    end();
  }

  // The next statement of the chain.
  void begin() {
    std::vector<std::string>& chain = chains_[policy_];
    chain.push_back(group_name(policy_, chain.size()));
    out_.line("delete policy-statement \"", chain.back(), "\"\npolicy-statement \"", chain.back(), "\" {");
    entry_ = 0;
  }
  void end() { out_.line("    default-action {\n        action-type reject\n    }\n}"); }

  void entry(std::string_view name, std::initializer_list<std::string> from, std::string_view action,
             std::initializer_list<std::string> sets = {}) {
    out_.line("    entry ", entry_ += 10, " {\n        description \"", name, '"');
    if (std::ranges::any_of(from, [](const std::string& condition) { return !condition.empty(); })) {
      out_.line("        from {");
      for (const std::string& condition : from) {
        if (!condition.empty()) out_.line("            ", condition);
      }
      out_.line("        }");
    }
    out_.line("        action {\n            action-type ", action);
    for (const std::string& set : sets) out_.line("            ", set);
    out_.line("        }\n    }");
  }
  // Only what meets one of the conditions goes on.
  void pass(std::string_view name, const std::vector<std::string>& conditions) {
    for (const std::string& condition : conditions) entry(name, {condition}, "next-policy");
    end();
    begin();
  }

  static std::string prefix_list(const std::string& name, std::size_t lists = 1) {
    std::string names;
    for (std::size_t i = 0; i < lists; ++i) names += (i == 0 ? "\"" : " \"") + group_name(name, i) + '"';
    return "prefix-list [" + names + "]";
  }
  static std::string community(const std::string& name) { return "community { name \"" + name + "\" }"; }
  static std::string path(const std::string& name) { return "as-path { name \"" + name + "\" }"; }

  void put_clause(const NeighbourPolicy& policy, Family family, const Clause& clause, bool is_export) {
    const std::string_view name = filtering::row_of(clause.kind).name;
    const auto listed = [&] {
      const PrefixList& list = prefixes_of(document_, clause);
      return list.of(family).empty() ? std::string() : prefix_list(list_name(list, family), lists_of(list.of(family)));
    };
    const auto groups = [&] {
      std::vector<std::string> conditions;
      const AsnList& list = asns_of(document_, clause);
      for (std::size_t i = 0; i < groups_of(list); ++i) {
        conditions.push_back("as-path { group \"" + group_name(list.name, i) + "\" }");
      }
      return conditions;
    };
    const std::string add_no_export = "community { add [\"FW_NO_EXPORT\"] }";
    Support support = Support::emitted;
    std::string note;
    const auto lacks = [&](Support how, std::string_view why) {
      support = how;
      note = why;
      out_.line("    # ", name, how == Support::partial ? " is partly here: " : " is not here: ", why);
    };
    switch (clause.kind) {
      case Kind::scrub: {
        std::string names;
        for (unsigned number = 1; number <= 4; ++number)
          names += (number == 1 ? "\"" : " \"") + relation(policy, number) + '"';
        lacks(Support::partial, "of my communities, those that mean something are removed");
        entry(name, {}, "next-entry", {"community { remove [" + names + "] }"});
        break;
      }
      case Kind::first_as: pass(name, {path(policy_name(policy, family, is_export) + "_FIRST")}); break;
      case Kind::next_hop:
        if (!addresses_of(policy, family).empty()) {
          pass(name, {"next-hop { prefix-list \"" + policy_name(policy, family, is_export) + "_HOPS\" }"});
        }
        break;
      case Kind::path_length:
        entry(name, {"as-path { length { value " + std::to_string(clause.number + 1) + " qualifier or-higher } }"},
              "reject");
        break;
      case Kind::as_set: lacks(Support::unsupported, "no condition of SR OS asks whether a path has a set"); break;
      case Kind::bogon_asn:
      case Kind::transit_free:
      case Kind::never_via_rs:
        for (const std::string& group : groups()) entry(name, {group}, "reject");
        break;
      case Kind::bogon_prefix:
      case Kind::exchange_lan:
      case Kind::own_prefix:
        if (const std::string list = listed(); !list.empty()) entry(name, {list}, "reject");
        break;
      case Kind::prefix_length:
      case Kind::prefix: {
        const std::string list = listed();
        pass(name, list.empty() ? std::vector<std::string>() : std::vector{list});
        break;
      }
      case Kind::otc: lacks(Support::unsupported, "SR OS 22.10 knows neither roles nor OTC (RFC 9234)"); break;
      case Kind::aspa: lacks(Support::unsupported, "SR OS 22.10 does not verify ASPA"); break;
      case Kind::rov:
        entry(name, {"origin-validation-state invalid"}, "reject");
        if (is_export) lacks(Support::partial, "what I originate is not judged: only what was learned has a state");
        break;
      case Kind::origin:
        pass(name, groups());
        lacks(Support::partial, "SR OS does not document how an AS_SET at the end of a path matches");
        break;
      case Kind::blackhole: {
        const bool v4 = family == Family::ipv4;
        const IpAddress& hop = v4 ? document_.settings.blackhole4 : document_.settings.blackhole6;
        for (const auto& [origin, prefixes] : by_origin(pairs_of(document_, clause), family)) {
          const std::string pairs = pairs_name(pairs_of(document_, clause), origin, family);
          entry(name, {community("FW_BLACKHOLE"), path(pairs), prefix_list(pairs)}, "accept",
                {"next-hop \"" + to_string(hop) + "\"", add_no_export});
        }
        blackholes_ = true;
        break;
      }
      case Kind::graceful_shutdown:
        entry(name, {community("FW_GRACEFUL_SHUTDOWN")}, "next-entry", {"local-preference 0"});
        break;
      case Kind::learned_from:
        entry(name, {}, "next-entry", {"community { add [\"" + relation(policy, clause.number) + "\"] }"});
        break;
      case Kind::no_blackhole: entry(name, {community("FW_BLACKHOLE")}, "reject"); break;
      case Kind::no_export_export: entry(name, {community("FW_BLACKHOLE")}, "next-entry", {add_no_export}); break;
      case Kind::control: lacks(Support::unsupported, "documents of route servers are not written for SR OS"); break;
      case Kind::own:
        if (const std::string list = listed(); !list.empty()) {
          entry(name, {"protocol { name [aggregate direct static] }", list}, "accept");
          entry(name, {"protocol { name [bgp] }", path("FW_OWN_PATH"), list}, "accept");
        }
        break;
      case Kind::customer:
        if (const std::string list = listed(); !list.empty())
          entry(name, {community(relation(policy, 2)), list}, "accept");
        break;
      case Kind::known:
        for (unsigned number = 2; number <= 4; ++number) entry(name, {community(relation(policy, number))}, "accept");
        break;
      case Kind::accepted: entry(name, {}, "accept"); break;
      case Kind::nothing_else: entry(name, {}, "reject"); break;
    }
    out_.lacks(word_of(clause.kind, is_export), support, note);
  }

  void put_sessions() {
    out_.line("/configure router \"Base\"\nautonomous-system ", document_.local_asn);
    if (blackholes_) {
      for (const IpAddress& hop : {document_.settings.blackhole4, document_.settings.blackhole6}) {
        out_.line("static-routes {\n    route ", host(hop),
                  " route-type unicast {\n        blackhole {\n            admin-state enable\n        }\n    }\n}");
      }
    }
    for (const RtrCache& cache : document_.settings.rtr) {
      out_.line("origin-validation {\n    rpki-session ", cache.address,
                " {\n        admin-state enable\n        port ", std::uint32_t{cache.port}, "\n    }\n}");
    }
    out_.line("bgp {\n    ebgp-default-reject-policy {\n        import true\n        export true\n    }");
    for (const NeighbourPolicy& policy : document_.neighbours) {
      if (policy.sessions.empty()) continue;
      out_.line("    group \"", policy.name, "\" {\n        peer-as ", policy.asn);
      if (policy.local_asn != document_.local_asn) {
        out_.line("        local-as {\n            as-number ", policy.local_asn, "\n        }");
      }
      out_.line("    }");
      if (has_role(policy.role)) out_.lacks("role", Support::unsupported, "SR OS 22.10 knows no roles (RFC 9234)");
      for (const SessionPolicy& session : policy.sessions) put_session(policy, session);
    }
    out_.line("}");
  }

  void put_chain(std::string_view direction, const std::string& policy) {
    std::string& text = out_.text();
    routerconfig::put(text, "        ", direction, " {\n            policy [");
    for (const std::string& name : chains_[policy]) routerconfig::put(text, '"', name, "\" ");
    text.back() = ']';
    text += "\n        }\n";
    if (chains_[policy].size() > 15) {
      out_.lacks("policy chain", Support::unsupported, "more statements are needed than SR OS chains (15)");
    }
  }

  void put_session(const NeighbourPolicy& policy, const SessionPolicy& session) {
    const std::string_view family = session.family == Family::ipv4 ? "ipv4" : "ipv6";
    out_.line("    neighbor \"", session.session.address, "\" {\n        group \"", policy.name, '"');
    if (!policy.title.empty()) out_.line("        description \"", plain(policy.title).substr(0, 80), '"');
    if (session.session.local_address) out_.line("        local-address ", *session.session.local_address);
    if (session.session.gtsm) {
      out_.line("        ttl-security 255");
      out_.has("gtsm");
    }
    if (!session.secret.empty()) put_secret(session);
    out_.line("        family {\n            ipv4 ", family == "ipv4" ? "true" : "false", "\n            ipv6 ",
              family == "ipv6" ? "true" : "false", "\n        }");
    if (!document_.settings.rtr.empty()) {
      out_.line("        origin-validation {\n            ", family, " true\n        }");
    }
    if (session.max_prefix) {
      out_.line("        prefix-limit ", family, " {\n            maximum ", *session.max_prefix, "\n        }");
      out_.has("max-prefix");
    }
    put_chain("import", policy_name(policy, session.family, false));
    put_chain("export", policy_name(policy, session.family, true));
    // SR OS keeps what import policies refuse, and judges it again when VRPs change (RFC 9324).
    out_.has("adj-rib-in");
    out_.line("    }");
  }

  void put_secret(const SessionPolicy& session) {
    if (session.session.tcp_ao) {
      out_.lacks("tcp-ao", Support::unsupported, "its keychains are not written; the session is not protected");
    } else if (!is_writable(session.secret, "\"\\")) {
      out_.lacks("md5", Support::unsupported, "the secret has characters that SR OS's strings cannot hold");
    } else {
      out_.line("        authentication-key \"", session.secret, '"');
      out_.has("md5");
    }
  }

  const Document& document_;
  Output& out_;
  std::map<std::string, std::vector<std::string>> chains_;  // the statements that a policy consists of, by its name
  std::string policy_;                                      // being written
  unsigned entry_ = 0;                                      // the number of its last entry
  bool blackholes_ = false;
};

}  // namespace

void write_sros(const Document& document, Output& out) { SrosWriter(document, out).write(); }

}  // namespace fairway::filterconfig
