// AS4_PATH and AS4_AGGREGATOR (RFC 6793 section 4.2.3): what a speaker of two octets passed on, put together again.
#include <gtest/gtest.h>

#include "core/wire/bgp/path_attributes.h"
#include "core/wire/bgp/testing.h"

namespace fairway::bgp {
namespace {

struct Case {
  const char* as_path;  // two octets an AS
  const char* as4_path;
  const char* merged;
};

// 23456 is AS_TRANS.
constexpr Case kCases[] = {
    {"64500 23456 64502", "4200000001 64502", "64500 4200000001 64502"},
    {"23456 23456", "4200000001 4200000002", "4200000001 4200000002"},
    {"64500 64501", "4200000001 4200000002 4200000003", "64500 64501"},  // longer than AS_PATH: ignored
    {"64500 64501 {64502,64503}", "4200000001 {64502,64503}", "64500 4200000001 {64502,64503}"},
    {"64500 {64501,64502} 23456", "4200000001", "64500 {64501,64502} 4200000001"},
    {"(64512 64513) 64500 23456", "4200000001", "(64512 64513) 64500 4200000001"},
    {"(64512 64513) 23456", "4200000001", "(64512 64513) 4200000001"},
    {"64500 (64512) 64501 23456", "64501 4200000001", "64500 (64512) 64501 4200000001"},
};

Attributes decode(const AsPath& path, const AsPath& as4_path, const char* more) {
  ByteWriter run;
  const auto put = [&](std::uint8_t flags, std::uint8_t type, const AsPath& one, bool four) {
    ByteWriter value;
    for (std::size_t i = 0; i < one.segments().size(); ++i) {
      value.u8(static_cast<std::uint8_t>(one.segments()[i].type));
      value.u8(static_cast<std::uint8_t>(one.asns_of(i).size()));
      for (const Asn asn : one.asns_of(i))
        four ? value.u32(asn.value) : value.u16(static_cast<std::uint16_t>(asn.value));
    }
    run.u8(flags | kExtendedLength);
    run.u8(type);
    run.u16(static_cast<std::uint16_t>(value.size()));
    run.bytes(value.written());
  };
  put(0x40, 2, path, false);
  put(0xC0, 17, as4_path, true);
  run.bytes(testing::hex(more));
  Attributes attributes;
  Findings findings;
  Decoding decoding;
  decoding.encoding.four_octet_asns = false;
  decoding.attributes = &attributes;
  decoding.findings = &findings;
  decode_path_attributes(Cursor(run.written()), decoding);
  return attributes;
}

TEST(As4, IsMergedIntoThePath) {
  for (const Case& one : kCases) {
    SCOPED_TRACE(one.as_path);
    const Attributes attributes = decode(*parse_as_path(one.as_path), *parse_as_path(one.as4_path), "");
    EXPECT_EQ(to_string(attributes.as_path), one.merged);
  }
}

TEST(As4, JoinsWhatWasOneSegment) {
  const Attributes attributes = decode(*parse_as_path("64500 23456"), *parse_as_path("4200000001"), "");
  EXPECT_EQ(attributes.as_path.segments().size(), 1u);
  std::vector<Asn> many(254, Asn{64500});
  AsPath path;
  path.add(SegmentType::sequence, many);
  path.add(SegmentType::sequence, std::vector<Asn>(1, kAsTrans));
  // 254 and 1 fit one segment, 254 and 2 do not.
  EXPECT_EQ(decode(path, *parse_as_path("4200000001"), "").as_path.segments().size(), 1u);
  path.add(SegmentType::sequence, std::vector<Asn>(1, kAsTrans));
  EXPECT_EQ(decode(path, *parse_as_path("4200000001 4200000002"), "").as_path.segments().size(), 2u);
}

TEST(As4, AggregatorReplacesAsTrans) {
  const AsPath path = *parse_as_path("64500 23456"), as4_path = *parse_as_path("4200000001");
  const Attributes merged = decode(path, as4_path, "c0 07 06 5ba0 c0000201 c0 12 08 fa56ea01 c0000202");
  EXPECT_EQ(merged.aggregator, (Aggregator{Asn{4200000001}, testing::ip("192.0.2.2")}));
  EXPECT_EQ(to_string(merged.as_path), "64500 4200000001");
}

TEST(As4, IsOutOfDateWhenSomebodyAggregatedSince) {
  const AsPath path = *parse_as_path("64500 23456"), as4_path = *parse_as_path("4200000001");
  const Attributes kept = decode(path, as4_path, "c0 07 06 fbf4 c0000201 c0 12 08 fa56ea01 c0000202");
  EXPECT_EQ(kept.aggregator, (Aggregator{Asn{64500}, testing::ip("192.0.2.1")}));
  EXPECT_EQ(to_string(kept.as_path), "64500 23456");
}

}  // namespace
}  // namespace fairway::bgp
