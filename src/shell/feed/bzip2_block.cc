#include "shell/feed/bzip2_block.h"

#include <bzlib.h>

#include <algorithm>
#include <array>
#include <new>

namespace fairway::bzip2 {

namespace {

constexpr unsigned kMagicBits = 48;
constexpr std::size_t kHeader = 4;  // "BZh9"

// For each value of an octet: the shifts (a bit each) for which it can be the magic's octet number `index`, counted
// from the first octet that holds a bit of the magic. The magic begins `shift` bits into that first octet.
constexpr std::array<std::uint8_t, 256> shifts_by_octet(unsigned index) {
  std::array<std::uint8_t, 256> table{};
  for (unsigned shift = 0; shift < 8; ++shift) {
    const auto octet = static_cast<std::uint8_t>(kBlockMagic >> (kMagicBits - 8 * (index + 1) + shift));
    table[octet] |= static_cast<std::uint8_t>(1u << shift);
  }
  return table;
}
constexpr auto kSecond = shifts_by_octet(1);
constexpr auto kThird = shifts_by_octet(2);

class Decompressor {
 public:
  Decompressor() {
    if (BZ2_bzDecompressInit(&stream_, 0, 0) != BZ_OK) throw std::bad_alloc();
  }
  ~Decompressor() { BZ2_bzDecompressEnd(&stream_); }
  Decompressor(const Decompressor&) = delete;
  Decompressor& operator=(const Decompressor&) = delete;

  int run(Bytes& in, std::uint8_t* out, std::size_t& room) {
    stream_.next_in = reinterpret_cast<char*>(const_cast<std::uint8_t*>(in.data()));
    stream_.avail_in = static_cast<unsigned>(in.size());
    stream_.next_out = reinterpret_cast<char*>(out);
    stream_.avail_out = static_cast<unsigned>(room);
    const int code = BZ2_bzDecompress(&stream_);
    in = in.last(stream_.avail_in);
    room = stream_.avail_out;
    if (code == BZ_MEM_ERROR) throw std::bad_alloc();
    return code;
  }

 private:
  bz_stream stream_{};
};

// Everything that the block which was just read makes; false if its CRC is wrong.
bool drain(Decompressor& decompressor, Buffer& content) {
  content.resize(1 << 20);
  for (std::size_t filled = 0;;) {
    Bytes nothing;
    std::size_t room = content.size() - filled;
    const int code = decompressor.run(nothing, content.data() + filled, room);
    filled = content.size() - room;
    if (code != BZ_OK) return false;
    if (room != 0) {  // it asks for input: the block is complete, its CRC was compared
      content.resize(filled);
      return true;
    }
    content.resize(2 * content.size());
  }
}

}  // namespace

std::uint64_t bits_at(Bytes bytes, std::uint64_t at, unsigned count) {
  std::uint64_t value = 0;
  const std::size_t first = at / 8;
  for (std::size_t i = first; i < first + 8; ++i) value = value << 8 | (i < bytes.size() ? bytes[i] : 0);
  return value << (at % 8) >> (64 - count);
}

std::optional<std::uint64_t> find_block(Bytes bytes, std::uint64_t from) {
  const std::uint8_t* data = bytes.data();
  const std::size_t size = bytes.size();
  for (std::size_t i = from / 8; i + 6 <= size; ++i) {
    const unsigned shifts = kSecond[data[i + 1]] & kThird[data[i + 2]];
    if (shifts == 0) continue;
    for (unsigned shift = 0; shift < 8; ++shift) {
      const std::uint64_t at = std::uint64_t{i} * 8 + shift;
      if ((shifts >> shift & 1) != 0 && at >= from && at + kMagicBits <= std::uint64_t{size} * 8 &&
          bits_at(bytes, at, kMagicBits) == kBlockMagic) {
        return at;
      }
    }
  }
  return std::nullopt;
}

Buffer cut_block(Bytes bytes, std::uint64_t start, std::size_t octets, char level) {
  const Bytes from = bytes.subspan(std::min<std::size_t>(start / 8, bytes.size()));
  const unsigned shift = start % 8;
  const std::size_t count = std::min(octets, from.size());
  Buffer cut(kHeader + count);
  cut.resize(kHeader + count);
  const std::uint8_t header[kHeader] = {'B', 'Z', 'h', static_cast<std::uint8_t>(level)};
  std::copy(header, header + kHeader, cut.data());
  std::uint8_t* out = cut.data() + kHeader;
  for (std::size_t i = 0; i < count; ++i) {
    const unsigned next = i + 1 < from.size() ? from[i + 1] : 0;
    out[i] = static_cast<std::uint8_t>((unsigned{from[i]} << 8 | next) >> (8 - shift));
  }
  return cut;
}

Block decode_block(const Buffer& cut) {
  Block block;
  Decompressor decompressor;
  // Without room for output libbz2 reads the block to its last octet, and stops.
  Bytes in = cut.bytes();
  std::size_t room = 0;
  if (decompressor.run(in, nullptr, room) != BZ_OK) return block;
  if (in.size() < 7) {  // the magic behind the block would not be whole
    block.state = Block::State::needs_more;
    return block;
  }
  if (!drain(decompressor, block.content)) return block;

  // The block ends in the last octet that was read; the magic that follows says at which bit. libbz2 has the last word.
  const std::uint64_t last = (cut.size() - in.size() - 1) * 8;
  for (std::uint64_t end = last + 1; end <= last + 8; ++end) {
    const std::uint64_t magic = bits_at(cut.bytes(), end, kMagicBits);
    if (magic != kBlockMagic && magic != kEndMagic) continue;
    Bytes follows = in.first(static_cast<std::size_t>((end + kMagicBits + 7) / 8 - (last + 8) / 8));
    room = 0;
    if (decompressor.run(follows, nullptr, room) != BZ_OK) break;
    block.bits = end - kHeader * 8;
    block.state = Block::State::good;
    break;
  }
  return block;
}

}  // namespace fairway::bzip2
