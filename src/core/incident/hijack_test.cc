// Hijacks: routes in, incidents out.
#include <gtest/gtest.h>

#include "core/incident/story_for_tests.h"
#include "core/tables/aspa.h"
#include "core/tables/relationship.h"
#include "core/tables/vrp.h"

namespace fairway {
namespace {

World with_vrps(std::vector<Vrp> vrps) {
  World world;
  world.vrps = std::make_shared<const VrpTable>(VrpTable::build(std::move(vrps)));
  return world;
}
Vrp vrp(const char* prefix, unsigned max_length, std::uint32_t asn) {
  return {*parse_prefix(prefix), static_cast<std::uint8_t>(max_length), Asn{asn}};
}

TEST(Hijack, AnotherOriginOfAKnownPrefix) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").start();
  story.announce(10, 0, "192.0.32.0/24", "174 2666").announce(12, 1, "192.0.32.0/24", "174 2666").wait(100);
  EXPECT_EQ(story.told(), "40 opened hijack origin 2666 > 2001\n");
  const Incident& incident = story.incidents().at(0);
  EXPECT_EQ(incident.opened, Story::time(10));
  EXPECT_EQ(incident.views_seen, 2u);
  EXPECT_EQ(incident.views_full, 4u);
  EXPECT_EQ(incident.prefixes, std::vector{*parse_prefix("192.0.32.0/24")});
  EXPECT_EQ(incident.paths.at(0), "3001 174 2666");
  EXPECT_TRUE(Story::has(incident, "new_origin"));
  EXPECT_TRUE(Story::has(incident, "seen_widely"));
  EXPECT_EQ(incident.confidence, 2);
}

TEST(Hijack, RpkiDecides) {
  Story bad(4, with_vrps({vrp("192.0.32.0/24", 24, 2001)}));
  bad.background().table("192.0.32.0/24", "3356 2001").start().all(10, "192.0.32.0/24", "174 2666").wait(100);
  ASSERT_EQ(bad.incidents().size(), 1u);
  EXPECT_TRUE(Story::has(bad.incidents().at(0), "rpki_new_origin_invalid"));
  EXPECT_EQ(bad.incidents().at(0).confidence, 10);

  Story good(4, with_vrps({vrp("192.0.32.0/24", 24, 2001), vrp("192.0.32.0/24", 24, 2666)}));
  good.background().table("192.0.32.0/24", "3356 2001").start().all(10, "192.0.32.0/24", "174 2666").wait(100);
  EXPECT_EQ(good.told(), "");
  EXPECT_EQ(good.engine().statistics().exonerated, 1u);
}

TEST(Hijack, OneOfTwoSecondsIsFound) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").start();
  story.all(10, "192.0.32.0/24", "174 2666").all(12, "192.0.32.0/24", "3356 2001").wait(1000);
  EXPECT_EQ(story.told(), "40 opened hijack origin 2666 > 2001\n312 cleared hijack origin 2666 > 2001\n");
}

TEST(Hijack, AMoreSpecificOfAnother) {
  Story story;
  story.background().table("192.0.0.0/16", "3356 2001").start();
  story.all(10, "192.0.32.0/24", "174 2666").wait(100);
  EXPECT_EQ(story.told(), "40 opened hijack sub-prefix 2666 > 2001\n");
}

TEST(Hijack, ACustomerOfTheOwnerMayAnnounceAMoreSpecific) {
  Story story;
  story.background().table("192.0.0.0/16", "3356 2001").start();
  story.all(10, "192.0.32.0/24", "3356 2001 2666").wait(100);
  EXPECT_EQ(story.told(), "");
}

TEST(Hijack, SpaceThatNobodyAnnounced) {
  Story story;
  story.background().start().all(10, "192.0.32.0/24", "174 2666").wait(100);
  EXPECT_EQ(story.told(), "40 opened hijack squatting 2666 > \n");
}

TEST(Hijack, APrefixOverOthers) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").table("192.0.33.0/24", "3356 2002").start();
  story.all(10, "192.0.32.0/20", "174 2666").wait(100);
  EXPECT_EQ(story.told(), "40 opened hijack super-prefix 2666 > 2001,2002\n");
}

TEST(Hijack, AnAggregateOfOnesOwnIsNone) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").table("192.0.33.0/24", "3356 2001").start();
  story.all(10, "192.0.32.0/23", "3356 2001").wait(100);
  EXPECT_EQ(story.told(), "");
}

TEST(Hijack, AForgedOriginThatAspaDenies) {
  World world = with_vrps({vrp("192.0.32.0/24", 24, 2001)});
  world.aspas = std::make_shared<const AspaTable>(
      AspaTable::build({{Asn{2001}, {Asn{3356}}}, {Asn{2666}, {Asn{174}}}, {Asn{174}, {}}, {Asn{3356}, {}}}));
  Story story(4, world);
  story.background().table("192.0.32.0/24", "3356 2001").start();
  story.all(10, "192.0.32.0/24", "174 2666 2001").wait(100);
  EXPECT_EQ(story.told(), "40 opened hijack type-1 2666 > 2001\n");
  EXPECT_TRUE(Story::has(story.incidents().at(0), "aspa_not_provider"));
}

TEST(Hijack, AForgedOriginWithAPrefixThatItsRoaAllows) {
  // As at Celer: a new more-specific, with the name of the owner's other AS behind the forger's.
  World world = with_vrps({vrp("192.0.0.0/16", 24, 2001), vrp("192.0.0.0/16", 24, 2002)});
  world.relationships = std::make_shared<const RelationshipTable>(RelationshipTable::build(
      {{Asn{3356}, Asn{2001}, true}, {Asn{2001}, Asn{2002}, true}, {Asn{174}, Asn{2666}, true}}, {}));
  Story story(4, world);
  story.background().table("192.0.0.0/16", "3356 2001").table("192.1.0.0/16", "3356 2001 2002").start();
  story.all(10, "192.0.32.0/24", "174 2666 2002").wait(100);
  EXPECT_EQ(story.told(), "40 opened hijack type-1 2666 > 2002\n");

  Story honest(4, world);
  honest.background().table("192.0.0.0/16", "3356 2001").table("192.1.0.0/16", "3356 2001 2002").start();
  honest.all(10, "192.0.32.0/24", "3356 2001 2002").wait(100);
  EXPECT_EQ(honest.told(), "");
}

TEST(Hijack, InTheNameOfTheBlockAround) {
  // As at KLAYswap: the AS that announces the block around the victim's, behind an AS that it has nothing to do with.
  World world;
  world.relationships = std::make_shared<const RelationshipTable>(RelationshipTable::build(
      {{Asn{3356}, Asn{2001}, true}, {Asn{3356}, Asn{2666}, true}, {Asn{174}, Asn{2003}, true}}, {}));
  Story story(4, world);
  story.background().table("192.0.0.0/16", "3356 2666").table("192.0.32.0/21", "3356 2001").start();
  story.all(10, "192.0.33.0/24", "174 2666").wait(100);
  EXPECT_EQ(story.told(), "40 opened hijack sub-prefix 2666 > 2001\n");
  EXPECT_TRUE(Story::has(story.incidents().at(0), "announces_around"));

  Story own(4, world);
  own.background().table("192.0.0.0/16", "3356 2666").table("192.0.32.0/21", "3356 2001").start();
  own.all(10, "192.0.33.0/24", "3356 2666").wait(100);
  EXPECT_EQ(own.told(), "") << "behind its own provider";
}

TEST(Hijack, ANewProviderIsNone) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").start().all(10, "192.0.32.0/24", "174 2001").wait(100);
  EXPECT_EQ(story.told(), "");
}

TEST(Hijack, OneViewAloneIsNotEnoughWithoutARegistry) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").start().announce(10, 2, "192.0.32.0/24", "174 2666").wait(100);
  EXPECT_EQ(story.told(), "");
  Story invalid(4, with_vrps({vrp("192.0.32.0/24", 24, 2001)}));
  invalid.background()
      .table("192.0.32.0/24", "3356 2001")
      .start()
      .announce(10, 2, "192.0.32.0/24", "174 2666")
      .wait(100);
  EXPECT_EQ(invalid.incidents().size(), 1u);
}

TEST(Hijack, FewFullViewsCapConfidence) {
  Story story(2, with_vrps({vrp("192.0.32.0/24", 24, 2001)}));
  story.background().table("192.0.32.0/24", "3356 2001").start().all(10, "192.0.32.0/24", "174 2666").wait(100);
  ASSERT_EQ(story.incidents().size(), 1u);
  const Incident& incident = story.incidents().at(0);
  EXPECT_EQ(incident.confidence, 3);
  EXPECT_TRUE(Story::has(incident, "few_full_views"));
  int sum = 0;
  for (const Evidence& evidence : incident.evidence) sum += evidence.weight;
  EXPECT_EQ(sum, incident.confidence);
}

TEST(Hijack, SeveralPrefixesOfOneVictimAreOneIncident) {
  Story story;
  story.background();
  for (int i = 0; i < 5; ++i) story.table("192.0." + std::to_string(i) + ".0/24", "3356 2001");
  story.start();
  for (int i = 0; i < 5; ++i) story.all(10 + i, "192.0." + std::to_string(i) + ".0/24", "174 2666");
  story.wait(200);
  ASSERT_EQ(story.incidents().size(), 1u);
  EXPECT_EQ(story.incidents().at(0).prefixes.size(), 5u);
}

TEST(Hijack, AnOriginThatWasThereBeforeIsNormal) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").rib(3, "192.0.32.0/24", "174 2002").start();
  story.all(10, "192.0.32.0/24", "174 2002").all(20, "192.0.32.0/24", "3356 2001").wait(100);
  EXPECT_EQ(story.told(), "");
}

TEST(Hijack, WhatStaysADayIsNormal) {
  Story story;
  story.background().table("192.0.32.0/24", "3356 2001").start();
  story.announce(10, 0, "192.0.32.0/24", "174 2666");  // too light: one view
  story.announce(90000, 1, "192.0.32.0/24", "174 2666").announce(90000, 2, "192.0.32.0/24", "174 2666").wait(90100);
  EXPECT_EQ(story.told(), "");
}

}  // namespace
}  // namespace fairway
