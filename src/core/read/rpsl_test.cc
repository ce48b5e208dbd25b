#include "core/read/rpsl.h"

#include "core/read/golden_for_tests.h"
#include "core/read/route_objects.h"

namespace fairway {
namespace {

TEST(Rpsl, CutsObjectsAndAttributes) {
  const Buffer file = golden("route.db");
  ASSERT_TRUE(is_rpsl(file.bytes()));
  RpslObjects objects(file.bytes());
  RpslObject object;
  ASSERT_TRUE(objects.next(object));
  EXPECT_EQ(object.line, 4u);
  ASSERT_EQ(object.attributes.size(), 5u);
  EXPECT_EQ(rpsl_value(object.find("SOURCE")->value), "RIPE");
  ASSERT_TRUE(objects.next(object));
  EXPECT_EQ(rpsl_value(object.find("route6")->value), "2001:67c:2e8::/48");
  EXPECT_EQ(rpsl_value(object.find("descr")->value), "first line second line third line");
  EXPECT_EQ(object.find("members"), nullptr);
  ASSERT_TRUE(objects.next(object));
  EXPECT_EQ(rpsl_value(object.find("members")->value), "AS3333, AS12654");
  ASSERT_TRUE(objects.next(object));
  ASSERT_TRUE(objects.next(object));
  EXPECT_EQ(object.attributes[0].name, "Route");
  EXPECT_FALSE(objects.next(object));
  EXPECT_FALSE(objects.next(object));
}

TEST(Rpsl, GarbageEndsNothing) {
  RpslObjects objects(as_bytes("\xEF\xBB\xBF\r\n  stray\r\nmntner: A\r\n!garbage\r\ndescr:\r\n\r\nrole: B"));
  RpslObject object;
  ASSERT_TRUE(objects.next(object));
  EXPECT_EQ(object.attributes.size(), 2u);
  EXPECT_EQ(object.garbled, 1u);
  EXPECT_EQ(rpsl_value(object.attributes[1].value), "");
  ASSERT_TRUE(objects.next(object));
  EXPECT_EQ(rpsl_value(object.attributes[0].value), "B");
  EXPECT_EQ(object.line, 7u);
  EXPECT_FALSE(is_rpsl(as_bytes("hello: world\n")));
  EXPECT_FALSE(is_rpsl(as_bytes("")));
}

TEST(RouteObjects, AreReadWithTheirRegistry) {
  const auto read = read_route_objects(golden("route.db").bytes());
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->registries, (std::vector<std::string>{"RIPE", "RADB"}));
  EXPECT_EQ(read->objects, (std::vector<RouteObject>{{*parse_prefix("193.0.0.0/21"), Asn{3333}, 0},
                                                     {*parse_prefix("2001:67c:2e8::/48"), Asn{3333}, 0},
                                                     {*parse_prefix("192.0.2.0/24"), Asn{64496}, 1}}));
  using Count = RouteObjectDump::Count;
  EXPECT_EQ(
      read->counts,
      (std::vector<Count>{{"RADB", "route", 2}, {"RIPE", "as-set", 1}, {"RIPE", "route", 1}, {"RIPE", "route6", 1}}));
  ASSERT_EQ(read->skips.count, 1u);
  EXPECT_EQ(read->skips.first[0], (Skips::Row{22, "its prefix is none of its class: '192.0.2.1/24'"}));
}

TEST(RouteObjects, OtherClassesAloneAreNoError) {
  const auto read = read_route_objects(as_bytes("as-set: AS-X\nsource: RIPE\n"));
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->objects.empty());
  EXPECT_EQ(read_route_objects(as_bytes("# nothing\n")).error().kind, ErrorKind::refused);
  EXPECT_EQ(read_route_objects(as_bytes("route: x\norigin: AS1\nsource: A\n")).error().kind, ErrorKind::malformed);
  EXPECT_EQ(read_route_objects(as_bytes("route6: 10.0.0.0/8\norigin: AS1\nsource: A\n")).error().kind,
            ErrorKind::malformed);
}

TEST(RouteObjects, ReadsRealDumps) {
  FAIRWAY_REAL(routes, "zcat $D/world/ripe-nonauth.db.route.gz");
  const auto read = read_route_objects(routes.bytes());
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->objects.size() + read->skips.count, 52082u);
  EXPECT_LE(read->skips.count, 5u) << read->skips.first[0].reason;
  EXPECT_EQ(read->registries, std::vector<std::string>{"RIPE-NONAUTH"});
  FAIRWAY_REAL(routes6, "zcat $D/world/ripe-nonauth.db.route6.gz");
  EXPECT_EQ(read_route_objects(routes6.bytes())->objects.size(), 1356u);
  FAIRWAY_REAL(sets, "zcat $D/world/ripe.db.as-set.gz");
  using Count = RouteObjectDump::Count;
  EXPECT_EQ(read_route_objects(sets.bytes())->counts, (std::vector<Count>{{"RIPE", "as-set", 25174}}));
}

}  // namespace
}  // namespace fairway
