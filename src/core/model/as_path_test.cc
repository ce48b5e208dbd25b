#include "core/model/as_path.h"

#include <gtest/gtest.h>

#include "core/model/attributes.h"

namespace fairway {
namespace {

AsPath path(std::string_view text) {
  const auto parsed = parse_as_path(text);
  EXPECT_TRUE(parsed) << text;
  return parsed.value_or(AsPath{});
}

TEST(Asn, ReadsPlainDottedAndPrefixedForms) {
  EXPECT_EQ(parse_asn("AS64500"), Asn{64500});
  EXPECT_EQ(parse_asn("64500"), Asn{64500});
  EXPECT_EQ(parse_asn("1.10"), Asn{65546});
  EXPECT_EQ(parse_asn("as4294967295"), Asn{4294967295});
  for (const char* bad : {"", "AS", "4294967296", "-1", "1.65536", "1.", ".1", "AS 1", "1.2.3"})
    EXPECT_FALSE(parse_asn(bad)) << bad;
}

TEST(AsPath, PrintsWhatItReads) {
  for (const char* text :
       {"", "64500", "64500 64501 64501", "64500 {64501,64502}", "(64512 64513) 64500", "[64512,64513] 64500 {1}"}) {
    EXPECT_EQ(to_string(path(text)), text);
  }
  EXPECT_EQ(to_string(path("64500,64501")), "64500 64501");
  for (const char* bad : {"{1", "1}", "(1 2]", "{1 {2}}", "x", "1 -2"}) EXPECT_FALSE(parse_as_path(bad)) << bad;
}

// RFC 6811 section 2, "Route Origin ASN".
TEST(AsPath, OriginIsTheRightmostAsOfALastSequence) {
  EXPECT_EQ(path("64500 64501").origin(), (PathOrigin{PathOrigin::Kind::as, Asn{64501}}));
  EXPECT_EQ(path("64500 {64501,64502}").origin().kind, PathOrigin::Kind::none);
  EXPECT_EQ(path("").origin().kind, PathOrigin::Kind::local);
  EXPECT_EQ(path("(64512)").origin().kind, PathOrigin::Kind::local);
  EXPECT_EQ(path("(64512) 64500").origin(), (PathOrigin{PathOrigin::Kind::as, Asn{64500}}));
}

TEST(AsPath, NeighbourPassesOverConfederations) {
  EXPECT_EQ(path("64500 64501").neighbour(), Asn{64500});
  EXPECT_EQ(path("(64512) 64500").neighbour(), Asn{64500});
  EXPECT_FALSE(path("{64500} 64501").neighbour());
  EXPECT_FALSE(path("").neighbour());
}

// RFC 4271 section 9.1.2.2, RFC 5065 section 5.3.
TEST(AsPath, LengthCountsASetOnce) { EXPECT_EQ(path("(64512 64513) 1 2 {3,4,5}").length(), 3u); }

TEST(Community, PrintsWhatItReads) {
  std::string out;
  append_to(out, *parse_community("64500:666"));
  out += ' ';
  append_to(out, *parse_large_community("64500:1:4294967295"));
  EXPECT_EQ(out, "64500:666 64500:1:4294967295");
  EXPECT_FALSE(parse_community("65536:1"));
  EXPECT_FALSE(parse_community("1"));
  EXPECT_FALSE(parse_large_community("1:2"));
}

}  // namespace
}  // namespace fairway
