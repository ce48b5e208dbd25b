#include "core/model/number_range.h"

#include <gtest/gtest.h>

namespace fairway {
namespace {

TEST(NumberRange, IsReadAsRegistriesWriteIt) {
  const auto range = [](std::string_view text) { return parse_address_range(text); };
  EXPECT_EQ(range("192.0.2.0 - 192.0.2.255"), range("192.0.2.0/24"));
  EXPECT_EQ(range("192.0.2.0-192.0.2.255"), range("192.0.2.0/24"));
  EXPECT_EQ(range("192.0.2.1"), range("192.0.2.1 - 192.0.2.1"));
  EXPECT_EQ(range("0.0.0.0 - 255.255.255.255"), range("0.0.0.0/0"));
  EXPECT_EQ(range("2001:db8::/32"), range("2001:db8:: - 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"));
  EXPECT_TRUE(range("192.0.2.0/24")->contains(*range("192.0.2.9")));
  EXPECT_FALSE(range("192.0.2.0/24")->contains(*range("192.0.0.0/16")));
  for (const char* text :
       {"", "-", "192.0.2.9 - 192.0.2.1", "192.0.2.1 - 2001:db8::", "192.0.2.0 -", "x", "192.0.2.1/24"}) {
    EXPECT_FALSE(range(text)) << text;
  }
  EXPECT_EQ(parse_as_block("AS1 - AS10"), (NumberRange{NumberRange::Kind::asn, 1, 10}));
  EXPECT_EQ(parse_as_block("as1-as1"), NumberRange::of(Asn{1}));
  for (const char* text : {"", "AS1", "AS10 - AS1", "AS1 - x"}) EXPECT_FALSE(parse_as_block(text)) << text;
}

}  // namespace
}  // namespace fairway
