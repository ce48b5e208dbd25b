#include "shell/feed/bzip2_block.h"

#include <bzlib.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "shell/feed/bzip2_stream.h"

namespace fairway {
namespace {

using namespace bzip2;

std::string compressed(const std::string& text, int level) {
  std::string out(text.size() + text.size() / 50 + 1000, '\0');
  auto size = static_cast<unsigned>(out.size());
  BZ2_bzBuffToBuffCompress(out.data(), &size, const_cast<char*>(text.data()), static_cast<unsigned>(text.size()), level,
                           0, 0);
  out.resize(size);
  return out;
}

std::string noise(std::size_t size) {
  std::string text(size, '\0');
  std::uint64_t state = 7;
  for (char& c : text) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    c = static_cast<char>(state);
  }
  return text;
}

// `value`, `count` bits of it, over the bits of `text` from `at` on.
void put_bits(std::string& text, std::uint64_t at, std::uint64_t value, unsigned count) {
  for (unsigned i = 0; i < count; ++i, ++at) {
    const auto mask = static_cast<char>(0x80 >> at % 8);
    const bool bit = (value >> (count - 1 - i) & 1) != 0;
    text[at / 8] = static_cast<char>(bit ? text[at / 8] | mask : text[at / 8] & ~mask);
  }
}

TEST(Bzip2Block, TheMagicIsFoundAtEveryBit) {
  for (unsigned at = 0; at <= 200; ++at) {
    std::string text(64, '\xAA');
    put_bits(text, at, kBlockMagic, 48);
    EXPECT_EQ(find_block(as_bytes(text), 0), at);
    EXPECT_EQ(find_block(as_bytes(text), at), at);
    EXPECT_EQ(find_block(as_bytes(text), at + 1), std::nullopt);
    EXPECT_EQ(find_block(as_bytes(text).first((at + 48 + 7) / 8), 0), at);
    EXPECT_EQ(find_block(as_bytes(text).first((at + 47) / 8), 0), std::nullopt);
  }
}

TEST(Bzip2Block, EachBlockIsDecodedFromWhereItBegins) {
  const std::string text = noise(350'000);
  const std::string file = compressed(text, 1);
  const Bytes bytes = as_bytes(file);
  std::string got;
  std::uint64_t at = 32;
  unsigned blocks = 0;
  while (bits_at(bytes, at, 48) == kBlockMagic) {
    const Block block = decode_block(cut_block(bytes, at, kLongestBlock, '1'));
    ASSERT_EQ(block.state, Block::State::good);
    got += as_text(block.content.bytes());
    at += block.bits;
    ++blocks;
  }
  EXPECT_EQ(bits_at(bytes, at, 48), kEndMagic);
  EXPECT_EQ(got, text);
  EXPECT_GE(blocks, 4u);
}

TEST(Bzip2Block, ABlockThatGoesOnNeedsMore) {
  const std::string file = compressed(noise(50'000), 1);
  const Buffer cut = cut_block(as_bytes(file), 32, 20'000, '1');
  EXPECT_EQ(decode_block(cut).state, Block::State::needs_more);
}

TEST(Bzip2Block, ADamagedBlockIsKnownByItsChecksum) {
  std::string file = compressed(noise(50'000), 1);
  put_bits(file, 32 + 48, 0x12345678, 32);
  EXPECT_EQ(decode_block(cut_block(as_bytes(file), 32, kLongestBlock, '1')).state, Block::State::damaged);
}

class BitWriter {
 public:
  void put(std::uint64_t value, unsigned count) {
    for (unsigned i = count; i-- > 0;) {
      if (bits_ % 8 == 0) text_ += '\0';
      if ((value >> i & 1) != 0) text_.back() = static_cast<char>(text_.back() | 0x80 >> bits_ % 8);
      ++bits_;
    }
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::uint64_t bits_ = 0;
};

// A block whose code words are all four bits long, so that its content is written as we like, here as hexadecimal
// digits: 0 and 1 are runs, 2 to E move to front, F (added here) ends the block.
void put_block(BitWriter& out, std::uint32_t checksum, std::string_view digits) {
  const unsigned selectors = static_cast<unsigned>(digits.size()) / 50 + 1;
  out.put(kBlockMagic, 48);
  out.put(checksum, 32);
  out.put(0, 1);        // not randomised
  out.put(2, 24);       // where the text begins
  out.put(0x8000, 16);  // of 256 octet values, some of the first 16 occur
  out.put(0xFFFC, 16);  // the first 14
  out.put(2, 3);        // two tables
  out.put(selectors, 15);
  for (unsigned i = 0; i < selectors; ++i) out.put(0, 1);
  for (unsigned table = 0; table < 2; ++table) {
    out.put(4, 5);
    for (unsigned symbol = 0; symbol < 16; ++symbol) out.put(0, 1);
  }
  for (const char digit : digits) out.put(static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'A' + 10), 4);
  out.put(0xF, 4);
}

// What libbz2 makes of `file` in one go; nothing if it finds it damaged, and then `content` is what it made before.
bool decoded(const std::string& file, std::string& content) {
  bz_stream stream{};
  BZ2_bzDecompressInit(&stream, 0, 0);
  content.assign(1 << 20, '\0');
  stream.next_in = const_cast<char*>(file.data());
  stream.avail_in = static_cast<unsigned>(file.size());
  stream.next_out = content.data();
  stream.avail_out = static_cast<unsigned>(content.size());
  const int code = BZ2_bzDecompress(&stream);
  content.resize(content.size() - stream.avail_out);
  BZ2_bzDecompressEnd(&stream);
  return code == BZ_STREAM_END;
}

std::uint32_t checksum_of(std::string_view text) {
  std::uint32_t crc = ~0u;
  for (const char c : text) {
    crc ^= static_cast<std::uint32_t>(static_cast<std::uint8_t>(c)) << 24;
    for (int i = 0; i < 8; ++i) crc = crc << 1 ^ ((crc >> 31) != 0 ? 0x04C11DB7 : 0);
  }
  return ~crc;
}

TEST(Bzip2Stream, AMagicInsideABlockChangesNothing) {
  // Three blocks; each has the magic of a block in the middle of its content, at a different bit.
  BitWriter file;
  file.put(0x425A6839, 32);
  std::uint32_t combined = 0;
  std::string whole;
  for (const std::string before : {"23", "2345678", "23456789ABCDE2"}) {
    const std::string digits = before + "314159265359" + "77A314159265359B2";
    BitWriter guess;
    std::string content;
    guess.put(0x425A6839, 32);
    put_block(guess, 0, digits);
    guess.put(0, 64);
    EXPECT_FALSE(decoded(guess.text(), content));
    ASSERT_FALSE(content.empty());
    const std::uint32_t checksum = checksum_of(content);
    combined = (combined << 1 | combined >> 31) ^ checksum;
    put_block(file, checksum, digits);
    whole += content;
  }
  file.put(kEndMagic, 48);
  file.put(combined, 32);
  std::string serial;
  ASSERT_TRUE(decoded(file.text(), serial));
  ASSERT_EQ(serial, whole);

  for (const unsigned threads : {1u, 2u, 5u}) {
    const std::string twice = file.text() + file.text();
    auto stream = bzip2_stream(Input::of_memory(as_bytes(twice)), threads);
    std::string got;
    Result<Buffer> block;
    while ((block = stream->next()) && !block->empty()) got += as_text(block->bytes());
    EXPECT_TRUE(block) << block.error().text;
    EXPECT_EQ(got, whole + whole);
  }
}

}  // namespace
}  // namespace fairway
