#include "core/tables/vrp.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>

namespace fairway {
namespace {

Prefix prefix(std::string_view text) { return parse_prefix(text).value(); }

// Prefixes that are often the same, under one another and neighbours.
Prefix random_prefix(std::mt19937_64& random, unsigned clusters) {
  const Family family = random() % 2 == 0 ? Family::ipv4 : Family::ipv6;
  std::mt19937_64 cluster(random() % clusters);
  std::uint64_t high = cluster(), low = cluster();
  const unsigned keep = static_cast<unsigned>(random() % 96);
  high ^= keep < 64 ? random() >> keep : 0;
  low ^= random() >> (keep < 64 ? 0 : keep - 64);
  if (random() % 4 == 0) high |= Prefix::mask_low(128 - static_cast<unsigned>(random() % 65));
  return {family, high, low, static_cast<unsigned>(random() % (address_bits(family) + 1))};
}

std::vector<Vrp> random_vrps(std::mt19937_64& random, std::size_t count) {
  const auto clusters = static_cast<unsigned>(1 + random() % 20);
  std::vector<Vrp> vrps;
  while (vrps.size() < count) {
    const Prefix at = random_prefix(random, clusters);
    vrps.push_back({at, static_cast<std::uint8_t>(at.length() + random() % 3),
                    Asn{static_cast<std::uint32_t>(random() % 4)}, static_cast<std::uint8_t>(random() % 3)});
  }
  return vrps;
}

std::vector<std::uint32_t> covering_one_by_one(const VrpTable& table, const Prefix& prefix) {
  std::vector<std::uint32_t> ids;
  for (std::uint32_t id = 0; id < table.size(); ++id) {
    if (table.vrp(id).prefix.covers(prefix)) ids.push_back(id);
  }
  return ids;  // sorted by address and length: of those that cover one prefix, the shortest stand first
}

void expect_same_as_one_by_one(const VrpTable& table, const Prefix& prefix) {
  std::vector<std::uint32_t> ids;
  table.covering(prefix, ids);
  ASSERT_EQ(ids, covering_one_by_one(table, prefix)) << to_string(prefix);
  const auto [first, second] = table.under(prefix);
  for (std::uint32_t id = 0; id < table.size(); ++id) {
    ASSERT_EQ(prefix.covers(table.vrp(id).prefix), first <= id && id < second) << to_string(prefix) << ' ' << id;
  }
}

TEST(VrpTable, KeepsEveryVrpOnceAndSorted) {
  const Vrp a{prefix("10.0.0.0/8"), 24, Asn{1}, 2}, b{prefix("10.0.0.0/8"), 24, Asn{2}, 0};
  const Vrp c{prefix("10.0.0.0/16"), 16, Asn{1}, 0}, d{prefix("2001:db8:1:2:3:4:5:6/128"), 128, Asn{4200000000}, 1};
  const VrpTable table = VrpTable::build({d, c, b, a, {a.prefix, 24, Asn{1}, 1}}, {"x", "y", "z"}, from_seconds(7));
  ASSERT_EQ(table.size(), 4u);
  EXPECT_EQ(std::vector<Vrp>(table.vrps().begin(), table.vrps().end()), (std::vector{a, b, c, d}));
  EXPECT_EQ(table.vrps()[0].trust_anchor, 1) << "of two anchors the lower one";
  EXPECT_EQ(table.vrps()[3].trust_anchor, 1);
  EXPECT_EQ(table.trust_anchors()[2], "z");
  EXPECT_EQ(table.built(), from_seconds(7));
}

TEST(VrpTable, EmptyCoversNothing) {
  const VrpTable table = VrpTable::build({});
  expect_same_as_one_by_one(table, prefix("0.0.0.0/0"));
  expect_same_as_one_by_one(table, prefix("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128"));
}

TEST(VrpTable, FindsAtTheEdgesOfTheAddressSpace) {
  const char* edges[] = {"0.0.0.0/0",
                         "0.0.0.0/32",
                         "255.255.255.255/32",
                         "128.0.0.0/1",
                         "255.255.255.0/24",
                         "255.0.0.0/8",
                         "::/0",
                         "::/128",
                         "8000::/1",
                         "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128",
                         "::ffff:0:0/96",
                         "0:0:0:1::/64",
                         "0:0:0:1::/128",
                         "ffff:ffff:ffff:ffff::/64"};
  // Every choice of them.
  for (unsigned chosen = 0; chosen < 1u << std::size(edges); chosen += 37) {
    std::vector<Vrp> vrps;
    for (std::size_t i = 0; i < std::size(edges); ++i) {
      if (chosen >> i & 1) vrps.push_back({prefix(edges[i]), 128, Asn{static_cast<std::uint32_t>(i)}, 0});
    }
    const VrpTable table = VrpTable::build(vrps);
    for (const char* edge : edges) expect_same_as_one_by_one(table, prefix(edge));
  }
}

// As many runs in one node as make each of its three shapes, and one more and one fewer.
TEST(VrpTable, FindsInNodesOfEveryShape) {
  for (const unsigned count :
       {1u, 7u, 8u, 9u, 15u, 16u, 17u, 18u, 255u, 256u, 511u, 512u, 513u, 1023u, 1024u, 1025u, 5000u}) {
    for (const unsigned length : {20u, 24u, 30u, 32u}) {
      std::vector<Vrp> vrps;
      for (unsigned i = 0; i < count; ++i) {
        vrps.push_back(
            {Prefix(IpAddress::ipv4(0x0A000000u + (i * 7919u << (32 - length))), length), 32, Asn{i + 1}, 0});
      }
      const VrpTable table = VrpTable::build(vrps);
      for (const Vrp& vrp : vrps) {
        std::vector<std::uint32_t> ids;
        table.covering(vrp.prefix, ids);
        ASSERT_EQ(ids, std::vector<std::uint32_t>(1, ids.at(0))) << count << ' ' << length;
        ASSERT_EQ(table.vrp(ids[0]), vrp);
      }
      for (unsigned i = 0; i < 300; ++i) {
        const Prefix at(IpAddress::ipv4(0x09FFFF00u + i * 977), length);
        std::vector<std::uint32_t> ids;
        table.covering(at, ids);
        ASSERT_EQ(ids, covering_one_by_one(table, at)) << count << ' ' << length;
      }
    }
  }
}

RC_GTEST_PROP(VrpTable, FindsWhatOneByOneFinds, ()) {
  std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
  const std::vector<Vrp> vrps = random_vrps(random, random() % 3 == 0 ? random() % 400 : random() % 30);
  const VrpTable table = VrpTable::build(vrps);
  for (int i = 0; i < 30; ++i) {
    const Prefix at =
        vrps.empty() || random() % 3 == 0 ? random_prefix(random, 20) : vrps[random() % vrps.size()].prefix;
    expect_same_as_one_by_one(table, at);
    RC_ASSERT(!testing::Test::HasFailure());
  }
}

RC_GTEST_PROP(VrpTable, DifferenceLeadsFromOldToNext, ()) {
  std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
  std::vector<Vrp> some = random_vrps(random, random() % 20), more = random_vrps(random, random() % 20);
  for (const Vrp& vrp : some) {
    if (random() % 2 == 0) more.push_back(vrp);
  }
  const VrpTable old = VrpTable::build(some), next = VrpTable::build(more);
  const VrpDifference change = difference(old, next);

  std::vector<Vrp> reached;
  for (const Vrp& vrp : old.vrps()) {
    if (!std::binary_search(change.removed.begin(), change.removed.end(), vrp)) reached.push_back(vrp);
  }
  RC_ASSERT(reached.size() + change.removed.size() == old.size());
  reached.insert(reached.end(), change.added.begin(), change.added.end());
  std::sort(reached.begin(), reached.end());
  RC_ASSERT(reached == std::vector<Vrp>(next.vrps().begin(), next.vrps().end()));
  RC_ASSERT(difference(next, next).empty());

  // Where nothing is affected the same VRPs cover.
  const auto space = affected(change);
  for (int i = 0; i < 30; ++i) {
    const Prefix at = random_prefix(random, 20);
    const auto covers = [&](const Prefix& wide) { return wide.covers(at); };
    if (std::any_of(space.begin(), space.end(), covers)) continue;
    std::vector<Vrp> before, after;
    for (const std::uint32_t id : covering_one_by_one(old, at)) before.push_back(old.vrp(id));
    for (const std::uint32_t id : covering_one_by_one(next, at)) after.push_back(next.vrp(id));
    RC_ASSERT(before == after);
  }
}

}  // namespace
}  // namespace fairway
