#include "core/wire/pcap/capture.h"

#include <algorithm>

namespace fairway::pcap {

namespace {

constexpr std::uint32_t kMicroseconds = 0xA1B2C3D4, kNanoseconds = 0xA1B23C4D;
constexpr std::uint32_t kSection = 0x0A0D0D0A, kSectionOrder = 0x1A2B3C4D;
constexpr std::uint32_t kInterface = 1, kObsoletePacket = 2, kSimplePacket = 3, kEnhancedPacket = 6;
constexpr std::uint16_t kOptionResolution = 9, kOptionOffset = 14;

constexpr std::uint32_t swap(std::uint32_t value) { return __builtin_bswap32(value); }

Instant instant_of(std::uint64_t ticks, std::uint64_t a_second, std::int64_t offset) {
  const std::uint64_t seconds = ticks / a_second;
  const auto fraction = static_cast<unsigned __int128>(ticks % a_second) * 1'000'000 / a_second;
  // What does not fit 64 bits of microseconds is no time; it wraps, which is defined for unsigned numbers.
  const std::uint64_t microseconds = (seconds + static_cast<std::uint64_t>(offset)) * 1'000'000;
  return {static_cast<std::int64_t>(microseconds + static_cast<std::uint64_t>(fraction))};
}

}  // namespace

std::uint16_t Capture::u16(Cursor& cursor) const {
  const std::uint16_t value = cursor.u16();
  return swapped_ ? static_cast<std::uint16_t>(value << 8 | value >> 8) : value;
}

std::uint32_t Capture::u32(Cursor& cursor) const {
  const std::uint32_t value = cursor.u32();
  return swapped_ ? swap(value) : value;
}

Result<Capture> Capture::open(Bytes file) {
  Capture capture;
  capture.rest_ = Cursor(file);
  Cursor at = capture.rest_;
  const std::uint32_t magic = at.u32();
  if (!at.ok()) return fail(ErrorKind::truncated, "A capture has at least a head.", 0);
  if (magic == kSection) {
    capture.blocks_ = true;
    return capture;
  }
  std::uint32_t plain = magic;
  if (plain != kMicroseconds && plain != kNanoseconds) {
    plain = swap(magic);
    capture.swapped_ = true;
  }
  if (plain != kMicroseconds && plain != kNanoseconds) {
    return fail(ErrorKind::malformed, "This is neither pcap nor pcapng: the first octets are of neither.", 0);
  }
  at.skip(16);  // version, time zone, accuracy, longest packet
  Interface only;
  only.link = static_cast<LinkType>(capture.u32(at) & 0xFFFF);  // the upper half tells of checksums
  only.ticks = plain == kNanoseconds ? 1'000'000'000 : 1'000'000;
  if (!at.ok()) return fail(ErrorKind::truncated, "The head of a capture is cut off.", 0);
  capture.interfaces_.push_back(only);
  capture.rest_ = at;
  return capture;
}

Result<std::optional<Packet>> Capture::next() { return blocks_ ? next_block() : next_record(); }

Result<std::optional<Packet>> Capture::next_record() {
  if (rest_.empty()) return std::optional<Packet>();
  Cursor at = rest_;
  const std::uint64_t start = at.offset();
  const std::uint64_t seconds = u32(at);
  const std::uint64_t fraction = u32(at);
  const std::uint32_t size = u32(at);
  Packet packet;
  packet.on_wire = u32(at);
  packet.link = interfaces_.front().link;
  if (!at.ok()) return fail(ErrorKind::truncated, "The head of a packet is cut off.", start);
  if (size > kMostOctets)
    return fail(ErrorKind::malformed, "A packet claims " + std::to_string(size) + " octets.", start);
  const std::uint64_t ticks = interfaces_.front().ticks;
  packet.time = instant_of(seconds * ticks + fraction, ticks, 0);
  packet.offset = at.offset();
  packet.octets = at.take(size);
  if (!at.ok()) return fail(ErrorKind::truncated, "A packet is cut off.", start);
  rest_ = at;
  return packet;
}

Result<std::optional<Packet>> Capture::next_block() {
  while (!rest_.empty()) {
    Cursor at = rest_;
    const std::uint64_t start = at.offset();
    std::uint32_t type = at.u32();
    if (type == kSection) {
      if (auto done = read_section(at); !done) return std::unexpected(done.error());
    } else if (swapped_) {
      type = swap(type);
    }
    const std::uint32_t size = u32(at);
    if (!at.ok()) return fail(ErrorKind::truncated, "The head of a block is cut off.", start);
    if (size < 12 || size % 4 != 0 || size > 2 * kMostOctets)
      return fail(ErrorKind::malformed, "A block claims " + std::to_string(size) + " octets.", start);
    const Cursor body = at.sub(size - 12);
    at.skip(4);  // the size again
    if (!at.ok()) return fail(ErrorKind::truncated, "A block is cut off.", start);
    rest_ = at;
    if (type == kInterface) {
      read_interface(body);
    } else if (auto packet = read_block(type, body)) {
      return packet;
    }
  }
  return std::optional<Packet>();
}

// A section says by a number which order of octets it has; `at` stands behind the type.
Result<void> Capture::read_section(Cursor& at) {
  Cursor ahead = at;
  ahead.skip(4);
  const std::uint32_t order = ahead.u32();
  if (!ahead.ok()) return fail(ErrorKind::truncated, "The head of a section is cut off.", at.offset());
  if (order != kSectionOrder && order != swap(kSectionOrder))
    return fail(ErrorKind::malformed, "A section does not say its order of octets.", at.offset());
  swapped_ = order != kSectionOrder;
  interfaces_.clear();
  return {};
}

void Capture::read_interface(Cursor body) {
  Interface interface;
  interface.link = static_cast<LinkType>(u16(body));
  body.skip(6);  // reserved, longest packet
  while (body.left() >= 4) {
    const std::uint16_t code = u16(body);
    const std::uint16_t size = u16(body);
    Cursor value = body.sub(std::min<std::size_t>(size, body.left()));
    body.skip(std::min<std::size_t>((4 - size % 4) % 4, body.left()));
    if (code == 0) break;
    if (code == kOptionResolution && size == 1) {
      const std::uint8_t resolution = value.u8();
      const unsigned exponent = resolution & 0x7F;
      const std::uint64_t base = (resolution & 0x80) != 0 ? 2 : 10;
      if (exponent > (base == 2 ? 62u : 18u)) continue;
      interface.ticks = 1;
      for (unsigned i = 0; i < exponent; ++i) interface.ticks *= base;
    } else if (code == kOptionOffset && size == 8) {
      const std::uint64_t first = u32(value), second = u32(value);
      interface.offset = static_cast<std::int64_t>(swapped_ ? second << 32 | first : first << 32 | second);
    }
  }
  interfaces_.push_back(interface);
}

// The packet of a block, if it has one.
std::optional<Packet> Capture::read_block(std::uint32_t type, Cursor body) const {
  if (type != kEnhancedPacket && type != kSimplePacket && type != kObsoletePacket) return std::nullopt;
  Packet packet;
  std::size_t number = 0;
  if (type == kEnhancedPacket) number = u32(body);
  if (type == kObsoletePacket) {
    number = u16(body);
    body.skip(2);  // how many were lost
  }
  if (number >= interfaces_.size()) return std::nullopt;
  const Interface& interface = interfaces_[number];
  packet.link = interface.link;
  std::size_t size = body.left();
  if (type != kSimplePacket) {
    const std::uint64_t high = u32(body);
    packet.time = instant_of(high << 32 | u32(body), interface.ticks, interface.offset);
    size = u32(body);
  }
  packet.on_wire = u32(body);
  if (type == kSimplePacket) size = packet.on_wire;
  packet.offset = body.offset();
  packet.octets = body.take(std::min(size, body.left()));
  if (!body.ok()) return std::nullopt;
  return packet;
}

}  // namespace fairway::pcap
