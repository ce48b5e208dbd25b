#include "core/session/bmp/session.h"

#include <gtest/gtest.h>

#include "core/session/bmp/testing.h"
#include "core/wire/bmp/testing.h"

namespace fairway::bmp {
namespace {

using namespace testing;
using Lines = std::vector<std::string>;

const Instant kNow = from_seconds(1'700'000'100);

class SessionTest : public ::testing::Test {
 protected:
  Router router_;
  Session session_;
  Told told_;

  // What the session tells of what the router has said since the last call.
  Lines hear() {
    told_ = {};
    const auto done = session_.receive(router_.out.written(), kNow, told_);
    EXPECT_TRUE(done) << done.error().text;
    router_.out.clear();
    return told_.lines;
  }
  const SessionCounters& counters() const { return session_.counters(); }
};

TEST_F(SessionTest, TellsTheLifeOfANeighbour) {
  const PeerHeader peer = neighbour();
  router_.initiation();
  router_.peer_up(peer);
  EXPECT_EQ(hear(), (Lines{"state adj-rib-in-pre 192.0.2.1 1->6"}));
  EXPECT_EQ(session_.router().name, "core1.example");
  EXPECT_EQ(session_.router().description, "a router");
  router_.announce(peer, {"198.51.100.0/24", "203.0.113.0/24"});
  router_.withdraw(peer, "198.51.100.0/24");
  router_.end_of_rib(peer);
  EXPECT_EQ(
      hear(),
      (Lines{"announce adj-rib-in-pre 192.0.2.1 198.51.100.0/24", "announce adj-rib-in-pre 192.0.2.1 203.0.113.0/24",
             "withdraw adj-rib-in-pre 192.0.2.1 198.51.100.0/24", "end-of-rib adj-rib-in-pre 192.0.2.1 ipv4"}));
  const auto& first = told_.events.front();
  EXPECT_TRUE(bgp::testing::same(first.attributes, everything()));
  EXPECT_EQ(first.event.time, kNow);
  EXPECT_EQ(first.event.originated, peer.time);
  EXPECT_EQ(first.event.peer.asn, Asn{64500});
  EXPECT_EQ(first.event.peer.bgp_id, 0xC0000201u);
  EXPECT_EQ(first.event.attributes_key, told_.events[1].event.attributes_key);
  router_.peer_down(peer);
  EXPECT_EQ(hear(), (Lines{"state adj-rib-in-pre 192.0.2.1 6->1"}));
  EXPECT_EQ(session_.neighbours()[0]->down_reason, "the neighbour was lost");
  EXPECT_EQ(counters().announced, 2u);
  EXPECT_EQ(counters().withdrawn, 1u);
  EXPECT_EQ(counters().ends_of_rib, 1u);
  EXPECT_EQ(counters().events(), 6u);
  EXPECT_EQ(counters().all_messages(), 6u);
  EXPECT_EQ(counters().damaged + counters().findings + counters().repeated + counters().other_form, 0u);
}

TEST_F(SessionTest, TellsTablesApart) {
  PeerHeader vrf = neighbour("2001:db8::1");
  vrf.type = PeerType::rd;
  vrf.distinguisher = 0x0000FBF30000005E;
  router_.peer_up(neighbour());
  router_.peer_up(vrf);
  router_.peer_up(loc_rib());
  hear();
  for (const std::uint8_t flags : {0x00, 0x40, 0x10, 0x50})
    router_.announce(neighbour("192.0.2.1", flags), {"198.51.100.0/24"});
  router_.announce(vrf, {"198.51.100.0/24"});
  router_.announce(loc_rib(), {"198.51.100.0/24"});
  EXPECT_EQ(hear(),
            (Lines{"announce adj-rib-in-pre 192.0.2.1 198.51.100.0/24", "state adj-rib-in-post 192.0.2.1 1->6",
                   "announce adj-rib-in-post 192.0.2.1 198.51.100.0/24", "state adj-rib-out-pre 192.0.2.1 1->6",
                   "announce adj-rib-out-pre 192.0.2.1 198.51.100.0/24", "state adj-rib-out-post 192.0.2.1 1->6",
                   "announce adj-rib-out-post 192.0.2.1 198.51.100.0/24",
                   "announce adj-rib-in-pre 2001:db8::1@fbf30000005e 198.51.100.0/24",
                   "announce loc-rib 0.0.0.0 198.51.100.0/24"}));
  // All of one neighbour go down together, one change each, and come up again together.
  router_.peer_down(neighbour());
  EXPECT_EQ(hear(), (Lines{"state adj-rib-in-pre 192.0.2.1 6->1", "state adj-rib-in-post 192.0.2.1 6->1",
                           "state adj-rib-out-pre 192.0.2.1 6->1", "state adj-rib-out-post 192.0.2.1 6->1"}));
  router_.peer_up(neighbour());
  EXPECT_EQ(hear().size(), 4u);
  told_ = {};
  session_.close(kNow, told_);
  EXPECT_EQ(told_.lines.size(), 6u);
  EXPECT_EQ(told_.lines.back(), "state loc-rib 0.0.0.0 6->1");
}

// Which direction has path ids is as the two offered it; towards the neighbour it is the other way round.
TEST_F(SessionTest, ReadsPathIdsAsWasAgreedOn) {
  const auto offers = [](std::uint32_t asn, std::uint8_t direction) {
    bgp::Open open = open_of(asn);
    open.capabilities.emplace_back(bgp::AddPath{{{{1, 1}, direction}}});
    return open;
  };
  const PeerHeader in = neighbour(), out = neighbour("192.0.2.1", kAdjRibOut);
  bgp::Update update;
  update.attributes = everything();
  update.announced = {{prefix("198.51.100.0/24"), 7}, {prefix("203.0.113.0/24"), 8}};
  bgp::Encoding with;
  with.add_path = bgp::Encoding::kAddPathAll;
  const std::string in_line = "announce adj-rib-in-pre 192.0.2.1 198.51.100.0/24";
  const std::string out_line = "announce adj-rib-out-pre 192.0.2.1 198.51.100.0/24";
  struct Case {
    std::uint8_t sent, received;
    bool in, out;
  };
  for (const Case& one : {Case{1, 2, true, false}, Case{2, 1, false, true}, Case{3, 3, true, true},
                          Case{1, 1, false, false}, Case{3, 2, true, false}}) {
    SCOPED_TRACE(static_cast<int>(one.sent * 10 + one.received));
    router_.peer_up(in, offers(64499, one.sent), offers(64500, one.received));
    hear();
    router_.update(in, update, one.in ? with : bgp::Encoding{});
    router_.update(out, update, one.out ? with : bgp::Encoding{});
    const Lines lines = hear();
    EXPECT_NE(std::ranges::find(lines, in_line + (one.in ? " #7" : "")), lines.end());
    EXPECT_NE(std::ranges::find(lines, out_line + (one.out ? " #7" : "")), lines.end());
    EXPECT_TRUE(told_.findings.empty());
    router_.peer_down(in);
    hear();
  }
}

TEST_F(SessionTest, ReadsPathIdsOfALocRibWhereItOffersThemAtAll) {
  bgp::Open four = open_of(64499), six = open_of(64499);
  four.capabilities.emplace_back(bgp::AddPath{{{{1, 1}, 1}}});  // "receives": the direction says nothing here
  router_.peer_up(loc_rib(), four, four, 0, {{kTableName, router_.text("global")}});
  router_.peer_up(loc_rib(), six, six);  // one Peer Up a family
  EXPECT_EQ(hear(), (Lines{"state loc-rib 0.0.0.0 1->6"}));
  EXPECT_EQ(counters().unseen_flaps, 0u);
  bgp::Update update;
  update.attributes = everything();
  // As many prefixes as could be read without path ids too.
  update.announced = {{prefix("198.51.100.0/24"), 0x18000001}, {prefix("203.0.113.0/24"), 0x18000002}};
  bgp::Encoding with;
  with.add_path = bgp::Encoding::kAddPathAll;
  router_.update(loc_rib(), update, with);
  EXPECT_EQ(hear().front(), "announce loc-rib 0.0.0.0 198.51.100.0/24 #402653185");
  EXPECT_EQ(session_.neighbours()[0]->table_names, (Lines{"global"}));
}

// As GoBGP's Loc-RIB has had it, and others: what is written is not what was offered.
TEST_F(SessionTest, ReadsAsIsPlausibleWhereTheOffersLie) {
  router_.peer_up(neighbour());
  hear();
  bgp::Update update;
  update.attributes = everything();
  update.announced = {{prefix("198.51.100.0/24"), 1}};
  bgp::Encoding with;
  with.add_path = bgp::Encoding::kAddPathAll;
  router_.update(neighbour(), update, with);
  EXPECT_EQ(hear(), (Lines{"announce adj-rib-in-pre 192.0.2.1 198.51.100.0/24 #1"}));
  EXPECT_EQ(told_.findings.size(), 1u);
}

TEST_F(SessionTest, ReadsLegacyPaths) {
  router_.peer_up(neighbour());
  hear();
  bgp::Update update;
  update.attributes = everything();
  update.announced = {{prefix("198.51.100.0/24"), {}}};
  bgp::Encoding two;
  two.four_octet_asns = false;
  router_.update(neighbour("192.0.2.1", kLegacyAsPath), update, two);
  hear();
  // With AS4_PATH merged in.
  EXPECT_EQ(told_.events[0].attributes.as_path, everything().as_path);
  EXPECT_EQ(counters().other_form, 0u);
  // The A flag lies.
  router_.update(neighbour(), update, two);
  hear();
  EXPECT_EQ(told_.events[0].attributes.as_path, everything().as_path);
  EXPECT_EQ(counters().other_form, 1u);
  router_.update(neighbour("192.0.2.1", kLegacyAsPath), update);
  hear();
  EXPECT_EQ(told_.events[0].attributes.as_path, everything().as_path);
  EXPECT_EQ(counters().other_form, 2u);
  EXPECT_EQ(counters().damaged, 0u);
}

TEST_F(SessionTest, TellsRoutesOfNeighboursThatNobodyAnnounced) {
  router_.announce(neighbour(), {"198.51.100.0/24"});
  EXPECT_EQ(hear(),
            (Lines{"state adj-rib-in-pre 192.0.2.1 1->6", "announce adj-rib-in-pre 192.0.2.1 198.51.100.0/24"}));
  EXPECT_EQ(counters().before_peer_up, 1u);
  EXPECT_EQ(session_.neighbours()[0]->standing, Standing::unannounced);
  router_.peer_up(neighbour());  // its routes are not lost
  router_.announce(neighbour(), {"203.0.113.0/24"});
  EXPECT_EQ(hear(), (Lines{"announce adj-rib-in-pre 192.0.2.1 203.0.113.0/24"}));
  EXPECT_EQ(counters().before_peer_up, 1u);
  EXPECT_EQ(counters().unseen_flaps, 0u);
}

TEST_F(SessionTest, TellsNoRoutesOfNeighboursThatAreDown) {
  router_.peer_up(neighbour());
  router_.peer_down(neighbour());
  router_.announce(neighbour(), {"198.51.100.0/24"});
  EXPECT_EQ(hear(), (Lines{"state adj-rib-in-pre 192.0.2.1 1->6", "state adj-rib-in-pre 192.0.2.1 6->1"}));
  EXPECT_EQ(counters().after_peer_down, 1u);
  // But one that was only said to be no longer monitored may be again.
  router_.peer_up(neighbour());
  router_.peer_down(neighbour(), DownReason::deconfigured);
  hear();
  router_.announce(neighbour(), {"198.51.100.0/24"});
  EXPECT_EQ(hear().size(), 2u);
}

TEST_F(SessionTest, SeesThatASessionCameUpAnewUnseen) {
  router_.peer_up(neighbour());
  router_.announce(neighbour("192.0.2.1", kPostPolicy), {"198.51.100.0/24"});
  hear();
  router_.peer_up(neighbour("192.0.2.1", kPostPolicy));  // the same, told for another table
  EXPECT_EQ(hear(), Lines{});
  EXPECT_EQ(counters().repeated, 1u);
  router_.peer_up(neighbour(), open_of(64499), open_of(64500), 12345);
  EXPECT_EQ(hear(), (Lines{"state adj-rib-in-pre 192.0.2.1 6->1", "state adj-rib-in-post 192.0.2.1 6->1",
                           "state adj-rib-in-pre 192.0.2.1 1->6", "state adj-rib-in-post 192.0.2.1 1->6"}));
  EXPECT_EQ(counters().unseen_flaps, 1u);
  // A neighbour that came back with another AS: what went down was the old one.
  router_.peer_up(neighbour("192.0.2.1", 0, 64501), open_of(64499), open_of(64501));
  hear();
  EXPECT_EQ(told_.events[0].event.peer.asn, Asn{64500});
  EXPECT_EQ(told_.events[2].event.peer.asn, Asn{64501});
  router_.peer_down(neighbour("192.0.2.1", kAdjRibOut, 0));  // neither the O flag nor the AS count
  EXPECT_EQ(hear().size(), 2u);
  router_.peer_down(neighbour());
  EXPECT_EQ(hear(), Lines{});
}

TEST_F(SessionTest, CountsDamageAndGoesOn) {
  router_.initiation("r1");
  router_.peer_up(neighbour());
  hear();
  const std::uint64_t before = counters().octets;
  RouteMonitoring broken{
      neighbour(), router_.keep(hex("ffffffffffffffffffffffffffffffff 0018 02 0000 0009 40")), 0, {}};
  router_.send(broken);
  router_.send(RouteMonitoring{neighbour(), router_.bgp_message(bgp::Keepalive{}, {}), 0, {}});
  router_.send(UnknownMessage{MessageType::peer_up, router_.keep(hex("00 01 02"))});
  router_.announce(neighbour(), {"198.51.100.0/24"});
  EXPECT_EQ(hear(), (Lines{"announce adj-rib-in-pre 192.0.2.1 198.51.100.0/24"}));
  ASSERT_EQ(told_.damage.size(), 3u);
  EXPECT_EQ(told_.damage[0].text, "r1: An UPDATE could not be read to its end.");
  EXPECT_EQ(told_.damage[0].where, before + 6 + 42);
  EXPECT_EQ(told_.damage[1].where, before + 6 + 42 + 24 + 6 + 42);
  EXPECT_EQ(counters().damaged, 3u);
}

// Huawei's have TLVs behind the UPDATE, as a draft had it for version 3; others send several UPDATEs at once.
TEST_F(SessionTest, ReadsWhatStandsBehindAnUpdate) {
  router_.peer_up(neighbour());
  hear();
  bgp::Update one, two;
  one.withdrawn = {{prefix("198.51.100.0/24"), {}}};
  two.withdrawn = {{prefix("203.0.113.0/24"), {}}};
  ByteWriter both;
  both.bytes(router_.bgp_message(one, {}).rest());
  both.bytes(router_.bgp_message(two, {}).rest());
  both.bytes(hex("ea62 0004 0000000a"));
  router_.send(RouteMonitoring{neighbour(), router_.keep(both.written()), 0, {}});
  EXPECT_EQ(hear().size(), 2u);
  EXPECT_EQ(counters().with_tlvs, 1u);
  EXPECT_EQ(counters().damaged, 0u);
}

TEST_F(SessionTest, LosesAConnectionWhereNoMessageCanBeFound) {
  router_.peer_up(neighbour());
  const std::uint64_t good = router_.out.size();
  router_.out.bytes(as_bytes("GET / HTTP/1.1"));
  const auto done = session_.receive(router_.out.written(), kNow, told_);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().where, good);
  EXPECT_EQ(told_.lines.size(), 1u);  // what came before it counts
  EXPECT_TRUE(session_.ended());
  EXPECT_TRUE(session_.receive(router_.out.written(), kNow, told_));
  EXPECT_EQ(told_.lines.size(), 1u);
  session_.close(kNow, told_);
  EXPECT_EQ(told_.lines.back(), "state adj-rib-in-pre 192.0.2.1 6->1");
}

TEST_F(SessionTest, TellsTheSameHoweverTheOctetsCome) {
  router_.initiation();
  router_.peer_up(neighbour());
  for (int i = 0; i < 20; ++i) router_.announce(neighbour(), {"198.51.100.0/24", "203.0.113.0/24"});
  router_.peer_down(neighbour());
  const auto octets = router_.out.release();
  ASSERT_TRUE(session_.receive(octets, kNow, told_));
  for (const std::size_t size : {std::size_t{1}, std::size_t{7}, std::size_t{100}, octets.size() - 1}) {
    Session session;
    Told told;
    for (std::size_t at = 0; at < octets.size(); at += size)
      ASSERT_TRUE(session.receive(Bytes(octets).subspan(at, std::min(size, octets.size() - at)), kNow, told));
    EXPECT_EQ(told.lines, told_.lines) << size;
  }
}

TEST(SessionBounds, KeepTheNumberOfNeighbours) {
  SessionOptions options;
  options.most_neighbours = 2;
  Session session(options);
  Router router;
  Told told;
  router.peer_up(neighbour("192.0.2.1"));
  router.peer_up(neighbour("192.0.2.2"));
  router.peer_up(neighbour("192.0.2.3"));
  router.announce(neighbour("192.0.2.3"), {"198.51.100.0/24"});
  PeerHeader strange = neighbour();
  strange.type = static_cast<PeerType>(9);
  router.announce(strange, {"198.51.100.0/24"});
  ASSERT_TRUE(session.receive(router.out.written(), kNow, told));
  EXPECT_EQ(told.lines.size(), 2u);
  EXPECT_EQ(session.counters().damaged, 3u);
  EXPECT_EQ(told.damage[0].kind, ErrorKind::refused);
}

TEST_F(SessionTest, KeepsStatistics) {
  router_.peer_up(neighbour());
  const auto report = [&](std::string_view counter, std::string_view invalid) {
    const auto a = hex(counter), b = hex(invalid);
    router_.send(
        StatisticsReport{neighbour(), {{0, router_.keep(a)}, {35, router_.keep(b)}, {60000, router_.keep(a)}}});
  };
  report("00000007", "0001 01 0000000000000009");
  report("00000008", "0002 01 0000000000000001");
  hear();
  const Neighbour& known = *session_.neighbours()[0];
  ASSERT_EQ(known.statistics.size(), 3u);
  EXPECT_EQ(known.statistics[0].row->name, "prefixes_rejected_inbound");
  EXPECT_EQ(known.statistics[0].value, 8u);
  EXPECT_EQ(known.statistics[1].value, 9u);  // of IPv4; of IPv6 there is another
  EXPECT_EQ(known.statistics[2].value, 1u);
  EXPECT_EQ(known.statistics_time, kNow);
}

TEST_F(SessionTest, CountsMirroredMessages) {
  router_.send(RouteMirroring{neighbour(), {{kMirrorInformation, router_.keep(hex("0000"))}, {kBgpMessage, {}}}});
  router_.send(RouteMirroring{neighbour(), {{kMirrorInformation, router_.keep(hex("0001"))}}});
  router_.send(UnknownMessage{static_cast<MessageType>(99), {}});
  EXPECT_EQ(hear(), Lines{});
  EXPECT_EQ(counters().mirrored, 2u);
  EXPECT_EQ(counters().mirrored_errors, 1u);
  EXPECT_EQ(counters().mirrored_losses, 1u);
  EXPECT_EQ(counters().messages.back(), 1u);
}

TEST_F(SessionTest, EndsWhenTheRouterSaysSo) {
  router_.peer_up(neighbour());
  router_.send(Termination{{{kString, router_.text("upgrade")}, {kReason, router_.keep(hex("0002"))}}});
  router_.announce(neighbour(), {"198.51.100.0/24"});
  EXPECT_EQ(hear().size(), 1u);
  EXPECT_TRUE(session_.ended());
  EXPECT_EQ(session_.end_reason(), "out of resources: upgrade");
}

TEST_F(SessionTest, SaysWhyANeighbourIsDown) {
  router_.peer_up(neighbour());
  const Cursor bye = router_.bgp_message(bgp::shutdown_notification(bgp::kAdministrativeShutdown, "bye"), {});
  router_.peer_down(neighbour(), DownReason::remote_notification, bye.rest());
  hear();
  EXPECT_EQ(session_.neighbours()[0]->down_reason,
            "the neighbour closed it with a notification: Cease: Administrative Shutdown: 'bye'");
  router_.peer_up(neighbour());
  router_.peer_down(neighbour(), DownReason::local_event, hex("0012"));
  hear();
  EXPECT_EQ(session_.neighbours()[0]->down_reason, "the router closed it: event 18");
}

}  // namespace
}  // namespace fairway::bmp
