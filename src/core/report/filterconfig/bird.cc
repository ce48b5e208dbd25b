// BIRD 2.0.12 (https://bird.network.cz/?get_doc&f=bird.html&v=20): a file to be included. Prefix sets are defined by
// family, one filter for each neighbour, family and direction. The pairs of prefix and origin that a blackhole route is
// held against stand in a ROA table of the neighbour's own, for that is what such a table asks.
#include <algorithm>

#include "core/report/filterconfig/rows.h"

namespace fairway::filterconfig {

namespace {

using filtering::AsnRange;
using filtering::PairList;
using filtering::PrefixList;

constexpr RoleWords kRoles{"customer", "provider", "peer", "rs_server", "rs_client"};

class BirdWriter {
 public:
  BirdWriter(const Document& document, Output& out) : document_(document), out_(out) {}

  void write() {
    for (const PrefixList& list : document_.prefix_lists) put_prefixes(list);
    for (const filtering::AsnList& list : document_.asn_lists) put_asns(list);
    put_validators();
    if (document_.route_server) {
      out_.line("ipv4 table fw_rs4 sorted;\nipv6 table fw_rs6 sorted;");
    }
    for (const NeighbourPolicy& policy : document_.neighbours) put_neighbour(policy);
  }

 private:
  static std::string set_name(const PrefixList& list, Family family) {
    return list.name + "_" + std::string(v4_or_v6(family));
  }

  // BIRD has no empty sets: what asks one is written without it (see in_set).
  void put_prefixes(const PrefixList& list) {
    for (const Family family : kFamilies) {
      const auto& ranges = list.of(family);
      if (ranges.empty()) continue;
      out_.line();
      out_.remark(list.what);
      out_.line("define ", set_name(list, family), " = [");
      for (const PrefixRange& range : ranges) {
        std::string& text = out_.text();
        routerconfig::put(text, "  ", range.prefix);
        if (!range.exact()) routerconfig::put(text, '{', range.least, ',', range.most, '}');
        text += &range == &ranges.back() ? "\n" : ",\n";
      }
      out_.line("];");
    }
  }

  void put_asns(const filtering::AsnList& list) {
    if (list.ranges.empty()) return;
    out_.line();
    out_.remark(list.what);
    std::string& text = out_.text();
    routerconfig::put(text, "define ", list.name, " = [");
    unsigned column = 0;
    for (const AsnRange& range : list.ranges) {
      routerconfig::put(text, column++ % 10 == 0 ? "\n  " : " ", range.first);
      if (range.last != range.first) routerconfig::put(text, "..", range.last);
      if (&range != &list.ranges.back()) text += ',';
    }
    text += "\n];\n";
  }

  void put_validators() {
    out_.line("\nroa4 table fw_roa4;\nroa6 table fw_roa6;");
    unsigned number = 0;
    for (const RtrCache& cache : document_.settings.rtr) {
      out_.line("protocol rpki fw_rpki_", ++number,
                " {\n  roa4 { table fw_roa4; };\n  roa6 { table fw_roa6; };\n  remote ", cache.address, " port ",
                std::uint32_t{cache.port}, ";\n}");
    }
  }

  void put_pairs(const PairList& list, Family family) {
    const std::string name = list.name + "_" + std::string(v4_or_v6(family));
    const std::string_view roa = family == Family::ipv4 ? "roa4" : "roa6";
    out_.line();
    out_.remark(list.what);
    out_.line(roa, " table ", name, ";\nprotocol static {\n  ", roa, " { table ", name, "; };");
    for (const PairList::Pair& pair : list.pairs) {
      if (pair.prefix.family() != family) continue;
      out_.line("  route ", pair.prefix, " max ", address_bits(family), " as ", pair.origin, ";");
    }
    out_.line("}");
  }

  void put_neighbour(const NeighbourPolicy& policy) {
    for (const Family family : families_of(policy)) {
      for (const Clause& clause : policy.import) {
        if (clause.kind == Kind::blackhole) put_pairs(pairs_of(document_, clause), family);
      }
      put_filter(policy, family, policy.import, false);
      put_filter(policy, family, policy.export_, true);
    }
    unsigned number = 0;
    for (const SessionPolicy& session : policy.sessions) put_session(policy, session, ++number);
  }

  static std::string filter_name(const NeighbourPolicy& policy, Family family, bool is_export) {
    return policy.name + (is_export ? "_EXPORT_" : "_IMPORT_") + std::string(v4_or_v6(family));
  }

  void put_filter(const NeighbourPolicy& policy, Family family, const std::vector<Clause>& clauses, bool is_export) {
    out_.line();
    out_.remark(is_export ? "to AS" : "from AS", policy.asn, policy.title.empty() ? "" : " ", policy.title, ", my ",
                to_string(policy.role));
    out_.line("filter ", filter_name(policy, family, is_export), " {");
    for (const Clause& clause : clauses) {
      out_.line("  # ", filtering::row_of(clause.kind).name);
      put_clause(policy, family, clause, is_export);
    }
    out_.line("}");
  }

  // An expression that is true of prefixes in the list.
  std::string in_set(const Clause& clause, Family family) const {
    const PrefixList& list = prefixes_of(document_, clause);
    return list.of(family).empty() ? "false" : "net ~ " + set_name(list, family);
  }
  std::string touches(const Clause& clause) const {
    const filtering::AsnList& list = asns_of(document_, clause);
    return list.ranges.empty() ? "false" : "bgp_path ~ " + list.name;
  }

  void refuse_if(const std::string& condition, Kind kind, const NeighbourPolicy& policy) {
    const unsigned reason = filtering::row_of(kind).euro_ix;
    if (policy.role == Role::rs_client && reason != 0) {
      out_.line("  if ", condition, " then {\n    bgp_large_community.add((", policy.local_asn, ", 1101, ", reason,
                "));\n    reject;\n  }");
    } else {
      out_.line("  if ", condition, " then reject;");
    }
  }

  void put_clause(const NeighbourPolicy& policy, Family family, const Clause& clause, bool is_export) {
    const std::string mine = to_string(policy.local_asn);
    const std::string roa = family == Family::ipv4 ? "fw_roa4" : "fw_roa6";
    const Kind kind = clause.kind;
    const auto refuse = [&](const std::string& condition) { refuse_if(condition, kind, policy); };
    Support support = Support::emitted;
    std::string note;
    switch (kind) {
      case Kind::scrub: out_.line("  bgp_large_community.delete([(", mine, ", 3, *)]);"); break;
      case Kind::first_as: refuse("bgp_path.first != " + to_string(policy.asn)); break;
      case Kind::next_hop: {
        std::string addresses;
        for (const SessionPolicy& session : policy.sessions) {
          if (session.family != family) continue;
          addresses += (addresses.empty() ? "" : ", ") + to_string(session.session.address);
        }
        if (!addresses.empty()) refuse("!(bgp_next_hop ~ [" + addresses + "])");
        break;
      }
      case Kind::path_length: refuse("bgp_path.len > " + std::to_string(clause.number)); break;
      case Kind::as_set:
        // `last` of a path that ends in a set is 0.
        refuse("bgp_path.len > 0 && bgp_path.last = 0");
        support = Support::partial;
        note = "BIRD's filters see a set at the end of a path alone, which is where aggregation puts it";
        break;
      case Kind::bogon_asn:
      case Kind::transit_free:
      case Kind::never_via_rs: refuse(touches(clause)); break;
      case Kind::bogon_prefix:
      case Kind::exchange_lan:
      case Kind::own_prefix: refuse(in_set(clause, family)); break;
      case Kind::prefix_length:
      case Kind::prefix: refuse("!(" + in_set(clause, family) + ")"); break;
      case Kind::otc:
        refuse(policy.role == Role::peer ? "defined(bgp_otc) && bgp_otc != " + to_string(policy.asn)
                                         : std::string("defined(bgp_otc)"));
        break;
      case Kind::aspa:
        support = Support::unsupported;
        note = "BIRD verifies ASPA from 2.16 on";
        out_.line("  # not here: ", note);
        break;
      case Kind::rov:
        if (is_export && policy.role != Role::rs_client) {
          out_.line("  if bgp_path.len = 0 then {\n    if roa_check(", roa, ", net, ", mine,
                    ") = ROA_INVALID then reject;\n  } else if roa_check(", roa,
                    ", net, bgp_path.last) = ROA_INVALID then reject;");
        } else {
          refuse("roa_check(" + roa + ", net, bgp_path.last) = ROA_INVALID");
        }
        break;
      case Kind::origin: {
        const filtering::AsnList& list = asns_of(document_, clause);
        refuse(list.ranges.empty() ? "true" : "!(bgp_path.last ~ " + list.name + ")");
        break;
      }
      case Kind::blackhole:
        out_.line("  if (65535, 666) ~ bgp_community && roa_check(", pairs_of(document_, clause).name, "_",
                  v4_or_v6(family), ", net, bgp_path.last) = ROA_VALID then {");
        if (policy.role == Role::rs_client) {
          out_.line("    bgp_next_hop = ",
                    family == Family::ipv4 ? document_.settings.blackhole4 : document_.settings.blackhole6, ";");
        } else {
          out_.line("    dest = RTD_BLACKHOLE;\n    bgp_community.add((65535, 65281));");
        }
        out_.line("    accept;\n  }");
        break;
      case Kind::graceful_shutdown: out_.line("  if (65535, 0) ~ bgp_community then bgp_local_pref = 0;"); break;
      case Kind::learned_from: out_.line("  bgp_large_community.add((", mine, ", 3, ", clause.number, "));"); break;
      case Kind::no_blackhole: refuse("(65535, 666) ~ bgp_community"); break;
      case Kind::no_export_export:
        out_.line("  if (65535, 666) ~ bgp_community then bgp_community.add((65535, 65281));");
        break;
      case Kind::control: put_control(policy); break;
      case Kind::own: out_.line("  if bgp_path.len = 0 && ", in_set(clause, family), " then accept;"); break;
      case Kind::customer:
        out_.line("  if (", mine, ", 3, 2) ~ bgp_large_community && ", in_set(clause, family), " then accept;");
        break;
      case Kind::known: out_.line("  if bgp_large_community ~ [(", mine, ", 3, 2..4)] then accept;"); break;
      case Kind::accepted: out_.line("  accept;"); break;
      case Kind::nothing_else: out_.line("  reject;"); break;
    }
    out_.lacks(word_of(kind, is_export), support, note);
  }

  void put_control(const NeighbourPolicy& policy) {
    const std::string rs = to_string(policy.local_asn), client = to_string(policy.asn);
    const bool two_octets = policy.asn.value <= 0xFFFF;
    const std::string both = "bgp_large_community";
    out_.line("  if (", rs, ", 0, ", client, ") ~ ", both, " then reject;");
    if (two_octets) out_.line("  if (0, ", client, ") ~ bgp_community then reject;");
    std::string wanted = "(" + rs + ", 1, " + client + ") ~ " + both;
    if (two_octets && policy.local_asn.value <= 0xFFFF) wanted += " || (" + rs + ", " + client + ") ~ bgp_community";
    std::string nobody = "(" + rs + ", 0, 0) ~ " + both;
    if (policy.local_asn.value <= 0xFFFF) nobody += " || (0, " + rs + ") ~ bgp_community";
    out_.line("  if (", nobody, ") && !(", wanted, ") then reject;");
  }

  void put_session(const NeighbourPolicy& policy, const SessionPolicy& session, unsigned number) {
    const bool client = policy.role == Role::rs_client;
    const std::string name = policy.name + "_" + std::to_string(number);
    out_.line("\nprotocol bgp ", name, " {");
    if (!policy.title.empty()) out_.line("  description \"", quoted(policy.title), "\";");
    if (session.session.local_address) {
      out_.line("  local ", *session.session.local_address, " as ", policy.local_asn, ";");
    } else {
      out_.line("  local as ", policy.local_asn, ";");
    }
    out_.line("  neighbor ", session.session.address, " as ", policy.asn, ";");
    if (client) out_.line("  rs client;\n  interpret communities off;");  // NO_EXPORT is meant for the others
    if (const std::string_view role = local_role(policy.role, kRoles); !role.empty()) {
      out_.line("  local role ", role, ";");
      out_.has("role");
    }
    if (session.session.gtsm) {
      out_.line("  ttl security on;");
      out_.has("gtsm");
    }
    put_secret(session);
    out_.line("  ", session.family == Family::ipv4 ? "ipv4" : "ipv6", " {");
    if (client) out_.line("    table ", session.family == Family::ipv4 ? "fw_rs4" : "fw_rs6", ";\n    secondary;");
    out_.line("    import table on;\n    import keep filtered;");  // judged again when VRPs change (RFC 9324)
    out_.has("adj-rib-in");
    if (session.max_prefix) {
      out_.line("    receive limit ", *session.max_prefix, " action disable;  # ", session.max_prefix_from);
      out_.has("max-prefix");
    }
    out_.line("    import filter ", filter_name(policy, session.family, false), ";");
    out_.line("    export filter ", filter_name(policy, session.family, true), ";");
    out_.line("  };\n}");
  }

  void put_secret(const SessionPolicy& session) {
    if (session.secret.empty()) return;
    if (session.session.tcp_ao) {
      out_.lacks("tcp-ao", Support::unsupported, "BIRD has TCP-AO from 3.1 on; the session is not protected");
      out_.remark("  not here: TCP-AO");
      return;
    }
    out_.line("  password \"", quoted(session.secret), "\";");
    out_.has("md5");
  }

  // BIRD's strings have no escapes: what would end one is left out.
  static std::string quoted(std::string text) {
    std::erase_if(text, [](char c) { return c == '"' || static_cast<unsigned char>(c) < ' '; });
    return text;
  }

  const Document& document_;
  Output& out_;
};

}  // namespace

void write_bird(const Document& document, Output& out) { BirdWriter(document, out).write(); }

}  // namespace fairway::filterconfig
