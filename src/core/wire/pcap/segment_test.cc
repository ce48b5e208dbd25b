#include "core/wire/pcap/segment.h"

#include <gtest/gtest.h>

#include "core/wire/bgp/testing.h"
#include "core/wire/pcap/testing.h"

namespace fairway::pcap {
namespace {

using bgp::testing::hex;
using namespace testing;

Packet packet(LinkType link, Bytes octets) {
  Packet made;
  made.link = link;
  made.octets = octets;
  return made;
}

std::vector<std::uint8_t> joined(std::string_view front, Bytes back) {
  auto all = hex(front);
  all.insert(all.end(), back.begin(), back.end());
  return all;
}

const auto kPayload = hex("0102030405");

Segment made(Transport transport, bool six = false) {
  Segment segment;
  segment.transport = transport;
  segment.source = six ? kRouter6 : kRouter;
  segment.destination = six ? kStation6 : kStation;
  segment.payload = kPayload;
  segment.sequence = transport == Transport::tcp ? 7 : 0;
  segment.fin = transport == Transport::tcp;
  return segment;
}

void expect_same(const std::expected<Segment, Skipped>& read, const Segment& segment) {
  ASSERT_TRUE(read) << static_cast<int>(read.error());
  EXPECT_EQ(read->transport, segment.transport);
  EXPECT_EQ(read->source, segment.source);
  EXPECT_EQ(read->destination, segment.destination);
  EXPECT_EQ(std::vector(read->payload.begin(), read->payload.end()), kPayload);
  EXPECT_EQ(read->sequence, segment.sequence);
  EXPECT_EQ(read->fin, segment.fin);
  EXPECT_FALSE(read->syn || read->rst);
}

TEST(Segment, IsReadBehindEveryLinkLayer) {
  for (const bool six : {false, true}) {
    for (const Transport transport : {Transport::tcp, Transport::udp}) {
      const Segment segment = made(transport, six);
      const auto packets = ip_packet(segment);
      const std::string type = six ? "86dd" : "0800";
      const std::string macs = "000102030405 060708090a0b";
      const std::pair<LinkType, std::string> fronts[] = {
          {LinkType::raw, ""},
          {LinkType::ipv4, ""},
          {LinkType::raw_openbsd, ""},
          {LinkType::null, "02000000"},
          {LinkType::loop, "0000001e"},
          {LinkType::ethernet, macs + type},
          {LinkType::ethernet, macs + "8100 0064" + type},
          {LinkType::ethernet, macs + "88a8 0064 8100 0065" + type},
          {LinkType::linux_sll, "0000 0001 0006 0001020304050000" + type},
          {LinkType::linux_sll2, type + "0000 00000001 0001 00 06 0001020304050000"},
      };
      for (const auto& [link, front] : fronts) {
        SCOPED_TRACE(front);
        auto octets = joined(front, packets);
        expect_same(read_segment(packet(link, octets)), segment);
        octets.insert(octets.end(), 6, 0);  // filled up to the shortest frame
        expect_same(read_segment(packet(link, octets)), segment);
      }
    }
  }
}

TEST(Segment, HasItsPayloadAsFarAsItWasCaptured) {
  const auto octets = ip_packet(made(Transport::tcp));
  const auto read = read_segment(packet(LinkType::raw, Bytes(octets).first(octets.size() - 2)));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->payload.size(), kPayload.size() - 2);
}

TEST(Segment, BehindExtensionHeadersIsRead) {
  const auto plain = ip_packet(made(Transport::udp, true));
  ByteWriter out;
  out.bytes(Bytes(plain).first(40));
  out.bytes(hex("3c00 000000000000"));                  // hop by hop, before destination options
  out.bytes(hex("2c01 0000000000000000000000000000"));  // of 16 octets, before a fragment header
  out.bytes(hex("1100 0000 00000001"));                 // a packet that is all in one part
  out.bytes(Bytes(plain).subspan(40));
  auto octets = out.release();
  octets[6] = 0;
  octets[5] = static_cast<std::uint8_t>(octets[5] + 32);
  expect_same(read_segment(packet(LinkType::raw, octets)), made(Transport::udp, true));
  octets[40 + 24 + 3] = 8;  // not at its beginning
  EXPECT_EQ(read_segment(packet(LinkType::raw, octets)).error(), Skipped::fragment);
}

TEST(Segment, SaysWhyAPacketIsNotRead) {
  const auto skipped = [](LinkType link, Bytes octets) { return read_segment(packet(link, octets)).error(); };
  EXPECT_EQ(skipped(static_cast<LinkType>(147), hex("00")), Skipped::link);
  EXPECT_EQ(skipped(LinkType::ethernet, hex("000102030405 060708090a0b 0806 0001")), Skipped::network);
  EXPECT_EQ(skipped(LinkType::raw, hex("10")), Skipped::network);
  EXPECT_EQ(skipped(LinkType::raw, {}), Skipped::cut);
  auto octets = ip_packet(made(Transport::tcp));
  for (std::size_t size = 0; size < 20 + 24; ++size)
    EXPECT_EQ(skipped(LinkType::raw, Bytes(octets).first(size)), Skipped::cut) << size;
  octets[6] = 0x20;  // more parts follow
  EXPECT_EQ(skipped(LinkType::raw, octets), Skipped::fragment);
  octets[6] = 0;
  octets[9] = 1;  // ICMP
  EXPECT_EQ(skipped(LinkType::raw, octets), Skipped::transport);
}

}  // namespace
}  // namespace fairway::pcap
