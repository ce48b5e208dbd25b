#include "core/model/instant.h"

#include <gtest/gtest.h>

namespace fairway {
namespace {

TEST(Instant, PrintsIso8601) {
  EXPECT_EQ(to_string(Instant{}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_string(from_seconds(1542057136)), "2018-11-12T21:12:16Z");
  EXPECT_EQ(to_string(Instant{1542057136000042}), "2018-11-12T21:12:16.000042Z");
  EXPECT_EQ(to_string(from_seconds(951782400)), "2000-02-29T00:00:00Z");
  EXPECT_EQ(to_string(Instant{-1}), "1969-12-31T23:59:59.999999Z");
}

TEST(Instant, ReadsTheFormsOfTheField) {
  const Instant told = from_seconds(1542057136);
  for (const char* text : {"2018-11-12T21:12:16Z", "2018-11-12 21:12:16", "2018-11-12T21:12:16",
                           "2018-11-13T04:12:16+07:00", "1542057136", "1542057136.0"}) {
    EXPECT_EQ(parse_instant(text), told) << text;
  }
  EXPECT_EQ(parse_instant("2018-11-12T21:12:16.5Z"), told + Duration{500000});
  EXPECT_EQ(parse_instant("1542057136.000001"), told + Duration{1});
  EXPECT_EQ(parse_instant("2018-11-12"), from_seconds(1541980800));
  EXPECT_EQ(parse_instant("2018-11-12T21:12Z"), told - seconds(16));
  for (const char* bad : {"", "x", "2018-13-01", "2018-02-29", "2018-11-12T25:00:00Z", "2018-11-12T21:12:16Q",
                          "1542057136.", "99999999999999999999", "2018-11-12T21:12:16+7"}) {
    EXPECT_FALSE(parse_instant(bad)) << bad;
  }
}

TEST(Instant, EveryDayOfFourCenturiesRoundTrips) {
  for (std::int64_t day = -146097; day <= 146097; ++day) {
    const CivilDate date = civil_from_days(day);
    ASSERT_EQ(days_from_civil(date.year, date.month, date.day), day);
    ASSERT_EQ(parse_instant(to_string(Instant{} + days(day))), Instant{} + days(day));
  }
}

}  // namespace
}  // namespace fairway
