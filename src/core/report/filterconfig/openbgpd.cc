// OpenBGPD 7.7 (bgpd.conf(5)): a file to be included behind `AS` and `router-id`. Nothing passes by default, the last
// rule that matches decides, and `quick` ends the walk; so what refuses is `deny quick`, and what must hold of every
// route stands together in the rules that allow at the end.
#include <algorithm>

#include "core/report/filterconfig/rows.h"

namespace fairway::filterconfig {

namespace {

using filtering::AsnList;
using filtering::AsnRange;
using filtering::PairList;
using filtering::PrefixList;

constexpr RoleWords kRoles{"customer", "provider", "peer", "rs", "rs-client"};

bool is_empty(const PrefixList& list) { return list.ranges[0].empty() && list.ranges[1].empty(); }

class OpenBgpdWriter {
 public:
  OpenBgpdWriter(const Document& document, Output& out) : document_(document), out_(out) {}

  void write() {
    for (const PrefixList& list : document_.prefix_lists) put_prefixes(list);
    for (const AsnList& list : document_.asn_lists) put_asns(list);
    for (const PairList& list : document_.pair_lists) put_pairs(list);
    out_.line();
    for (const RtrCache& cache : document_.settings.rtr) {
      out_.line("rtr ", cache.address, " { port ", std::uint32_t{cache.port}, " }");
    }
    out_.line("reject as-set yes");
    if (document_.route_server) out_.line("rde evaluate all");
    for (const NeighbourPolicy& policy : document_.neighbours) {
      for (const SessionPolicy& session : policy.sessions) put_session(policy, session);
    }
    for (const NeighbourPolicy& policy : document_.neighbours) {
      put_import(policy);
      put_export(policy);
    }
  }

 private:
  void put_prefixes(const PrefixList& list) {
    out_.line();
    out_.remark(list.what);
    out_.line("prefix-set ", list.name, " {");
    for (const auto& ranges : list.ranges) {
      for (const PrefixRange& range : ranges) {
        std::string& text = out_.text();
        routerconfig::put(text, "\t", range.prefix);
        if (!range.exact()) routerconfig::put(text, " prefixlen ", range.least, " - ", range.most);
        text += '\n';
      }
    }
    out_.line("}");
  }

  // An as-set holds no ranges: a list with any stands in the rules itself (see as_list).
  static bool has_ranges(const AsnList& list) {
    return std::ranges::any_of(list.ranges, [](const AsnRange& r) { return r.last.value - r.first.value > 1000; });
  }
  void put_asns(const AsnList& list) {
    if (list.ranges.empty() || has_ranges(list)) return;
    out_.line();
    out_.remark(list.what);
    std::string& text = out_.text();
    routerconfig::put(text, "as-set ", list.name, " {");
    unsigned column = 0;
    for (const AsnRange& range : list.ranges) {
      for (std::uint64_t asn = range.first.value; asn <= range.last.value; ++asn) {
        routerconfig::put(text, column++ % 10 == 0 ? "\n\t" : " ", Asn{static_cast<std::uint32_t>(asn)});
      }
    }
    text += "\n}\n";
  }
  static std::string as_list(const AsnList& list) {
    if (!has_ranges(list)) return "as-set " + list.name;
    std::string text = "{ ";
    for (const AsnRange& range : list.ranges) {
      if (&range != &list.ranges.front()) text += ", ";
      text += to_string(range.first);
      if (range.last != range.first) text += " - " + to_string(range.last);
    }
    return text + " }";
  }

  void put_pairs(const PairList& list) {
    out_.line();
    out_.remark(list.what);
    out_.line("origin-set ", list.name, " {");
    for (const PairList::Pair& pair : list.pairs) {
      out_.line("\t", pair.prefix, " maxlen ", address_bits(pair.prefix.family()), " source-as ", pair.origin);
    }
    out_.line("}");
  }

  // --- sessions

  static std::string quoted(std::string text) {
    std::erase_if(text, [](char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < ' '; });
    return "\"" + text + "\"";
  }

  void put_session(const NeighbourPolicy& policy, const SessionPolicy& session) {
    const bool server = policy.role == Role::rs_client;
    out_.line("\nneighbor ", session.session.address, " {");
    out_.line("\tremote-as ", policy.asn);
    if (!policy.title.empty()) out_.line("\tdescr ", quoted(policy.title.substr(0, 31)));
    if (session.session.local_address) out_.line("\tlocal-address ", *session.session.local_address);
    if (policy.local_asn != document_.local_asn) out_.line("\tlocal-as ", policy.local_asn);
    out_.line("\tenforce neighbor-as ", policy.role == Role::rs ? "no" : "yes");
    if (const std::string_view role = local_role(policy.role, kRoles); !role.empty()) {
      out_.line("\tannounce policy ", role);
      out_.has("role");
    }
    if (server) out_.line("\ttransparent-as yes");
    if (session.session.gtsm) {
      out_.line("\tttl-security yes");
      out_.has("gtsm");
    }
    if (!session.secret.empty() && session.session.tcp_ao) {
      out_.lacks("tcp-ao", Support::unsupported, "OpenBGPD has TCP MD5 alone; the session is not protected");
      out_.remark("\tnot here: TCP-AO");
    } else if (!session.secret.empty()) {
      out_.line("\ttcp md5sig password ", quoted(session.secret));
      out_.has("md5");
    }
    if (session.max_prefix) {
      out_.line("\tmax-prefix ", *session.max_prefix, "  # ", session.max_prefix_from);
      out_.has("max-prefix");
    }
    out_.line("}");
    out_.has("adj-rib-in");  // always kept
  }

  // --- rules

  static std::string peer(const NeighbourPolicy& policy) {
    if (policy.sessions.empty()) return "AS " + to_string(policy.asn);
    std::string addresses;
    for (const SessionPolicy& session : policy.sessions) {
      addresses += (addresses.empty() ? "" : ", ") + to_string(session.session.address);
    }
    return policy.sessions.size() == 1 ? addresses : "{ " + addresses + " }";
  }

  void put_import(const NeighbourPolicy& policy) {
    const std::string from = "from " + peer(policy), mine = to_string(policy.local_asn);
    out_.line();
    out_.remark("from AS", policy.asn, policy.title.empty() ? "" : " ", policy.title, ", my ", to_string(policy.role));
    const PrefixList *prefixes = nullptr, *lengths = nullptr;
    const AsnList* origins = nullptr;
    bool next_hop = false;
    for (const Clause& clause : policy.import) {
      const Kind kind = clause.kind;
      const std::string end = "  # " + std::string(filtering::row_of(kind).name);
      Support support = Support::emitted;
      std::string note;
      switch (kind) {
        case Kind::scrub: out_.line("match ", from, " set { large-community delete ", mine, ":3:* }", end); break;
        case Kind::next_hop: next_hop = true; break;
        case Kind::path_length: out_.line("deny quick ", from, " max-as-len ", clause.number, end); break;
        case Kind::bogon_asn:
        case Kind::transit_free:
        case Kind::never_via_rs:
          if (const AsnList& list = asns_of(document_, clause); !list.ranges.empty()) {
            out_.line("deny quick ", from, " AS ", as_list(list), end);
          }
          break;
        case Kind::bogon_prefix:
        case Kind::exchange_lan:
        case Kind::own_prefix:
          if (const PrefixList& list = prefixes_of(document_, clause); !is_empty(list)) {
            out_.line("deny quick ", from, " prefix-set ", list.name, end);
          }
          break;
        case Kind::aspa:
          support = Support::unsupported;
          note = "OpenBGPD verifies ASPA from 7.8 on";
          break;
        case Kind::rov: out_.line("deny quick ", from, " ovs invalid", end); break;
        case Kind::origin: origins = &asns_of(document_, clause); break;
        case Kind::blackhole: put_blackhole(policy, clause, from, next_hop, origins, end); break;
        case Kind::prefix_length: lengths = &prefixes_of(document_, clause); break;
        case Kind::prefix: prefixes = &prefixes_of(document_, clause); break;
        case Kind::graceful_shutdown:
          out_.line("match ", from, " community GRACEFUL_SHUTDOWN set { localpref 0 }", end);
          break;
        case Kind::learned_from:
          out_.line("match ", from, " set { large-community ", mine, ":3:", clause.number, " }", end);
          break;
        default: break;  // first-as, as-set and otc are of the session; what is accepted follows
      }
      out_.lacks(word_of(kind, false), support, note);
    }
    const bool nothing =
        (prefixes != nullptr && is_empty(*prefixes)) || (origins != nullptr && origins->ranges.empty());
    if (nothing) {
      out_.remark("nothing is known that it may announce: nothing is allowed");
      return;
    }
    for (const std::string& hop : next_hops(policy, next_hop)) {
      const std::string head = "allow " + from + hop + (origins ? " source-as " + as_list(*origins) : std::string());
      const PrefixList* list = prefixes != nullptr ? prefixes : lengths;
      out_.line(head, list != nullptr ? " prefix-set " + list->name : std::string());
    }
    if (policy.role == Role::rs_client) {
      out_.lacks("reject-reasons", Support::unsupported, "the reason of a refusal is not told as a community");
    }
  }

  // What is asked of the next hop: each of the neighbour's addresses in turn. It goes with the prefixes of its family.
  static std::vector<std::string> next_hops(const NeighbourPolicy& policy, bool asked) {
    if (!asked) return {""};
    std::vector<std::string> hops;
    for (const SessionPolicy& session : policy.sessions) {
      hops.push_back(" nexthop " + to_string(session.session.address));
    }
    return hops;
  }

  void put_blackhole(const NeighbourPolicy& policy, const Clause& clause, const std::string& from, bool next_hop,
                     const AsnList* origins, const std::string& end) {
    std::string action = "community NO_EXPORT nexthop blackhole";
    for (const std::string& hop : next_hops(policy, next_hop)) {
      const bool ipv6 = hop.find(':') != std::string::npos;
      if (policy.role == Role::rs_client) {
        action = "nexthop " + to_string(ipv6 ? document_.settings.blackhole6 : document_.settings.blackhole4);
      }
      out_.line("allow quick ", from, hop, origins ? " source-as " + as_list(*origins) : std::string(),
                " community BLACKHOLE origin-set ", pairs_of(document_, clause).name, " set { ", action, " }", end);
    }
  }

  void put_export(const NeighbourPolicy& policy) {
    const std::string to = "to " + peer(policy), mine = to_string(policy.local_asn);
    out_.line();
    out_.remark("to AS", policy.asn);
    for (const Clause& clause : policy.export_) {
      const Kind kind = clause.kind;
      const std::string end = "  # " + std::string(filtering::row_of(kind).name);
      switch (kind) {
        case Kind::no_blackhole: out_.line("deny quick ", to, " community BLACKHOLE", end); break;
        case Kind::no_export_export:
          out_.line("match ", to, " community BLACKHOLE set { community NO_EXPORT }", end);
          break;
        case Kind::bogon_asn:
        case Kind::transit_free: out_.line("deny quick ", to, " AS ", as_list(asns_of(document_, clause)), end); break;
        case Kind::bogon_prefix:
          out_.line("deny quick ", to, " prefix-set ", prefixes_of(document_, clause).name, end);
          break;
        case Kind::prefix_length: put_outside(prefixes_of(document_, clause), to, end); break;
        case Kind::rov: out_.line("deny quick ", to, " ovs invalid", end); break;
        case Kind::control: put_control(policy, to, end); break;
        case Kind::own:
          if (const PrefixList& own = prefixes_of(document_, clause); !is_empty(own)) {
            out_.line("allow ", to, " prefix-set ", own.name, end);
            out_.line("deny ", to, " max-as-len 0");  // unless somebody else originates it
          }
          break;
        case Kind::customer:
          if (const PrefixList& list = prefixes_of(document_, clause); !is_empty(list)) {
            out_.line("allow ", to, " prefix-set ", list.name, " large-community ", mine, ":3:2", end);
          }
          break;
        case Kind::known:
          for (const char relation : {'2', '3', '4'}) {
            out_.line("allow ", to, " large-community ", mine, ":3:", relation, end);
          }
          break;
        case Kind::accepted: out_.line("allow ", to, end); break;
        default: break;  // as-set: refused when it came; nothing-else: the default
      }
      out_.has(word_of(kind, true));
    }
  }

  // What is shorter or longer than the lengths of the list, which has one range a family.
  void put_outside(const PrefixList& lengths, const std::string& to, const std::string& end) {
    for (const auto& ranges : lengths.ranges) {
      for (const PrefixRange& range : ranges) {
        const std::string head = "deny quick " + to + (range.prefix.family() == Family::ipv4 ? " inet" : " inet6");
        if (range.least > 0) out_.line(head, " prefixlen < ", range.least, end);
        out_.line(head, " prefixlen > ", range.most, end);
      }
    }
  }

  void put_control(const NeighbourPolicy& policy, const std::string& to, const std::string& end) {
    const std::string rs = to_string(policy.local_asn), client = to_string(policy.asn);
    const bool small_client = policy.asn.value <= 0xFFFF, small_server = policy.local_asn.value <= 0xFFFF;
    out_.line("deny quick ", to, " large-community ", rs, ":0:", client, end);
    if (small_client) out_.line("deny quick ", to, " community 0:", client, end);
    out_.line("allow quick ", to, " large-community ", rs, ":1:", client, end);
    if (small_client && small_server) out_.line("allow quick ", to, " community ", rs, ":", client, end);
    out_.line("deny quick ", to, " large-community ", rs, ":0:0", end);
    if (small_server) out_.line("deny quick ", to, " community 0:", rs, end);
  }

  const Document& document_;
  Output& out_;
};

}  // namespace

void write_openbgpd(const Document& document, Output& out) { OpenBgpdWriter(document, out).write(); }

}  // namespace fairway::filterconfig
