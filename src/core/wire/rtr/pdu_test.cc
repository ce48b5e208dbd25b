// Vectors made by hand from the figures of RFC 6810 section 5, RFC 8210 section 5 and
// draft-ietf-sidrops-8210bis-27 section 5.
#include "core/wire/rtr/pdu.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/wire/rtr/hex_for_tests.h"

namespace fairway::rtr {
namespace {

Prefix prefix(std::string_view text) { return *parse_prefix(text); }

struct Vector {
  const char* hex;
  std::uint8_t version;
  Pdu pdu;
};

const std::uint8_t kKey[] = {0x30, 0x59, 0x30};
const std::uint8_t kAsked[] = {1, 2, 0, 0, 0, 0, 0, 8};
const std::array<std::uint8_t, 20> kIdentifier = {1,  2,  3,  4,  5,  6,  7,  8,  9,  10,
                                                  11, 12, 13, 14, 15, 16, 17, 18, 19, 20};

const Vector kVectors[] = {
    {"00 00 beef 0000000c 0000002a", 0, SerialNotify{0xbeef, 42}},
    {"01 00 beef 0000000c ffffffff", 1, SerialNotify{0xbeef, 0xffffffff}},
    {"02 01 0001 0000000c 00000000", 2, SerialQuery{1, 0}},
    {"00 02 0000 00000008", 0, ResetQuery{}},
    {"02 02 0000 00000008", 2, ResetQuery{}},
    {"01 03 1234 00000008", 1, CacheResponse{0x1234}},
    // 192.0.2.0/24 up to /26, AS 64496, comes; goes.
    {"00 04 0000 00000014 01 18 1a 00 c0000200 0000fbf0", 0, PrefixPdu{true, prefix("192.0.2.0/24"), 26, Asn{64496}}},
    {"02 04 0000 00000014 00 18 1a 00 c0000200 0000fbf0", 2, PrefixPdu{false, prefix("192.0.2.0/24"), 26, Asn{64496}}},
    // Everything may be announced by nobody.
    {"01 04 0000 00000014 01 00 00 00 00000000 00000000", 1, PrefixPdu{true, Prefix(), 0, Asn{0}}},
    {"01 06 0000 00000020 01 20 30 00 20010db8 00000000 00000000 00000000 fffffffe", 1,
     PrefixPdu{true, prefix("2001:db8::/32"), 48, Asn{4294967294}}},
    {"02 06 0000 00000020 01 80 80 00 20010db8 00000000 00000000 00000001 00000001", 2,
     PrefixPdu{true, prefix("2001:db8::1/128"), 128, Asn{1}}},
    {"00 07 1234 0000000c 0000002a", 0, EndOfData{0x1234, 42, {}}},
    {"01 07 1234 00000018 0000002a 00000e10 00000258 00001c20", 1, EndOfData{0x1234, 42, Intervals{3600, 600, 7200}}},
    {"02 07 1234 00000018 0000002a 00000001 00000001 00000258", 2, EndOfData{0x1234, 42, Intervals{1, 1, 600}}},
    {"01 08 0000 00000008", 1, CacheReset{}},
    {"01 09 0100 00000023 0102030405060708090a0b0c0d0e0f1011121314 0000fbf0 305930", 1,
     RouterKey{true, kIdentifier, Asn{64496}, kKey}},
    {"02 09 0000 00000020 0102030405060708090a0b0c0d0e0f1011121314 0000fbf0", 2,
     RouterKey{false, kIdentifier, Asn{64496}, {}}},
    {"00 0a 0002 00000010 00000000 00000000", 0, ErrorReport{ErrorCode::no_data_available, {}, {}}},
    {"01 0a 0003 0000001a 00000008 0102000000000008 00000002 6e6f", 1,
     ErrorReport{ErrorCode::invalid_request, kAsked, "no"}},
    // AS 64496 has the providers 64497 and 64498; none at all (AS 0 alone); and no ASPA any more.
    {"02 0b 0100 00000014 0000fbf0 0000fbf1 0000fbf2", 2, AspaPdu{true, Asn{64496}, {Asn{64497}, Asn{64498}}}},
    {"02 0b 0100 00000010 0000fbf0 00000000", 2, AspaPdu{true, Asn{64496}, {Asn{0}}}},
    {"02 0b 0000 0000000c 0000fbf0", 2, AspaPdu{false, Asn{64496}, {}}},
};

TEST(Pdu, IsWhatTheFiguresShow) {
  for (const Vector& vector : kVectors) {
    const Buffer octets = octets_of(vector.hex);
    Cursor stream(octets.bytes());
    const auto raw = next_pdu(stream);
    ASSERT_TRUE(raw && stream.empty()) << vector.hex;
    EXPECT_EQ(raw->version, vector.version);
    const auto decoded = decode_pdu(*raw);
    ASSERT_TRUE(decoded.has_value()) << vector.hex << ": " << decoded.error().text;
    EXPECT_TRUE(*decoded == vector.pdu) << vector.hex;
    ByteWriter out;
    ASSERT_TRUE(encode_pdu(vector.pdu, vector.version, out).has_value()) << vector.hex;
    EXPECT_TRUE(std::ranges::equal(out.written(), octets.bytes())) << vector.hex;
  }
}

TEST(Pdu, OfEveryRowHasAVector) {
  for (const PduRow& row : pdu_rows()) {
    EXPECT_TRUE(std::ranges::any_of(kVectors, [&](const Vector& vector) {
      return octets_of(vector.hex).bytes()[1] == row.type;
    })) << row.name;
    EXPECT_EQ(find_pdu(row.type), &row);
    EXPECT_EQ(pdu_name(row.type), row.name);
  }
  EXPECT_EQ(find_pdu(5), nullptr);
}

struct Refusal {
  const char* hex;
  ErrorCode code;
  const char* why;
};

const Refusal kRefusals[] = {
    {"03 02 0000 00000008", ErrorCode::unsupported_version, "no version 3"},
    {"02 05 0000 00000008", ErrorCode::unsupported_pdu_type, "nothing has type 5"},
    {"02 0c 0000 00000008", ErrorCode::unsupported_pdu_type, "nothing has type 12"},
    {"00 09 0100 00000020 0102030405060708090a0b0c0d0e0f1011121314 0000fbf0", ErrorCode::unsupported_pdu_type,
     "version 0 has no router keys"},
    {"01 0b 0000 0000000c 0000fbf0", ErrorCode::unsupported_pdu_type, "version 1 has no ASPAs"},
    {"01 02 0000 00000009 00", ErrorCode::corrupt_data, "a Reset Query is 8 octets"},
    {"01 01 0000 00000008", ErrorCode::corrupt_data, "a Serial Query is 12 octets"},
    {"01 07 1234 0000000c 0000002a", ErrorCode::corrupt_data, "version 1 has intervals"},
    {"00 07 1234 00000018 0000002a 00000e10 00000258 00001c20", ErrorCode::corrupt_data, "version 0 has none"},
    {"01 04 0000 00000014 01 21 21 00 c0000200 0000fbf0", ErrorCode::corrupt_data, "no IPv4 prefix has 33 bits"},
    {"01 04 0000 00000014 01 18 21 00 c0000200 0000fbf0", ErrorCode::corrupt_data, "a maximum of 33"},
    {"01 04 0000 00000014 01 18 17 00 c0000200 0000fbf0", ErrorCode::corrupt_data, "a maximum below the length"},
    {"02 04 0000 00000014 01 18 18 00 c0000201 0000fbf0", ErrorCode::corrupt_data, "bits behind the length"},
    {"02 06 0000 00000020 01 20 20 00 20010db8 00000000 00000000 00000001 00000001", ErrorCode::corrupt_data,
     "bits behind the length"},
    {"02 0b 0100 0000000c 0000fbf0", ErrorCode::aspa_provider_list, "announced without a provider"},
    {"02 0b 0100 00000014 0000fbf0 0000fbf2 0000fbf1", ErrorCode::aspa_provider_list, "descending"},
    {"02 0b 0100 00000014 0000fbf0 0000fbf1 0000fbf1", ErrorCode::aspa_provider_list, "twice the same"},
    {"02 0b 0100 00000014 0000fbf0 00000000 0000fbf1", ErrorCode::aspa_provider_list, "AS 0 and another"},
    {"02 0b 0100 0000000e 0000fbf0 0000", ErrorCode::corrupt_data, "half an ASN"},
    {"01 0a 0003 00000010 00000001 00000000", ErrorCode::corrupt_data, "lengths that lead beyond the end"},
    {"01 0a 0003 00000012 00000000 00000001 6e6f", ErrorCode::corrupt_data, "octets behind the text"},
};

TEST(Pdu, ThatCannotBeIsRefusedByTheCodeThatItsSenderIsTold) {
  for (const Refusal& refusal : kRefusals) {
    const Buffer octets = octets_of(refusal.hex);
    Cursor stream(octets.bytes());
    const auto raw = next_pdu(stream);
    ASSERT_TRUE(raw.has_value()) << refusal.why;
    const auto decoded = decode_pdu(*raw);
    ASSERT_FALSE(decoded.has_value()) << refusal.why;
    EXPECT_EQ(decoded.error().code, refusal.code) << refusal.why;
    EXPECT_FALSE(decoded.error().text.empty());
  }
}

TEST(Pdu, ReservedBitsAreIgnored) {
  const Buffer octets = octets_of("01 04 ffff 00000014 ff 18 18 ff c0000201 0000fbf0");  // and, before version 2, these
  Cursor stream(octets.bytes());
  const auto decoded = decode_pdu(*next_pdu(stream));
  ASSERT_TRUE(decoded.has_value());
  EXPECT_TRUE(*decoded == Pdu(PrefixPdu{true, prefix("192.0.2.0/24"), 24, Asn{64496}}));
}

TEST(Pdu, OfAWithdrawnAspaMayListWhatGoes) {
  const Buffer octets = octets_of("02 0b 0000 00000014 0000fbf0 0000fbf2 0000fbf1");
  Cursor stream(octets.bytes());
  const auto decoded = decode_pdu(*next_pdu(stream));
  ASSERT_TRUE(decoded.has_value());
  EXPECT_TRUE(*decoded == Pdu(AspaPdu{false, Asn{64496}, {}}));
}

TEST(Framing, WaitsForAllOctetsAndRefusesLengthsThatCannotBe) {
  const Buffer whole = octets_of("01 01 0001 0000000c 00000005");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    Cursor stream(whole.bytes().first(size));
    const auto raw = next_pdu(stream);
    ASSERT_FALSE(raw.has_value());
    EXPECT_EQ(raw.error().kind, ErrorKind::truncated);
    EXPECT_EQ(stream.left(), size) << "nothing is consumed";
  }
  for (const char* hex : {"01 02 0000 00000007", "01 02 0000 00010000", "01 02 0000 ffffffff"}) {
    const Buffer octets = octets_of(hex);
    Cursor stream(octets.bytes());
    EXPECT_EQ(next_pdu(stream).error().kind, ErrorKind::malformed) << hex;
  }
}

TEST(Encoding, RefusesWhatTheVersionHasNot) {
  ByteWriter out;
  EXPECT_FALSE(encode_pdu(AspaPdu{true, Asn{1}, {Asn{2}}}, 1, out).has_value());
  EXPECT_FALSE(encode_pdu(AspaPdu{true, Asn{1}, {}}, 2, out).has_value());
  EXPECT_FALSE(encode_pdu(AspaPdu{false, Asn{1}, {Asn{2}}}, 2, out).has_value());
  EXPECT_FALSE(encode_pdu(AspaPdu{true, Asn{1}, std::vector<Asn>(16381, Asn{2})}, 2, out).has_value());
  EXPECT_FALSE(encode_pdu(RouterKey{}, 0, out).has_value());
  EXPECT_FALSE(encode_pdu(EndOfData{1, 2, {}}, 1, out).has_value());
  EXPECT_FALSE(encode_pdu(EndOfData{1, 2, Intervals{}}, 0, out).has_value());
  EXPECT_FALSE(encode_pdu(PrefixPdu{true, prefix("192.0.2.0/24"), 23, Asn{1}}, 1, out).has_value());
  EXPECT_FALSE(encode_pdu(PrefixPdu{true, prefix("192.0.2.0/24"), 33, Asn{1}}, 1, out).has_value());
  EXPECT_EQ(out.size(), 0u);
}

TEST(Encoding, HoldsAsManyProvidersAsAPduCan) {
  AspaPdu pdu{true, Asn{1}, {}};
  for (std::uint32_t i = 1; i <= 16380; ++i) pdu.providers.push_back(Asn{i});
  ByteWriter out;
  ASSERT_TRUE(encode_pdu(pdu, 2, out).has_value());
  EXPECT_EQ(out.size(), 65532u);
  pdu.providers.push_back(Asn{16381});
  EXPECT_FALSE(encode_pdu(pdu, 2, out).has_value());
}

TEST(Intervals, AreKeptWithinTheirBounds) {
  EXPECT_EQ(bounded({0, 0, 0}), (Intervals{1, 1, 600}));
  EXPECT_EQ(bounded({100000, 100000, 1000000}), (Intervals{86400, 7200, 172800}));
  EXPECT_EQ(bounded({7200, 600, 3600}), (Intervals{7200, 600, 7201})) << "expiry comes after the next query";
}

TEST(ErrorCode, HasANameAndSaysWhetherTheSessionEnds) {
  EXPECT_EQ(error_name(ErrorCode::corrupt_data), "Corrupt Data");
  EXPECT_EQ(error_name(ErrorCode::aspa_provider_list), "ASPA Provider List Error");
  EXPECT_EQ(error_name(static_cast<ErrorCode>(99)), "Unknown Error");
  EXPECT_FALSE(is_fatal(ErrorCode::no_data_available));
  EXPECT_TRUE(is_fatal(ErrorCode::unknown_withdrawal));
}

TEST(ErrorReport, IsASentenceOnOneLine) {
  EXPECT_EQ(sentence_of({ErrorCode::no_data_available, {}, {}}), "No Data Available");
  EXPECT_EQ(sentence_of({ErrorCode::corrupt_data, {}, "not\nso\x1b[2J"}), "Corrupt Data: not so [2J");
  EXPECT_EQ(sentence_of({ErrorCode::corrupt_data, {}, std::string(1000, 'x')}).size(), 214u);
}

}  // namespace
}  // namespace fairway::rtr
