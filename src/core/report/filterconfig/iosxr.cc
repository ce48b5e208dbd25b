// Cisco IOS XR 7.5, to be committed as a whole
// (https://www.cisco.com/c/en/us/td/docs/iosxr/cisco8000/routing/cumulative/command/reference/b-routing-cr-cisco8000.html).
// Sets of prefixes and of paths, one route-policy for each neighbour, family and direction. A condition on a set that
// is empty is false by the manual; here it is not asked at all.
#include <algorithm>

#include "core/report/filterconfig/rows.h"
#include "core/report/filterconfig/vendor.h"
#include "core/report/routerconfig/ios.h"

namespace fairway::filterconfig {

namespace {

constexpr std::string_view kNever = "";  // a condition that no route meets

class XrWriter {
 public:
  XrWriter(const Document& document, Output& out) : document_(document), out_(out) {}

  void write() {
    put_communities();
    for (const PrefixList& list : document_.prefix_lists) {
      for (const Family family : kFamilies) {
        if (!list.of(family).empty()) put_prefixes(list_name(list, family), list.what, list.of(family));
      }
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
    put_blackholes();
    put_key_chains();
    put_sessions();
  }

 private:
  void put_set(std::string_view kind, std::string_view name, std::string_view members) {
    out_.line(kind, "-set ", name, "\n  ", members, "\nend-set\n!");
  }

  void put_communities() {
    put_set("community", "FW_BLACKHOLE", "65535:666");
    put_set("community", "FW_GRACEFUL_SHUTDOWN", "65535:0");
    std::vector<Asn> mine;
    for (const NeighbourPolicy& policy : document_.neighbours) {
      if (std::ranges::find(mine, policy.local_asn) != mine.end()) continue;
      mine.push_back(policy.local_asn);
      const std::string asn = to_string(policy.local_asn);
      put_set("large-community", "FW_LEARNED_" + asn, asn + ":3:*");
      put_set("large-community", "FW_FROM_CUSTOMER_" + asn, asn + ":3:2");
      put_set("large-community", "FW_FROM_ANY_" + asn, asn + ":3:[2..4]");
    }
  }

  void put_prefixes(const std::string& name, std::string_view what, const std::vector<PrefixRange>& ranges) {
    out_.remark(plain(what));
    out_.line("prefix-set ", name);
    for (const PrefixRange& range : ranges) {
      std::string& text = out_.text();
      routerconfig::put(text, "  ", range.prefix);
      if (range.least == range.most && !range.exact()) {
        routerconfig::put(text, " eq ", range.least);
      } else {
        routerconfig::put_ge_le(text, range);
      }
      text += &range == &ranges.back() ? "\n" : ",\n";
    }
    out_.line("end-set\n!");
  }

  void put_asns(const AsnList& list, bool origins) {
    if (list.ranges.empty()) return;
    out_.remark(plain(list.what));
    out_.line("as-path-set ", list.name);
    for (const AsnRange& range : list.ranges) {
      std::string& text = out_.text();
      const bool zero = range.first.value == 0;
      // AS 0 is no number for the other forms.
      if (zero) text += origins ? "  ios-regex '_0$'" : "  ios-regex '_0_'";
      if (zero && range.last.value != 0) text += ",\n";
      if (!zero || range.last.value != 0) {
        const Asn first{zero ? 1 : range.first.value};
        routerconfig::put(text, origins ? "  originates-from '" : "  passes-through '");
        if (first == range.last) {
          routerconfig::put(text, first, '\'');
        } else {
          routerconfig::put(text, '[', first, "..", range.last, "]'");
        }
      }
      text += &range == &list.ranges.back() ? "\n" : ",\n";
    }
    out_.line("end-set\n!");
  }

  void put_policy(const NeighbourPolicy& policy, Family family, const std::vector<Clause>& clauses, bool is_export) {
    for (const Clause& clause : clauses) {
      if (clause.kind == Kind::blackhole) put_pairs(pairs_of(document_, clause), family);
    }
    out_.remark(is_export ? "to AS" : "from AS", policy.asn, " ", plain(policy.title), ", my ", to_string(policy.role));
    out_.line("route-policy ", policy_name(policy, family, is_export));
    for (const Clause& clause : clauses) {
      out_.line("  # ", filtering::row_of(clause.kind).name);
      put_clause(policy, family, clause, is_export);
    }
    out_.line(clauses.empty() ? "  drop\n" : "", "end-policy\n!");
  }

  void put_pairs(const PairList& list, Family family) {
    for (const auto& [origin, ranges] : by_origin(list, family)) {
      put_prefixes(pairs_name(list, origin, family), list.what, ranges);
    }
  }

  void act_if(std::string_view condition, std::string_view action) {
    if (condition == kNever) {
      out_.line("  # its list is empty");
    } else {
      out_.line("  if ", condition, " then\n    ", action, "\n  endif");
    }
  }
  std::string in_set(const Clause& clause, Family family) const {
    const PrefixList& list = prefixes_of(document_, clause);
    return list.of(family).empty() ? std::string(kNever) : "destination in " + list_name(list, family);
  }
  std::string in_paths(const Clause& clause) const {
    const AsnList& list = asns_of(document_, clause);
    return list.ranges.empty() ? std::string(kNever) : "as-path in " + list.name;
  }
  // Refuses what the condition is not true of.
  void refuse_unless(const std::string& condition) {
    if (condition == kNever) {
      out_.line("  # its list is empty: nothing may pass\n  drop");
    } else {
      act_if("not " + condition, "drop");
    }
  }
  static std::string and_if(std::string_view condition, const std::string& more) {
    return more == kNever ? std::string(kNever) : std::string(condition) + " and " + more;
  }

  void put_clause(const NeighbourPolicy& policy, Family family, const Clause& clause, bool is_export) {
    const std::string mine = to_string(policy.local_asn);
    Support support = Support::emitted;
    std::string note;
    const auto lacks = [&](Support how, std::string_view why) {
      support = how;
      note = why;
      out_.line("  # ", how == Support::partial ? "partly here: " : "not here: ", why);
    };
    switch (clause.kind) {
      case Kind::scrub: out_.line("  delete large-community in FW_LEARNED_", mine); break;
      case Kind::first_as: refuse_unless("as-path neighbor-is '" + to_string(policy.asn) + "'"); break;
      case Kind::next_hop: {
        std::string addresses;
        for (const IpAddress& address : addresses_of(policy, family)) {
          addresses += (addresses.empty() ? "" : ", ") + to_string(host(address));
        }
        if (!addresses.empty()) refuse_unless("next-hop in (" + addresses + ")");
        break;
      }
      case Kind::path_length: act_if("as-path length ge " + std::to_string(clause.number + 1), "drop"); break;
      case Kind::as_set: act_if("as-path in (ios-regex '[{]')", "drop"); break;
      case Kind::bogon_asn:
      case Kind::transit_free:
      case Kind::never_via_rs: act_if(in_paths(clause), "drop"); break;
      case Kind::bogon_prefix:
      case Kind::exchange_lan:
      case Kind::own_prefix: act_if(in_set(clause, family), "drop"); break;
      case Kind::prefix_length:
      case Kind::prefix: refuse_unless(in_set(clause, family)); break;
      case Kind::otc: lacks(Support::unsupported, "IOS XR 7.5 knows neither roles nor OTC (RFC 9234)"); break;
      case Kind::aspa: lacks(Support::unsupported, "IOS XR 7.5 does not verify ASPA"); break;
      case Kind::rov:
        if (is_export) {
          lacks(Support::unsupported, "the state of ROV is not among the documented conditions of outbound policies");
        } else {
          act_if("validation-state is invalid", "drop");
        }
        break;
      case Kind::origin: refuse_unless(in_paths(clause)); break;
      case Kind::blackhole:
        for (const auto& [origin, prefixes] : by_origin(pairs_of(document_, clause), family)) {
          out_.line("  if community matches-any FW_BLACKHOLE and as-path originates-from '", origin,
                    "' and destination in ", pairs_name(pairs_of(document_, clause), origin, family), " then");
          out_.line("    set next-hop ",
                    family == Family::ipv4 ? document_.settings.blackhole4 : document_.settings.blackhole6);
          out_.line("    set community (no-export) additive\n    done\n  endif");
        }
        blackholes_ = true;
        break;
      case Kind::graceful_shutdown:
        act_if("community matches-any FW_GRACEFUL_SHUTDOWN", "set local-preference 0");
        break;
      case Kind::learned_from: out_.line("  set large-community (", mine, ":3:", clause.number, ") additive"); break;
      case Kind::no_blackhole: act_if("community matches-any FW_BLACKHOLE", "drop"); break;
      case Kind::no_export_export:
        act_if("community matches-any FW_BLACKHOLE", "set community (no-export) additive");
        break;
      case Kind::control: lacks(Support::unsupported, "documents of route servers are not written for IOS XR"); break;
      case Kind::own: act_if(and_if("as-path is-local", in_set(clause, family)), "done"); break;
      case Kind::customer:
        act_if(and_if("large-community matches-any FW_FROM_CUSTOMER_" + mine, in_set(clause, family)), "done");
        break;
      case Kind::known: act_if("large-community matches-any FW_FROM_ANY_" + mine, "done"); break;
      case Kind::accepted: out_.line("  done"); break;
      case Kind::nothing_else: out_.line("  drop"); break;
    }
    out_.lacks(word_of(clause.kind, is_export), support, note);
  }

  // Where the next hops of blackholes lead.
  void put_blackholes() {
    if (!blackholes_) return;
    out_.line("router static\n address-family ipv4 unicast\n  ", host(document_.settings.blackhole4),
              " Null0\n !\n address-family ipv6 unicast\n  ", host(document_.settings.blackhole6), " Null0\n !\n!");
  }

  static std::string chain_of(const SessionPolicy& session) {
    std::string name = "FW_" + to_string(session.session.address);
    std::ranges::replace_if(name, [](char c) { return c == '.' || c == ':'; }, '_');
    return name;
  }
  static bool is_secret(const SessionPolicy& session) { return is_writable(session.secret, "\"'!?|"); }

  void put_key_chains() {
    for (const NeighbourPolicy& policy : document_.neighbours) {
      for (const SessionPolicy& session : policy.sessions) {
        if (!session.session.tcp_ao || !is_secret(session)) continue;
        const std::string chain = chain_of(session);
        out_.line("key chain ", chain,
                  "\n key 1\n  accept-lifetime 00:00:00 january 01 2020 infinite\n"
                  "  send-lifetime 00:00:00 january 01 2020 infinite\n  key-string clear ",
                  session.secret, "\n  cryptographic-algorithm AES-128-CMAC-96\n !\n!\ntcp ao\n keychain ", chain,
                  "\n  key 1 SendID 1 ReceiveID 1\n !\n!");
      }
    }
  }

  void put_sessions() {
    out_.line("router bgp ", document_.local_asn);
    for (const RtrCache& cache : document_.settings.rtr) {
      out_.line(" rpki server ", cache.address, "\n  transport tcp port ", std::uint32_t{cache.port}, "\n !");
    }
    for (const Family family : kFamilies) {
      out_.line(" address-family ", family == Family::ipv4 ? "ipv4" : "ipv6", " unicast");
      if (!document_.settings.rtr.empty()) out_.line("  bgp origin-as validation enable");
      out_.line(" !");
    }
    for (const NeighbourPolicy& policy : document_.neighbours) {
      for (const SessionPolicy& session : policy.sessions) put_session(policy, session);
      if (!policy.sessions.empty() && has_role(policy.role)) {
        out_.lacks("role", Support::unsupported, "IOS XR 7.5 knows no roles (RFC 9234)");
      }
    }
    out_.line("!");
  }

  void put_session(const NeighbourPolicy& policy, const SessionPolicy& session) {
    out_.line(" neighbor ", session.session.address, "\n  remote-as ", policy.asn);
    if (policy.local_asn != document_.local_asn) out_.line("  local-as ", policy.local_asn, " no-prepend replace-as");
    if (!policy.title.empty()) out_.line("  description ", plain(policy.title));
    if (session.session.local_address) {
      out_.lacks("local-address", Support::unsupported, "IOS XR takes an interface for it (update-source)");
    }
    if (session.session.gtsm) {
      out_.line("  ttl-security");
      out_.has("gtsm");
    }
    if (!session.secret.empty()) put_secret(session);
    out_.line("  address-family ", session.family == Family::ipv4 ? "ipv4" : "ipv6", " unicast");
    out_.line("   route-policy ", policy_name(policy, session.family, false), " in\n   route-policy ",
              policy_name(policy, session.family, true), " out");
    // Adj-RIB-In is judged again when VRPs change (RFC 9324).
    out_.line("   soft-reconfiguration inbound always\n   send-community-ebgp");
    out_.has("adj-rib-in");
    if (session.max_prefix) {
      out_.line("   maximum-prefix ", *session.max_prefix, " 80");
      out_.has("max-prefix");
    }
    out_.line("  !\n !");
  }

  void put_secret(const SessionPolicy& session) {
    const std::string_view what = session.session.tcp_ao ? "tcp-ao" : "md5";
    if (!is_secret(session)) {
      out_.lacks(std::string(what), Support::unsupported,
                 "the secret has characters that XR's command line cannot take");
    } else if (session.session.tcp_ao) {
      out_.line("  ao ", chain_of(session), " include-tcp-options enable");
      out_.lacks("tcp-ao", Support::partial, "key ids 1 and AES-128-CMAC-96 are to be agreed on with the neighbour");
    } else {
      out_.line("  password clear ", session.secret);
      out_.has("md5");
    }
  }

  const Document& document_;
  Output& out_;
  bool blackholes_ = false;
};

}  // namespace

void write_iosxr(const Document& document, Output& out) { XrWriter(document, out).write(); }

}  // namespace fairway::filterconfig
