#include "core/read/rpki_json.h"

#include "core/read/golden_for_tests.h"

namespace fairway {
namespace {

Prefix prefix(std::string_view text) { return *parse_prefix(text); }

TEST(RpkiJson, ReadsRpkiClient) {
  const Buffer file = golden("rpki-client.json");
  ASSERT_TRUE(is_rpki_json(file.bytes()));
  const auto read = read_rpki_json(file.bytes());
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->format, "rpki-client JSON");
  EXPECT_EQ(read->built, parse_instant("2025-07-20T10:01:43Z"));
  ASSERT_EQ(read->vrps.size(), 4u);
  EXPECT_EQ(read->vrps[1], (Vrp{prefix("1.1.1.0/24"), 24, Asn{13335}}));
  EXPECT_EQ(read->vrps[2], (Vrp{prefix("93.175.147.0/24"), 24, Asn{196615}}));
  EXPECT_EQ(read->trust_anchors, (std::vector<std::string>{"apnic", "ripe"}));
  EXPECT_EQ(read->vrps[3].trust_anchor, 1);
  EXPECT_EQ(read->expired_vrps, 1u) << "2001:db8::/32 was over on 2025-07-20T08:26:40Z, before the export was made";
  ASSERT_EQ(read->aspas.size(), 1u);
  EXPECT_EQ(read->aspas[0], (Aspa{Asn{15562}, {Asn{2914}, Asn{8283}, Asn{51088}}}));
  EXPECT_EQ(read->expired_aspas, 1u);
  EXPECT_EQ(read->skips.count, 0u);
}

TEST(RpkiJson, ReadsRoutinator) {
  const auto read = read_rpki_json(golden("routinator.json").bytes());
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->format, "Routinator JSON");
  EXPECT_EQ(read->built, parse_instant("2021-07-21T07:42:15Z"));
  ASSERT_EQ(read->vrps.size(), 2u);
  EXPECT_EQ(read->vrps[0], (Vrp{prefix("93.175.147.0/24"), 24, Asn{196615}}));
  EXPECT_EQ(read->vrps[1], (Vrp{prefix("1.1.1.0/24"), 24, Asn{13335}})) << "an escaped slash is a slash";
  EXPECT_TRUE(read->lists_aspas);
  EXPECT_EQ(read->aspas, (std::vector<Aspa>{{Asn{15562}, {Asn{2914}, Asn{8283}, Asn{51088}}}}));
}

TEST(RpkiJson, AVrpLastsAsLongAsOneOfItsSources) {
  const Buffer file = golden("routinator.jsonext");
  const auto at = [&](std::string_view now) { return read_rpki_json(file.bytes(), *parse_instant(now)); };
  EXPECT_EQ(at("2021-07-22")->vrps.size(), 2u);
  EXPECT_EQ(at("2021-08-15")->vrps.size(), 2u);
  EXPECT_EQ(at("2021-09-02")->vrps.size(), 1u) << "an exception has no end";
  EXPECT_EQ(at("2021-09-02")->expired_vrps, 1u);
  EXPECT_EQ(at("2021-07-22")->trust_anchors, (std::vector<std::string>{"ripe", ""}));
  EXPECT_FALSE(at("2021-07-22")->lists_aspas);
}

TEST(RpkiJson, IsJudgedAtItsOwnTimeUnlessAnotherIsGiven) {
  const Buffer file = golden("rpki-client.json");
  EXPECT_EQ(read_rpki_json(file.bytes(), *parse_instant("2025-07-20T08:00:00Z"))->vrps.size(), 5u);
  const auto later = read_rpki_json(file.bytes(), *parse_instant("2026-01-01"));
  ASSERT_FALSE(later);
  EXPECT_EQ(later.error().kind, ErrorKind::refused);
  EXPECT_EQ(later.error().text, "all of its 5 VRPs had expired at 2026-01-01T00:00:00Z: fetch a newer export");
}

TEST(RpkiJson, TheBuildTimeMayStandBehindTheLists) {
  const Buffer file = buffer_of(R"({"roas": [{"asn": 1, "prefix": "10.0.0.0/8", "maxLength": 8, "expires": 1000},
    {"asn": 2, "prefix": "10.0.0.0/8", "maxLength": 8, "expires": 3000}], "metadata": {"generated": 2000}})");
  const auto read = read_rpki_json(file.bytes());
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->built, from_seconds(2000));
  EXPECT_EQ(read->vrps, (std::vector<Vrp>{{prefix("10.0.0.0/8"), 8, Asn{2}}}));
}

TEST(RpkiJson, RowsThatCannotBeReadAreCountedWithTheirPlace) {
  const std::string text = R"({"roas": [
{"asn": 1, "prefix": "10.0.0.0/8"},
{"asn": 1, "prefix": "10.0.0.1/8", "maxLength": 8},
{"asn": 1, "prefix": "10.0.0.0/8", "maxLength": 7},
{"asn": -1, "prefix": "10.0.0.0/8", "maxLength": 8},
{"asn": 2, "prefix": "10.0.0.0/9", "maxLength": 9},
{"asn": 3, "prefix": "10.0.0.0/10", "maxLength": 32}, 7,
{"asn": 3, "prefix": "10.0.0.0/10", "maxLength": 30},
{"asn": 4, "prefix": "10.0.0.0/10", "maxLength": 30}]})";
  const auto read = read_rpki_json(buffer_of(text).bytes());
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->vrps.size(), 5u);
  ASSERT_EQ(read->skips.count, 4u);
  EXPECT_EQ(read->skips.first[0],
            (Skips::Row{text.find("{\"asn\": 1, \"prefix\": \"10.0.0.1"), "its prefix is none: '10.0.0.1/8'"}));
  EXPECT_EQ(read->skips.first[1].reason, "its maxLength 7 does not fit its prefix: '10.0.0.0/8'");
  EXPECT_EQ(read->skips.first[2].reason, "its asn is no AS number");
  EXPECT_EQ(read->skips.first[3].reason, "it is no object");
  EXPECT_EQ(read->built, std::nullopt);
}

TEST(RpkiJson, AnAspaThatCannotBeReadWholeIsLeftOutWhole) {
  const auto read = read_rpki_json(buffer_of(R"({"aspas": [{"customer_asid": 1, "providers": [2, "x", 3]},
    {"customer_asid": 2, "providers": [3]}, {"customer_asid": 5, "providers": []}, {"customer_asid": 6}]})")
                                       .bytes());
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->aspas, (std::vector<Aspa>{{Asn{2}, {Asn{3}}}, {Asn{5}, {}}}));
  EXPECT_EQ(read->skips.count, 2u);
  EXPECT_FALSE(read->lists_vrps);
}

TEST(RpkiJson, NothingIsNeverEverything) {
  const auto kind = [](std::string_view text) { return read_rpki_json(buffer_of(text).bytes()).error().kind; };
  EXPECT_EQ(kind(R"({"roas": []})"), ErrorKind::refused);
  EXPECT_EQ(kind(R"({"roas": [], "aspas": [{"customer_asid": 1, "providers": [2]}]})"), ErrorKind::refused);
  EXPECT_EQ(kind(R"({"roas": [{"asn": "x"}]})"), ErrorKind::malformed);
  EXPECT_EQ(kind(R"({"metadata": {"roas": 5}})"), ErrorKind::malformed);
  EXPECT_EQ(kind(R"({"roas": 5})"), ErrorKind::malformed);
  EXPECT_EQ(kind("[]"), ErrorKind::malformed);
  EXPECT_EQ(kind(""), ErrorKind::malformed);
  EXPECT_EQ(kind("<html>"), ErrorKind::malformed);
}

TEST(RpkiJson, ATornFileIsAnErrorWhereverItWasTorn) {
  const Buffer whole = golden("rpki-client.json");
  const std::size_t end = as_text(whole.bytes()).rfind('}');
  expect_total_over_prefixes(Buffer::copy_of(whole.bytes().first(end)),
                             [](Bytes part) { EXPECT_FALSE(read_rpki_json(part)) << part.size(); });
  EXPECT_FALSE(read_rpki_json(buffer_of(std::string(as_text(whole.bytes())) + "{}").bytes()))
      << "something behind the end";
  const auto torn = read_rpki_json(whole.bytes().first(900));
  EXPECT_NE(torn.error().text.find("fetch it again"), std::string::npos);
}

TEST(RpkiJson, ADifferenceIsNoTable) {
  const Buffer routinator = buffer_of(
      R"({"reset": false, "session": "1", "serial": 2, "fromSerial": 1, "announced": [{"type": "routeOrigin"}], "withdrawn": []})");
  EXPECT_TRUE(is_rpki_difference(routinator.bytes()));
  EXPECT_FALSE(is_rpki_json(routinator.bytes()));
  EXPECT_FALSE(is_rpki_difference(golden("rpki-client.json").bytes()));
}

TEST(RpkiJson, ReadsTheWholeRpki) {
  FAIRWAY_REAL(file, "bzcat $D/world/rpkiclient_summary_20250720T100145Z.json.bz2");
  ASSERT_TRUE(is_rpki_json(file.bytes().first(kHead)));
  const auto read = read_rpki_json(file.bytes());
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->vrps.size(), 723524u) << "metadata.uniquevrps";
  EXPECT_EQ(read->aspas.size(), 100u);
  EXPECT_EQ(read->skips.count, 0u);
  EXPECT_EQ(read->expired_vrps, 0u);
  EXPECT_EQ(read->trust_anchors.size(), 5u);
  FAIRWAY_REAL(difference, "bzcat $D/rpki/rpkiclient_vrpdiff_20250720T100145Z.json.bz2");
  EXPECT_TRUE(is_rpki_difference(difference.bytes().first(kHead)));
  EXPECT_FALSE(is_rpki_json(difference.bytes().first(kHead)));
}

}  // namespace
}  // namespace fairway
