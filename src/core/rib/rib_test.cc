#include "core/rib/rib.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace fairway {
namespace {

Prefix P(const char* text) { return *parse_prefix(text); }

Attributes path(const char* text) {
  Attributes a;
  a.has_as_path = true;
  a.origin = OriginCode::igp;
  a.as_path = *parse_as_path(text);
  return a;
}

const ViewKey kView1{0, IpAddress::ipv4(0xC0000201), Asn{64500}};
const ViewKey kView2{0, IpAddress::ipv4(0xC0000202), Asn{64501}};

TEST(Rib, HoldsRoutesByViewAndPrefix) {
  Rib rib;
  const ViewId one = rib.view(kView1), two = rib.view(kView2);
  EXPECT_EQ(rib.view(kView1), one);
  const PrefixId prefix = rib.prefix(P("192.0.2.0/24"));
  const AttributesId set = rib.attributes().intern(path("64500 64510")).id;
  EXPECT_FALSE(rib.announce(one, prefix, {}, set, 100).held());
  EXPECT_EQ(rib.get(one, prefix), (Cell{set, 100}));
  EXPECT_FALSE(rib.get(two, prefix).held());
  EXPECT_EQ(rib.routes(prefix), 1u);
  EXPECT_EQ(rib.held(one, TableId::ipv4_unicast), 1u);

  const Cell gone = rib.withdraw(one, prefix, {}, 200);
  EXPECT_EQ(gone.attributes, set);
  rib.release(gone);
  EXPECT_EQ(rib.get(one, prefix), (Cell{kNoAttributes, 200}));
  EXPECT_EQ(rib.routes(), 0u);
  EXPECT_EQ(rib.attributes().sets(), 0u);
  EXPECT_EQ(rib.attributes().paths(), 0u);
}

TEST(Rib, KeepsPathIdsApart) {
  Rib rib;
  const ViewId view = rib.view(kView1);
  const PrefixId prefix = rib.prefix(P("2001:db8::/32"));
  for (const std::uint32_t id : {0u, 1u}) {
    rib.release(rib.announce(view, prefix, id, rib.attributes().intern(path("64500 64510")).id, 1));
  }
  rib.release(rib.announce(view, prefix, {}, rib.attributes().intern(path("64500 64511")).id, 1));
  EXPECT_EQ(rib.routes(prefix), 3u);
  EXPECT_TRUE(rib.get(view, prefix, 0u).held());
  rib.release(rib.withdraw(view, prefix, 0u, 2));
  EXPECT_FALSE(rib.get(view, prefix, 0u).held());
  EXPECT_TRUE(rib.get(view, prefix, 1u).held());
  EXPECT_FALSE(rib.withdraw(view, prefix, 7u, 2).held());
  EXPECT_EQ(rib.held(view, TableId::ipv6_unicast), 2u);
}

TEST(Rib, MulticastIsAnotherTable) {
  Rib rib;
  EXPECT_NE(rib.prefix(P("192.0.2.0/24"), Safi::unicast), rib.prefix(P("192.0.2.0/24"), Safi::multicast));
  EXPECT_EQ(rib.prefix(rib.prefix(P("192.0.2.0/24"), Safi::multicast)), P("192.0.2.0/24"));
}

TEST(Rib, AViewThatGoesDownLeavesNothing) {
  Rib rib;
  const ViewId one = rib.view(kView1), two = rib.view(kView2);
  for (unsigned i = 0; i < 5000; ++i) {
    const PrefixId prefix = rib.prefix(Prefix(IpAddress::ipv4(i << 8), 24));
    rib.release(rib.announce(one, prefix, {}, rib.attributes().intern(path("64500 1")).id, 5));
    if (i % 100 == 0) rib.release(rib.announce(two, prefix, {}, rib.attributes().intern(path("64501 1")).id, 5));
    if (i % 1000 == 0) rib.release(rib.announce(one, prefix, 9u, rib.attributes().intern(path("64500 2")).id, 5));
  }
  EXPECT_EQ(rib.routes(), 5055u);
  rib.clear(one);
  EXPECT_EQ(rib.routes(), 50u);
  EXPECT_EQ(rib.held(one, TableId::ipv4_unicast), 0u);
  EXPECT_EQ(rib.attributes().sets(), 1u);
  rib.clear(two);
  EXPECT_EQ(rib.attributes().sets(), 0u);
}

TEST(Rib, ForgetsAPrefixThatNobodyHas) {
  Rib rib;
  const ViewId view = rib.view(kView1);
  const PrefixId prefix = rib.prefix(P("192.0.2.0/24"));
  rib.release(rib.announce(view, prefix, {}, rib.attributes().intern(path("1")).id, 5));
  rib.release(rib.withdraw(view, prefix, {}, 6));
  rib.forget(prefix);
  EXPECT_FALSE(rib.find(P("192.0.2.0/24")));
  const PrefixId other = rib.prefix(P("198.51.100.0/24"));
  EXPECT_EQ(other, prefix);  // the id is used again
  EXPECT_EQ(rib.get(view, other), Cell{});
}

TEST(AttributeStore, GivesBackWhatItGot) {
  AttributeStore store;
  Attributes a = path("64500 64501 {64502,64503}");
  a.as_path.add(SegmentType::confed_sequence, std::vector{Asn{65000}});
  a.next_hop = IpAddress::ipv6(0x20010DB800000000, 1);
  a.link_local_next_hop = IpAddress::ipv6(0xFE80000000000000, 2);
  a.med = 7;
  a.local_pref = 100;
  a.atomic_aggregate = true;
  a.aggregator = Aggregator{Asn{64503}, IpAddress::ipv4(0x01020304)};
  a.communities = {{1}, {2}};
  a.extended_communities = {{3}};
  a.large_communities = {{4, 5, 6}};
  a.originator_id = IpAddress::ipv4(9);
  a.cluster_list = {IpAddress::ipv4(10), IpAddress::ipv4(11)};
  a.aigp = 12;
  a.otc = Asn{64501};
  const std::uint8_t octets[] = {1, 2, 3};
  a.unknown = {{0xC0, 99, octets}};
  const auto first = store.intern(a);
  const Attributes back = store.attributes(first.id);
  EXPECT_EQ(back.as_path, a.as_path);
  EXPECT_EQ(back.next_hop, a.next_hop);
  EXPECT_EQ(back.link_local_next_hop, a.link_local_next_hop);
  EXPECT_EQ(back.origin, a.origin);
  EXPECT_EQ(back.med, a.med);
  EXPECT_EQ(back.local_pref, a.local_pref);
  EXPECT_EQ(back.atomic_aggregate, true);
  EXPECT_EQ(back.aggregator, a.aggregator);
  EXPECT_EQ(back.communities, a.communities);
  EXPECT_EQ(back.extended_communities, a.extended_communities);
  EXPECT_EQ(back.large_communities, a.large_communities);
  EXPECT_EQ(back.originator_id, a.originator_id);
  EXPECT_EQ(back.cluster_list, a.cluster_list);
  EXPECT_EQ(back.aigp, a.aigp);
  EXPECT_EQ(back.otc, a.otc);
  ASSERT_EQ(back.unknown.size(), 1u);
  EXPECT_TRUE(std::ranges::equal(back.unknown[0].value, octets));
  EXPECT_FALSE(store.is_plain(first.path));
  EXPECT_EQ(store.asns(first.path).size(), 5u);
  EXPECT_EQ(store.otc(first.id), Asn{64501});

  // The same again is the same; another MED is another set with the same path.
  EXPECT_EQ(store.intern(a).id, first.id);
  a.med = 8;
  const auto other = store.intern(a);
  EXPECT_NE(other.id, first.id);
  EXPECT_EQ(other.path, first.path);
  EXPECT_FALSE(other.fresh_path);
  EXPECT_EQ(store.paths(), 1u);
  store.release(first.id);
  store.release(first.id);
  store.release(other.id);
  EXPECT_EQ(store.sets(), 0u);
  EXPECT_EQ(store.paths(), 0u);
}

TEST(AttributeStore, AnEmptyPathIsAPath) {
  AttributeStore store;
  Attributes a;
  const auto none = store.intern(a);
  EXPECT_TRUE(store.asns(none.path).empty());
  EXPECT_EQ(store.path(none.path), AsPath());
  a.as_path.add(SegmentType::sequence, {});
  const auto empty_segment = store.intern(a);
  EXPECT_NE(empty_segment.path, none.path);
  EXPECT_EQ(store.path(empty_segment.path), a.as_path);
}

TEST(PrefixTable, FindsWhatCoversAndWhatIsCovered) {
  PrefixTable table;
  for (const char* text :
       {"10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24", "10.1.3.0/24", "10.2.0.0/16", "11.0.0.0/8", "10.1.2.128/25"}) {
    table.insert(P(text));
  }
  const auto covering = [&](const char* text) {
    std::string found;
    table.covering(P(text), [&](std::uint32_t i) { found += to_string(table.prefix(i)) + " "; });
    return found;
  };
  const auto under = [&](const char* text) {
    std::string found;
    table.under(P(text), [&](std::uint32_t i) {
      found += to_string(table.prefix(i)) + " ";
      return true;
    });
    return found;
  };
  EXPECT_EQ(covering("10.1.2.3/32"), "10.0.0.0/8 10.1.0.0/16 10.1.2.0/24 ");
  EXPECT_EQ(covering("10.1.2.0/24"), "10.0.0.0/8 10.1.0.0/16 10.1.2.0/24 ");
  EXPECT_EQ(covering("12.0.0.0/8"), "");
  EXPECT_EQ(under("10.1.0.0/16"), "10.1.0.0/16 10.1.2.0/24 10.1.2.128/25 10.1.3.0/24 ");
  EXPECT_EQ(under("10.0.0.0/7"),
            "10.0.0.0/8 10.1.0.0/16 10.1.2.0/24 10.1.2.128/25 10.1.3.0/24 10.2.0.0/16 11.0.0.0/8 ");
  EXPECT_EQ(under("10.1.2.0/23"), "10.1.2.0/24 10.1.2.128/25 10.1.3.0/24 ");
  EXPECT_EQ(under("10.3.0.0/16"), "");
}

TEST(PrefixTable, AgreesWithTheNaiveOneUnderChurn) {
  for (const Family family : {Family::ipv4, Family::ipv6}) {
    std::mt19937 random(7);
    PrefixTable table;
    std::map<Prefix, std::uint32_t> naive;
    const auto pick = [&] {  // few bits, so that prefixes cover one another
      const std::uint64_t bits = (std::uint64_t{random() & 7} << 61) | (std::uint64_t{random() & 7} << 40);
      return Prefix(family, bits, random() & 1, family == Family::ipv4 ? random() % 33 : random() % 129);
    };
    for (int step = 0; step < 20000; ++step) {
      const Prefix prefix = pick();
      if (naive.size() > 60 || (random() & 1)) {
        const auto found = naive.find(prefix);
        EXPECT_EQ(table.find(prefix), found == naive.end() ? PrefixTable::kNone : found->second);
        if (found != naive.end()) {
          table.erase(found->second);
          naive.erase(found);
        }
      } else {
        naive.emplace(prefix, table.insert(prefix).index);
      }
      ASSERT_EQ(table.size(), naive.size());
      if (step % 10 != 0) continue;
      const Prefix asked = pick();
      std::vector<std::uint32_t> got, want;
      table.covering(asked, [&](std::uint32_t i) { got.push_back(i); });
      for (const auto& [p, i] : naive) {
        if (p.covers(asked)) want.push_back(i);
      }
      ASSERT_EQ(got, want);
      got.clear(), want.clear();
      table.under(asked, [&](std::uint32_t i) {
        got.push_back(i);
        return true;
      });
      for (const auto& [p, i] : naive) {
        if (asked.covers(p)) want.push_back(i);
      }
      ASSERT_EQ(got, want);
    }
  }
}

TEST(OctetStore, UsesFreedRoomAgain) {
  OctetStore store;
  std::mt19937 random(3);
  std::vector<std::pair<std::uint32_t, std::vector<std::uint8_t>>> held;
  std::size_t most = 0;
  for (int step = 0; step < 200000; ++step) {
    if (held.size() < 500) {
      std::vector<std::uint8_t> octets(random() % 100 == 0 ? random() % 5000 : random() % 64);
      for (auto& octet : octets) octet = static_cast<std::uint8_t>(random());
      const auto id = store.intern(octets).id;
      held.emplace_back(id, std::move(octets));
    } else {
      const std::size_t at = random() % held.size();
      ASSERT_TRUE(std::ranges::equal(store.octets(held[at].first), held[at].second));
      store.release(held[at].first);
      held[at] = std::move(held.back());
      held.pop_back();
    }
    if (step == 20000) most = store.memory();
  }
  EXPECT_LT(store.memory(), 2 * most);
  for (const auto& [id, octets] : held) store.release(id);
  EXPECT_EQ(store.size(), 0u);
}

}  // namespace
}  // namespace fairway
