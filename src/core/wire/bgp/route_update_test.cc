// UPDATE messages as routes with shared attributes.
#include "core/wire/bgp/route_update.h"

#include <gtest/gtest.h>

#include "core/wire/bgp/testing.h"
#include "core/wire/bgp/update.h"

namespace fairway::bgp {
namespace {

using namespace testing;

struct Reader {
  AttributeCache cache;
  RouteUpdateReader reader;
  RouteUpdate update;

  void read(Bytes body, const Encoding& encoding = {}) { reader.read(Cursor(body, 500), encoding, cache, update); }
  std::vector<RouteEvent> events() {
    std::vector<RouteEvent> all;
    RouteEvent event;
    for_each_event(update, event, [&](const RouteEvent& one) { all.push_back(one); });
    return all;
  }
};

std::vector<std::uint8_t> body_of(const Update& update, const Encoding& encoding = {}) {
  ByteWriter out;
  EXPECT_TRUE(encode_update(update, encoding, out));
  return out.release();
}

Reach reach_of(const char* next_hop, std::vector<Nlri> announced) {
  Reach reach;
  reach.next_hop = ip(next_hop);
  reach.afi = static_cast<std::uint16_t>(announced.at(0).prefix.family());
  reach.safi = 1;
  reach.announced = std::move(announced);
  return reach;
}

Update mixed() {
  Update update;
  update.withdrawn = {{prefix("192.0.2.0/24"), {}}};
  update.announced = {{prefix("198.51.100.0/24"), {}}};
  update.attributes = everything();
  update.reach = reach_of("2001:db8::1", {{prefix("2001:db8::/32"), {}}, {prefix("2001:db8:2::/48"), {}}});
  update.unreach = Unreach{2, 1, {{prefix("2001:db8:1::/48"), {}}}, {}};
  return update;
}

TEST(RouteUpdate, TellsWithdrawalsBeforeAnnouncements) {
  Reader reader;
  const auto body = body_of(mixed());
  reader.read(body);
  EXPECT_TRUE(reader.update.findings.empty());
  const auto events = reader.events();
  ASSERT_EQ(events.size(), 5u);
  EXPECT_EQ(events[0].kind, EventKind::withdraw);
  EXPECT_EQ(events[0].prefix, prefix("192.0.2.0/24"));
  EXPECT_EQ(events[0].attributes, nullptr);
  EXPECT_EQ(events[1].prefix, prefix("2001:db8:1::/48"));
  EXPECT_EQ(events[2].kind, EventKind::announce);
  EXPECT_EQ(events[2].prefix, prefix("198.51.100.0/24"));
  EXPECT_EQ(events[2].attributes->next_hop, ip("192.0.2.1"));
  EXPECT_EQ(events[3].prefix, prefix("2001:db8::/32"));
  EXPECT_EQ(events[3].attributes->next_hop, ip("2001:db8::1"));
  EXPECT_EQ(events[4].attributes_key, events[3].attributes_key);
  EXPECT_NE(events[3].attributes_key, events[2].attributes_key);
}

TEST(RouteUpdate, SharesAttributesBetweenMessages) {
  Reader reader;
  Update update = mixed();
  const auto first = body_of(update);
  reader.read(first);
  const std::uint32_t v4 = reader.update.attributes->key, v6 = reader.update.reach_attributes->key;
  update.withdrawn.clear();
  update.unreach.reset();
  update.announced = {{prefix("203.0.113.0/24"), {}}};
  update.reach->announced = {{prefix("2001:db8:3::/48"), {}}};
  const auto second = body_of(update);
  reader.read(second);
  EXPECT_EQ(reader.update.attributes->key, v4);
  EXPECT_EQ(reader.update.reach_attributes->key, v6);
  update.reach->next_hop = ip("2001:db8::2");
  const auto third = body_of(update);
  reader.read(third);
  EXPECT_EQ(reader.update.attributes->key, v4);
  EXPECT_NE(reader.update.reach_attributes->key, v6) << "another next hop is another set";
}

TEST(RouteUpdate, TakesTheNextHopOfMpReachForWhatItAnnounces) {
  Reader reader;
  Update update;
  update.attributes = everything();
  update.reach = reach_of("2001:db8::9", {{prefix("198.51.100.0/24"), {}}});  // RFC 8950
  const auto body = body_of(update);
  reader.read(body);
  ASSERT_EQ(reader.events().size(), 1u);
  EXPECT_EQ(reader.events()[0].attributes->next_hop, ip("2001:db8::9"));
}

TEST(RouteUpdate, ReadsWhatDecodeUpdateReads) {
  for (const bool four : {true, false}) {
    const Encoding encoding{.four_octet_asns = four};
    Update update = mixed();
    const auto body = body_of(update, encoding);
    Update plain;
    Findings findings;
    ASSERT_TRUE(decode_update(Cursor(body), encoding, plain, findings));
    Reader reader;
    reader.read(body, encoding);
    EXPECT_TRUE(same(reader.update.attributes->attributes, plain.attributes));
    EXPECT_EQ(reader.update.reach, plain.reach);
    EXPECT_EQ(reader.update.unreach, plain.unreach);
  }
}

TEST(RouteUpdate, SaysTheEndOfATable) {
  Reader reader;
  const auto body = hex("0000 0006 80 0f 03 0002 01");
  reader.read(body);
  const auto events = reader.events();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].kind, EventKind::end_of_rib);
  EXPECT_EQ(events[0].prefix.family(), Family::ipv6);
  const auto ipv4 = hex("0000 0000");
  reader.read(ipv4);
  ASSERT_EQ(reader.events().size(), 1u);
  EXPECT_EQ(reader.events()[0].prefix.family(), Family::ipv4);
}

TEST(RouteUpdate, PassesOverOtherFamilies) {
  Reader reader;
  const auto body = hex("0000 001c 40 01 01 00 40 02 00 80 0e 12 0019 46 04 c0000201 00 010203040506070809");
  reader.read(body);
  EXPECT_TRUE(reader.update.findings.empty());
  EXPECT_TRUE(reader.update.complete);
  EXPECT_TRUE(reader.events().empty());
}

TEST(RouteUpdate, ThatIsCutShortGivesWhatIsThere) {
  Reader reader;
  const auto cut_withdrawals = hex("0020 18 c63364 18 c633");
  reader.read(cut_withdrawals);
  EXPECT_FALSE(reader.update.complete);
  EXPECT_EQ(reader.events().size(), 1u);
  const auto whole = body_of(mixed());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    reader.read(Bytes(whole).first(size));
    EXPECT_LE(reader.events().size(), 5u);
  }
}

TEST(RouteUpdate, TakesTheFirstOfTwoEvenIfItIsMalformed) {
  Reader reader;
  reader.read(hex("0000 001a 80 0e 04 0002 01 10 80 0e 10 0002 01 04 c0000201 00 20 20010db8 00 00"));
  EXPECT_TRUE(reader.events().empty());
  EXPECT_FALSE(reader.update.has_reach);
}

TEST(RouteUpdate, FindsTheSameAgainInSharedAttributes) {
  Reader reader;
  const auto body = hex("0000 0011 40 01 01 07 40 02 00 40 03 04 c0000201 40 06 00 18 c63364");
  for (int i = 0; i < 2; ++i) {
    reader.read(body);
    ASSERT_EQ(reader.update.findings.size(), 2u);  // ORIGIN is malformed, and so it is missing
    for (const Finding& finding : reader.update.findings) EXPECT_EQ(finding.offset, 504u);
  }
}

TEST(AttributeCache, KeepsKeysApartAfterForgetting) {
  AttributeCache cache(1000);
  const auto one = hex("40 01 01 00"), two = hex("40 01 01 02");
  const std::uint32_t first = cache.get(one, true, Family::ipv4, false).key;
  EXPECT_EQ(cache.get(one, true, Family::ipv4, false).key, first);
  EXPECT_NE(cache.get(one, false, Family::ipv4, false).key, first);
  EXPECT_NE(cache.get(two, true, Family::ipv4, false).key, first);
  for (std::uint8_t i = 0; i < 100; ++i) {
    const std::uint8_t run[] = {0xC0, 8, 4, 0, 0, 0, i};
    cache.get(run, true, Family::ipv4, false);
  }
  cache.trim();
  const auto& again = cache.get(one, true, Family::ipv4, false);
  EXPECT_GT(again.key, first);
  EXPECT_EQ(again.attributes.origin, OriginCode::igp);
  EXPECT_TRUE(again.attributes.communities.empty()) << "memory is used again, values are not";
}

TEST(AttributeCache, TakesTheNextHopOfTheRightFamily) {
  AttributeCache cache;
  const auto both = hex("40 03 04 c0000201 80 0e 11 10 20010db8000000000000000000000001");
  EXPECT_EQ(cache.get(both, true, Family::ipv6, true).attributes.next_hop, ip("2001:db8::1"));
  EXPECT_EQ(cache.get(both, true, Family::ipv4, false).attributes.next_hop, ip("192.0.2.1"));
  // The whole attribute of an UPDATE that announced IPv6 beside IPv4.
  const auto other = hex("80 0e 1a 0002 01 10 20010db8000000000000000000000001 00 20 20010db8");
  EXPECT_EQ(cache.get(other, true, Family::ipv4, false).attributes.next_hop, std::nullopt);
  EXPECT_EQ(cache.get(other, true, Family::ipv6, true).attributes.next_hop, ip("2001:db8::1"));
}

}  // namespace
}  // namespace fairway::bgp
