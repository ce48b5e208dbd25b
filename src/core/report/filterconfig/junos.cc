// Junos 21.4, to be loaded by `load replace`
// (https://www.juniper.net/documentation/us/en/software/junos/routing-policy/, Juniper/yang 21.4R1). A prefix list is a
// route-filter-list with a policy-statement of its name that accepts what is in the list: a policy that asks it as a
// subroutine needs no assumption about lists that are empty. What is refused for not being in a list asks the policy
// NOT_NAME, its opposite. Route filters walk up (13.3), for else the longest block alone would be asked.
#include <algorithm>

#include "core/report/filterconfig/rows.h"
#include "core/report/filterconfig/vendor.h"

namespace fairway::filterconfig {

namespace {

class JunosWriter {
 public:
  JunosWriter(const Document& document, Output& out) : document_(document), out_(out) {}

  void write() {
    out_.line("policy-options {");
    put_communities();
    for (const PrefixList& list : document_.prefix_lists) {
      for (const Family family : kFamilies) put_prefixes(list, family);
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
    out_.line("}");
    put_validators();
    put_groups();
    put_gtsm_filters();
  }

 private:
  void put_communities() {
    out_.line("replace:\n    community FW_BLACKHOLE members 65535:666;");
    out_.line("replace:\n    community FW_GRACEFUL_SHUTDOWN members 65535:0;");
    out_.line("replace:\n    community FW_NO_EXPORT members no-export;");
    out_.line("replace:\n    as-path FW_OWN_PATH \"()\";");
    std::vector<Asn> mine;
    for (const NeighbourPolicy& policy : document_.neighbours) {
      if (std::ranges::find(mine, policy.local_asn) != mine.end()) continue;
      mine.push_back(policy.local_asn);
      out_.line("replace:\n    community ", relation(policy, 0), " members large:", policy.local_asn, ":3:.*;");
      for (unsigned number = 1; number <= 4; ++number) {
        out_.line("replace:\n    community ", relation(policy, number), " members large:", policy.local_asn,
                  ":3:", number, ";");
      }
    }
  }
  // 0: of any relation.
  static std::string relation(const NeighbourPolicy& policy, unsigned number) {
    return "FW_LEARNED_" + to_string(policy.local_asn) + (number == 0 ? "" : "_" + std::to_string(number));
  }

  void put_filters(const std::vector<PrefixRange>& ranges) {
    for (const PrefixRange& range : ranges) {
      std::string& text = out_.text();
      routerconfig::put(text, "        ", range.prefix);
      if (range.exact()) {
        text += " exact;\n";
      } else {
        routerconfig::put(text, " prefix-length-range /", range.least, "-/", range.most, ";\n");
      }
    }
  }

  void put_prefixes(const PrefixList& list, Family family) {
    if (list.of(family).empty()) return;
    out_.line("    /* ", plain(list.what), " */\nreplace:\n    route-filter-list ", list_name(list, family), " {");
    put_filters(list.of(family));
    out_.line("    }");
  }

  // The policy that accepts what is in the list, or what is not; written where it is first asked.
  std::string question(const Clause& clause, Family family, bool if_listed) {
    const PrefixList& list = prefixes_of(document_, clause);
    const std::string listed = list_name(list, family);
    std::string name = (if_listed ? "" : "NOT_") + listed;
    if (std::ranges::find(asked_, name) == asked_.end()) {
      asked_.push_back(name);
      put_question(name, list.of(family).empty() ? "" : "route-filter-list " + listed + ";", if_listed);
    }
    return "policy " + name + ";";
  }

  // A policy that accepts the routes for which `condition` is true, or those for which it is not. Empty: it never is.
  void put_question(const std::string& name, const std::string& condition, bool if_true) {
    out_.line("replace:\n    policy-statement ", name, " {");
    if (condition.starts_with("route-filter")) {
      out_.line("        defaults {\n            route-filter walkup;\n        }");
    }
    if (condition.empty()) {
      out_.line("        /* the list is empty */");
    } else {
      out_.line("        term listed {\n            from {\n                ", condition,
                "\n            }\n            then ", if_true ? "accept" : "reject", ";\n        }");
    }
    out_.line("        then ", if_true ? "reject" : "accept", ";\n    }");
  }

  // An as-list is a look-up (21.3), but holds single ASNs and is asked about origins alone: other lists are regular
  // expressions.
  static bool is_as_list(const AsnList& list) {
    return std::ranges::all_of(list.ranges, [](const AsnRange& range) { return range.first == range.last; });
  }
  void put_asns(const AsnList& list, bool origins) {
    if (list.ranges.empty()) return;
    const bool as_list = origins && is_as_list(list);
    out_.line("    /* ", plain(list.what), " */\nreplace:\n    ", as_list ? "as-list-group " : "as-path-group ",
              list.name, " {");
    unsigned number = 0;
    for (const AsnRange& range : list.ranges) {
      if (as_list) {
        out_.line("        as-list a", number++, " members ", range.first, ";");
      } else if (range.first == range.last) {
        out_.line("        as-path a", number++, " \".* ", range.first, origins ? "\";" : " .*\";");
      } else {
        out_.line("        as-path a", number++, " \".* [", range.first, '-', range.last, origins ? "]\";" : "] .*\";");
      }
    }
    out_.line("    }");
  }

  // The pairs as a policy that accepts what one of them lets in.
  void put_pairs(const PairList& list, Family family) {
    const std::string name = list.name + "_" + std::string(v4_or_v6(family));
    const auto origins = by_origin(list, family);
    for (const auto& [origin, prefixes] : origins) {
      out_.line("replace:\n    as-path ", name, "_", origin, " \".* ", origin, "\";");
    }
    out_.line("    /* ", plain(list.what), " */\nreplace:\n    policy-statement ", name, " {");
    for (const auto& [origin, prefixes] : origins) {
      out_.line("        term AS", origin, " {\n            from {\n                as-path ", name, "_", origin, ";");
      for (const PrefixRange& range : prefixes) out_.line("                route-filter ", range.prefix, " orlonger;");
      out_.line("            }\n            then accept;\n        }");
    }
    out_.line("        then reject;\n    }");
  }

  void put_policy(const NeighbourPolicy& policy, Family family, const std::vector<Clause>& clauses, bool is_export) {
    terms_.clear();
    for (const Clause& clause : clauses) put_clause(policy, family, clause, is_export);
    out_.line("    /* ", is_export ? "to AS" : "from AS", policy.asn, " ", plain(policy.title), ", my ",
              to_string(policy.role), " */\nreplace:\n    policy-statement ", policy_name(policy, family, is_export),
              " {");
    out_.text() += terms_;
    out_.line("        then reject;\n    }");
  }

  // `from` and `then` are statements, divided by blanks, without the outer braces.
  void term(std::string_view name, std::string_view from, std::string_view then) {
    routerconfig::put(terms_, "        term ", name, " {\n");
    if (!from.empty()) routerconfig::put(terms_, "            from {\n                ", from, "\n            }\n");
    routerconfig::put(terms_, "            then {\n                ", then, "\n            }\n        }\n");
  }
  // Refuses what the condition is not true of.
  void refuse_unless(const std::string& name, std::string_view clause, const std::string& condition) {
    put_question("NOT_" + name + "_" + std::string(clause), condition, false);
    term(clause, "policy NOT_" + name + "_" + std::string(clause) + ";", "reject;");
  }

  void put_clause(const NeighbourPolicy& policy, Family family, const Clause& clause, bool is_export) {
    const Kind kind = clause.kind;
    const std::string_view name = filtering::row_of(kind).name;
    const std::string policy_is = policy_name(policy, family, is_export);
    const auto listed = [&] { return question(clause, family, true); };
    Support support = Support::emitted;
    std::string note;
    const auto lacks = [&](Support how, std::string_view why) {
      support = how;
      note = why;
    };
    switch (kind) {
      case Kind::scrub: term(name, "", "community delete " + relation(policy, 0) + ";"); break;
      case Kind::first_as: {
        out_.line("replace:\n    as-path ", policy_is, "_first \"", policy.asn, " .*\";");
        refuse_unless(policy_is, name, "as-path " + policy_is + "_first;");
        break;
      }
      case Kind::next_hop: {
        std::string addresses;
        for (const IpAddress& address : addresses_of(policy, family)) addresses += to_string(address) + " ";
        if (!addresses.empty()) refuse_unless(policy_is, name, "next-hop [ " + addresses + "];");
        break;
      }
      case Kind::path_length:
        term(name, "as-path-calc-length " + std::to_string(clause.number + 1) + " orhigher;", "reject;");
        break;
      case Kind::as_set:
        lacks(Support::unsupported,
              "Junos' conditions look into the sets of a path, but none asks whether there is one");
        break;
      case Kind::bogon_asn:
      case Kind::transit_free:
      case Kind::never_via_rs:
        if (const AsnList& list = asns_of(document_, clause); !list.ranges.empty()) {
          term(name, "as-path-group " + list.name + ";", "reject;");
        }
        break;
      case Kind::bogon_prefix:
      case Kind::exchange_lan:
      case Kind::own_prefix: term(name, listed(), "reject;"); break;
      case Kind::prefix_length:
      case Kind::prefix: term(name, question(clause, family, false), "reject;"); break;
      case Kind::otc: lacks(Support::unsupported, "Junos 21.4 knows neither roles nor OTC (RFC 9234)"); break;
      case Kind::aspa: lacks(Support::unsupported, "Junos 21.4 does not verify ASPA"); break;
      case Kind::rov:
        term(name, "protocol bgp; validation-database invalid;", "validation-state invalid; reject;");
        if (is_export) lacks(Support::partial, "what I originate is not judged, for it is no route of BGP");
        break;
      case Kind::origin: {
        const AsnList& list = asns_of(document_, clause);
        refuse_unless(policy_is, name,
                      list.ranges.empty()
                          ? ""
                          : (is_as_list(list) ? "as-path-origins as-list-group " : "as-path-group ") + list.name + ";");
        lacks(Support::partial, "a path that ends in an AS_SET passes if one AS of the set is allowed");
        break;
      }
      case Kind::blackhole: {
        const PairList& list = pairs_of(document_, clause);
        put_pairs(list, family);
        term(name, "community FW_BLACKHOLE; policy " + list.name + "_" + std::string(v4_or_v6(family)) + ";",
             "community add FW_NO_EXPORT; next-hop discard; accept;");
        break;
      }
      case Kind::graceful_shutdown: term(name, "community FW_GRACEFUL_SHUTDOWN;", "local-preference 0;"); break;
      case Kind::learned_from: term(name, "", "community add " + relation(policy, clause.number) + ";"); break;
      case Kind::no_blackhole: term(name, "community FW_BLACKHOLE;", "reject;"); break;
      case Kind::no_export_export: term(name, "community FW_BLACKHOLE;", "community add FW_NO_EXPORT;"); break;
      case Kind::control: lacks(Support::unsupported, "documents of route servers are not written for Junos"); break;
      case Kind::own:
        term(name, "protocol [ aggregate direct static ]; " + listed(), "accept;");
        term("own-bgp", "protocol bgp; as-path FW_OWN_PATH; " + listed(), "accept;");
        break;
      case Kind::customer: term(name, "community " + relation(policy, 2) + "; " + listed(), "accept;"); break;
      case Kind::known:
        term(name, "community [ " + relation(policy, 2) + " " + relation(policy, 3) + " " + relation(policy, 4) + " ];",
             "accept;");
        break;
      case Kind::accepted: term(name, "", "accept;"); break;
      case Kind::nothing_else: term(name, "", "reject;"); break;
    }
    if (support == Support::unsupported)
      routerconfig::put(terms_, "        /* ", name, " is not here: ", note, " */\n");
    out_.lacks(word_of(kind, is_export), support, note);
  }

  void put_validators() {
    out_.line("routing-options {\n    autonomous-system ", document_.local_asn, ";");
    if (!document_.settings.rtr.empty()) {
      out_.line("    validation {\nreplace:\n        group fairway {");
      for (const RtrCache& cache : document_.settings.rtr) {
        out_.line("            session ", cache.address, " {\n                port ", std::uint32_t{cache.port},
                  ";\n            }");
      }
      out_.line("        }\n    }");
    }
    out_.line("}");
  }

  void put_groups() {
    out_.line("protocols {\n    bgp {");
    for (const NeighbourPolicy& policy : document_.neighbours) {
      if (policy.sessions.empty()) continue;
      out_.line("replace:\n        group ", policy.name, " {\n            type external;\n            peer-as ",
                policy.asn, ";");
      if (policy.local_asn != document_.local_asn) out_.line("            local-as ", policy.local_asn, ";");
      for (const SessionPolicy& session : policy.sessions) put_session(policy, session);
      out_.line("        }");
      if (has_role(policy.role)) {
        out_.lacks("role", Support::unsupported, "Junos 21.4 knows no roles (RFC 9234)");
      }
    }
    out_.line("    }\n}");
    put_key_chains();
  }

  static std::string chain_of(const SessionPolicy& session) {
    std::string name = "FW_" + to_string(session.session.address);
    std::ranges::replace_if(name, [](char c) { return c == '.' || c == ':'; }, '_');
    return name;
  }

  void put_session(const NeighbourPolicy& policy, const SessionPolicy& session) {
    out_.line("            neighbor ", session.session.address, " {");
    if (!policy.title.empty()) out_.line("                description \"", plain(policy.title), "\";");
    if (session.session.local_address) out_.line("                local-address ", *session.session.local_address, ";");
    if (session.session.gtsm) {
      out_.line("                ttl 255;");
      out_.lacks("gtsm", Support::partial,
                 "the filters FW_GTSM_V4 and FW_GTSM_V6 must be applied to lo0, before others");
    }
    if (!session.secret.empty()) put_secret(session);
    out_.line("                keep all; /* Adj-RIB-In is judged again when VRPs change (RFC 9324) */");
    out_.has("adj-rib-in");
    out_.line("                family ", session.family == Family::ipv4 ? "inet" : "inet6",
              " {\n                    unicast {");
    if (session.max_prefix) {
      out_.line("                        prefix-limit { /* from ", plain(session.max_prefix_from), " */",
                "\n                            maximum ", *session.max_prefix,
                ";\n                            teardown 80 idle-timeout forever;\n                        }");
      out_.has("max-prefix");
    }
    out_.line("                    }\n                }");
    out_.line("                import ", policy_name(policy, session.family, false), ";\n                export ",
              policy_name(policy, session.family, true), ";\n            }");
  }

  void put_secret(const SessionPolicy& session) {
    const std::string_view what = session.session.tcp_ao ? "tcp-ao" : "md5";
    if (!is_writable(session.secret, "\"\\")) {
      out_.lacks(std::string(what), Support::unsupported, "the secret has characters that Junos' strings cannot hold");
    } else if (session.session.tcp_ao) {
      out_.line("                authentication-algorithm ao;\n                authentication-key-chain ",
                chain_of(session), ";");
      out_.lacks("tcp-ao", Support::partial, "key ids 1 and AES-128-CMAC-96 are to be agreed on with the neighbour");
    } else {
      out_.line("                authentication-key \"", session.secret, "\";");
      out_.has("md5");
    }
  }

  template <class Visit>
  void for_sessions(Visit visit) const {
    for (const NeighbourPolicy& policy : document_.neighbours) {
      for (const SessionPolicy& session : policy.sessions) visit(session);
    }
  }

  void put_key_chains() {
    for_sessions([&](const SessionPolicy& session) {
      if (!session.session.tcp_ao || !is_writable(session.secret, "\"\\")) return;
      out_.line(
          "security {\n    authentication-key-chains {\nreplace:\n        key-chain ", chain_of(session),
          " {\n            key 0 {\n                secret \"", session.secret,
          "\";\n                start-time \"2020-1-1.00:00:00 +0000\";\n                algorithm ao;\n"
          "                ao-attribute {\n                    send-id 1;\n                    recv-id 1;\n"
          "                    cryptographic-algorithm aes-128-cmac-96;\n                    tcp-ao-option enabled;\n"
          "                }\n            }\n        }\n    }\n}");
    });
  }

  // GTSM's receiving half (RFC 5082): Junos checks it in a filter alone.
  void put_gtsm_filters() {
    for (const Family family : kFamilies) {
      std::string sources;
      for_sessions([&](const SessionPolicy& session) {
        if (session.session.gtsm && session.family == family) {
          routerconfig::put(sources, "                        ", host(session.session.address), ";\n");
        }
      });
      if (sources.empty()) continue;
      const bool v4 = family == Family::ipv4;
      out_.line("firewall {\n    family ", v4 ? "inet" : "inet6", " {\nreplace:\n        filter FW_GTSM_",
                v4_or_v6(family),
                " {\n            term far {\n                from {\n                    source-address {\n", sources,
                "                    }\n                    ", v4 ? "protocol" : "next-header",
                " tcp;\n                    port bgp;\n                    ", v4 ? "ttl-except" : "hop-limit-except",
                " 255;\n                }\n                then discard;\n            }\n            term others {\n"
                "                then accept;\n            }\n        }\n    }\n}");
    }
  }

  const Document& document_;
  Output& out_;
  std::string terms_;               // of the policy being written
  std::vector<std::string> asked_;  // the questions that are written
};

}  // namespace

void write_junos(const Document& document, Output& out) { JunosWriter(document, out).write(); }

}  // namespace fairway::filterconfig
