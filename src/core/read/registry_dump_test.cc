#include "core/read/registry_dump.h"

#include "core/read/golden_for_tests.h"
#include "core/wire/rpsl/objects.h"

namespace fairway {
namespace {

TEST(RpslObjects, CutsObjectsAndAttributes) {
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

TEST(RpslObjects, GarbageEndsNothing) {
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

TEST(RegistryDump, AreReadWithTheirRegistry) {
  const auto read = read_registry_dump(golden("route.db").bytes());
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->registries, (std::vector<std::string>{"RIPE", "RADB"}));
  EXPECT_EQ(read->objects, (std::vector<RouteObject>{{*parse_prefix("193.0.0.0/21"), Asn{3333}, 0},
                                                     {*parse_prefix("2001:67c:2e8::/48"), Asn{3333}, 0},
                                                     {*parse_prefix("192.0.2.0/24"), Asn{64496}, 1}}));
  using Count = RegistryDump::Count;
  EXPECT_EQ(
      read->counts,
      (std::vector<Count>{{"RADB", "route", 2}, {"RIPE", "as-set", 1}, {"RIPE", "route", 1}, {"RIPE", "route6", 1}}));
  ASSERT_EQ(read->skips.count, 1u);
  EXPECT_EQ(read->skips.first[0], (Skips::Row{22, "its prefix is none of its class: '192.0.2.1/24'"}));
}

TEST(RegistryDump, OtherClassesAloneAreNoError) {
  const auto read = read_registry_dump(as_bytes("as-set: AS-X\nsource: RIPE\n"));
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->objects.empty());
  EXPECT_EQ(read_registry_dump(as_bytes("# nothing\n")).error().kind, ErrorKind::refused);
  EXPECT_EQ(read_registry_dump(as_bytes("route: x\norigin: AS1\nsource: A\n")).error().kind, ErrorKind::malformed);
  EXPECT_EQ(read_registry_dump(as_bytes("route6: 10.0.0.0/8\norigin: AS1\nsource: A\n")).error().kind,
            ErrorKind::malformed);
}

TEST(RegistryDump, ReadsSetsAndClaims) {
  const auto read = read_registry_dump(
      as_bytes("as-set: as-x\nmembers: AS1, as2 AS-Y,\n  AS3:AS-Z # and\nmembers: RIPE::AS-W, 10.0.0.0/8, AS4^+\n"
               "mbrs-by-ref: mnt-a, ANY\nsource: RIPE\n\n"
               "route-set: RS-X\nmembers: 10.0.0.0/8^+, RS-Y^24, AS1\nmp-members: 2001:db8::/32\nsource: RADB\n\n"
               "aut-num: AS5\nmember-of: AS-X\nmnt-by: MNT-B, mnt-a\nsource: RIPE\n\n"
               "aut-num: AS6\nmnt-by: MNT-B\nsource: RIPE\n\n"
               "route: 192.0.2.0/24\norigin: AS5\nmember-of: RS-X, RS-Y\nmnt-by: MNT-B\nsource: RADB\n\n"
               "as-set: nonsense\nsource: RIPE\n"));
  ASSERT_TRUE(read) << read.error().text;
  ASSERT_EQ(read->sets.size(), 2u);
  const SetObject &as = read->sets[0], &routes = read->sets[1];
  EXPECT_EQ(as.name, "AS-X");
  EXPECT_EQ(as.asns, (std::vector<SetObject::As>{{Asn{1}, {}}, {Asn{2}, {}}}));
  EXPECT_EQ(as.sets, (std::vector<SetObject::Named>{{"AS-Y", "", {}}, {"AS3:AS-Z", "", {}}, {"AS-W", "RIPE", {}}}));
  EXPECT_EQ(as.by_reference, (std::vector<std::string>{"MNT-A", "ANY"}));
  EXPECT_EQ(routes.set_class, SetClass::route_set);
  EXPECT_EQ(routes.registry, 1);
  EXPECT_EQ(routes.prefixes, (std::vector<SetObject::Ranged>{{*parse_prefix("10.0.0.0/8"), *parse_range_operator("^+")},
                                                             {*parse_prefix("2001:db8::/32"), {}}}));
  EXPECT_EQ(routes.sets, (std::vector<SetObject::Named>{{"RS-Y", "", *parse_range_operator("^24")}}));
  EXPECT_EQ(read->members.count, 2u) << "a prefix and a range in an as-set";
  ASSERT_EQ(read->claims.size(), 2u);
  EXPECT_EQ(std::get<Asn>(read->claims[0].member), Asn{5});
  EXPECT_EQ(read->claims[0].maintainers, (std::vector<std::string>{"MNT-B", "MNT-A"}));
  EXPECT_EQ(std::get<Prefix>(read->claims[1].member), *parse_prefix("192.0.2.0/24"));
  EXPECT_EQ(read->claims[1].sets, (std::vector<std::string>{"RS-X", "RS-Y"}));
  EXPECT_EQ(read->skips.count, 1u);
}

TEST(RegistryDump, ReadsRealDumps) {
  FAIRWAY_REAL(routes, "zcat $D/world/ripe-nonauth.db.route.gz");
  const auto read = read_registry_dump(routes.bytes());
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->objects.size() + read->skips.count, 52082u);
  EXPECT_LE(read->skips.count, 5u) << read->skips.first[0].reason;
  EXPECT_EQ(read->registries, std::vector<std::string>{"RIPE-NONAUTH"});
  FAIRWAY_REAL(routes6, "zcat $D/world/ripe-nonauth.db.route6.gz");
  EXPECT_EQ(read_registry_dump(routes6.bytes())->objects.size(), 1356u);
  FAIRWAY_REAL(sets, "zcat $D/world/ripe.db.as-set.gz");
  using Count = RegistryDump::Count;
  const auto real_sets = read_registry_dump(sets.bytes());
  ASSERT_TRUE(real_sets);
  EXPECT_EQ(real_sets->counts, (std::vector<Count>{{"RIPE", "as-set", 25174}}));
  EXPECT_EQ(real_sets->sets.size(), 25174u);
  EXPECT_LE(real_sets->members.count, 20u) << real_sets->members.first[0].reason;
}

}  // namespace
}  // namespace fairway
