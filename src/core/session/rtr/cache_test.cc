#include "core/session/rtr/cache.h"

#include <gtest/gtest.h>

#include "core/session/rtr/tables_for_tests.h"

namespace fairway::rtr {
namespace {

const auto kVrps = vrp_table({{"192.0.2.0/24", 26, 64496}, {"10.0.0.0/8", 8, 1}, {"2001:db8::/32", 48, 64496}});
const auto kAspas = aspa_table({{64496, {64498, 64497}}, {64500, {}}});

std::shared_ptr<const Cache> cache_of(const std::shared_ptr<const VrpTable>& vrps,
                                      const std::shared_ptr<const AspaTable>& aspas = nullptr) {
  return Cache::empty(cache_options())->updated(vrps, aspas);
}

TEST(Cache, TellsEachVersionWhatItHas) {
  const auto cache = cache_of(kVrps, kAspas);
  const std::string prefixes = "+192.0.2.0/24-26 AS64496, +10.0.0.0/8-8 AS1, +2001:db8::/32-48 AS64496";
  EXPECT_EQ(story_of(cache->everything(0)), "Cache Response 100, " + prefixes + ", End of Data 1");
  EXPECT_EQ(story_of(cache->everything(1)), "Cache Response 101, " + prefixes + ", End of Data 1");
  EXPECT_EQ(story_of(cache->everything(2)),
            "Cache Response 102, " + prefixes + ", +AS64496 64497 64498, +AS64500 0, End of Data 1");
  EXPECT_EQ(cache->vrps(), 3u);
  EXPECT_EQ(cache->aspas(), 2u);
  for (std::uint8_t version = 0; version <= 2; ++version) {
    EXPECT_EQ(story_of(cache->since(version, 1)),
              "Cache Response " + std::to_string(100 + version) + ", End of Data 1");
    EXPECT_EQ(cache->since(version, 0), nullptr);
    EXPECT_EQ(cache->since(version, 2), nullptr) << "a serial of the future is none";
  }
}

TEST(Cache, PutsWhatLiesUnderAPrefixBeforeIt) {
  const auto before = vrp_table({{"10.0.0.0/8", 8, 1}, {"10.1.0.0/16", 16, 2}, {"2001:db8::/32", 32, 1}});
  const auto after =
      vrp_table({{"11.0.0.0/8", 8, 1}, {"11.1.0.0/16", 16, 2}, {"11.1.0.0/16", 17, 1}, {"2001:db8::/33", 33, 1}});
  EXPECT_EQ(story_of(cache_of(after)->everything(1)),
            "Cache Response 101, +11.1.0.0/16-16 AS2, +11.1.0.0/16-17 AS1, +11.0.0.0/8-8 AS1, +2001:db8::/33-33 AS1, "
            "End of Data 1");
  EXPECT_EQ(story_of(cache_of(before)->updated(after, nullptr)->since(1, 1)),
            "Cache Response 101, -10.0.0.0/8-8 AS1, -10.1.0.0/16-16 AS2, -2001:db8::/32-32 AS1, "
            "+11.1.0.0/16-16 AS2, +11.1.0.0/16-17 AS1, +11.0.0.0/8-8 AS1, +2001:db8::/33-33 AS1, End of Data 2");
}

TEST(Cache, OfAspasTellsTheNewOnesBeforeThoseThatGo) {
  const auto before = aspa_table({{1, {10}}, {2, {10}}, {3, {10}}});
  const auto after = aspa_table({{2, {10, 11}}, {3, {10}}, {4, {0}}});
  const auto first = cache_of(kVrps, before);
  const auto cache = first->updated(kVrps, after);
  EXPECT_EQ(story_of(cache->since(2, 1)), "Cache Response 102, +AS2 10 11, +AS4 0, -AS1, End of Data 2");
  EXPECT_EQ(cache->serial(1), 1u) << "to version 1 nothing has changed";
  EXPECT_EQ(cache->everything(1), first->everything(1));
  EXPECT_EQ(story_of(cache->since(1, 1)), "Cache Response 101, End of Data 1");
}

TEST(Cache, HasNoNewSerialForTheSameData) {
  const auto first = cache_of(kVrps, kAspas);
  // Another table, in another order, under another trust anchor; AS 0 beside others says nothing.
  std::vector<Vrp> vrps;
  for (std::size_t id = kVrps->size(); id-- > 0;) vrps.push_back(kVrps->vrps()[id]);
  vrps.push_back(kVrps->vrps()[0]);
  const auto same = std::make_shared<const VrpTable>(VrpTable::build(std::move(vrps), {"one"}));
  const auto again = first->updated(same, aspa_table({{64496, {0, 64497, 64498}}, {64500, {0}}}));
  for (std::uint8_t version = 0; version <= 2; ++version) {
    EXPECT_EQ(again->serial(version), 1u);
    EXPECT_EQ(again->everything(version), first->everything(version)) << "the very same octets";
  }
}

TEST(Cache, LeavesOutWhatCannotBeTold) {
  // A maximum length below the prefix's own.
  const auto odd = vrp_table({{"192.0.2.0/24", 23, 1}, {"198.51.100.0/24", 24, 1}});
  AspaText crowd{7, {}};
  for (std::uint32_t i = 1; i <= 16381; ++i) crowd.providers.push_back(i);
  const auto cache = cache_of(odd, aspa_table({crowd, {8, {9}}}));
  EXPECT_EQ(story_of(cache->everything(2)), "Cache Response 102, +198.51.100.0/24-24 AS1, +AS8 9, End of Data 1");
  EXPECT_EQ(cache->vrps(), 1u);
  EXPECT_EQ(cache->aspas(), 1u);
  EXPECT_EQ(cache->updated(vrp_table({{"198.51.100.0/24", 24, 1}}), aspa_table({{8, {9}}}))->serial(2), 1u);
}

TEST(Cache, MergesWhatHappenedSince) {
  const auto a = vrp_table({{"10.0.0.0/8", 8, 1}});
  const auto b = vrp_table({{"10.0.0.0/8", 8, 1}, {"11.0.0.0/8", 8, 1}});
  const auto c = vrp_table({{"11.0.0.0/8", 8, 1}, {"12.0.0.0/8", 8, 1}});
  const auto cache =
      cache_of(a)->updated(b, aspa_table({{1, {2}}}))->updated(c, aspa_table({{1, {3}}}))->updated(a, nullptr);
  EXPECT_EQ(cache->serial(2), 4u);
  EXPECT_EQ(story_of(cache->since(2, 1)), "Cache Response 102, End of Data 4") << "all of it cancels out";
  EXPECT_EQ(story_of(cache->since(2, 2)), "Cache Response 102, -11.0.0.0/8-8 AS1, -AS1, End of Data 4");
  EXPECT_EQ(story_of(cache->since(2, 3)),
            "Cache Response 102, -11.0.0.0/8-8 AS1, -12.0.0.0/8-8 AS1, +10.0.0.0/8-8 AS1, -AS1, End of Data 4");
}

TEST(Cache, KeepsNoMoreChangesThanEverythingIsLong) {
  std::vector<VrpText> texts;
  std::vector<std::string> names;
  for (unsigned i = 0; i < 40; ++i) names.push_back("10." + std::to_string(i) + ".0.0/16");
  const auto table = [&](unsigned size) {
    std::vector<Vrp> vrps;
    for (unsigned i = 0; i < size; ++i) vrps.push_back({*parse_prefix(names[i]), 16, Asn{1}, 0});
    return std::make_shared<const VrpTable>(VrpTable::build(std::move(vrps)));
  };
  CacheOptions options = cache_options();
  options.room = 0;
  auto cache = Cache::empty(options)->updated(table(20), nullptr);
  for (unsigned size = 21; size <= 40; ++size) cache = cache->updated(table(size), nullptr);
  EXPECT_EQ(cache->serial(1), 21u);
  EXPECT_GT(cache->changes(1), 2u);
  EXPECT_LT(cache->changes(1), 10u);
  EXPECT_NE(cache->since(1, 20), nullptr);
  EXPECT_EQ(cache->since(1, 1), nullptr) << "too long ago";

  CacheOptions few = cache_options();
  few.most_changes = 1;
  cache = Cache::empty(few)->updated(table(20), nullptr)->updated(table(21), nullptr)->updated(table(22), nullptr);
  EXPECT_NE(cache->since(0, 2), nullptr);
  EXPECT_EQ(cache->since(0, 1), nullptr);
}

TEST(Cache, GoesOnCountingBehindItsLastSerial) {
  CacheOptions options = cache_options();
  options.first_serial = 0xffffffff;
  const auto cache = Cache::empty(options)->updated(kVrps, nullptr)->updated(vrp_table({}), nullptr);
  EXPECT_EQ(cache->serial(1), 0u);
  EXPECT_NE(cache->since(1, 0xffffffff), nullptr);
}

TEST(Cache, WithoutDataKeepsItsSerials) {
  const auto full = cache_of(kVrps, kAspas);
  const auto without = full->without_data();
  EXPECT_FALSE(without->has_data());
  const auto again = without->updated(kVrps, kAspas);
  EXPECT_TRUE(again->has_data());
  EXPECT_EQ(again->serial(2), 1u);
  EXPECT_EQ(again->everything(2), full->everything(2));
  EXPECT_FALSE(Cache::empty(cache_options())->has_data());
  // An empty table is data: nothing is authorised by anybody.
  EXPECT_EQ(story_of(cache_of(vrp_table({}))->everything(0)), "Cache Response 100, End of Data 1");
}

}  // namespace
}  // namespace fairway::rtr
