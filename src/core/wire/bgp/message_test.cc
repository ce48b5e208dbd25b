// All five messages, framed, decoded and encoded.
#include "core/wire/bgp/message.h"

#include <gtest/gtest.h>

#include "core/wire/bgp/testing.h"

namespace fairway::bgp {
namespace {

using namespace testing;

const std::string kMarker(32, 'f');

// Encodes, frames, decodes; expects no finding.
Message round(const Message& message, const Encoding& encoding, ByteWriter& out) {
  EXPECT_TRUE(encode_message(message, encoding, out));
  Cursor cursor(out.written());
  const auto raw = next_message(cursor, encoding.extended_messages);
  EXPECT_TRUE(raw);
  EXPECT_TRUE(cursor.empty());
  Findings findings;
  auto again = decode_message(*raw, encoding, findings);
  EXPECT_TRUE(again);
  for (const Finding& finding : findings) ADD_FAILURE() << finding.text;
  return *again;
}

template <class T>
void expect_round(const T& value) {
  ByteWriter out;
  EXPECT_EQ(std::get<T>(round(value, {}, out)), value);
}

Open an_open() {
  Open open;
  open.my_as = 23456;
  open.hold_time = 90;
  open.bgp_id = 0xC0000201;
  return open;
}

TEST(Message, KeepaliveIsAHeader) {
  ByteWriter out;
  expect_round(Keepalive{});
  ASSERT_TRUE(encode_message(Keepalive{}, {}, out));
  EXPECT_EQ(out.release(), hex(kMarker + "0013 04"));
}

TEST(Message, OfEveryCapabilityIsReadBack) {
  Open open = an_open();
  open.capabilities = {Multiprotocol{{2, 1}},
                       RouteRefreshCapability{},
                       ExtendedNextHop{{{1, 1, 2}, {1, 2, 2}}},
                       ExtendedMessage{},
                       RoleCapability{3},
                       GracefulRestart{8, 120, {{{1, 1}, 0x80}, {{2, 1}, 0}}},
                       FourOctetAsn{Asn{4200000001}},
                       AddPath{{{{1, 1}, 3}, {{2, 1}, 1}}},
                       EnhancedRouteRefresh{},
                       LongLivedGracefulRestart{{{{1, 1}, 0x80, 3600}}},
                       Fqdn{"rs1", "example.net"},
                       RawCapability{200, {1, 2, 3}}};
  EXPECT_EQ(open.capabilities.size(), std::variant_size_v<Capability>) << "a capability of each kind";
  expect_round(open);
  EXPECT_EQ(open.asn(), Asn{4200000001});
}

TEST(Message, OpenUsesTheLongFormOnlyWhenItMust) {
  Open open = an_open();
  for (unsigned i = 0; i < 2; ++i) open.capabilities.push_back(RawCapability{200, std::vector<std::uint8_t>(123, 7)});
  ByteWriter shorter, longer;
  ASSERT_TRUE(encode_message(open, {}, shorter));
  EXPECT_EQ(shorter.written()[28], 252);
  expect_round(open);
  open.capabilities.push_back(RouteRefreshCapability{});
  ASSERT_TRUE(encode_message(open, {}, longer));
  EXPECT_EQ(shorter.size(), 29u + 252);
  EXPECT_EQ(longer.written()[28], 254);
  open.capabilities.push_back(RouteRefreshCapability{});
  longer.clear();
  ASSERT_TRUE(encode_message(open, {}, longer));
  // RFC 9072: both lengths are 255, then a length of two octets, and parameters have lengths of two octets.
  EXPECT_EQ(longer.written()[28], 255);
  EXPECT_EQ(longer.written()[29], 255);
  expect_round(open);
}

// RFC 9072 section 2: the type tells, whatever stands in the octet before it.
TEST(Message, OpenOfTheLongFormMayBeShort) {
  const auto octets = hex(kMarker + "0025 01 04 fbf4 005a c0000201 07 ff 0005 02 0002 02 00");
  Cursor cursor(octets);
  Findings findings;
  const auto message = decode_message(*next_message(cursor, false), {}, findings);
  ASSERT_TRUE(message);
  EXPECT_TRUE(findings.empty());
  EXPECT_EQ(std::get<Open>(*message).capabilities, std::vector<Capability>{RouteRefreshCapability{}});
}

TEST(Message, OpenKeepsParametersAndStrangeCapabilities) {
  const auto octets = hex(kMarker + "0029 01 04 fbf4 005a c0000201 0c  02 06 41 02 0001 02 00  01 02 aabb");
  Cursor cursor(octets);
  Findings findings;
  const auto message = decode_message(*next_message(cursor, false), {}, findings);
  ASSERT_TRUE(message);
  const Open& open = std::get<Open>(*message);
  ASSERT_EQ(open.capabilities.size(), 2u);
  EXPECT_EQ(std::get<RawCapability>(open.capabilities[0]), (RawCapability{65, {0, 1}}));
  ASSERT_EQ(open.parameters.size(), 1u);
  EXPECT_EQ(open.parameters[0].type, 1);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].rule, "RFC 5492 section 4");
}

TEST(Message, OpenThatCannotBeAcceptedIsTold) {
  const auto octets = hex(kMarker + "001d 01 03 0000 0001 00000000 00");
  Cursor cursor(octets);
  Findings findings;
  ASSERT_TRUE(decode_message(*next_message(cursor, false), {}, findings));
  EXPECT_EQ(findings.size(), 4u);  // version, hold time, identifier, AS
}

TEST(Message, OpenOfWrongLengthsIsRefused) {
  for (const char* body : {"04 fbf4 005a c0000201 05 00", "04 fbf4 005a c0000201 00 00",
                           "04 fbf4 005a c0000201 02 02 01", "04 fbf4 005a c0000201 ff ff 0008 02 0000"}) {
    const auto octets = hex(body);
    Findings findings;
    const auto refused = decode_open(Cursor(octets, 50), findings);
    ASSERT_FALSE(refused) << body;
    EXPECT_EQ(refused.error().kind, ErrorKind::malformed);
    EXPECT_EQ(refused.error().where, 50u);
  }
}

TEST(Message, EncodingFollowsFromBothOpens) {
  Open ours = an_open(), theirs = an_open();
  EXPECT_EQ(negotiate(ours, theirs), (Encoding{.four_octet_asns = false}));
  ours.capabilities = {FourOctetAsn{Asn{64500}}, ExtendedMessage{}, AddPath{{{{1, 1}, 1}, {{2, 1}, 3}}}};
  theirs.capabilities = {FourOctetAsn{Asn{64501}}, ExtendedMessage{}, AddPath{{{{1, 1}, 2}, {{2, 1}, 1}}}};
  const Encoding agreed = negotiate(ours, theirs);
  EXPECT_TRUE(agreed.four_octet_asns && agreed.extended_messages);
  EXPECT_TRUE(agreed.has_path_ids(Family::ipv4, Safi::unicast));   // we receive, they send
  EXPECT_FALSE(agreed.has_path_ids(Family::ipv6, Safi::unicast));  // they only receive
}

TEST(Message, NotificationCarriesATextForPeople) {
  const Notification notification = shutdown_notification(kAdministrativeShutdown, "[TICKET-1] fibre work; bis später");
  expect_round(notification);
  EXPECT_EQ(shutdown_text(notification), "[TICKET-1] fibre work; bis später");
  EXPECT_EQ(notification_name(6), "Cease");
  EXPECT_EQ(notification_name(6, 2), "Administrative Shutdown");
  EXPECT_EQ(notification_name(6, 99), "");

  // Longer texts end at a whole character.
  std::string longer;
  for (int i = 0; i < 128; ++i) longer += "ä";
  EXPECT_EQ(shutdown_text(shutdown_notification(kAdministrativeReset, longer))->size(), 254u);
}

TEST(Message, NotificationTextMustFillTheDataAndBeUtf8) {
  EXPECT_EQ(shutdown_text({6, 2, {3, 'a', 'b', 'c'}}), "abc");
  EXPECT_EQ(shutdown_text({6, 2, {}}), std::nullopt);
  EXPECT_EQ(shutdown_text({6, 2, {0}}), std::nullopt);
  EXPECT_EQ(shutdown_text({6, 2, {4, 'a', 'b', 'c'}}), std::nullopt);
  EXPECT_EQ(shutdown_text({6, 2, {2, 'a', 'b', 'c'}}), std::nullopt);
  EXPECT_EQ(shutdown_text({6, 3, {3, 'a', 'b', 'c'}}), std::nullopt);
  EXPECT_EQ(shutdown_text({6, 2, {2, 0xC0, 0x80}}), std::nullopt);        // not the shortest form
  EXPECT_EQ(shutdown_text({6, 2, {3, 0xED, 0xA0, 0x80}}), std::nullopt);  // a surrogate
  EXPECT_EQ(shutdown_text({6, 2, {1, 0x80}}), std::nullopt);
}

TEST(Message, RouteRefreshHasSubtypes) {
  for (const auto subtype :
       {RouteRefresh::Subtype::request, RouteRefresh::Subtype::begin, RouteRefresh::Subtype::end}) {
    expect_round(RouteRefresh{{2, 1}, subtype, {}});
  }
  expect_round(RouteRefresh{{1, 1}, RouteRefresh::Subtype::request, {1, 64, 0, 1, 0x80}});
  const auto octets = hex("0001 01 01 00");
  EXPECT_FALSE(decode_route_refresh(Cursor(octets)));
}

TEST(Message, IsRefusedWithTheOffsetOfItsHeader) {
  struct Bad {
    std::string octets;
    ErrorKind kind;
  };
  const std::string other_marker = "00" + kMarker.substr(2);
  for (const Bad& bad :
       {Bad{kMarker, ErrorKind::truncated}, Bad{kMarker + "0017 02 0000", ErrorKind::truncated},
        Bad{other_marker + "0013 04", ErrorKind::malformed}, Bad{kMarker + "0012 04", ErrorKind::malformed},
        Bad{kMarker + "0014 04 00", ErrorKind::malformed}, Bad{kMarker + "0013 06", ErrorKind::malformed},
        Bad{kMarker + "1001 02", ErrorKind::malformed}, Bad{kMarker + "0016 05 000000", ErrorKind::malformed}}) {
    const auto octets = hex(bad.octets);
    Cursor cursor(octets, 77);
    const auto refused = next_message(cursor, false);
    ASSERT_FALSE(refused) << bad.octets;
    EXPECT_EQ(refused.error().kind, bad.kind) << bad.octets;
    EXPECT_EQ(refused.error().where, 77u);
    EXPECT_EQ(cursor.left(), octets.size()) << "nothing is consumed";
  }
}

TEST(Message, MayBeLongerWhereThatWasAgreedOn) {
  Update update;
  for (std::uint32_t i = 0; i < 2000; ++i)
    update.withdrawn.push_back({Prefix(IpAddress::ipv4(i << 8), 24), std::nullopt});
  ByteWriter out;
  out.u8(7);
  const auto refused = encode_message(update, {}, out);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().text, "message: 8023 octets do not fit: at most 4096.");
  EXPECT_EQ(out.size(), 1u) << "nothing is appended";
  ByteWriter longer;
  const Message again = round(update, Encoding{.extended_messages = true}, longer);
  EXPECT_EQ(std::get<Update>(again).withdrawn, update.withdrawn);
  Cursor cursor(longer.written());
  EXPECT_FALSE(next_message(cursor, false));
}

TEST(Update, ComesBackFromTheWire) {
  for (const bool four : {true, false}) {
    for (const bool path_ids : {true, false}) {
      const Encoding encoding{.four_octet_asns = four, .add_path = path_ids ? Encoding::kAddPathAll : std::uint8_t{0}};
      const auto nlri = [&](const char* text) {
        return Nlri{prefix(text), path_ids ? std::optional(7u) : std::nullopt};
      };
      Update update;
      update.withdrawn = {nlri("192.0.2.0/24")};
      update.announced = {nlri("198.51.100.0/24"), nlri("203.0.113.0/25")};
      update.attributes = everything(!four);
      update.reach = Reach{};
      update.reach->afi = 2;
      update.reach->safi = 1;
      update.reach->next_hop = ip("2001:db8::1");
      update.reach->link_local_next_hop = ip("fe80::1");
      update.reach->announced = {nlri("2001:db8::/32")};
      update.unreach = Unreach{2, 2, {nlri("2001:db8:1::/48")}, {}};
      ByteWriter out;
      const Message message = round(update, encoding, out);
      const Update& again = std::get<Update>(message);
      EXPECT_EQ(again.withdrawn, update.withdrawn);
      EXPECT_EQ(again.announced, update.announced);
      EXPECT_EQ(again.reach, update.reach);
      EXPECT_EQ(again.unreach, update.unreach);
      EXPECT_TRUE(same(again.attributes, update.attributes));
    }
  }
}

TEST(Update, SaysTheEndOfATable) {
  const auto is_end = [](std::string_view body) {
    const auto octets = hex(body);
    Update update;
    Findings findings;
    EXPECT_TRUE(decode_update(Cursor(octets), {}, update, findings));
    return update.is_end_of_rib();
  };
  EXPECT_TRUE(is_end("0000 0000"));
  EXPECT_TRUE(is_end("0000 0006 80 0f 03 0002 01"));
  EXPECT_FALSE(is_end("0000 0000 00"));
  EXPECT_FALSE(is_end("0001 00 0000"));
  EXPECT_FALSE(is_end("0000 0004 40 01 01 00"));
  EXPECT_FALSE(is_end("0000 0007 80 0f 04 0002 01 00"));
}

TEST(Update, MissesWhatItMustHave) {
  const auto octets = hex("0000 0000 18 c63364");
  Update update;
  Findings findings;
  ASSERT_TRUE(decode_update(Cursor(octets), {}, update, findings));
  ASSERT_EQ(findings.size(), 3u);  // ORIGIN, AS_PATH, NEXT_HOP
  for (const Finding& finding : findings) EXPECT_EQ(finding.rule, "RFC 7606 section 3 d");
}

TEST(Update, WhoseFieldsDoNotFitIsRefused) {
  for (const char* body : {"", "00", "0001", "0001 00", "0000 0005 40 01 01 00"}) {
    const auto octets = hex(body);
    Update update;
    Findings findings;
    EXPECT_FALSE(decode_update(Cursor(octets), {}, update, findings)) << body;
  }
}

}  // namespace
}  // namespace fairway::bgp
