// Every message type: from octets written by hand after the standards' figures, to values, and back.
#include "core/wire/bmp/message.h"

#include <gtest/gtest.h>

#include "core/wire/bmp/statistics.h"
#include "core/wire/bmp/testing.h"

namespace fairway::bmp {
namespace {

using namespace testing;

const std::string kMarker = "ffffffffffffffffffffffffffffffff";
// Type 1 with a distinguisher of type 0 (64499:94), IPv6, after policy; 2023-05-26T13:33:18.178859Z.
const std::string kVrfPeer =
    "01 c0 0000fbf30000005e 20010db8003300000000000000000182 00010006 c0000252 6470b51e 0002baab";
const std::string kPlainPeer =
    "00 00 0000000000000000 000000000000000000000000c0000201 0000fbf4 c0000201 6470b4fe 00000000";
const std::string kOpen = kMarker + "001d 01 04 fbf3 00b4 c6336437 00";

// A message of that type: header, then the octets.
std::vector<std::uint8_t> message(unsigned type, const std::string& body, unsigned version = 3) {
  ByteWriter out;
  const auto octets = hex(body);
  out.u8(static_cast<std::uint8_t>(version));
  out.u32(static_cast<std::uint32_t>(6 + octets.size()));
  out.u8(static_cast<std::uint8_t>(type));
  out.bytes(octets);
  return out.release();
}

class MessageTest : public ::testing::Test {
 protected:
  std::vector<std::uint8_t> octets_;

  Result<Message> decode(std::vector<std::uint8_t> octets) {
    octets_ = std::move(octets);
    Cursor cursor(octets_);
    const auto raw = next_message(cursor);
    if (!raw) return std::unexpected(raw.error());
    EXPECT_TRUE(cursor.empty());
    return decode_message(*raw);
  }
  // Decodes to a T and encodes to the same octets.
  template <class T>
  T same(unsigned type, const std::string& body, unsigned version = 3) {
    const auto decoded = decode(message(type, body, version));
    EXPECT_TRUE(decoded) << decoded.error().text;
    if (!decoded) return {};
    EXPECT_EQ(decoded->index(), std::min(type, 7u));
    ByteWriter out;
    EXPECT_TRUE(encode_message(*decoded, out, static_cast<std::uint8_t>(version)));
    EXPECT_EQ(out.release(), octets_);
    return std::get<T>(*decoded);
  }
  Error error(unsigned type, const std::string& body) {
    const auto decoded = decode(message(type, body));
    EXPECT_FALSE(decoded);
    return decoded ? Error{} : decoded.error();
  }
};

TEST_F(MessageTest, PeerHeaderSaysWhoAndWhichTable) {
  const PeerHeader peer = same<RouteMonitoring>(0, kVrfPeer + kMarker + "0017 02 0000 0000").peer;
  EXPECT_EQ(peer.type, PeerType::rd);
  EXPECT_EQ(peer.rib(), RibKind::adj_rib_in_post);
  EXPECT_EQ(peer.distinguisher, 0x0000FBF30000005Eull);
  EXPECT_EQ(to_string(peer.address), "2001:db8:33::182");
  EXPECT_EQ(peer.asn, Asn{65542});
  EXPECT_EQ(peer.bgp_id, 0xC0000252u);
  EXPECT_EQ(to_string(peer.time), "2023-05-26T13:33:18.178859Z");
  EXPECT_FALSE(peer.legacy_as_path() || peer.filtered());
}

TEST(PeerHeader, FlagsSayWhichTable) {
  PeerHeader peer;
  EXPECT_EQ(peer.rib(), RibKind::adj_rib_in_pre);
  peer.flags = 0x40;
  EXPECT_EQ(peer.rib(), RibKind::adj_rib_in_post);
  peer.flags = 0x10;
  EXPECT_EQ(peer.rib(), RibKind::adj_rib_out_pre);
  peer.flags = 0x50;
  EXPECT_EQ(peer.rib(), RibKind::adj_rib_out_post);
  peer.flags = 0xF0;
  EXPECT_TRUE(peer.legacy_as_path());
  EXPECT_FALSE(peer.filtered());
  peer.type = PeerType::loc_rib;  // whose first flag is F, and the others say nothing
  EXPECT_EQ(peer.rib(), RibKind::loc_rib);
  EXPECT_TRUE(peer.filtered());
  EXPECT_FALSE(peer.legacy_as_path());
}

TEST_F(MessageTest, RouteMonitoringCarriesAnUpdate) {
  const std::string update = kMarker + "0017 02 0000 0000";
  const auto rm = same<RouteMonitoring>(0, kPlainPeer + update);
  EXPECT_EQ(rm.update.left(), 23u);
  EXPECT_EQ(rm.update.offset(), 6u + 42u);
}

// Of version 4 the UPDATE is the TLV that is one, whatever its number: 4 in Cisco's, 7 in draft 20.
TEST_F(MessageTest, RouteMonitoringOfVersionFourHasTlvs) {
  const std::string update = kMarker + "0017 02 0000 0000";
  const auto decoded = decode(message(
      0, kPlainPeer + "0003 0006 0000 676c6f62616c" + "0004 0017 0000" + update + "0005 0004 0001 0000008a", 4));
  ASSERT_TRUE(decoded);
  const auto& rm = std::get<RouteMonitoring>(*decoded);
  EXPECT_EQ(rm.update.left(), 23u);
  EXPECT_EQ(rm.update_tlv, 4u);
  ASSERT_EQ(rm.tlvs.size(), 2u);
  EXPECT_EQ(rm.tlvs[0].tlv.type, 3u);
  EXPECT_EQ(as_text(rm.tlvs[0].tlv.octets()), "global");
  EXPECT_EQ(rm.tlvs[1].index, 1u);
  const auto again = same<RouteMonitoring>(0, kPlainPeer + "0007 0017 0000" + update + "0005 0004 0001 0000008a", 4);
  EXPECT_EQ(again.update_tlv, 7u);
  EXPECT_FALSE(decode(message(0, kPlainPeer + "0003 0006 0000 676c6f62616c", 4)));
  EXPECT_FALSE(decode(message(0, kPlainPeer + "0004 0018 0000" + update, 4)));
}

TEST_F(MessageTest, StatisticsAreReadByTheirForm) {
  const auto report = same<StatisticsReport>(
      1, kPlainPeer +
             "00000006  0000 0004 00000007  0007 0008 0000000100000002  0009 000b 0001 80 0000000000000003"
             "0023 000b 0002 01 0000000000000004  fffb 0004 00000000  0007 0004 00000005");
  ASSERT_EQ(report.statistics.size(), 6u);
  const auto read = [&](std::size_t i) { return *read_statistic(report.statistics[i]); };
  EXPECT_EQ(read(0).row->name, "prefixes_rejected_inbound");
  EXPECT_EQ(read(0).value, 7u);
  EXPECT_EQ(read(1).value, 0x100000002u);
  EXPECT_EQ(read(2).family, (bgp::AfiSafi{1, 128}));
  EXPECT_EQ(read(2).value, 3u);
  EXPECT_EQ(read(3).row->name, "routes_rov_invalid_inbound");
  EXPECT_EQ(read(3).family, (bgp::AfiSafi{2, 1}));
  EXPECT_FALSE(read_statistic(report.statistics[4]));
  EXPECT_EQ(read(5).value, 5u);  // a gauge of 32 bits
  const auto short_one = hex("0001 01 00000000");
  EXPECT_FALSE(read_statistic({9, Cursor(Bytes(short_one).first(5))}));
}

TEST(Statistics, RowsAreInOrderAndFound) {
  std::uint16_t last = 0;
  for (const StatisticRow& row : statistic_rows()) {
    EXPECT_TRUE(row.type > last || row.type == 0);
    last = row.type;
    EXPECT_EQ(find_statistic(row.type), &row);
    EXPECT_FALSE(row.name.empty() || row.what.empty() || row.rfc.empty());
  }
  EXPECT_EQ(find_statistic(44), nullptr);
}

TEST_F(MessageTest, PeerDownSaysWhy) {
  const auto by_notification =
      same<PeerDown>(2, kPlainPeer + "03" + kMarker + "001a 03 06 02 04 6279 6521");  // Cease, shutdown: "bye!"
  ASSERT_TRUE(by_notification.notification());
  EXPECT_EQ(by_notification.notification()->subcode, 2u);
  EXPECT_EQ(bgp::shutdown_text(*by_notification.notification()), "bye!");
  EXPECT_FALSE(by_notification.event());
  EXPECT_EQ(same<PeerDown>(2, kPlainPeer + "02 0012").event(), 18u);
  EXPECT_EQ(same<PeerDown>(2, kPlainPeer + "04").reason, DownReason::remote_no_notification);
  EXPECT_EQ(same<PeerDown>(2, kPlainPeer + "06 0003 0006 676c6f62616c").data.left(), 10u);
  // A notification that cannot be read: the neighbour is down all the same.
  EXPECT_FALSE(same<PeerDown>(2, kPlainPeer + "01 ffff").notification());
  EXPECT_FALSE(same<PeerDown>(2, kPlainPeer + "63 ffff").notification());
}

TEST_F(MessageTest, PeerUpHasBothOpens) {
  const auto up = same<PeerUp>(
      3, kVrfPeer + "20010db8003300000000000000000155 58a4 00b3" + kOpen + kOpen + "0003 0003 413130  0004 0002 7878");
  EXPECT_EQ(to_string(up.local_address), "2001:db8:33::155");
  EXPECT_EQ(up.local_port, 22692u);
  EXPECT_EQ(up.remote_port, 179u);
  EXPECT_EQ(as_text(find_tlv(up.information, kTableName)->octets()), "A10");
  EXPECT_EQ(find_tlv(up.information, kString), nullptr);
  bgp::Findings findings;
  const auto open = PeerUp::open(up.received_open, findings);
  ASSERT_TRUE(open);
  EXPECT_EQ(open->my_as, 64499u);
  EXPECT_EQ(error(3, kVrfPeer + "20010db8003300000000000000000155 58a4 00b3" + kOpen).where, 6u + 42u + 20u + 29u);
  EXPECT_EQ(error(3, kVrfPeer + "20010db8003300000000000000000155").kind, ErrorKind::malformed);
}

TEST_F(MessageTest, InitiationAndTerminationHaveTexts) {
  const auto initiation = same<Initiation>(4, "0001 0003 697863 0002 0002 7231 0000 0001 61 0000 0001 62");
  EXPECT_EQ(as_text(find_tlv(initiation.information, kSysName)->octets()), "r1");
  EXPECT_EQ(initiation.information.size(), 4u);
  const auto termination = same<Termination>(5, "0001 0002 0002");
  EXPECT_EQ(number_of(termination.information, kReason), 2u);
  EXPECT_EQ(to_string(TerminationReason::out_of_resources), "out of resources");
  EXPECT_EQ(number_of(termination.information, kString), std::nullopt);
  EXPECT_EQ(error(4, "0001 0003 6978").kind, ErrorKind::malformed);
}

TEST_F(MessageTest, RouteMirroringHasTlvs) {
  const auto mirrored = same<RouteMirroring>(6, kPlainPeer + "0001 0002 0001");
  EXPECT_EQ(number_of(mirrored.tlvs, kMirrorInformation), kMessagesLost);
}

TEST_F(MessageTest, OfUnknownTypeIsKept) {
  EXPECT_EQ(same<UnknownMessage>(200, "0102").type, static_cast<MessageType>(200));
}

TEST(Framing, EndsWhereNothingCanBeFound) {
  const auto fails = [](std::string_view octets) {
    const auto bytes = hex(octets);
    Cursor cursor{Bytes(bytes), 100};
    const auto raw = next_message(cursor);
    EXPECT_FALSE(raw);
    EXPECT_EQ(cursor.left(), bytes.size());
    EXPECT_EQ(raw.error().where, 100u);
    return raw.error().kind;
  };
  EXPECT_EQ(fails("03 00000006"), ErrorKind::truncated);
  EXPECT_EQ(fails("03 00000007 04"), ErrorKind::truncated);
  EXPECT_EQ(fails("01 00000006 04"), ErrorKind::malformed);
  EXPECT_EQ(fails("47"), ErrorKind::malformed);  // "GET / HTTP/1.1"
  EXPECT_EQ(fails("03 00000005 04"), ErrorKind::malformed);
  EXPECT_EQ(fails("03 00040001 00"), ErrorKind::malformed);
}

TEST_F(MessageTest, ThatIsCutOffAnywhereIsAnError) {
  const std::string bodies[] = {kPlainPeer,
                                kPlainPeer + "00000001 0000 0004 00000007",
                                kPlainPeer + "04",
                                kPlainPeer + "000000000000000000000000c0000202 00b3 00b3" + kOpen + kOpen,
                                "0001 0002 6978",
                                "0001 0002 0002",
                                kPlainPeer + "0001 0002 0001"};
  for (unsigned type = 0; type < 7; ++type) {
    const auto whole = hex(bodies[type]);
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const RawMessage raw{3, static_cast<MessageType>(type), Cursor(Bytes(whole).first(size), 6)};
      const auto decoded = decode_message(raw);
      const bool between = size == 0 && (type == 4 || type == 5);
      const bool before_any = (type == 1 && size == 46) || (type == 6 && size == 42);
      EXPECT_EQ(decoded.has_value(), between || before_any) << type << ' ' << size;
      if (!decoded) {
        EXPECT_LE(decoded.error().where, 6 + size);
      }
    }
  }
}

TEST(Encoding, RefusesWhatDoesNotFit) {
  const std::vector<std::uint8_t> much(70000);
  ByteWriter out;
  out.u8(1);
  EXPECT_FALSE(encode_message(Initiation{{{kString, Cursor(much)}}}, out));
  const std::vector<std::uint8_t> some(60000);
  EXPECT_FALSE(encode_message(Initiation{{5, {kString, Cursor(some)}}}, out));
  EXPECT_EQ(out.size(), 1u);
}

}  // namespace
}  // namespace fairway::bmp
