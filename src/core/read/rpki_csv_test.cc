#include "core/read/rpki_csv.h"

#include "core/read/csv.h"
#include "core/read/golden_for_tests.h"

namespace fairway {
namespace {

TEST(Csv, QuotesAreTakenOff) {
  CsvLine line;
  line.set(R"(AS1, "a, ""b""" ,,10)");
  ASSERT_EQ(line.size(), 4u);
  EXPECT_EQ(line[0], "AS1");
  EXPECT_EQ(line[1], "a, \"b\"");
  EXPECT_EQ(line[2], "");
  EXPECT_EQ(line[3], "10");
  EXPECT_EQ(line[4], "");
  line.set("\"open");
  EXPECT_EQ(line[0], "open");
}

TEST(RpkiCsv, ReadsWhatRelyingPartiesWrite) {
  const Buffer file = golden("rpki.csv");
  ASSERT_TRUE(is_rpki_csv(file.bytes()));
  const auto read = read_rpki_csv(file.bytes());
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->vrps.size(), 3u);
  EXPECT_EQ(read->vrps[2], (Vrp{*parse_prefix("2001:67c:2e8::/48"), 48, Asn{3333}}));
  EXPECT_EQ(read->trust_anchors, (std::vector<std::string>{"apnic", "ripe"}));
  EXPECT_FALSE(read->lists_aspas);
  EXPECT_EQ(read->built, std::nullopt);
  const auto later = read_rpki_csv(file.bytes(), from_seconds(1753100000));
  EXPECT_EQ(later->vrps.size(), 2u);
  EXPECT_EQ(later->expired_vrps, 1u);
}

TEST(RpkiCsv, ReadsTheArchiveOfTheRipeNcc) {
  const auto read = read_rpki_csv(golden("roas.csv").bytes());
  ASSERT_TRUE(read) << read.error().text;
  ASSERT_EQ(read->vrps.size(), 3u);
  EXPECT_EQ(read->vrps[0], (Vrp{*parse_prefix("2001:43f8::/48"), 128, Asn{0}}));
  EXPECT_EQ(read->vrps[1].max_length, 40) << "no maximum: that of the prefix";
  EXPECT_EQ(read->trust_anchors, (std::vector<std::string>{"afrinic", ""}));
  const auto early = read_rpki_csv(golden("roas.csv").bytes(), *parse_instant("2020-01-01"));
  EXPECT_EQ(early->vrps.size(), 1u) << "what has not begun yet is left out";
  EXPECT_EQ(read_rpki_csv(golden("roas.csv").bytes(), *parse_instant("2030-01-01")).error().kind, ErrorKind::refused);
}

TEST(RpkiCsv, ColumnsAreFoundByName) {
  const auto read = read_rpki_csv(
      buffer_of("max length,prefix,asn,note\r\n24,192.0.2.0/24,64496,\"a, b\"\r\n,192.0.2.0/25,AS64497\r\n").bytes());
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->vrps, (std::vector<Vrp>{{*parse_prefix("192.0.2.0/24"), 24, Asn{64496}},
                                          {*parse_prefix("192.0.2.0/25"), 25, Asn{64497}}}));
  const auto wrong = read_rpki_csv(buffer_of("a,b\n1,2\n").bytes());
  EXPECT_EQ(wrong.error().where, 1u);
  EXPECT_FALSE(is_rpki_csv(buffer_of("a,b\n1,2\n").bytes()));
}

TEST(RpkiCsv, RowsThatCannotBeReadAreCountedWithTheirLine) {
  const auto read = read_rpki_csv(
      buffer_of("ASN,IP Prefix,Max Length,Trust Anchor\nAS1,10.0.0.0/8,8,x\nAS1,10.0.0.0/8,33,x\nAS1,10.0.0.0/9,9,x\n")
          .bytes());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->skips.count, 1u);
  EXPECT_EQ(read->skips.first[0], (Skips::Row{3, "its Max Length does not fit its prefix: 'AS1,10.0.0.0/8,33,x'"}));
  EXPECT_EQ(read_rpki_csv(buffer_of("ASN,IP Prefix,Max Length\n").bytes()).error().kind, ErrorKind::refused);
  EXPECT_EQ(read_rpki_csv(buffer_of("").bytes()).error().kind, ErrorKind::refused);
}

TEST(RpkiCsv, ReadsTheRealArchive) {
  FAIRWAY_REAL(file, "cat $D/rpki/ripe_archive_roas_csv_2021.csv");
  ASSERT_TRUE(is_rpki_csv(file.bytes().first(kHead)));
  const auto read = read_rpki_csv(file.bytes());
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->vrps.size(), 4372u);
  EXPECT_EQ(read->skips.count, 0u);
  EXPECT_EQ(read->trust_anchors, std::vector<std::string>{"afrinic"});
}

}  // namespace
}  // namespace fairway
