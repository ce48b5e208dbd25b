#include "core/report/routerconfig/router_config.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace fairway::routerconfig {
namespace {

std::string golden(const std::string& name) {
  std::ifstream file(std::string(FAIRWAY_SOURCE_DIR) + "/tests/golden/expand/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Every list of every vendor, each behind a line that says which it is.
std::string every_list(List list) {
  constexpr const char* kLetters[] = {"", " -E", " -z", " -f", " -G", " -H", " -t"};
  std::string text;
  for (const Vendor* vendor : vendors()) {
    for (std::size_t i = 0; i < kGenerations; ++i) {
      const auto generation = static_cast<Generation>(i);
      if (vendor->writer(generation) == nullptr) continue;
      text.append("==== ").append(vendor->name).append(kLetters[i]).append("\n");
      list.width = generation == Generation::as_path ? vendor->as_path_width : vendor->out_as_path_width;
      vendor->writer(generation)(text, list);
    }
  }
  return text;
}

TEST(RouterConfig, EveryListOfEveryVendorIsItsGolden) {
  std::vector<PrefixRange> four, six;
  for (const char* text : {"0.0.0.0/0", "10.0.0.0/8^16-24", "10.2.0.0/16", "172.16.0.0/12^12-24", "192.0.2.0/24^24-32",
                           "198.51.100.0/24^28", "203.0.113.7/32"}) {
    four.push_back(*parse_prefix_range(text));
  }
  for (const char* text : {"2001:db8::/32^32-48", "2001:db8:1::/48", "2001:db8:2::/47^48", "2001:db8:4::/46^47-64"}) {
    six.push_back(*parse_prefix_range(text));
  }
  const std::vector<Asn> asns{{112},   {64500}, {64501}, {64502}, {64503},
                              {64504}, {64505}, {64506}, {64507}, {4200000000}};
  List list{.name = "CUSTOMERS", .family = Family::ipv4, .ranges = four, .asns = asns, .neighbour = Asn{64500}};
  list.format = "%N %n/%l %a-%A %m %i\\n";
  EXPECT_EQ(every_list(list), golden("ipv4.txt"));
  list.family = Family::ipv6;
  list.ranges = six;
  list.neighbour = Asn{65000};
  EXPECT_EQ(every_list(list), golden("ipv6.txt"));
  list.ranges = {};
  list.asns = {};
  EXPECT_EQ(every_list(list), golden("empty.txt"));
}

TEST(RouterConfig, VendorsAreKnownByNameAndByLetters) {
  for (const Vendor* vendor : vendors()) {
    EXPECT_EQ(find_vendor(vendor->name), vendor);
    if (!vendor->letters.empty()) {
      EXPECT_EQ(find_vendor_letters(vendor->letters), vendor);
    }
  }
  EXPECT_EQ(find_vendor_letters("")->name, "ios");
  EXPECT_EQ(find_vendor("cisco"), nullptr);
}

TEST(RouterConfig, FormatsAreCheckedBeforeTheyAreUsed) {
  EXPECT_TRUE(is_format("%n/%l ge %a le %A %N %m %i %r %% \\n\\t"));
  EXPECT_TRUE(is_format(""));
  EXPECT_FALSE(is_format("%x"));
  EXPECT_FALSE(is_format("100%"));
}

}  // namespace
}  // namespace fairway::routerconfig
