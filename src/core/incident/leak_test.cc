// Route leaks of RFC 7908 types 1 to 4, and what speaks against one.
#include <gtest/gtest.h>

#include "core/incident/story_for_tests.h"
#include "core/tables/aspa.h"
#include "core/tables/organisation.h"
#include "core/tables/relationship.h"

namespace fairway {
namespace {

// 3356 and 174 are large and peers; 2010 is a customer of both, 2020 of 174, and 2001 of 3356. The views are customers
// of 174.
World with_relationships() {
  std::vector<RelationshipLink> links = {{Asn{3356}, Asn{174}, false}, {Asn{3356}, Asn{2010}, true},
                                         {Asn{174}, Asn{2010}, true},  {Asn{3356}, Asn{2001}, true},
                                         {Asn{174}, Asn{2020}, true},  {Asn{2010}, Asn{2030}, false},
                                         {Asn{3356}, Asn{2030}, true}};
  for (std::uint32_t i = 0; i < 8; ++i) links.push_back({Asn{174}, Asn{3001 + i}, true});
  for (std::uint32_t i = 0; i < 50; ++i) links.push_back({Asn{3356}, Asn{1001 + i}, true});
  World world;
  world.relationships =
      std::make_shared<const RelationshipTable>(RelationshipTable::build(std::move(links), {Asn{174}, Asn{3356}}));
  return world;
}

TEST(Leak, ProviderToProvider) {
  Story story(4, with_relationships());
  story.background().table("192.0.32.0/24", "174 3356 2001").start();
  story.all(10, "192.0.32.0/24", "174 2010 3356 2001").wait(100);
  EXPECT_EQ(story.told(), "40 opened leak 1 2010 > 2001\n");
  const Incident& incident = story.incidents().at(0);
  EXPECT_TRUE(Story::has(incident, "leak_by_relationship"));
  EXPECT_TRUE(Story::has(incident, "leak_by_tier1"));
  EXPECT_GE(incident.confidence, 4);
}

TEST(Leak, PeerToProviderOfManyPrefixes) {
  Story story(4, with_relationships());
  story.background();
  for (int i = 0; i < 20; ++i) story.table("192.0." + std::to_string(i) + ".0/24", "174 3356 2030");
  story.start();
  for (int i = 0; i < 20; ++i) story.all(10 + i, "192.0." + std::to_string(i) + ".0/24", "174 2010 2030");
  story.wait(200);
  ASSERT_EQ(story.incidents().size(), 1u);
  EXPECT_EQ(story.incidents().at(0).type, IncidentType::leak_4);
  EXPECT_EQ(story.incidents().at(0).victims, std::vector{Asn{2030}});
  EXPECT_EQ(story.incidents().at(0).prefixes.size(), 20u);
  EXPECT_TRUE(Story::has(story.incidents().at(0), "many_prefixes"));
}

TEST(Leak, OneThatWasThereBeforeIsNone) {
  Story story(4, with_relationships());
  story.background().table("192.0.32.0/24", "174 3356 2001").table("192.0.33.0/24", "174 2010 3356 2001").start();
  story.all(10, "192.0.32.0/24", "174 2010 3356 2001").wait(100).end();
  EXPECT_EQ(story.told(), "");
}

TEST(Leak, OneViewAloneIsNone) {
  Story story(4, with_relationships());
  story.background().table("192.0.32.0/24", "174 3356 2001").table("192.0.34.0/24", "174 3356 2030").start();
  story.announce(10, 1, "192.0.34.0/24", "174 2010 2030").wait(100).end();
  EXPECT_EQ(story.told(), "");
}

TEST(Leak, TwoVictimsOfOneLeakerAreTwoIncidents) {
  Story story(4, with_relationships());
  story.background().table("192.0.32.0/24", "174 3356 2001").table("192.0.34.0/24", "174 3356 2030").start();
  story.all(10, "192.0.32.0/24", "174 2010 3356 2001").all(11, "192.0.34.0/24", "174 2010 2030").wait(100);
  EXPECT_EQ(story.told(), "40 opened leak 1 2010 > 2001\n41 opened leak 4 2010 > 2030\n");
}

TEST(Leak, WithoutRelationshipsTheAnswerIsUnknown) {
  Story story;
  story.background().table("192.0.32.0/24", "2040 2030 2001").start();
  story.all(10, "192.0.32.0/24", "2040 2010 2030 2001").wait(100).end();
  EXPECT_EQ(story.told(), "");
}

TEST(Kin, WhoIsRelatedIsExonerated) {
  World world = with_relationships();
  Story provider(4, world);
  provider.background().table("192.0.32.0/24", "174 2020").start().all(10, "192.0.32.0/24", "174").wait(100).end();
  EXPECT_EQ(provider.told(), "");  // 174 announces its customer's prefix

  world.organisations = std::make_shared<const OrganisationTable>(
      OrganisationTable::build({{"ONE", "One", "NL"}}, {{Asn{2001}, "ONE"}, {Asn{2666}, "ONE"}}));
  Story sibling(4, world);
  sibling.background().table("192.0.32.0/24", "3356 2001").start().all(10, "192.0.32.0/24", "174 2666").wait(100).end();
  EXPECT_EQ(sibling.told(), "");
}

TEST(Kin, ACountryThatIsGone) {
  World world;
  std::vector<OrganisationTable::Holder> holders;
  for (std::uint32_t i = 0; i < 5; ++i) holders.push_back({Asn{2001 + i}, "O" + std::to_string(i)});
  std::vector<Organisation> organisations;
  for (std::uint32_t i = 0; i < 5; ++i) organisations.push_back({"O" + std::to_string(i), "", "TM"});
  world.organisations = std::make_shared<const OrganisationTable>(OrganisationTable::build(organisations, holders));
  Story story(4, world);
  story.background();
  for (int i = 0; i < 20; ++i)
    story.table("192.0." + std::to_string(i) + ".0/24", "3356 " + std::to_string(2001 + i % 5));
  story.start();
  for (int i = 0; i < 20; ++i) {
    if (i % 5 != 4) story.all_withdraw(10 + i, "192.0." + std::to_string(i) + ".0/24");
  }
  story.wait(1000);
  const Incident* country = story.find("country");
  ASSERT_NE(country, nullptr);
  EXPECT_EQ(country->country, "TM");
  EXPECT_EQ(country->victims.size(), 4u);
  EXPECT_NE(story.find("as"), nullptr);
}

}  // namespace
}  // namespace fairway
