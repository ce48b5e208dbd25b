// Words for tests about captures: segments in frames in files.
#pragma once

#include <string>
#include <vector>

#include "base/byte_writer.h"
#include "core/wire/pcap/segment.h"

namespace fairway::pcap::testing {

inline IpAddress ip(std::string_view text) { return *parse_ip(text); }

inline const Endpoint kRouter{IpAddress::ipv4(0xC0000201), 40000}, kStation{IpAddress::ipv4(0xC00002FE), 1790};
inline const Endpoint kRouter6{IpAddress::ipv6(0x20010DB800000000, 1), 40000},
    kStation6{IpAddress::ipv6(0x20010DB800000000, 2), 1790};

inline void append(ByteWriter& out, const IpAddress& address) {
  std::uint8_t octets[16];
  out.bytes(Bytes(octets, address.to_octets(octets)));
}

// The segment with its headers of transport and network.
inline std::vector<std::uint8_t> ip_packet(const Segment& segment) {
  ByteWriter transport, out;
  transport.u16(segment.source.port);
  transport.u16(segment.destination.port);
  if (segment.transport == Transport::udp) {
    transport.u16(static_cast<std::uint16_t>(8 + segment.payload.size()));
    transport.u16(0);
  } else {
    transport.u32(segment.sequence);
    transport.u32(0);
    transport.u8(0x60);  // with four octets of options
    transport.u8(static_cast<std::uint8_t>((segment.fin ? 1 : 0) | (segment.syn ? 2 : 0) | (segment.rst ? 4 : 0)));
    transport.u16(1000);
    transport.u32(0);
    transport.u32(0x01010101);
  }
  transport.bytes(segment.payload);
  const auto protocol = static_cast<std::uint8_t>(segment.transport);
  if (segment.source.address.family == Family::ipv4) {
    out.u16(0x4500);
    out.u16(static_cast<std::uint16_t>(20 + transport.size()));
    out.u32(0x00004000);
    out.u8(64);
    out.u8(protocol);
    out.u16(0);
  } else {
    out.u32(0x60000000);
    out.u16(static_cast<std::uint16_t>(transport.size()));
    out.u8(protocol);
    out.u8(64);
  }
  append(out, segment.source.address);
  append(out, segment.destination.address);
  out.bytes(transport.written());
  return out.release();
}

// A file of the classic format: ByteWriter's order of octets, microseconds.
class File {
 public:
  explicit File(LinkType link = LinkType::raw) {
    out_.u32(0xA1B2C3D4);
    out_.u32(0x00020004);
    out_.u64(0);
    out_.u32(0xFFFF);
    out_.u32(static_cast<std::uint32_t>(link));
  }
  void packet(std::uint32_t second, Bytes octets) {
    out_.u32(second);
    out_.u32(250000);
    out_.u32(static_cast<std::uint32_t>(octets.size()));
    out_.u32(static_cast<std::uint32_t>(octets.size()));
    out_.bytes(octets);
  }
  void segment(std::uint32_t second, const Segment& segment) { packet(second, ip_packet(segment)); }
  Bytes bytes() const { return out_.written(); }

 private:
  ByteWriter out_;
};

}  // namespace fairway::pcap::testing
