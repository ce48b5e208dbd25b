// Every record type and subtype: written from plain values, decoded to events.
#include "core/wire/mrt/event_decoder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "core/wire/mrt/record_types.h"
#include "core/wire/mrt/testing.h"

namespace fairway::mrt {
namespace {

using namespace testing;

class EventDecoderTest : public ::testing::Test {
 protected:
  ByteWriter out_;
  Writer writer_{out_};

  Told decode() { return testing::decode(out_.written()); }
  Type last_type() {
    Cursor cursor(out_.written());
    Record last;
    while (auto record = next_record(cursor)) last = *record;
    last_subtype_ = last.subtype;
    return last.type;
  }
  std::uint16_t last_subtype_ = 0;

  void peers() {
    const Peer peers[] = {{ip("192.0.2.1"), Asn{64500}, 0xC0000201}, {ip("2001:db8::1"), Asn{4200000001}, 0xC0000202}};
    ASSERT_TRUE(writer_.peer_index_table(kNoon, 0xC00002FE, "a view", peers));
  }
};

Attributes six() {
  Attributes attributes = everything();
  attributes.next_hop = ip("2001:db8::9");
  attributes.link_local_next_hop = ip("fe80::9");
  return attributes;
}

TEST_F(EventDecoderTest, PeersAreWhatEntriesCount) {
  peers();
  EventDecoder decoder;
  EXPECT_TRUE(testing::decode(out_.written(), decoder).events.empty());
  ASSERT_EQ(decoder.peers().size(), 2u);
  EXPECT_EQ(decoder.peers()[1], (Peer{ip("2001:db8::1"), Asn{4200000001}, 0xC0000202}));
  EXPECT_EQ(decoder.sibling().peers(), decoder.peers());
  Cursor cursor(out_.written());
  const auto table = decode_peer_table(Cursor(next_record(cursor)->body));
  ASSERT_TRUE(table);
  EXPECT_EQ(table->view_name, "a view");
  EXPECT_EQ(table->collector_id, 0xC00002FEu);
}

TEST_F(EventDecoderTest, PeersMayHaveAsnsOfTwoOctets) {
  ASSERT_TRUE(writer_.record(
      kNoon, Type::table_dump_v2, 1,
      hex("c00002fe 0000 0002  00 c0000201 c0000201 fbf4  01 c0000202 20010db8000000000000000000000001 fbf5")));
  EventDecoder decoder;
  EXPECT_TRUE(testing::decode(out_.written(), decoder).errors.empty());
  ASSERT_EQ(decoder.peers().size(), 2u);
  EXPECT_EQ(decoder.peers()[0].asn, Asn{64500});
  EXPECT_EQ(decoder.peers()[1].address, ip("2001:db8::1"));
}

TEST_F(EventDecoderTest, GeoPeerTableSaysWhereTheyAre) {
  PeerTable table;
  table.collector_id = 7;
  table.view_name = "v";
  table.peers = {{ip("192.0.2.1"), Asn{64500}, 1}, {ip("2001:db8::1"), Asn{64501}, 2}};
  table.collector_place = {52.5f, 13.375f};
  table.places = {{-33.875f, 151.25f}, {NAN, NAN}};
  ASSERT_TRUE(writer_.geo_peer_table(kNoon, table));
  EXPECT_TRUE(decode().errors.empty());
  EXPECT_EQ(last_type(), Type::table_dump_v2);
  EXPECT_EQ(last_subtype_, 7);
  Cursor cursor(out_.written());
  const auto again = decode_geo_peer_table(Cursor(next_record(cursor)->body));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->peers, table.peers);
  EXPECT_EQ(again->collector_place.latitude, 52.5f);
  EXPECT_EQ(again->places[0].longitude, 151.25f);
  EXPECT_TRUE(std::isnan(again->places[1].latitude));
}

TEST_F(EventDecoderTest, RibsOfAllFamiliesWithAndWithoutPathIds) {
  struct Case {
    const char* prefix;
    Safi safi;
    std::uint16_t plain, add_path;
  };
  constexpr Case kCases[] = {{"198.51.100.0/24", Safi::unicast, 2, 8},
                             {"198.51.100.0/24", Safi::multicast, 3, 9},
                             {"2001:db8::/32", Safi::unicast, 4, 10},
                             {"2001:db8::/32", Safi::multicast, 5, 11}};
  for (const Case& one : kCases) {
    for (const bool path_ids : {false, true}) {
      for (const bool generic : {false, true}) {
        SCOPED_TRACE(std::string(one.prefix) + (path_ids ? " path ids" : "") + (generic ? " generic" : ""));
        out_.clear();
        peers();
        const Prefix p = prefix(one.prefix);
        const Attributes attributes = p.family() == Family::ipv6 ? six() : everything();
        RibEntry entries[] = {{0, kNoon - seconds(100), {}, &attributes}, {1, kNoon - seconds(200), {}, &attributes}};
        if (generic) {
          ASSERT_TRUE(
              writer_.rib_generic(kNoon, 5, {p, path_ids ? std::optional(1u) : std::nullopt}, one.safi, entries));
        } else {
          if (path_ids) entries[0].path_id = 1, entries[1].path_id = 2;
          ASSERT_TRUE(writer_.rib(kNoon, 5, p, one.safi, entries));
        }
        EXPECT_EQ(last_type(), Type::table_dump_v2);
        EXPECT_EQ(last_subtype_, generic ? (path_ids ? 12 : 6) : (path_ids ? one.add_path : one.plain));
        const Told told = decode();
        EXPECT_TRUE(told.errors.empty() && told.findings.empty());
        ASSERT_EQ(told.events.size(), 2u);
        for (std::size_t i = 0; i < 2; ++i) {
          const RouteEvent& event = told.events[i].event;
          EXPECT_EQ(event.kind, EventKind::rib);
          EXPECT_EQ(event.safi, one.safi);
          EXPECT_EQ(event.time, kNoon);
          EXPECT_EQ(event.originated, kNoon - seconds(i == 0 ? 100 : 200));
          EXPECT_EQ(event.prefix, p);
          EXPECT_EQ(event.peer.asn, Asn{i == 0 ? 64500u : 4200000001u});
          EXPECT_EQ(event.path_id, !path_ids ? std::nullopt
                                   : generic ? std::optional(1u)
                                             : std::optional(static_cast<std::uint32_t>(i + 1)));
          EXPECT_TRUE(same(told.events[i].attributes, attributes));
        }
        EXPECT_EQ(told.events[0].event.attributes_key, told.events[1].event.attributes_key);
        EXPECT_NE(told.events[0].event.attributes_key, 0u);
      }
    }
  }
}

TEST_F(EventDecoderTest, RibGenericOfOtherFamiliesIsPassedOver) {
  peers();
  ASSERT_TRUE(writer_.record(kNoon, Type::table_dump_v2, 6, hex("00000001 0019 46 0102030405")));
  const Told told = decode();
  EXPECT_TRUE(told.errors.empty() && told.events.empty());
}

TEST_F(EventDecoderTest, RibWithoutItsPeersIsDamage) {
  const Attributes attributes = everything();
  const RibEntry entries[] = {{2, kNoon, {}, &attributes}};
  ASSERT_TRUE(writer_.rib(kNoon, 1, prefix("198.51.100.0/24"), Safi::unicast, entries));
  ASSERT_EQ(decode().errors.size(), 1u);
  out_.clear();
  peers();
  ASSERT_TRUE(writer_.rib(kNoon, 1, prefix("198.51.100.0/24"), Safi::unicast, entries));
  const Told told = decode();
  ASSERT_EQ(told.errors.size(), 1u);
  EXPECT_EQ(told.errors[0].text, "A RIB entry is of peer 2 of 2.");
  EXPECT_TRUE(told.events.empty());
}

TEST_F(EventDecoderTest, TableDumpIsOneRouteARecord) {
  const Attributes attributes = everything(true);
  const Peer peer{ip("192.0.2.1"), Asn{64500}, 0};
  ASSERT_TRUE(writer_.table_dump(kNoon, 0, 1, prefix("198.51.100.0/24"), kNoon - days(1), peer, attributes));
  EXPECT_EQ(last_type(), Type::table_dump);
  Attributes v6 = everything(true);
  v6.next_hop = ip("2001:db8::9");
  ASSERT_TRUE(writer_.table_dump(kNoon, 0, 2, prefix("2001:db8::/32"), kNoon, {ip("2001:db8::1"), Asn{64501}, 0}, v6));
  const Told told = decode();
  EXPECT_TRUE(told.errors.empty() && told.findings.empty());
  ASSERT_EQ(told.events.size(), 2u);
  EXPECT_EQ(told.events[0].event.peer, peer);
  EXPECT_EQ(told.events[0].event.originated, kNoon - days(1));
  EXPECT_TRUE(same(told.events[0].attributes, attributes));
  EXPECT_EQ(told.events[1].event.prefix, prefix("2001:db8::/32"));
  EXPECT_TRUE(same(told.events[1].attributes, v6));
}

TEST_F(EventDecoderTest, TableDumpWithLargeAsnsUsesAs4Path) {
  const Attributes attributes = everything();
  ASSERT_TRUE(writer_.table_dump(kNoon, 0, 1, prefix("198.51.100.0/24"), kNoon, {ip("192.0.2.1"), Asn{4200000009}, 0},
                                 attributes));
  const Told told = decode();
  ASSERT_EQ(told.events.size(), 1u);
  EXPECT_EQ(told.events[0].event.peer.asn, kAsTrans);
  EXPECT_EQ(told.events[0].attributes.as_path, attributes.as_path);
  EXPECT_EQ(told.events[0].attributes.aggregator, attributes.aggregator);
}

TEST_F(EventDecoderTest, TableDumpMayHaveAsnsOfFourOctets) {
  ASSERT_TRUE(writer_.record(kNoon, Type::table_dump, 3,
                             hex("0000 0001 c6336400 18 01 5be96bb0 c0000201 fa56ea01 0018 40010100 40020a0202 "
                                 "0000fbf4 fa56ea01 400304c0000201")));
  const Told told = decode();
  EXPECT_TRUE(told.errors.empty() && told.findings.empty());
  ASSERT_EQ(told.events.size(), 1u);
  EXPECT_EQ(told.events[0].event.peer.asn, Asn{4200000001});
  EXPECT_EQ(to_string(told.events[0].attributes.as_path), "64500 4200000001");
}

TEST_F(EventDecoderTest, MessagesOfAllSubtypes) {
  std::set<std::uint16_t> subtypes;
  for (const bool four : {false, true}) {
    for (const bool path_ids : {false, true}) {
      for (const bool local : {false, true}) {
        for (const bool microseconds : {false, true}) {
          for (const bool ipv6 : {false, true}) {
            out_.clear();
            Writer::MessageOptions options;
            options.encoding.four_octet_asns = four;
            options.encoding.add_path = path_ids ? bgp::Encoding::kAddPathAll : std::uint8_t{0};
            options.local = local;
            options.microseconds = microseconds;
            bgp::Update update;
            update.attributes = everything(!four);
            update.announced = {{prefix("198.51.100.0/24"), path_ids ? std::optional(9u) : std::nullopt}};
            update.withdrawn = {{prefix("203.0.113.0/24"), path_ids ? std::optional(8u) : std::nullopt}};
            const Session where = ipv6 ? session("2001:db8::1", "2001:db8::2") : session();
            const Instant when = kNoon + Duration{42};
            ASSERT_TRUE(writer_.message(when, where, update, options));
            EXPECT_EQ(last_type(), microseconds ? Type::bgp4mp_et : Type::bgp4mp);
            subtypes.insert(last_subtype_);
            const Told told = decode();
            EXPECT_TRUE(told.errors.empty() && told.findings.empty());
            ASSERT_EQ(told.events.size(), 2u);
            const RouteEvent& gone = told.events[0].event;
            EXPECT_EQ(gone.kind, EventKind::withdraw);
            EXPECT_EQ(gone.prefix, prefix("203.0.113.0/24"));
            EXPECT_EQ(gone.attributes_key, 0u);
            const RouteEvent& event = told.events[1].event;
            EXPECT_EQ(event.kind, EventKind::announce);
            EXPECT_EQ(event.time, microseconds ? when : kNoon);
            EXPECT_EQ(event.originated, event.time);
            EXPECT_EQ(event.peer, where.peer);
            EXPECT_EQ(event.path_id, path_ids ? std::optional(9u) : std::nullopt);
            EXPECT_TRUE(same(told.events[1].attributes, update.attributes));
          }
        }
      }
    }
  }
  EXPECT_EQ(subtypes, (std::set<std::uint16_t>{1, 4, 6, 7, 8, 9, 10, 11}));
}

TEST_F(EventDecoderTest, OtherMessagesTellNoRoute) {
  ASSERT_TRUE(writer_.message(kNoon, session(), bgp::Keepalive{}, {}));
  ASSERT_TRUE(writer_.message(kNoon, session(), bgp::Open{4, 64500, 90, 1, {}, {}}, {}));
  ASSERT_TRUE(writer_.message(kNoon, session(), bgp::shutdown_notification(bgp::kAdministrativeReset, "bye"), {}));
  ASSERT_TRUE(writer_.message(kNoon, session(), bgp::RouteRefresh{}, {}));
  const Told told = decode();
  EXPECT_TRUE(told.errors.empty() && told.events.empty());
}

TEST_F(EventDecoderTest, EmptyUpdateIsTheEndOfATable) {
  ASSERT_TRUE(writer_.message(kNoon, session(), bgp::Update{}, {}));
  const Told told = decode();
  ASSERT_EQ(told.events.size(), 1u);
  EXPECT_EQ(told.events[0].event.kind, EventKind::end_of_rib);
}

TEST_F(EventDecoderTest, StateChangesOfSessions) {
  for (const bool four : {false, true}) {
    for (const char* address : {"192.0.2.1", "2001:db8::1"}) {
      out_.clear();
      Writer::MessageOptions options;
      options.encoding.four_octet_asns = four;
      const Session where = session(address, address);
      ASSERT_TRUE(writer_.state_change(kNoon, where, SessionState::established, SessionState::idle, options));
      last_type();
      EXPECT_EQ(last_subtype_, four ? 5 : 0);
      const Told told = decode();
      EXPECT_TRUE(told.errors.empty());
      ASSERT_EQ(told.events.size(), 1u);
      EXPECT_EQ(told.events[0].event.kind, EventKind::state);
      EXPECT_EQ(told.events[0].event.old_state, 6);
      EXPECT_EQ(told.events[0].event.new_state, 1);
      EXPECT_EQ(told.events[0].event.peer, where.peer);
    }
  }
}

TEST_F(EventDecoderTest, StateChangeOfOldZebraHasNoAddresses) {
  ASSERT_TRUE(writer_.record(kNoon, Type::bgp4mp, 0, hex("fbf4 fde7 0003 0006")));
  const Told told = decode();
  ASSERT_EQ(told.events.size(), 1u);
  EXPECT_EQ(told.events[0].event.peer.asn, Asn{64500});
  EXPECT_EQ(told.events[0].event.new_state, 6);
}

TEST_F(EventDecoderTest, OpenOfOldZebraHasNoAddresses) {
  ASSERT_TRUE(writer_.record(kNoon, Type::bgp4mp, 1,
                             hex("fbf4 fde7 ffffffffffffffffffffffffffffffff 001d 01 04 fbf4 00b4 c0000201 00")));
  const Told told = decode();
  EXPECT_TRUE(told.errors.empty() && told.events.empty());
}

TEST_F(EventDecoderTest, EntriesOfOldTables) {
  const Attributes attributes = everything(true);
  ASSERT_TRUE(writer_.entry(kNoon, session(), kNoon - days(2), prefix("198.51.100.0/24"), Safi::unicast, attributes));
  Attributes v6 = everything(true);
  v6.next_hop = ip("2001:db8::9");
  ASSERT_TRUE(
      writer_.entry(kNoon, session("2001:db8::1", "2001:db8::2"), kNoon, prefix("2001:db8::/32"), Safi::multicast, v6));
  const Told told = decode();
  EXPECT_TRUE(told.errors.empty() && told.findings.empty());
  ASSERT_EQ(told.events.size(), 2u);
  EXPECT_EQ(told.events[0].event.kind, EventKind::rib);
  EXPECT_EQ(told.events[0].event.originated, kNoon - days(2));
  EXPECT_TRUE(same(told.events[0].attributes, attributes));
  EXPECT_EQ(told.events[1].event.safi, Safi::multicast);
  EXPECT_TRUE(same(told.events[1].attributes, v6));
}

TEST_F(EventDecoderTest, LegacyUpdatesAndStates) {
  bgp::Update update;
  update.attributes = everything(true);
  update.announced = {{prefix("198.51.100.0/24"), {}}};
  ASSERT_TRUE(writer_.legacy_update(kNoon, session(), update));
  EXPECT_EQ(last_type(), Type::bgp);
  ASSERT_TRUE(writer_.legacy_state_change(kNoon, session().peer, SessionState::connect, SessionState::active));
  ASSERT_TRUE(writer_.legacy_update(kNoon, session("2001:db8::1", "2001:db8::2"), update));
  EXPECT_EQ(last_type(), Type::bgp4plus);
  ASSERT_TRUE(writer_.legacy_state_change(kNoon, session("2001:db8::1", "2001:db8::2").peer, SessionState::active,
                                          SessionState::open_sent));
  const Told told = decode();
  EXPECT_TRUE(told.errors.empty() && told.findings.empty());
  ASSERT_EQ(told.events.size(), 4u);
  EXPECT_TRUE(same(told.events[0].attributes, update.attributes));
  EXPECT_EQ(told.events[1].event.kind, EventKind::state);
  EXPECT_EQ(told.events[2].event.peer.address, ip("2001:db8::1"));
  EXPECT_EQ(told.events[3].event.new_state, 4);
}

TEST_F(EventDecoderTest, UnknownTypesAreToldApartFromDamage) {
  ASSERT_TRUE(writer_.record(kNoon, static_cast<Type>(77), 1, hex("00")));
  ASSERT_TRUE(writer_.record(kNoon, Type::bgp4mp, 99, hex("00")));
  ASSERT_TRUE(writer_.record(kNoon, Type::ospfv2, 0, hex("00")));
  ASSERT_TRUE(writer_.record(kNoon, Type::die, 0, {}));
  const Told told = decode();
  ASSERT_EQ(told.errors.size(), 2u);
  EXPECT_EQ(told.errors[0].kind, ErrorKind::not_found);
  EXPECT_EQ(told.errors[1].kind, ErrorKind::not_found);
}

TEST_F(EventDecoderTest, MessageThatIsCutOffGivesWhatIsThere) {
  bgp::Update update;
  update.withdrawn = {{prefix("198.51.100.0/24"), {}}, {prefix("203.0.113.0/24"), {}}};
  ASSERT_TRUE(writer_.message(kNoon, session(), update, {}));
  Cursor cursor(out_.written());
  Record record = *next_record(cursor);
  record.body = record.body.first(record.body.size() - 4);  // into the second prefix
  EventDecoder decoder;
  Told told;
  const auto done = decoder.decode(record, told);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::malformed);
  EXPECT_EQ(told.events.size(), 1u);
}

TEST_F(EventDecoderTest, EveryRowIsTotalOnShortBodies) {
  peers();
  EventDecoder decoder;
  testing::decode(out_.written(), decoder);
  for (const RecordTypeRow& row : record_types()) {
    if (row.decode == nullptr) continue;
    for (std::size_t size = 0; size < 64; ++size) {
      const std::vector<std::uint8_t> body(size, 0x01);
      Record record;
      record.type = row.type;
      record.subtype = row.subtype;
      record.body = body;
      record.size = kHeaderSize + size;
      Told told;
      const auto done = decoder.decode(record, told);
      if (size < 8) {
        EXPECT_TRUE(!done || told.events.empty()) << row.name;
      }
    }
  }
}

TEST_F(EventDecoderTest, FindingsSayWhere) {
  peers();
  const std::size_t start = out_.size();
  // One entry: ORIGIN 7.
  ASSERT_TRUE(
      writer_.record(kNoon, Type::table_dump_v2, 2, hex("00000001 18 c63364 0001 0000 00000000 0004 40010107")));
  const Told told = decode();
  ASSERT_EQ(told.findings.size(), 1u);
  EXPECT_EQ(told.findings[0].attribute, 1);
  EXPECT_EQ(told.findings[0].offset, start + kHeaderSize + 18);
}

TEST(Writer, RefusesWhatDoesNotFit) {
  ByteWriter out;
  Writer writer(out);
  const std::vector<Peer> peers(70000);
  const auto refused = writer.peer_index_table(kNoon, 1, "", peers);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().text, "peers: 70000 do not fit: at most 65535.");
  Session mixed = session();
  mixed.local_address = ip("2001:db8::1");
  EXPECT_FALSE(writer.message(kNoon, mixed, bgp::Keepalive{}, {}));
  EXPECT_FALSE(writer.table_dump(kNoon, 0, 0, prefix("2001:db8::/32"), kNoon, session().peer, everything(true)));
  EXPECT_EQ(out.size(), 0u) << "nothing is appended";
}

}  // namespace
}  // namespace fairway::mrt
