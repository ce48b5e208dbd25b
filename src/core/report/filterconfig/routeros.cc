// MikroTik RouterOS 7.14, a script for /import
// (https://help.mikrotik.com/docs/spaces/ROS/pages/74678285/Route+Selection+and+Filters). Lists of prefixes are chains
// that accept what is in them and reject the rest, which is also what a chain without rules does; lists of ASNs are
// num-lists.
#include <algorithm>

#include "core/report/filterconfig/rows.h"
#include "core/report/filterconfig/vendor.h"

namespace fairway::filterconfig {

namespace {

constexpr RoleWords kRoles{"ebgp-customer", "ebgp-provider", "ebgp-peer", "ebgp-rs", "ebgp-rs-client"};

class RouterOsWriter {
 public:
  RouterOsWriter(const Document& document, Output& out) : document_(document), out_(out) {}

  void write() {
    put_validators();
    for (const PrefixList& list : document_.prefix_lists) {
      for (const Family family : kFamilies) put_prefixes(list_name(list, family), list.what, list.of(family));
    }
    for (const AsnList& list : document_.asn_lists) put_asns(list);
    for (const NeighbourPolicy& policy : document_.neighbours) {
      for (const Family family : families_of(policy)) {
        put_policy(policy, family, policy.import, false);
        put_policy(policy, family, policy.export_, true);
      }
    }
    for (const NeighbourPolicy& policy : document_.neighbours) {
      unsigned number = 0;
      for (const SessionPolicy& session : policy.sessions) put_session(policy, session, ++number);
    }
  }

 private:
  void put_validators() {
    out_.line("/routing rpki remove [find where group=\"fairway\"]");
    for (const RtrCache& cache : document_.settings.rtr) {
      out_.line("/routing rpki add group=\"fairway\" address=", cache.address, " port=", std::uint32_t{cache.port});
    }
  }

  void begin_chain(const std::string& name, std::string_view what) {
    out_.line();
    out_.remark(what);
    out_.line("/routing filter rule remove [find where chain=\"", name, "\"]");
    chain_ = name;
  }
  void rule(std::string_view comment, const auto&... parts) {
    out_.line("/routing filter rule add chain=\"", chain_, "\" comment=\"", comment, "\" rule=\"", parts..., '"');
  }

  void put_prefixes(const std::string& name, std::string_view what, const std::vector<PrefixRange>& ranges) {
    begin_chain(name, plain(what));
    for (const PrefixRange& range : ranges) {
      if (range.exact()) {
        rule("", "if (dst == ", range.prefix, ") { accept }");
      } else {
        rule("", "if (dst in ", range.prefix, " && dst-len in ", range.least, '-', range.most, ") { accept }");
      }
    }
    rule("nothing else", "reject");
  }

  void put_asns(const AsnList& list) {
    out_.line();
    out_.remark(plain(list.what));
    out_.line("/routing filter num-list remove [find where list=\"", list.name, "\"]");
    for (const AsnRange& range : list.ranges) {
      std::string& text = out_.text();
      routerconfig::put(text, "/routing filter num-list add list=\"", list.name, "\" range=", range.first);
      if (range.first != range.last) routerconfig::put(text, '-', range.last);
      text += '\n';
    }
  }

  void put_policy(const NeighbourPolicy& policy, Family family, const std::vector<Clause>& clauses, bool is_export) {
    const std::string name = policy_name(policy, family, is_export);
    for (const Clause& clause : clauses) {
      if (clause.kind == Kind::blackhole) put_pairs(pairs_of(document_, clause), family);
    }
    begin_chain(name, (is_export ? "to AS" : "from AS") + to_string(policy.asn) + " " + plain(policy.title) + ", my " +
                          std::string(to_string(policy.role)));
    for (const Clause& clause : clauses) put_clause(policy, family, clause, is_export);
    rule("nothing else", "reject");
  }

  void put_pairs(const PairList& list, Family family) {
    begin_chain(list.name + "_" + std::string(v4_or_v6(family)), plain(list.what));
    for (const auto& [origin, prefixes] : by_origin(list, family)) {
      for (const PrefixRange& range : prefixes) {
        rule("", "if (dst in ", range.prefix, " && bgp-as-path ", origin, "\\$) { accept }");
      }
    }
    rule("nothing else", "reject");
  }

  void put_clause(const NeighbourPolicy& policy, Family family, const Clause& clause, bool is_export) {
    const std::string mine = to_string(policy.local_asn);
    const std::string_view name = filtering::row_of(clause.kind).name;
    const auto refuse = [&](const std::string& condition) { rule(name, "if (", condition, ") { reject }"); };
    const auto accept = [&](const std::string& condition) { rule(name, "if (", condition, ") { accept }"); };
    const auto listed = [&] { return "chain " + list_name(prefixes_of(document_, clause), family); };
    // A list without numbers cannot be asked.
    const auto any_number = [&] { return !asns_of(document_, clause).ranges.empty(); };
    const auto numbers = [&] { return "[[:" + asns_of(document_, clause).name + ":]]"; };
    const auto large = [&](unsigned number) {
      return "bgp-large-communities includes " + mine + ":3:" + std::to_string(number);
    };
    const std::string blackhole = "bgp-communities includes 65535:666";
    Support support = Support::emitted;
    std::string note;
    const auto lacks = [&](Support how, std::string_view why) {
      support = how;
      note = why;
      out_.remark(name, how == Support::partial ? " is partly here: " : " is not here: ", why);
    };
    switch (clause.kind) {
      case Kind::scrub: rule(name, "delete bgp-large-communities regexp \\\"^", mine, ":3:[0-9]+\\$\\\""); break;
      case Kind::first_as: refuse("not bgp-as-path ^" + to_string(policy.asn)); break;
      case Kind::next_hop: {
        std::string hops;
        for (const IpAddress& address : addresses_of(policy, family))
          hops += (hops.empty() ? "" : " || ") + ("gw == " + to_string(address));
        if (!hops.empty()) refuse("not (" + hops + ")");
        break;
      }
      case Kind::path_length: refuse("bgp-path-len > " + std::to_string(clause.number)); break;
      case Kind::as_set:
        lacks(Support::unsupported, "RouterOS matches paths by their numbers: nothing asks for sets");
        break;
      case Kind::bogon_asn:
      case Kind::transit_free:
      case Kind::never_via_rs:
        if (any_number()) refuse("bgp-as-path " + numbers());
        break;
      case Kind::bogon_prefix:
      case Kind::exchange_lan:
      case Kind::own_prefix: refuse(listed()); break;
      case Kind::prefix_length:
      case Kind::prefix: refuse("not " + listed()); break;
      case Kind::otc: lacks(Support::partial, "the session's role asks for it (RFC 9234); no rule can"); break;
      case Kind::aspa: lacks(Support::unsupported, "RouterOS 7.14 does not verify ASPA"); break;
      case Kind::rov:
        rule(name, "rpki-verify fairway");
        refuse("rpki invalid");
        if (is_export) lacks(Support::partial, "what I originate has no path to be judged by");
        break;
      case Kind::origin:
        if (any_number()) {
          refuse("not bgp-as-path " + numbers() + "\\$");
        } else {
          rule(name, "reject");
        }
        lacks(Support::partial, "how RouterOS matches a path that ends in an AS_SET is not documented");
        break;
      case Kind::blackhole:
        rule(name, "if (", blackhole, " && chain ", pairs_of(document_, clause).name, '_', v4_or_v6(family),
             ") { append bgp-communities no-export; set blackhole yes; accept }");
        break;
      case Kind::graceful_shutdown:
        rule(name, "if (bgp-communities includes graceful-shutdown) { set bgp-local-pref 0 }");
        break;
      case Kind::learned_from: rule(name, "append bgp-large-communities ", mine, ":3:", clause.number); break;
      case Kind::no_blackhole: refuse(blackhole); break;
      case Kind::no_export_export: rule(name, "if (", blackhole, ") { append bgp-communities no-export }"); break;
      case Kind::control: lacks(Support::unsupported, "documents of route servers are not written for RouterOS"); break;
      case Kind::own: accept("bgp-network && " + listed()); break;
      case Kind::customer: accept(large(2) + " && " + listed()); break;
      case Kind::known: accept(large(2) + " || " + large(3) + " || " + large(4)); break;
      case Kind::accepted: rule(name, "accept"); break;
      case Kind::nothing_else: rule(name, "reject"); break;
    }
    out_.lacks(word_of(clause.kind, is_export), support, note);
  }

  void put_session(const NeighbourPolicy& policy, const SessionPolicy& session, unsigned number) {
    const bool v4 = session.family == Family::ipv4;
    const std::string_view role = local_role(policy.role, kRoles);
    out_.line("\n/routing bgp connection remove [find where name=\"", policy.name, '_', number, "\"]");
    std::string& text = out_.text();
    routerconfig::put(text, "/routing bgp connection add name=\"", policy.name, '_', number, "\" as=", policy.local_asn,
                      " remote.address=", session.session.address, " remote.as=", policy.asn,
                      " local.role=", role.empty() ? "ebgp" : role, " address-families=", v4 ? "ip" : "ipv6",
                      " input.filter=", policy_name(policy, session.family, false),
                      " output.filter-chain=", policy_name(policy, session.family, true));
    if (!role.empty()) out_.has("role");
    if (!policy.title.empty()) routerconfig::put(text, " comment=\"", plain(policy.title), '"');
    if (session.session.local_address) routerconfig::put(text, " local.address=", *session.session.local_address);
    if (session.session.gtsm) {
      routerconfig::put(text, " local.ttl=255 remote.ttl=255");
      out_.lacks("gtsm", Support::partial,
                 "packets leave with TTL 255; what comes in with less is only dropped by a rule of /ip firewall");
    }
    if (!session.secret.empty()) put_secret(session, text);
    if (session.max_prefix) {
      routerconfig::put(
          text, v4 ? " input.limit-process-routes-ipv4=" : " input.limit-process-routes-ipv6=", *session.max_prefix);
      out_.lacks("max-prefix", Support::partial,
                 "RouterOS stops taking routes at about the limit, and the session stays up");
    }
    text += '\n';
    // Refused routes are kept as "filtered".
    out_.lacks("adj-rib-in", Support::partial,
               "refused routes are kept; that they are judged again when VRPs change is not documented");
  }

  void put_secret(const SessionPolicy& session, std::string& text) {
    if (session.session.tcp_ao) {
      out_.lacks("tcp-ao", Support::unsupported, "RouterOS 7.14 has TCP MD5 alone; the session is not protected");
    } else if (!is_writable(session.secret, "\"\\$?")) {
      out_.lacks("md5", Support::unsupported, "the secret has characters that scripts read as their own");
    } else {
      routerconfig::put(text, " tcp-md5-key=\"", session.secret, '"');
      out_.has("md5");
    }
  }

  const Document& document_;
  Output& out_;
  std::string chain_;  // being written
};

}  // namespace

void write_routeros(const Document& document, Output& out) { RouterOsWriter(document, out).write(); }

}  // namespace fairway::filterconfig
