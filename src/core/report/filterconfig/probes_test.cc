// Routes that probe the document of document_for_tests.h, and what its meaning (filtering/evaluate.h) is for each of
// them: tests/golden/filterconfig/probes.tsv, which tests/interop holds daemons against. FAIRWAY_WRITE_GOLDEN=1 writes
// it.
//
//   vrp PREFIX MAX-LENGTH ASN
//   own PREFIX                                  originated here
//   import NEIGHBOUR PREFIX PATH NEXT-HOP COMMUNITIES LARGE KEEP accepted|refused CLAUSE
//   export NEIGHBOUR PREFIX sent|held CLAUSE    of my own prefixes and of the accepted rows that are kept
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "core/actions/filtering/evaluate.h"
#include "core/report/filterconfig/document_for_tests.h"

namespace fairway::filterconfig {
namespace {

using filtering::Decision;
using filtering::NeighbourPolicy;

struct Vrp {
  Prefix prefix;
  unsigned most;
  Asn asn;
};

struct Row {
  std::string neighbour, communities, large;
  Probe route;
  bool keep;
};

class Probes {
 public:
  Probes() : document_(every_clause()) {
    for (const auto& [prefix, most, asn] : {std::tuple{"203.0.112.0/24", 24u, 64505u},
                                            std::tuple{"198.51.16.0/20", 22u, 64503u},
                                            {"192.0.2.0/24", 24u, 64500u}}) {
      vrps_.push_back({*parse_prefix(prefix), most, Asn{asn}});
    }
    around_the_list();
    by_path();
    by_next_hop_and_community();
    of_the_peers();
    of_the_strict_peer();
    to_keep();
  }

  std::string text() const {
    std::string out;
    for (const Vrp& vrp : vrps_) {
      out += "vrp\t" + to_string(vrp.prefix) + "\t" + std::to_string(vrp.most) + "\t" + to_string(vrp.asn) + "\n";
    }
    const char* const mine[] = {"192.0.2.0/24", "192.0.2.128/25", "203.0.114.0/24", "2001:db8::/32"};
    for (const char* prefix : mine) out += std::string("own\t") + prefix + "\n";
    std::vector<Probe> table;
    for (const char* prefix : mine) {
      table.push_back({.prefix = *parse_prefix(prefix),
                       .path = {},
                       .next_hop = {},
                       .communities = {},
                       .large_communities = {},
                       .otc = {}});
    }
    for (const Row& row : rows_) {
      const NeighbourPolicy& policy = neighbour(row.neighbour);
      const Decision decision = import_route(document_, policy, row.route);
      out += "import\t" + row.neighbour + "\t" + to_string(row.route.prefix) + "\t" + to_string(row.route.path) + "\t" +
             to_string(*row.route.next_hop) + "\t" + row.communities + "\t" + row.large + "\t" +
             (row.keep ? "keep" : "") + "\t" + (decision.accepted ? "accepted" : "refused") + "\t" +
             clause(policy.import, decision) + "\n";
      if (!decision.accepted || !row.keep) continue;
      Probe learned = row.route;
      learned.communities = decision.communities;
      learned.large_communities = decision.large_communities;
      table.push_back(std::move(learned));
    }
    for (const NeighbourPolicy& policy : document_.neighbours) {
      for (Probe& route : table) {
        const bool carried = std::ranges::any_of(policy.sessions, [&](const filtering::SessionPolicy& session) {
          return session.family == route.prefix.family();
        });
        if (!carried || route.path.contains(policy.asn)) continue;
        route.origin = rov(route.prefix, route.path.empty() ? policy.local_asn : route.path.asns().back());
        const Decision decision = export_route(document_, policy, route);
        out += "export\t" + policy.name + "\t" + to_string(route.prefix) + "\t" +
               (decision.accepted ? "sent" : "held") + "\t" + clause(policy.export_, decision) + "\n";
      }
    }
    return out;
  }

 private:
  const NeighbourPolicy& neighbour(const std::string& name) const {
    return *std::ranges::find(document_.neighbours, name, &NeighbourPolicy::name);
  }
  static std::string clause(const std::vector<filtering::Clause>& clauses, const Decision& decision) {
    if (decision.clause == filtering::kNone) return "-";
    return std::string(filtering::row_of(clauses[decision.clause].kind).name);
  }

  Validation rov(const Prefix& prefix, Asn origin) const {
    Validation verdict = Validation::unknown;
    for (const Vrp& vrp : vrps_) {
      if (!vrp.prefix.covers(prefix)) continue;
      if (vrp.asn == origin && prefix.length() <= vrp.most) return Validation::valid;
      verdict = Validation::invalid;
    }
    return verdict;
  }

  void add(const std::string& from, const std::string& prefix, const std::string& path, std::string communities = "",
           std::string large = "", std::string next_hop = "", bool keep = false) {
    Row row{from, std::move(communities), std::move(large), {}, keep};
    row.route.prefix = *parse_prefix(prefix);
    row.route.path = *parse_as_path(path);
    if (next_hop.empty()) {
      for (const filtering::SessionPolicy& session : neighbour(from).sessions) {
        if (session.family != row.route.prefix.family() || !next_hop.empty()) continue;
        next_hop = to_string(session.session.address);
      }
    }
    row.route.next_hop = *parse_ip(next_hop);
    if (!row.communities.empty()) row.route.communities = {*parse_community(row.communities)};
    if (!row.large.empty()) row.route.large_communities = {*parse_large_community(row.large)};
    const PathOrigin origin = row.route.path.origin();
    row.route.origin = origin.kind == PathOrigin::Kind::as ? rov(row.route.prefix, origin.asn) : Validation::unknown;
    rows_.push_back(std::move(row));
  }

  // Every entry of the customer's list one bit shorter, at its shortest, at its longest, one longer, and its sibling.
  void around_the_list() {
    for (const PrefixRange& range : document_.prefix_lists[6].ranges[0]) {
      const Prefix& block = range.prefix;
      const auto of_length = [&](unsigned length) { return Prefix(block.family(), block.high(), block.low(), length); };
      std::vector<Prefix> prefixes{block.parent(block.length() - 1)};
      for (const unsigned length : {range.least - 1u, unsigned{range.least}, unsigned{range.most}, range.most + 1u}) {
        prefixes.push_back(of_length(length));
      }
      const std::uint64_t last_bit = std::uint64_t{1} << (64 - block.length());
      prefixes.push_back(Prefix(block.family(), block.high() ^ last_bit, 0, block.length()));
      std::ranges::sort(prefixes);
      prefixes.erase(std::ranges::unique(prefixes).begin(), prefixes.end());
      for (const Prefix& prefix : prefixes) add("AS64510", to_string(prefix), "64510");
    }
  }

  void by_path() {
    const char* const paths[] = {"64503",                // another AS in front
                                 "64510 64503",          // allowed
                                 "64510 64511",          // the end of a range of origins
                                 "64510 64505",          // no origin of it
                                 "64510 {64503}",        // a set at the end
                                 "64510 {64503} 64510",  // a set in the middle
                                 "64510 64512 64510",    // an ASN that nobody may use
                                 "64510 65534 64510",    // the last one of them
                                 "64510 65535 64510",    // none of them, in this document
                                 "64510 0 64510",        // AS 0
                                 "64510 174 64510",      // who buys no transit
                                 "64510 1740 64510",
                                 "64510 17 64510",
                                 "64510 64503 64503 64503"};
    unsigned third = 0;
    for (const char* path : paths) {
      add("AS64510", "198.51." + std::to_string(32 + 16 * (third++ % 4)) + ".0/20", path);
    }
    std::string longest = "64510";
    for (unsigned i = 0; i < 63; ++i) longest += " 64510";
    add("AS64510", "198.51.128.0/20", longest);
    add("AS64510", "198.51.144.0/20", longest + " 64510");
    // Judged by its VRP.
    add("AS64510", "198.51.16.0/20", "64510 64503");
    add("AS64510", "198.51.16.0/20", "64510");
    add("AS64510", "198.51.16.0/21", "64510 64510");
    // Bogons, an exchange's LAN, my own, too short and too long, and all of IPv6, of which the list has nothing.
    for (const char* prefix : {"10.1.0.0/16", "127.0.0.1/32", "192.168.0.0/16", "192.168.1.0/24", "80.81.192.0/21",
                               "192.0.2.0/24", "192.0.2.1/32", "0.0.0.0/0", "198.0.0.0/7", "198.51.100.0/25",
                               "2001:db8::/32", "2001:db8:100::/40", "fc00::/7", "::/0"}) {
      add("AS64510", prefix, "64510");
    }
  }

  void by_next_hop_and_community() {
    add("AS64510", "198.51.32.0/20", "64510", "", "", "203.0.113.2");
    add("AS64510", "198.51.48.0/20", "64510", "", "", "203.0.113.3");
    add("AS64510", "198.51.32.0/20", "64510", "65535:0");
    add("AS64510", "198.51.48.0/20", "64510", "", "64500:3:3");
    for (const char* prefix : {"198.51.100.7/32", "198.51.100.0/24", "198.51.101.7/32", "198.51.96.0/20"}) {
      for (const char* path : {"64510", "64510 64503", "64510 64511", "64510 64505"}) {
        add("AS64510", prefix, path, "65535:666");
      }
    }
    add("AS64510", "198.51.100.8/32", "64510", "65535:666", "", "203.0.113.3");
    add("AS64510", "198.51.100.9/32", "64510 174 64510", "65535:666");
  }

  void of_the_peers() {
    add("AS64501", "203.0.115.0/24", "64501");
    add("AS64504", "203.0.116.0/24", "64504");
    add("AS64504", "203.0.117.0/24", "64501 64504");
    add("AS64504", "2a00:1::/32", "64504 64496");
    add("AS64504", "2a00:2::/32", "64504", "", "", "2001:db8:ffff::1");
  }

  // Nothing but the clause that is probed speaks against these.
  void of_the_strict_peer() {
    const char* const paths[] = {"64505 64496",
                                 "64496 64505",
                                 "64505 64505 64505 64505 64505",
                                 "64505 {64496}",
                                 "64505 64505 64505 64505 64505 64505",
                                 "64505 0",
                                 "64505 64512",
                                 "64505 64513 64505",
                                 "64505 3356",
                                 "64505 33560"};
    unsigned number = 0;
    for (const char* path : paths) {
      add("AS64505", "203.0." + std::to_string(124 + number) + ".0/24", path);
      add("AS64505", "2a00:1" + std::to_string(number++) + "::/32", path);
    }
    for (const char* prefix :
         {"10.0.0.0/8", "10.0.0.0/24", "11.0.0.0/8", "80.81.192.0/24", "80.81.200.0/24", "192.0.2.0/24", "192.0.3.0/24",
          "203.0.124.0/24", "203.0.124.0/25", "12.0.0.0/7", "203.0.112.0/24", "fc00::/12", "2001:db8:1::/48",
          "2001:db9:1::/48", "2a00:1:2:3::/64", "2a00::/11", "2a00::/12"}) {
      add("AS64505", prefix, "64505");
    }
    add("AS64505", "203.0.112.0/24", "64505 64496");
    add("AS64505", "203.0.124.0/24", "64505", "65535:0");
    add("AS64505", "2a00:9::/32", "64505", "65535:0");
    add("AS64505", "203.0.124.0/24", "64505", "", "64500:3:2");
    add("AS64505", "2a00:9::/32", "64505", "", "64500:3:2");
    add("AS64505", "203.0.124.0/24", "64505", "", "", "203.0.113.4");
    add("AS64505", "2a00:9::/32", "64505", "", "", "2001:db8:ffff::4");
  }

  void to_keep() {
    const auto keep = [&](const std::string& from, const std::string& prefix, const std::string& path,
                          const std::string& communities = "",
                          const std::string& large = "") { add(from, prefix, path, communities, large, "", true); };
    keep("AS64510", "198.51.160.0/20", "64510");                  // what a customer may announce: to both peers
    keep("AS64510", "198.51.96.0/24", "64510 64503");             // its list has it, the customers' list has not
    keep("AS64510", "198.51.100.66/32", "64510", "65535:666");    // a blackhole
    keep("AS64510", "198.51.100.0/24", "64510", "65535:666");     // one that the customers' list has
    keep("AS64510", "198.51.176.0/20", "64510", "65535:0");       // about to go
    keep("AS64504", "203.0.118.0/24", "64504 64503");             // a peer's: to the customer alone
    keep("AS64504", "203.0.119.0/24", "64504", "", "64500:3:2");  // a peer that says that it is a customer
    keep("AS64504", "203.0.120.0/24", "64504 64513");             // no public ASN
    keep("AS64504", "10.9.0.0/16", "64504");                      // a bogon
    keep("AS64504", "203.0.121.0/24", "64504 {64503}");           // a set
    keep("AS64504", "203.0.122.0/25", "64504");                   // too long
    keep("AS64504", "198.51.16.0/22", "64504");                   // judged invalid
    keep("AS64504", "203.0.123.0/24", "64504", "65535:666");      // a blackhole of a peer
    keep("AS64504", "2a00:3::/32", "64504");
  }

  filtering::Document document_;
  std::vector<Vrp> vrps_;
  std::vector<Row> rows_;
};

TEST(Probes, WhatTheDocumentMeansForEachRoute) {
  const std::string text = Probes().text();
  const std::string path = std::string(FAIRWAY_SOURCE_DIR) + "/tests/golden/filterconfig/probes.tsv";
  if (std::getenv("FAIRWAY_WRITE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  EXPECT_EQ(text, std::string(std::istreambuf_iterator<char>(file), {}));
}

}  // namespace
}  // namespace fairway::filterconfig
