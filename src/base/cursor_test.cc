#include "base/cursor.h"

#include <gtest/gtest.h>

#include <array>

#include "base/byte_writer.h"

namespace fairway {
namespace {

TEST(Cursor, ReadsBigEndianIntegersInOrder) {
  const Buffer octets =
      Buffer::copy_of(std::array<std::uint8_t, 18>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18});
  Cursor cursor(octets.bytes(), 100);
  EXPECT_EQ(cursor.u8(), 1u);
  EXPECT_EQ(cursor.u16(), 0x0203u);
  EXPECT_EQ(cursor.u24(), 0x040506u);
  EXPECT_EQ(cursor.u32(), 0x0708090Au);
  EXPECT_EQ(cursor.u64(), 0x0B0C0D0E0F101112u);
  EXPECT_TRUE(cursor.empty());
  EXPECT_TRUE(cursor.ok());
  EXPECT_EQ(cursor.offset(), 118u);
}

TEST(Cursor, RemembersThatItRanPastTheEnd) {
  const Buffer octets = Buffer::copy_of(std::array<std::uint8_t, 3>{1, 2, 3});
  Cursor cursor(octets.bytes());
  EXPECT_EQ(cursor.u32(), 0u);
  EXPECT_FALSE(cursor.ok());
  EXPECT_EQ(cursor.u8(), 0u) << "what is left after a failure is never read as something else";
  EXPECT_FALSE(cursor.ok());
}

TEST(Cursor, ASubCursorCannotLeaveItsLength) {
  const Buffer octets = Buffer::copy_of(std::array<std::uint8_t, 4>{1, 2, 3, 4});
  Cursor outer(octets.bytes(), 10);
  outer.skip(1);
  Cursor inner = outer.sub(2);
  EXPECT_EQ(inner.offset(), 11u);
  EXPECT_EQ(inner.u16(), 0x0203u);
  EXPECT_EQ(inner.u8(), 0u);
  EXPECT_FALSE(inner.ok());
  EXPECT_TRUE(outer.ok());
  EXPECT_EQ(outer.u8(), 4u);
  EXPECT_FALSE(outer.sub(1).ok()) << "a length that is too long is an error of both";
  EXPECT_FALSE(outer.ok());
}

TEST(ByteWriter, WritesWhatCursorReads) {
  ByteWriter writer;
  writer.u8(1);
  writer.u16(0x0203);
  writer.u24(0x040506);
  writer.u32(0x0708090A);
  writer.u64(0x0B0C0D0E0F101112u);
  writer.set_u16(1, 0xFFFE);
  const Buffer octets = Buffer::copy_of(writer.written());
  Cursor cursor(octets.bytes());
  EXPECT_EQ(cursor.u8(), 1u);
  EXPECT_EQ(cursor.u16(), 0xFFFEu);
  EXPECT_EQ(cursor.u24(), 0x040506u);
  EXPECT_EQ(cursor.u32(), 0x0708090Au);
  EXPECT_EQ(cursor.u64(), 0x0B0C0D0E0F101112u);
  EXPECT_TRUE(cursor.ok() && cursor.empty());
}

TEST(Buffer, KeepsReadableOctetsBehindItsEnd) {
  Buffer buffer;
  for (std::size_t size : {0u, 1u, 63u, 64u, 1000u}) {
    buffer.resize(size);
    for (std::size_t i = 0; i < kPadding; ++i) EXPECT_EQ(buffer.data()[size + i], 0u);
  }
  buffer.clear();
  buffer.append(as_bytes("route"));
  buffer.append(as_bytes("s"));
  EXPECT_EQ(as_text(buffer.bytes()), "routes");
}

}  // namespace
}  // namespace fairway
