#include "core/wire/pcap/segment.h"

#include <algorithm>

namespace fairway::pcap {

namespace {

using Read = std::expected<Segment, Skipped>;

constexpr std::uint16_t kIpv4 = 0x0800, kIpv6 = 0x86DD;

IpAddress address(Cursor& cursor, Family family) {
  const Bytes octets = cursor.take(address_octets(family));
  return octets.empty() ? IpAddress{} : IpAddress::from_octets(octets);
}

Read read_transport(std::uint8_t protocol, Cursor at, Segment segment) {
  segment.source.port = at.u16();
  segment.destination.port = at.u16();
  if (protocol == static_cast<std::uint8_t>(Transport::udp)) {
    segment.transport = Transport::udp;
    const std::size_t size = at.u16();
    at.skip(2);
    if (!at.ok() || size < 8) return std::unexpected(Skipped::cut);
    segment.payload = at.rest().first(std::min(size - 8, at.left()));
    return segment;
  }
  if (protocol != static_cast<std::uint8_t>(Transport::tcp)) return std::unexpected(Skipped::transport);
  segment.sequence = at.u32();
  at.skip(4);
  const std::size_t header = std::size_t{at.u8()} / 16 * 4;
  const std::uint8_t flags = at.u8();
  at.skip(6);
  if (!at.ok() || header < 20) return std::unexpected(Skipped::cut);
  at.skip(header - 20);
  if (!at.ok()) return std::unexpected(Skipped::cut);
  segment.fin = (flags & 1) != 0;
  segment.syn = (flags & 2) != 0;
  segment.rst = (flags & 4) != 0;
  segment.payload = at.rest();
  return segment;
}

// What is behind an IP packet's end fills up the frame. A length of 0: the network card was to cut it up.
Cursor within(Cursor packet, std::size_t length) {
  return length == 0 || length >= packet.left() ? packet : packet.sub(length);
}

Read read_ipv4(Cursor at) {
  const Cursor start = at;
  const std::size_t header = std::size_t{at.u8()} % 16 * 4;
  at.skip(1);
  const std::size_t length = at.u16();
  at.skip(2);
  const std::uint16_t fragment = at.u16();
  at.skip(1);
  const std::uint8_t protocol = at.u8();
  at.skip(2);
  Segment segment;
  segment.source.address = address(at, Family::ipv4);
  segment.destination.address = address(at, Family::ipv4);
  Cursor packet = within(start, length);
  packet.skip(header);
  if (!at.ok() || !packet.ok() || header < 20) return std::unexpected(Skipped::cut);
  if ((fragment & 0x3FFF) != 0) return std::unexpected(Skipped::fragment);
  return read_transport(protocol, packet, segment);
}

Read read_ipv6(Cursor at) {
  constexpr std::uint8_t kHopByHop = 0, kRouting = 43, kFragment = 44, kAuthentication = 51, kDestination = 60;
  at.skip(4);
  const std::size_t length = at.u16();
  std::uint8_t protocol = at.u8();
  at.skip(1);
  Segment segment;
  segment.source.address = address(at, Family::ipv6);
  segment.destination.address = address(at, Family::ipv6);
  if (!at.ok()) return std::unexpected(Skipped::cut);
  Cursor packet = within(at, length);
  while (protocol == kHopByHop || protocol == kRouting || protocol == kFragment || protocol == kAuthentication ||
         protocol == kDestination) {
    const std::uint8_t next = packet.u8();
    const std::size_t size = packet.u8();
    if (protocol == kFragment) {
      if ((packet.u16() & 0xFFF9) != 0) return std::unexpected(Skipped::fragment);
      packet.skip(4);
    } else {
      packet.skip(protocol == kAuthentication ? size * 4 + 6 : size * 8 + 6);
    }
    if (!packet.ok()) return std::unexpected(Skipped::cut);
    protocol = next;
  }
  return read_transport(protocol, packet, segment);
}

Read read_ip(Cursor at) {
  if (at.empty()) return std::unexpected(Skipped::cut);
  switch (at.peek() >> 4) {
    case 4: return read_ipv4(at);
    case 6: return read_ipv6(at);
    default: return std::unexpected(Skipped::network);
  }
}

// `type` is an EtherType; tags of VLANs are taken off.
Read read_tagged(std::uint16_t type, Cursor at) {
  while (type == 0x8100 || type == 0x88A8 || type == 0x9100) {
    at.skip(2);
    type = at.u16();
  }
  if (!at.ok()) return std::unexpected(Skipped::cut);
  return type == kIpv4 || type == kIpv6 ? read_ip(at) : std::unexpected(Skipped::network);
}

}  // namespace

std::expected<Segment, Skipped> read_segment(const Packet& packet) {
  Cursor at(packet.octets, packet.offset);
  switch (packet.link) {
    case LinkType::ethernet: {
      at.skip(12);
      const std::uint16_t type = at.u16();
      return read_tagged(type, at);
    }
    case LinkType::linux_sll: {
      at.skip(14);
      const std::uint16_t type = at.u16();
      return read_tagged(type, at);
    }
    case LinkType::linux_sll2: {
      const std::uint16_t type = at.u16();
      at.skip(18);
      return read_tagged(type, at);
    }
    case LinkType::null:  // the IP header says its version itself
    case LinkType::loop: at.skip(4); return read_ip(at);
    case LinkType::raw_bsd:
    case LinkType::raw_openbsd:
    case LinkType::raw:
    case LinkType::ipv4:
    case LinkType::ipv6: return read_ip(at);
  }
  return std::unexpected(Skipped::link);
}

}  // namespace fairway::pcap
