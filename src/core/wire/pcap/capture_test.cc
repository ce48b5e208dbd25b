#include "core/wire/pcap/capture.h"

#include <gtest/gtest.h>

#include "core/wire/bgp/testing.h"
#include "core/wire/pcap/testing.h"

namespace fairway::pcap {
namespace {

using bgp::testing::hex;

struct Read {
  std::vector<Packet> packets;
  std::optional<Error> error;
};

Read read(Bytes file) {
  Read all;
  auto capture = Capture::open(file);
  if (!capture) {
    all.error = capture.error();
    return all;
  }
  for (;;) {
    const auto packet = capture->next();
    if (!packet) {
      all.error = packet.error();
      return all;
    }
    if (!*packet) return all;
    all.packets.push_back(**packet);
  }
}

TEST(Capture, OfBothOrdersOfOctetsIsRead) {
  const auto big =
      hex("a1b2c3d4 0002 0004 00000000 00000000 0000ffff 00000001  5bf1a1b0 00000007 00000002 00000009 beef");
  const auto small =
      hex("d4c3b2a1 0200 0400 00000000 00000000 ffff0000 01000000  b0a1f15b 07000000 02000000 09000000 beef");
  for (const auto& file : {big, small}) {
    const Read all = read(file);
    EXPECT_FALSE(all.error);
    ASSERT_EQ(all.packets.size(), 1u);
    EXPECT_EQ(to_string(all.packets[0].time), "2018-11-18T17:30:24.000007Z");
    EXPECT_EQ(all.packets[0].link, LinkType::ethernet);
    EXPECT_EQ(all.packets[0].octets.size(), 2u);
    EXPECT_EQ(all.packets[0].on_wire, 9u);
    EXPECT_EQ(all.packets[0].offset, 40u);
  }
}

TEST(Capture, MayHaveNanoseconds) {
  const Read all =
      read(hex("4d3cb2a1 0200 0400 00000000 00000000 ffff0000 65000000  b0a1f15b 00ca9a3b 00000000 00000000"));
  ASSERT_EQ(all.packets.size(), 1u);
  EXPECT_EQ(to_string(all.packets[0].time), "2018-11-18T17:30:25Z");  // a billion of them
  EXPECT_EQ(all.packets[0].link, LinkType::raw);
}

TEST(Capture, ThatIsCutOffTellsWhatIsThere) {
  testing::File file;
  file.packet(1, hex("01020304"));
  file.packet(2, hex("05060708"));
  const std::size_t whole = 24 + 16 + 4;
  for (std::size_t size = 0; size < file.bytes().size(); ++size) {
    const Read all = read(file.bytes().first(size));
    EXPECT_EQ(all.packets.size(), size < whole ? 0u : 1u);
    EXPECT_EQ(all.error.has_value(), size != 24 && size != whole) << size;
    if (all.error) {
      EXPECT_EQ(all.error->kind, ErrorKind::truncated);
    }
  }
}

TEST(Capture, WithAPacketThatIsTooLongEndsThere) {
  const Read all =
      read(hex("a1b2c3d4 0002 0004 00000000 00000000 0000ffff 00000001  00000000 00000000 ffffffff 00000000"));
  ASSERT_TRUE(all.error);
  EXPECT_EQ(all.error->kind, ErrorKind::malformed);
  EXPECT_EQ(all.error->where, 24u);
  EXPECT_EQ(read(hex("7f454c46 00000000")).error->kind, ErrorKind::malformed);
}

// Two sections, of both orders of octets; an interface that counts 2^-10 seconds from an offset on, and one that counts
// nanoseconds; all three kinds of packets, a block to be passed over, a packet of an interface that is not there.
TEST(Capture, OfTheNextGenerationIsRead) {
  const auto file =
      hex("0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c"
          "00000001 0000002c 0001 0000 00000000 0009 0001 8a000000 000e 0008 0000000000000064 0000 0000 0000002c"
          "00000001 0000001c 0065 0000 00000000 0009 0001 09000000 0000001c"
          "0000000b 00000010 12345678 00000010"
          "00000006 00000024 00000000 00000000 00000600 00000003 00000005 aabbcc00 00000024"
          "00000006 00000020 00000001 00000001 2a05f200 00000000 00000000 00000020"
          "00000006 00000020 00000007 00000000 00000000 00000000 00000000 00000020"
          "00000003 00000014 00000004 01020304 00000014"
          "0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000"
          "01000000 14000000 0100 0000 00000000 14000000"
          "02000000 24000000 0000 0100 00000000 40420f00 01000000 01000000 dd000000 24000000");
  const Read all = read(file);
  EXPECT_FALSE(all.error) << all.error->text;
  ASSERT_EQ(all.packets.size(), 4u);
  EXPECT_EQ(to_string(all.packets[0].time), "1970-01-01T00:01:41.500000Z");
  EXPECT_EQ(all.packets[0].octets.size(), 3u);
  EXPECT_EQ(all.packets[0].on_wire, 5u);
  EXPECT_EQ(all.packets[1].link, LinkType::raw);
  EXPECT_EQ(all.packets[1].time, from_seconds(5));
  EXPECT_EQ(all.packets[2].octets.size(), 4u);
  EXPECT_EQ(all.packets[3].time, from_seconds(1));
  EXPECT_EQ(all.packets[3].octets[0], 0xDD);
  for (std::size_t size = 0; size < file.size(); ++size) EXPECT_LT(read(Bytes(file).first(size)).packets.size(), 4u);
}

}  // namespace
}  // namespace fairway::pcap
