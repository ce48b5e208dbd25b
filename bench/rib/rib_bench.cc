// uses: core/rib shell/feed core/model base
//
// What a route costs in memory, and how fast routes come and go: 30 full feeds over the prefixes of a real table (or
// generated ones where FAIRWAY_TEST_DATA is not set), each with its own paths. In the RIB of route-views.jinx of
// 2014-05-30 15.9 % of the routes' attribute sets and 14.3 % of their paths are distinct; the feeds here have at least
// that. Every figure is of this process: the RIB's own count beside what the kernel says the process grew by. The
// routes are read back and checked before anything is printed.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/text.h"
#include "bench/measure.h"
#include "core/rib/rib.h"
#include "shell/feed/source.h"

namespace {

using namespace fairway;
using bench::at_most, bench::row, bench::seconds_since;

struct Pair {
  Prefix prefix;
  Asn origin;
};

constexpr unsigned kFeeds = 30;
constexpr std::uint32_t kRoutesASet = 8;  // at most, of one origin
constexpr double kLeastShare = 0.159;

std::vector<Pair> table() {
  std::vector<Pair> pairs;
  if (const char* data = std::getenv("FAIRWAY_TEST_DATA")) {
    const Buffer file =
        bench::expect(read_all(std::string(data) + "/registry/prefix_origin_fulltable_20260619.tsv.gz"));
    std::string_view text = as_text(file.bytes());
    while (!text.empty()) {
      std::string_view line = cut(text, '\n');
      const auto prefix = parse_prefix(cut(line, '\t'));
      const auto origin = parse_asn(cut(line, '\t'));
      if (prefix && origin && (pairs.empty() || pairs.back().prefix != *prefix)) pairs.push_back({*prefix, *origin});
    }
    std::printf("prefixes: %zu of the real table of 2026-06-19\n", pairs.size());
    return pairs;
  }
  for (std::uint32_t i = 0; i < 1'180'000; ++i)
    pairs.push_back({Prefix(IpAddress::ipv4((i + 0x10000) << 8), 24), Asn{i / 17 + 1}});
  std::printf("prefixes: %zu, generated\n", pairs.size());
  return pairs;
}

// Transit between feed and origin, the same for all routes of a set. About as long as real paths: 3 to 6 ASes.
void fill(Attributes& a, unsigned feed, const Pair& pair, std::size_t set) {
  const std::uint64_t random = mix(mix(feed, pair.origin.value), set);
  Asn path[6] = {{64000 + feed},
                 {174 + static_cast<std::uint32_t>(random % 5000)},
                 {3000 + static_cast<std::uint32_t>(random >> 16 & 0x3FFF)},
                 {20000 + static_cast<std::uint32_t>(random >> 32 & 0x7FFF)}};
  const std::size_t transit = 2 + (random >> 60) % 3;
  path[transit] = pair.origin;
  a.clear();
  a.has_as_path = true;
  a.origin = OriginCode::igp;
  a.as_path.add(SegmentType::sequence, {path, transit + 1});
  a.next_hop = IpAddress::ipv4(0xC0000200 + feed);
  a.med = static_cast<std::uint32_t>(random >> 24 & 7);
  a.communities = {{static_cast<std::uint32_t>(random)}, {feed << 16 | 100}};
}

double resident() {  // MB
  std::ifstream status("/proc/self/statm");
  double total = 0, pages = 0;
  status >> total >> pages;
  return pages * 4096 / 1e6;
}

}  // namespace

int main() {
  const std::vector<Pair> pairs = table();
  std::vector<std::size_t> sets(pairs.size());  // prefixes of one set name its first
  boost::unordered_flat_map<std::uint32_t, std::pair<std::size_t, std::uint32_t>> open;  // by origin: the set, its size
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    auto& [first, size] = open[pairs[i].origin.value];
    if (size++ % kRoutesASet == 0) first = i;
    sets[i] = first;
  }
  std::vector<AttributesId> ids(pairs.size());
  const double before = resident();
  Rib rib;
  Attributes attributes;
  auto start = std::chrono::steady_clock::now();
  for (unsigned feed = 0; feed < kFeeds; ++feed) {
    const ViewId view = rib.view({0, IpAddress::ipv4(0xC0000200 + feed), Asn{64000 + feed}});
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if (sets[i] == i) {
        fill(attributes, feed, pairs[i], i);
        ids[i] = rib.attributes().intern(attributes).id;
      } else {
        rib.attributes().retain(ids[sets[i]]);
      }
      rib.release(rib.announce(view, rib.prefix(pairs[i].prefix), {}, ids[sets[i]], 1'750'000'000));
    }
  }
  const double loading = seconds_since(start);
  const double routes = static_cast<double>(rib.routes());
  const double share = static_cast<double>(rib.attributes().sets()) / routes;

  for (unsigned feed = 0; feed < kFeeds; ++feed) {  // the answer
    const ViewId view = rib.view({0, IpAddress::ipv4(0xC0000200 + feed), Asn{64000 + feed}});
    for (std::size_t i = 0; i < pairs.size(); i += 997) {
      fill(attributes, feed, pairs[i], sets[i]);
      const Cell cell = rib.get(view, *rib.find(pairs[i].prefix));
      if (!cell.held() ||
          rib.attributes().attributes(cell.attributes).as_path.asns()[1] != attributes.as_path.asns()[1]) {
        bench::leave("wrong route at feed " + std::to_string(feed) + ", prefix " + std::to_string(i));
      }
    }
  }
  if (share < kLeastShare) bench::leave("only " + std::to_string(100 * share) + " % of the sets are distinct");

  for (const TableId family :
       {TableId::ipv4_unicast, TableId::ipv6_unicast}) {  // the trie is built when it is first asked
    const auto start_of_trie = std::chrono::steady_clock::now();
    rib.prefixes(family).covering(pairs.front().prefix, [](std::uint32_t) {});
    std::printf("trie of %zu prefixes built in %.2f s\n", rib.prefixes(family).size(), seconds_since(start_of_trie));
  }
  const Rib::Memory memory = rib.memory();
  std::printf("routes: %.0f in %u feeds; attribute sets: %zu (%.1f %%); paths: %zu (%.1f %%)\n", routes, kFeeds,
              rib.attributes().sets(), 100 * share, rib.attributes().paths(),
              100 * static_cast<double>(rib.attributes().paths()) / routes);
  std::printf("octets a route: %.1f by its own count (cells %.1f, attributes %.1f, prefixes %.1f)\n",
              static_cast<double>(memory.total()) / routes, static_cast<double>(memory.cells) / routes,
              static_cast<double>(memory.attributes) / routes, static_cast<double>(memory.prefixes) / routes);
  row("memory that 30 full feeds add to the process", (resident() - before) * 1e6 / routes, "octets a route",
      at_most(60));
  row("routes taken in", routes / loading / 1e6, "million a second");

  // Churn: every route of a feed is replaced by one with another path; memory must not grow.
  start = std::chrono::steady_clock::now();
  for (unsigned round = 0; round < 3; ++round) {
    const ViewId view = rib.view({0, IpAddress::ipv4(0xC0000200), Asn{64000}});
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      fill(attributes, 0, pairs[i], sets[i] + (round + 1) * pairs.size());
      rib.release(
          rib.announce(view, rib.prefix(pairs[i].prefix), {}, rib.attributes().intern(attributes).id, 1'750'000'001));
    }
  }
  row("routes replaced", 3 * static_cast<double>(pairs.size()) / seconds_since(start) / 1e6, "million a second");
  row("memory after that, by its own count", static_cast<double>(rib.memory().total()) / routes, "octets a route",
      at_most(60));

  start = std::chrono::steady_clock::now();
  rib.clear(rib.view({0, IpAddress::ipv4(0xC0000201), Asn{64001}}));
  row("a full view goes down", 1e3 * seconds_since(start), "ms");
}
