// Framing: whole records, damage, and the way back.
#include "core/wire/mrt/record.h"

#include <gtest/gtest.h>

#include <random>

#include "core/wire/mrt/record_types.h"
#include "core/wire/mrt/testing.h"

namespace fairway::mrt {
namespace {

using namespace testing;

TEST(Record, IsAHeaderAndABody) {
  ByteWriter out;
  Writer writer(out);
  ASSERT_TRUE(writer.record(kNoon, Type::bgp4mp, 0, hex("0102030405060708")));
  Cursor cursor(out.written(), 100);
  const auto record = next_record(cursor);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->time, kNoon);
  EXPECT_EQ(record->seconds, kNoon.whole_seconds());
  EXPECT_EQ(record->type, Type::bgp4mp);
  EXPECT_EQ(record->subtype, 0);
  EXPECT_EQ(record->body.size(), 8u);
  EXPECT_EQ(record->offset, 100u);
  EXPECT_EQ(record->size, 20u);
  EXPECT_TRUE(cursor.empty());
}

TEST(Record, OfExtendedTimeHasMicroseconds) {
  ByteWriter out;
  Writer writer(out);
  ASSERT_TRUE(writer.record(kNoon + Duration{123456}, Type::bgp4mp_et, 0, hex("0102")));
  Cursor cursor(out.written());
  const auto record = next_record(cursor);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->time, kNoon + Duration{123456});
  EXPECT_EQ(record->body.size(), 2u);
  EXPECT_EQ(record->size, 18u);
}

// RIS of 1999 did not count four octets of TABLE_DUMP with entries; where there is no entry, nothing can be missing.
TEST(Record, OfATableWithoutEntriesIsAsLongAsItSays) {
  ByteWriter out;
  ASSERT_TRUE(Writer(out).record(kNoon, Type::table_dump, 1, {}));
  Cursor cursor(out.written());
  const auto record = next_record(cursor);
  ASSERT_TRUE(record);
  EXPECT_TRUE(record->body.empty());
}

TEST(Record, CutShortWaitsForMore) {
  ByteWriter out;
  Writer writer(out);
  ASSERT_TRUE(writer.record(kNoon, Type::bgp4mp, 0, hex("0102030405060708")));
  for (std::size_t size = 0; size < out.size(); ++size) {
    Cursor cursor(out.written().first(size), 7);
    const auto refused = next_record(cursor);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::truncated);
    EXPECT_EQ(refused.error().where, 7u);
    EXPECT_EQ(cursor.left(), size) << "nothing is consumed";
  }
}

TEST(Record, ThatCannotBeIsMalformed) {
  const auto huge = hex("5be9c3d0 0010 0004 01000001"), no_time = hex("5be9c3d0 0011 0004 00000003 000000");
  for (const auto& octets : {huge, no_time}) {
    Cursor cursor(octets, 9);
    const auto refused = next_record(cursor);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::malformed);
    EXPECT_EQ(refused.error().where, 9u);
    EXPECT_EQ(cursor.left(), octets.size());
  }
}

// Two entries behind one view and sequence number, whose four octets the length leaves out.
std::vector<std::uint8_t> batch(int entries) {
  ByteWriter body;
  body.u32(0);
  for (int i = 0; i < entries; ++i)
    body.bytes(hex("03000000 08 01 387a72fa c3d3defe 1521 000d 40010100 40020402 010ddd0000"));
  ByteWriter out;
  out.bytes(hex("387a7a18 000c 0001"));
  out.u32(static_cast<std::uint32_t>(body.size() - 4));
  out.bytes(body.written());
  return out.release();
}

TEST(Record, OfABatchIsFourOctetsLongerThanItSays) {
  for (const int entries : {1, 2, 7}) {
    std::vector<std::uint8_t> octets = batch(entries);
    const std::size_t size = octets.size();
    const auto more = batch(1);
    octets.insert(octets.end(), more.begin(), more.end());
    Cursor cursor{Bytes(octets)};
    EXPECT_TRUE(looks_like_record(cursor, from_seconds(0x387a7a18)));
    const auto first = next_record(cursor), second = next_record(cursor);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->size, size);
    EXPECT_EQ(first->body.size(), size - kHeaderSize);
    EXPECT_EQ(second->offset, size);
    EXPECT_TRUE(cursor.empty());
    // Not all there yet: the four octets are waited for.
    for (std::size_t missing = 1; missing <= 4; ++missing) {
      Cursor cut(Bytes(octets).first(size - missing));
      EXPECT_EQ(next_record(cut).error().kind, ErrorKind::truncated) << missing;
    }
  }
}

TEST(Record, OfATableDumpThatCountsRightlyIsLeftAlone) {
  ByteWriter out;
  Writer writer(out);
  const Attributes attributes = everything(true);
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(
        writer.table_dump(kNoon, 0, 1, prefix("198.51.100.0/24"), kNoon, {ip("192.0.2.1"), Asn{64500}, 0}, attributes));
  }
  Cursor cursor(out.written());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(next_record(cursor)->size, out.size() / 3);
  EXPECT_TRUE(cursor.empty());
}

TEST(RecordType, IsKnownByEveryRow) {
  for (const RecordTypeRow& row : record_types()) {
    EXPECT_EQ(find_record_type(row.type, row.subtype == 0xFFFF ? std::uint16_t{3} : row.subtype), &row) << row.name;
    EXPECT_FALSE(row.name.empty() || row.rfc.empty());
  }
  EXPECT_EQ(find_record_type(Type::bgp4mp_et, 4), find_record_type(Type::bgp4mp, 4));
  EXPECT_EQ(find_record_type(Type::bgp4mp, 12), nullptr);
  EXPECT_EQ(find_record_type(Type::table_dump, 0), nullptr);
  EXPECT_EQ(find_record_type(static_cast<Type>(64), 0), nullptr);
  EXPECT_EQ(find_record_type(static_cast<Type>(0xFFFF), 0xFFFF), nullptr);
}

std::vector<std::uint8_t> three_records() {
  ByteWriter out;
  Writer writer(out);
  bgp::Update update;
  update.attributes = everything();
  update.announced = {{prefix("198.51.100.0/24"), {}}};
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(writer.message(kNoon + seconds(i), session(), update, {}));
  return out.release();
}

TEST(Resynchronise, FindsTheNextRecordBehindGarbage) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::uint8_t> octets(random() % 500 + 1);
    for (auto& octet : octets) octet = static_cast<std::uint8_t>(random());
    const std::size_t garbage = octets.size();
    const auto records = three_records();
    octets.insert(octets.end(), records.begin(), records.end());
    EXPECT_EQ(octets_to_resynchronise(Cursor(Bytes(octets)), kNoon), garbage);
  }
}

TEST(Resynchronise, GoesPastARecordWhoseLengthLies) {
  auto octets = three_records();
  octets[11] += 3;
  EXPECT_EQ(octets_to_resynchronise(Cursor(Bytes(octets)), kNoon), octets.size() / 3);
  EXPECT_FALSE(looks_like_record(Cursor(Bytes(octets)), kNoon));
}

TEST(Resynchronise, AlwaysGoesOnAndNeverBeyondTheEnd) {
  std::mt19937 random(2);
  for (int round = 0; round < 300; ++round) {
    auto octets = three_records();
    for (int i = 0; i < 10; ++i) octets[random() % octets.size()] = static_cast<std::uint8_t>(random());
    octets.resize(random() % (octets.size() + 1));
    Cursor cursor{Bytes(octets)};
    while (!cursor.empty()) {
      const std::size_t before = cursor.left(), skip = octets_to_resynchronise(cursor, kNoon);
      ASSERT_GE(skip, 1u);
      ASSERT_LE(skip, before);
      cursor.skip(skip);
      if (!cursor.empty()) {
        EXPECT_TRUE(looks_like_record(cursor, kNoon));
      }
    }
    EXPECT_EQ(octets_to_resynchronise(cursor, kNoon), 0u);
  }
}

TEST(Resynchronise, DoesNotBelieveInOtherDecades) {
  const auto octets = three_records();
  EXPECT_TRUE(looks_like_record(Cursor(Bytes(octets)), kNoon + days(3650)));
  EXPECT_FALSE(looks_like_record(Cursor(Bytes(octets)), kNoon + days(3660)));
}

}  // namespace
}  // namespace fairway::mrt
