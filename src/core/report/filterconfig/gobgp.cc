// GoBGP 3.10, a file for gobgpd -f
// (https://github.com/osrg/gobgp/blob/v3.10.0/docs/sources/policy.md). There is one import and one export policy for
// all neighbours; the statements of each name it by a set of its addresses. What GoBGP does, and what was read in its
// source: a prefix set is asked at the longest of its blocks alone; an export sees the path with my AS in front; a
// condition on next hops cannot be turned round, so that it stands with what accepts; a statement ends the walk only
// if it accepts or rejects.
#include <algorithm>

#include "core/report/filterconfig/rows.h"
#include "core/report/filterconfig/vendor.h"

namespace fairway::filterconfig {

namespace {

// Of a statement: keys of the table bgp-conditions or bgp-actions, and further tables.
struct Part {
  std::string keys, tables;

  friend Part operator+(Part a, const Part& b) { return {a.keys + b.keys, a.tables + b.tables}; }
};

std::string text_of(const auto&... parts) {
  std::string text;
  routerconfig::put(text, parts...);
  return text;
}

// A table of a statement with one key, and how it is to match.
Part asks(std::string_view table, std::string_view key, std::string_view value, bool invert) {
  return {{},
          text_of("    [policy-definitions.statements.conditions.", table, "]\n      ", key, " = \"", value,
                  "\"\n      match-set-options = \"", invert ? "invert" : "any", "\"\n")};
}
Part path_is(std::string_view set, bool invert = false) {
  return asks("bgp-conditions.match-as-path-set", "as-path-set", set, invert);
}
Part community_is(std::string_view set) {
  return asks("bgp-conditions.match-community-set", "community-set", set, false);
}
Part large_community_is(std::string_view set) {
  return asks("bgp-conditions.match-large-community-set", "large-community-set", set, false);
}
Part sets(std::string_view what, std::string_view option, std::string_view value) {
  return {{},
          text_of("    [policy-definitions.statements.actions.bgp-actions.", what, "]\n      options = \"", option,
                  "\"\n      [policy-definitions.statements.actions.bgp-actions.", what, '.', what,
                  "-method]\n        communities-list = [\"", value, "\"]\n")};
}

enum class Then : std::uint8_t { accept, reject, go_on };

class GoBgpWriter {
 public:
  GoBgpWriter(const Document& document, Output& out) : document_(document), out_(out) {}

  void write() {
    put_global();
    for (const NeighbourPolicy& policy : document_.neighbours) {
      for (const SessionPolicy& session : policy.sessions) put_session(policy, session);
    }
    put_shared_sets();
    out_.line("\n[[policy-definitions]]\n  name = \"FW_MY_OWN\"");
    statement("FW_MY_OWN_accepted", {"      route-type = \"local\"\n", {}}, Then::accept);
    for (const NeighbourPolicy& policy : document_.neighbours) {
      for (const Family family : families_of(policy)) put_neighbour(policy, family);
    }
  }

 private:
  void put_global() {
    std::string router_id, imports, exports;
    for (const NeighbourPolicy& policy : document_.neighbours) {
      for (const SessionPolicy& session : policy.sessions) {
        const auto& mine = session.session.local_address;
        if (router_id.empty() && mine && mine->family == Family::ipv4) router_id = to_string(*mine);
      }
      for (const Family family : families_of(policy)) {
        if (policy.sessions.empty()) continue;
        imports += ", \"" + policy_name(policy, family, false) + '"';
        exports += (exports.empty() ? "\"" : ", \"") + policy_name(policy, family, true) + '"';
      }
    }
    out_.line("[global.config]\n  as = ", document_.local_asn);
    if (router_id.empty()) {
      out_.line("  # router-id = ");
      out_.lacks("router-id", Support::unsupported,
                 "network.yaml names no IPv4 address of mine: gobgpd wants one here");
    } else {
      out_.line("  router-id = \"", router_id, '"');
    }
    out_.line("[global.apply-policy.config]\n  import-policy-list = [\"FW_MY_OWN\"", imports,
              "]\n  default-import-policy = \"reject-route\"\n  export-policy-list = [", exports,
              "]\n  default-export-policy = \"reject-route\"");
    for (const RtrCache& cache : document_.settings.rtr) {
      out_.line("\n[[rpki-servers]]\n  [rpki-servers.config]\n    address = \"", cache.address,
                "\"\n    port = ", std::uint32_t{cache.port});
    }
  }

  void put_session(const NeighbourPolicy& policy, const SessionPolicy& session) {
    out_.line("\n[[neighbors]]\n  [neighbors.config]\n    neighbor-address = \"", session.session.address,
              "\"\n    peer-as = ", policy.asn, "\n    local-as = ", policy.local_asn);
    if (!policy.title.empty()) out_.line("    description = \"", plain(policy.title), '"');
    put_secret(session);
    if (session.session.local_address) {
      out_.line("  [neighbors.transport.config]\n    local-address = \"", *session.session.local_address, '"');
    }
    if (session.session.gtsm) {
      out_.line("  [neighbors.ttl-security.config]\n    enabled = true\n    ttl-min = 255");
      out_.has("gtsm");
    }
    out_.line("  [[neighbors.afi-safis]]\n    [neighbors.afi-safis.config]\n      afi-safi-name = \"",
              session.family == Family::ipv4 ? "ipv4" : "ipv6", "-unicast\"");
    if (session.max_prefix) {
      out_.line("    [neighbors.afi-safis.prefix-limit.config]  # ", plain(session.max_prefix_from),
                "\n      max-prefixes = ", *session.max_prefix);
      out_.has("max-prefix");
    }
    out_.lacks("adj-rib-in", Support::partial,
               "it is kept, but judged again only when asked: gobgp neighbor all softresetin, after VRPs changed");
    if (has_role(policy.role)) {
      out_.lacks("role", Support::unsupported, "GoBGP 3.10 knows no roles (RFC 9234)");
    }
  }

  void put_secret(const SessionPolicy& session) {
    if (session.secret.empty()) return;
    if (session.session.tcp_ao) {
      out_.line("    # not here: TCP-AO");
      out_.lacks("tcp-ao", Support::unsupported, "GoBGP 3.10 has TCP MD5 alone; the session is not protected");
    } else if (!is_writable(session.secret, "\"\\")) {
      out_.line("    # not here: TCP MD5");
      out_.lacks("md5", Support::unsupported, "the secret has characters that are not written into strings");
    } else {
      out_.line("    auth-password = \"", session.secret, '"');
      out_.has("md5");
    }
  }

  // --- sets

  void put_set(std::string_view kind, std::string_view name, std::string_view members) {
    out_.line("\n[[defined-sets.bgp-defined-sets.", kind, "-sets]]\n  ", kind, "-set-name = \"", name, "\"\n  ", kind,
              "-list = [", members, ']');
  }

  void put_shared_sets() {
    put_set("community", "FW_BLACKHOLE", "\"65535:666\"");
    put_set("community", "FW_GRACEFUL_SHUTDOWN", "\"65535:0\"");
    put_set("as-path", "FW_AS_SET", "'[{\\[]'");
    std::vector<Asn> mine;
    for (const NeighbourPolicy& policy : document_.neighbours) {
      if (std::ranges::find(mine, policy.local_asn) != mine.end()) continue;
      mine.push_back(policy.local_asn);
      const std::string asn = to_string(policy.local_asn);
      put_set("as-path", "FW_MINE_" + asn, "\"^" + asn + "$\"");
      put_set("large-community", "FW_FROM_CUSTOMER_" + asn, "'^" + asn + ":3:2$'");
      put_set("large-community", "FW_FROM_ANY_" + asn, "'^" + asn + ":3:[234]$'");
    }
    for (const PrefixList& list : document_.prefix_lists) {
      for (const Family family : kFamilies) {
        if (!list.of(family).empty()) put_prefixes(list_name(list, family), list.what, list.of(family));
      }
    }
    for (std::size_t i = 0; i < document_.asn_lists.size(); ++i) {
      const AsnList& list = document_.asn_lists[i];
      if (list.ranges.empty()) continue;
      out_.line();
      out_.remark(plain(list.what));
      const bool origins = is_asked_by(document_, Kind::origin, i);
      put_set("as-path", list.name, paths_of(list, "_", origins ? "$" : "_"));
      if (!origins) put_set("as-path", list.name + "_BEHIND_ME", paths_of(list, "^[0-9]+.*_", "_"));
    }
  }

  // Numbers alone are looked up, other expressions are run. AS 0 is no number there: it stands for a set.
  static std::string paths_of(const AsnList& list, std::string_view before, std::string_view behind) {
    std::string out;
    for (const AsnRange& range : list.ranges) {
      const bool one = range.first == range.last && range.first.value != 0;
      const std::string numbers =
          one ? to_string(range.first) : "(" + decimals(range.first.value, range.last.value) + ")";
      routerconfig::put(out, out.empty() ? "\n    '" : ",\n    '", before, numbers, behind, '\'');
    }
    return out + '\n';
  }

  void put_prefixes(std::string_view name, std::string_view what, const std::vector<PrefixRange>& ranges) {
    out_.line();
    out_.remark(plain(what));
    out_.line("[[defined-sets.prefix-sets]]\n  prefix-set-name = \"", name, '"');
    for (const PrefixRange& range : for_longest_match(ranges)) {
      out_.line("  [[defined-sets.prefix-sets.prefix-list]]\n    ip-prefix = \"", range.prefix,
                "\"\n    masklength-range = \"", range.least, "..", range.most, '"');
    }
  }

  void put_pairs(const PairList& list, Family family) {
    for (const auto& [origin, ranges] : by_origin(list, family)) {
      const std::string name = pairs_name(list, origin, family);
      put_prefixes(name, list.what, ranges);
      put_set("as-path", name, "\"_" + to_string(origin) + "$\"");
    }
  }

  // --- statements

  void put_neighbour(const NeighbourPolicy& policy, Family family) {
    const std::vector<IpAddress> addresses = addresses_of(policy, family);
    out_.line();
    out_.remark("AS", policy.asn, " ", plain(policy.title), ", my ", to_string(policy.role));
    if (addresses.empty()) out_.remark("It has no session: its policies are not applied.");
    neighbour_ = policy.name + "_" + std::string(v4_or_v6(family));
    std::string members;
    for (const IpAddress& address : addresses) members += (members.empty() ? "\"" : ", \"") + to_string(address) + '"';
    // A set without members would be one that every neighbour is in.
    if (addresses.empty()) members = "\"255.255.255.255\"";
    out_.line("[[defined-sets.neighbor-sets]]\n  neighbor-set-name = \"", neighbour_, "\"\n  neighbor-info-list = [",
              members, ']');
    for (const Clause& clause : policy.import) {
      if (clause.kind == Kind::first_as) {
        put_set("as-path", neighbour_ + "_FIRST", "\"^" + to_string(policy.asn) + "_\"");
      } else if (clause.kind == Kind::blackhole) {
        put_pairs(pairs_of(document_, clause), family);
      }
    }
    for (const bool is_export : {false, true}) {
      const auto& clauses = is_export ? policy.export_ : policy.import;
      out_.line("\n[[policy-definitions]]\n  name = \"", policy_name(policy, family, is_export), '"');
      next_hops_ = {};
      for (const Clause& clause : clauses) {
        if (clause.kind == Kind::next_hop && !addresses.empty()) {
          next_hops_.keys = "      next-hop-in-list = [" + members + "]\n";
        }
      }
      for (const Clause& clause : clauses) put_clause(policy, family, clause, is_export);
    }
  }

  void statement(const std::string& name, const Part& conditions, Then then, const Part& actions = {}) {
    out_.line("  [[policy-definitions.statements]]\n    name = \"", name, '"');
    std::string& text = out_.text();
    if (!neighbour_.empty()) text += asks("match-neighbor-set", "neighbor-set", neighbour_, false).tables;
    if (!conditions.keys.empty()) {
      routerconfig::put(text, "    [policy-definitions.statements.conditions.bgp-conditions]\n", conditions.keys);
    }
    text += conditions.tables;
    if (then != Then::go_on) {
      out_.line("    [policy-definitions.statements.actions]\n      route-disposition = \"",
                then == Then::accept ? "accept" : "reject", "-route\"");
    }
    if (!actions.keys.empty()) {
      routerconfig::put(text, "    [policy-definitions.statements.actions.bgp-actions]\n", actions.keys);
    }
    text += actions.tables;
  }

  void put_clause(const NeighbourPolicy& policy, Family family, const Clause& clause, bool is_export) {
    const Kind kind = clause.kind;
    const std::string mine = to_string(policy.local_asn);
    const std::string name = policy_name(policy, family, is_export) + "_" + std::string(filtering::row_of(kind).name);
    const auto refuse = [&](const Part& conditions) { statement(name, conditions, Then::reject); };
    const auto accept = [&](const Part& conditions) { statement(name, conditions, Then::accept); };
    const auto in_prefixes = [&](bool invert) {
      const PrefixList& list = prefixes_of(document_, clause);
      return asks("match-prefix-set", "prefix-set", list_name(list, family), invert);
    };
    const auto none_listed = [&] { return prefixes_of(document_, clause).of(family).empty(); };
    Support support = Support::emitted;
    std::string note;
    const auto lacks = [&](Support how, std::string_view why) {
      support = how;
      note = why;
      out_.line("  # ", filtering::row_of(kind).name,
                how == Support::partial ? " is partly here: " : " is not here: ", why);
    };
    switch (kind) {
      case Kind::scrub:
        statement(name, {}, Then::go_on, sets("set-large-community", "remove", "^" + mine + ":3:[0-9]+$"));
        break;
      case Kind::first_as: refuse(path_is(neighbour_ + "_FIRST", true)); break;
      case Kind::next_hop: out_.line("  # next-hop: what accepts asks for it"); break;
      case Kind::path_length:
        refuse({{},
                text_of("    [policy-definitions.statements.conditions.bgp-conditions.as-path-length]\n"
                        "      operator = \"ge\"\n      value = ",
                        clause.number + 1 + (is_export ? 1 : 0), '\n')});
        break;
      case Kind::as_set: refuse(path_is("FW_AS_SET")); break;
      case Kind::bogon_asn:
      case Kind::transit_free:
      case Kind::never_via_rs:
        if (const AsnList& list = asns_of(document_, clause); !list.ranges.empty()) {
          refuse(path_is(list.name + (is_export ? "_BEHIND_ME" : "")));
        }
        break;
      case Kind::bogon_prefix:
      case Kind::exchange_lan:
      case Kind::own_prefix:
        if (!none_listed()) refuse(in_prefixes(false));
        break;
      case Kind::prefix_length:
      case Kind::prefix: refuse(none_listed() ? Part{} : in_prefixes(true)); break;
      case Kind::otc: lacks(Support::unsupported, "GoBGP 3.10 knows neither roles nor OTC (RFC 9234)"); break;
      case Kind::aspa: lacks(Support::unsupported, "GoBGP 3.10 does not verify ASPA"); break;
      case Kind::rov: refuse({"      rpki-validation-result = \"invalid\"\n", {}}); break;
      case Kind::origin: {
        const AsnList& list = asns_of(document_, clause);
        refuse(list.ranges.empty() ? Part{} : path_is(list.name, true));
        break;
      }
      case Kind::blackhole: {
        const PairList& list = pairs_of(document_, clause);
        const IpAddress& hop = family == Family::ipv4 ? document_.settings.blackhole4 : document_.settings.blackhole6;
        const Part actions =
            Part{text_of("      set-next-hop = \"", hop, "\"\n"), {}} + sets("set-community", "add", "65535:65281");
        for (const auto& [origin, prefixes] : by_origin(list, family)) {
          const std::string pairs = pairs_name(list, origin, family);
          statement(name + "_" + to_string(origin),
                    next_hops_ + asks("match-prefix-set", "prefix-set", pairs, false) + path_is(pairs) +
                        community_is("FW_BLACKHOLE"),
                    Then::accept, actions);
        }
        break;
      }
      case Kind::graceful_shutdown:
        lacks(Support::partial, "GoBGP cannot set the preference 0: it is 1");
        statement(name, community_is("FW_GRACEFUL_SHUTDOWN"), Then::go_on, {"      set-local-pref = 1\n", {}});
        break;
      case Kind::learned_from:
        statement(name, {}, Then::go_on,
                  sets("set-large-community", "add", mine + ":3:" + std::to_string(clause.number)));
        break;
      case Kind::no_blackhole: refuse(community_is("FW_BLACKHOLE")); break;
      case Kind::no_export_export:
        statement(name, community_is("FW_BLACKHOLE"), Then::go_on, sets("set-community", "add", "65535:65281"));
        break;
      case Kind::control: lacks(Support::unsupported, "documents of route servers are not written for GoBGP"); break;
      case Kind::own:
        if (!none_listed()) accept(path_is("FW_MINE_" + mine) + in_prefixes(false));
        break;
      case Kind::customer:
        if (!none_listed()) accept(large_community_is("FW_FROM_CUSTOMER_" + mine) + in_prefixes(false));
        break;
      case Kind::known: accept(large_community_is("FW_FROM_ANY_" + mine)); break;
      case Kind::accepted: accept(next_hops_); break;
      case Kind::nothing_else: refuse({}); break;
    }
    out_.lacks(word_of(kind, is_export), support, note);
  }

  const Document& document_;
  Output& out_;
  std::string neighbour_;  // the set of the neighbour whose statements are being written
  Part next_hops_;         // what else must be true where it accepts
};

}  // namespace

void write_gobgp(const Document& document, Output& out) { GoBgpWriter(document, out).write(); }

}  // namespace fairway::filterconfig
