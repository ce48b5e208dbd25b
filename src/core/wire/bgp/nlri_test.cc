#include "core/wire/bgp/nlri.h"

#include <gtest/gtest.h>

#include "core/wire/bgp/testing.h"

namespace fairway::bgp {
namespace {

using namespace testing;

struct Read {
  std::vector<Nlri> nlri;
  NlriReading reading;
};

Read read(std::string_view field, Family family, Encoding encoding = {}) {
  Read read;
  const auto octets = hex(field);
  read.reading = decode_nlri(Cursor(octets), family, Safi::unicast, encoding, read.nlri);
  return read;
}

std::string text(const std::vector<Nlri>& nlri) {
  std::string out;
  for (const Nlri& one : nlri) {
    if (!out.empty()) out += ' ';
    append_to(out, one.prefix);
    if (one.path_id) out += '#' + std::to_string(*one.path_id);
  }
  return out;
}

constexpr Encoding kAddPath{.add_path = Encoding::kAddPathAll};

TEST(Nlri, IsALengthAndAsManyOctetsAsHoldIt) {
  const Read four = read("00 08 0a 18 c63364 19 c6336480 20 c6336401", Family::ipv4);
  EXPECT_EQ(four.reading, NlriReading::fine);
  EXPECT_EQ(text(four.nlri), "0.0.0.0/0 10.0.0.0/8 198.51.100.0/24 198.51.100.128/25 198.51.100.1/32");
  const Read six = read("20 20010db8 80 20010db8000000000000000000000001", Family::ipv6);
  EXPECT_EQ(text(six.nlri), "2001:db8::/32 2001:db8::1/128");
}

TEST(Nlri, ClearsBitsBehindTheLength) { EXPECT_EQ(text(read("17 c63365", Family::ipv4).nlri), "198.51.100.0/23"); }

TEST(Nlri, StopsAtAPrefixThatCannotBe) {
  for (const char* field : {"18 c63364 21 00000000 00", "18 c63364 18 c633", "18 c63364 ff"}) {
    const Read four = read(field, Family::ipv4);
    EXPECT_EQ(four.reading, NlriReading::damaged) << field;
    EXPECT_EQ(text(four.nlri), "198.51.100.0/24") << field;
  }
  EXPECT_EQ(read("81 00", Family::ipv6).reading, NlriReading::damaged);
}

TEST(Nlri, HasAPathIdWhereThatWasAgreedOn) {
  const Read both = read("00000001 18 c63364 00000002 18 c63364", Family::ipv4, kAddPath);
  EXPECT_EQ(both.reading, NlriReading::fine);
  EXPECT_EQ(text(both.nlri), "198.51.100.0/24#1 198.51.100.0/24#2");
  EXPECT_EQ(read("000000", Family::ipv4, kAddPath).reading, NlriReading::damaged);
}

TEST(Nlri, OfAnArchiveIsReadInTheFormThatMakesSense) {
  Encoding archive;
  archive.may_err_about_add_path = true;
  // As it stands it would be 0.0.0.0/0 three times, 0.0.0.0/1 and nonsense.
  const Read with = read("00000001 18 c63364", Family::ipv4, archive);
  EXPECT_EQ(with.reading, NlriReading::other_form);
  EXPECT_EQ(text(with.nlri), "198.51.100.0/24#1");
  // This makes sense without, but for the default route three times.
  const Read twice = read("00000001 18 010203", Family::ipv4, archive);
  EXPECT_EQ(text(twice.nlri), "1.2.3.0/24#1");
  EXPECT_EQ(text(read("00 18 010203", Family::ipv4, archive).nlri), "0.0.0.0/0 1.2.3.0/24");
  archive.add_path = Encoding::kAddPathAll;
  const Read without = read("18 c63364", Family::ipv4, archive);
  EXPECT_EQ(without.reading, NlriReading::other_form);
  EXPECT_EQ(text(without.nlri), "198.51.100.0/24");
}

TEST(Nlri, OfASessionIsReadAsAgreed) {
  EXPECT_EQ(read("00000001 18 c63364", Family::ipv4).reading, NlriReading::damaged);
}

TEST(Nlri, IsWrittenAsItIsRead) {
  for (const bool path_ids : {false, true}) {
    std::vector<Nlri> nlri;
    for (unsigned length = 0; length <= 128; ++length) {
      nlri.push_back(
          {Prefix(Family::ipv6, 0x20010db8ffffffff, ~0ull, length), path_ids ? std::optional(length) : std::nullopt});
    }
    ByteWriter out;
    encode_nlri(out, nlri, path_ids);
    std::vector<Nlri> again;
    EXPECT_EQ(decode_nlri(Cursor(out.written()), Family::ipv6, Safi::unicast, path_ids ? kAddPath : Encoding{}, again),
              NlriReading::fine);
    EXPECT_EQ(again, nlri);
  }
}

}  // namespace
}  // namespace fairway::bgp
