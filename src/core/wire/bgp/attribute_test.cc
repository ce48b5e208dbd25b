// Every row of the table of attributes: its value in octets and back, and what a router must do when it is malformed.
#include "core/wire/bgp/attribute.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "core/wire/bgp/path_attributes.h"
#include "core/wire/bgp/testing.h"

namespace fairway::bgp {
namespace {

using namespace testing;
using enum FindingAction;

struct Read {
  Attributes attributes;
  Reach reach;
  Unreach unreach;
  Findings findings;
  Decoding decoding;
  std::vector<std::uint8_t> octets;

  explicit Read(std::string_view run, Encoding encoding = {}, bool in_rib = false) : octets(hex(run)) {
    decoding.encoding = encoding;
    decoding.in_rib = in_rib;
    decoding.attributes = &attributes;
    decoding.reach = &reach;
    decoding.unreach = &unreach;
    decoding.findings = &findings;
    decode_path_attributes(Cursor(octets, 1000), decoding);
  }
  std::vector<std::uint8_t> written() const {
    ByteWriter out;
    Encodable from;
    from.encoding = decoding.encoding;
    from.attributes = &attributes;
    from.reach = decoding.has_reach ? &reach : nullptr;
    from.unreach = decoding.has_unreach ? &unreach : nullptr;
    EXPECT_TRUE(encode_path_attributes(from, out));
    return out.release();
  }
};

constexpr Encoding kTwoOctets{.four_octet_asns = false};

// A whole attribute as octets that decode without a finding and encode to the same.
struct Good {
  std::string_view octets;
  Encoding encoding = {};
};
constexpr Good kGood[] = {
    {"40 01 01 00"},
    {"40 01 01 02"},
    {"40 02 00"},
    {"40 02 0a 02 02 0000fbf4 fa56ea01"},
    {"40 02 06 02 02 fbf4 fbf5", kTwoOctets},
    {"40 02 18 03 01 0000fc00 04 01 0000fc01 02 01 0000fbf4 01 01 0000fbf5"},
    {"40 03 04 c0000201"},
    {"80 04 04 0000000a"},
    {"40 05 04 000000c8"},
    {"40 06 00"},
    {"c0 07 08 0000fbf4 c0000201"},
    {"c0 07 06 fbf4 c0000201", kTwoOctets},
    {"c0 08 08 fbf40001 ffffff01"},
    {"80 09 04 c0000203"},
    {"80 0a 08 c0000204 c0000205"},
    {"80 0e 1a 0002 01 10 20010db8000000000000000000000001 00 20 20010db8"},
    {"80 0e 2a 0002 01 20 20010db8000000000000000000000001 fe800000000000000000000000000001 00 20 20010db8"},
    {"80 0e 0d 0001 02 04 c0000201 00 18 c63364"},
    {"80 0e 1a 0001 01 10 20010db8000000000000000000000001 00 20 c6336401"},  // RFC 8950
    {"80 0e 0e 0002 01 04 c0000201 00 20 20010db8"},
    {"80 0e 11 0001 01 04 c0000201 00 00000007 18 c63364", Encoding{.add_path = Encoding::kAddPathAll}},
    {"80 0e 15 0019 46 04 c0000201 00 0102030405060708090a0b0c"},  // EVPN: raw
    {"80 0f 03 0002 01"},
    {"80 0f 08 0002 01 20 20010db8"},
    {"80 0f 06 4004 47 010203"},  // BGP-LS: raw
    {"c0 10 08 0002fbf400000001"},
    {"80 1a 0b 01 000b 0000000000000063"},
    {"c0 20 0c 0000fbf4 00000001 00000002"},
    {"c0 23 04 0000fbf4"},
    {"40 02 06 02 02 5ba0 fbf5 c0 11 0a 02 02 fa56ea01 0000fbf5", kTwoOctets},
    {"c0 07 06 5ba0 c0000201 c0 12 08 fa56ea01 c0000201", kTwoOctets},
};

TEST(AttributeRow, ReadsAndWritesTheSameOctets) {
  std::set<unsigned> tried;
  for (const Good& good : kGood) {
    SCOPED_TRACE(std::string(good.octets));
    const Read read(good.octets, good.encoding);
    for (const Finding& finding : read.findings) ADD_FAILURE() << finding.text;
    EXPECT_EQ(read.written(), read.octets);
    Cursor run(read.octets);
    while (const auto attribute = next_attribute(run)) tried.insert(attribute->type);
  }
  for (const AttributeRow& row : attribute_rows())
    EXPECT_TRUE(tried.contains(row.type)) << "no octets for " << row.name;
}

// A malformed attribute: the finding it gives. Nothing of it may be left in the route unless `kept`.
struct Bad {
  std::string_view octets;
  std::uint8_t attribute;
  FindingAction action;
  std::string_view rule;
  bool kept = false;
  Encoding encoding = {};
};
constexpr Bad kBad[] = {
    {"40 01 00", 1, treat_as_withdraw, "RFC 7606 section 7.1"},
    {"40 01 01 03", 1, treat_as_withdraw, "RFC 7606 section 7.1"},
    {"40 01 02 0000", 1, treat_as_withdraw, "RFC 7606 section 7.1"},
    {"40 02 06 05 01 0000fbf4", 2, treat_as_withdraw, "RFC 7606 section 7.2"},     // unknown segment type
    {"40 02 06 02 02 0000fbf4", 2, treat_as_withdraw, "RFC 7606 section 7.2"},     // overrun
    {"40 02 07 02 01 0000fbf4 02", 2, treat_as_withdraw, "RFC 7606 section 7.2"},  // underrun
    {"40 02 02 02 00", 2, treat_as_withdraw, "RFC 7606 section 7.2", true},        // no AS
    {"40 02 06 02 01 00000000", 2, treat_as_withdraw, "RFC 7607 section 2", true},
    {"40 03 03 c00002", 3, treat_as_withdraw, "RFC 7606 section 7.3"},
    {"80 04 05 0000000000", 4, treat_as_withdraw, "RFC 7606 section 7.4"},
    {"40 05 00", 5, treat_as_withdraw, "RFC 7606 section 7.5"},
    {"40 06 01 00", 6, attribute_discard, "RFC 7606 section 7.6"},
    {"c0 07 07 00000000000000", 7, attribute_discard, "RFC 7606 section 7.7"},
    {"c0 07 06 fbf4 c0000201", 7, attribute_discard, "RFC 7606 section 7.7", true},
    {"c0 07 08 00000000 c0000201", 7, attribute_discard, "RFC 7607 section 2", true},
    {"c0 08 00", 8, treat_as_withdraw, "RFC 7606 section 7.8"},
    {"c0 08 05 0000000000", 8, treat_as_withdraw, "RFC 7606 section 7.8"},
    {"80 09 05 c000020300", 9, treat_as_withdraw, "RFC 7606 section 7.9"},
    {"80 0a 06 c0000204c000", 10, treat_as_withdraw, "RFC 7606 section 7.10"},
    {"80 0e 04 0002 01 10", 14, session_reset, "RFC 7606 section 7.11"},
    {"80 0e 0a 0002 01 05 c000020100 00", 14, session_reset, "RFC 7606 section 7.11", true},
    {"80 0e 0b 0001 01 04 c0000201 00 21 00", 14, session_reset, "RFC 7606 section 5.3", true},
    {"80 0f 02 0002", 15, session_reset, "RFC 7606 section 5.3"},
    {"80 0f 05 0001 01 18 c6", 15, session_reset, "RFC 7606 section 5.3", true},
    {"c0 10 07 00000000000000", 16, treat_as_withdraw, "RFC 7606 section 7.14"},
    {"c0 11 0a 02 02 fa56ea01 0000fbf5", 17, attribute_discard, "RFC 6793 section 6"},
    {"c0 11 06 05 01 fa56ea01", 17, attribute_discard, "RFC 6793 section 6", false, kTwoOctets},
    {"c0 11 06 02 01 00000000", 17, attribute_discard, "RFC 6793 section 6", false, kTwoOctets},
    {"c0 11 06 03 01 fa56ea01", 17, attribute_discard, "RFC 6793 section 6", true, kTwoOctets},
    {"c0 12 08 fa56ea01 c0000201", 18, attribute_discard, "RFC 6793 section 6"},
    {"c0 12 06 ea01 c0000201", 18, attribute_discard, "RFC 6793 section 6", false, kTwoOctets},
    {"80 1a 00", 26, attribute_discard, "RFC 7311 section 3.2"},
    {"80 1a 0a 01 000a 00000000000063", 26, attribute_discard, "RFC 7311 section 3.2"},
    {"80 1a 0b 02 0002 0000000000000063", 26, attribute_discard, "RFC 7311 section 3.2"},
    {"c0 20 0b 0000fbf4 00000001 000000", 32, treat_as_withdraw, "RFC 8092 section 6"},
    {"c0 23 03 00fbf4", 35, treat_as_withdraw, "RFC 9234 section 5"},
    {"00 01 01 00", 1, treat_as_withdraw, "RFC 7606 section 3 c", true},
    {"c0 0f 03 0002 01", 15, session_reset, "RFC 7606 section 3 c", true},
    {"40 c8 01 00", 200, session_reset, "RFC 4271 section 6.3", true},
};

TEST(AttributeRow, TellsWhatIsMalformedAndWhatFollows) {
  std::set<unsigned> tried;
  for (const Bad& bad : kBad) {
    SCOPED_TRACE(std::string(bad.octets));
    const Read read(bad.octets, bad.encoding);
    ASSERT_EQ(read.findings.size(), 1u);
    const Finding& finding = read.findings[0];
    EXPECT_EQ(finding.attribute, bad.attribute);
    EXPECT_EQ(finding.action, bad.action);
    EXPECT_EQ(finding.rule, bad.rule);
    EXPECT_FALSE(finding.text.empty());
    EXPECT_GE(finding.offset, 1000u);
    EXPECT_LT(finding.offset, 1000u + read.octets.size());
    if (!bad.kept) {
      EXPECT_TRUE(read.written().empty());
    }
    tried.insert(bad.attribute);
  }
  for (const AttributeRow& row : attribute_rows())
    EXPECT_TRUE(tried.contains(row.type)) << "nothing malformed for " << row.name;
}

TEST(AttributeRow, IsTheLeastThatItsOwnRuleDemands) {
  for (const AttributeRow& row : attribute_rows()) {
    EXPECT_EQ(find_attribute(row.type), &row);
    EXPECT_EQ(row.flags & ~(kOptional | kTransitive), 0) << row.name;
    EXPECT_TRUE(row.rfc.starts_with("RFC ") && row.rule.starts_with("RFC ")) << row.name;
  }
  EXPECT_EQ(find_attribute(0), nullptr);
  EXPECT_EQ(find_attribute(255), nullptr);
}

TEST(MpReach, OfARibEntryIsReadInBothForms) {
  const Read abbreviated("80 0e 11 10 20010db8000000000000000000000001", {}, true);
  EXPECT_TRUE(abbreviated.findings.empty());
  EXPECT_TRUE(abbreviated.reach.abbreviated);
  EXPECT_EQ(abbreviated.reach.next_hop, ip("2001:db8::1"));
  EXPECT_EQ(abbreviated.written(), abbreviated.octets);

  const Read whole("80 0e 1a 0002 01 10 20010db8000000000000000000000001 00 20 20010db8", {}, true);
  EXPECT_TRUE(whole.findings.empty());
  EXPECT_FALSE(whole.reach.abbreviated);
  EXPECT_EQ(whole.reach.next_hop, ip("2001:db8::1"));

  // Without NLRI and without the reserved octet, as some write it.
  const Read short_of_nlri("80 0e 14 0002 01 10 20010db8000000000000000000000001", {}, true);
  EXPECT_TRUE(short_of_nlri.findings.empty());
  EXPECT_EQ(short_of_nlri.reach.next_hop, ip("2001:db8::1"));

  const Read both_addresses("80 0e 21 20 20010db8000000000000000000000001 fe800000000000000000000000000001", {}, true);
  EXPECT_EQ(both_addresses.reach.link_local_next_hop, ip("fe80::1"));
}

TEST(MpReach, IsNeverAbbreviatedInAMessage) {
  const Read read("80 0e 11 10 20010db8000000000000000000000001");
  ASSERT_EQ(read.findings.size(), 1u);
  EXPECT_FALSE(read.decoding.has_reach);
}

TEST(Aigp, TakesTheFirstMetricAndPassesOverOtherTlvs) {
  const Read read("80 1a 1a 02 0004 ff 01 000b 0000000000000063 01 000b 0000000000000001");
  EXPECT_TRUE(read.findings.empty());
  EXPECT_EQ(read.attributes.aigp, 99u);
}

TEST(AsPath, OfMoreThan255IsWrittenAsSegments) {
  Attributes attributes;
  attributes.as_path = AsPath(std::vector<Asn>(300, Asn{64500}));
  attributes.has_as_path = true;
  Encodable from;
  from.attributes = &attributes;
  ByteWriter out;
  ASSERT_TRUE(encode_path_attributes(from, out));
  EXPECT_EQ(out.size(), 4u + 2 + 255 * 4 + 2 + 45 * 4);

  attributes.as_path.clear();
  attributes.as_path.add(SegmentType::set, std::vector<Asn>(256, Asn{64500}));
  const auto refused = encode_path_attributes(from, out);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::usage);
  EXPECT_NE(refused.error().text.find("256"), std::string::npos);
}

TEST(PathAttributes, CountOnlyTheFirstOfTwo) {
  const Read read("40 01 01 00 40 01 01 02 80 04 04 00000001");
  ASSERT_EQ(read.findings.size(), 1u);
  EXPECT_EQ(read.findings[0].action, attribute_discard);
  EXPECT_EQ(read.findings[0].rule, "RFC 7606 section 3 g");
  EXPECT_EQ(read.findings[0].offset, 1004u);
  EXPECT_EQ(read.attributes.origin, OriginCode::igp);
  EXPECT_EQ(read.attributes.med, 1u);

  const Read twice("80 0f 03 0002 01 80 0f 03 0002 01");
  ASSERT_EQ(twice.findings.size(), 1u);
  EXPECT_EQ(twice.findings[0].action, session_reset);
}

TEST(PathAttributes, EndWhereALengthIsBroken) {
  for (const std::string_view run : {"40 01 01 02 40", "40 01 01 02 40 02 ff 00", "40 01 01 02 50 02 00"}) {
    const Read read(run);
    ASSERT_EQ(read.findings.size(), 1u) << run;
    EXPECT_EQ(read.findings[0].rule, "RFC 7606 section 4");
    EXPECT_EQ(read.findings[0].action, treat_as_withdraw);
    EXPECT_EQ(read.attributes.origin, OriginCode::incomplete);
  }
}

TEST(PathAttributes, KeepUnknownOnesAsTheyAre) {
  const Read read("e0 c8 03 010203 d0 c9 0100" + std::string(512, '0'));
  EXPECT_TRUE(read.findings.empty());
  ASSERT_EQ(read.attributes.unknown.size(), 2u);
  EXPECT_EQ(read.attributes.unknown[0].flags, 0xE0);
  EXPECT_EQ(read.attributes.unknown[0].value.size(), 3u);
  EXPECT_EQ(read.attributes.unknown[1].value.size(), 256u);
  EXPECT_EQ(read.written(), read.octets);
}

TEST(PathAttributes, ThatDoNotFitAreRefusedByName) {
  Attributes attributes;
  attributes.communities.assign(20000, Community{1});
  Encodable from;
  from.attributes = &attributes;
  ByteWriter out;
  const auto refused = encode_path_attributes(from, out);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().text, "COMMUNITIES: 80000 octets do not fit: at most 65535.");
}

TEST(PathAttributes, AllTogetherComeBackFromTheWire) {
  for (const bool small : {false, true}) {
    Attributes all = everything(small);
    Encodable from;
    from.encoding.four_octet_asns = !small;
    from.attributes = &all;
    ByteWriter out;
    ASSERT_TRUE(encode_path_attributes(from, out));
    Attributes again;
    Findings findings;
    Reach reach;
    Unreach unreach;
    Decoding decoding;
    decoding.encoding = from.encoding;
    decoding.attributes = &again;
    decoding.reach = &reach;
    decoding.unreach = &unreach;
    decoding.findings = &findings;
    decode_path_attributes(Cursor(out.written()), decoding);
    EXPECT_TRUE(findings.empty());
    EXPECT_TRUE(same(all, again));
  }
}

}  // namespace
}  // namespace fairway::bgp
