// Segment: what one packet carries of TCP or UDP, with its link layer (Ethernet with VLAN tags, Linux cooked, loopback,
// plain IP) and its network layer (IPv4, IPv6 with extension headers) taken off. Checksums are not looked at: captures
// of one's own packets often have none.
#pragma once

#include <cstdint>
#include <expected>

#include "core/model/ip_address.h"
#include "core/wire/pcap/capture.h"

namespace fairway::pcap {

struct Endpoint {
  IpAddress address;
  std::uint16_t port = 0;
  friend auto operator<=>(const Endpoint&, const Endpoint&) = default;
};

enum class Transport : std::uint8_t { tcp = 6, udp = 17 };

struct Segment {
  Transport transport = Transport::tcp;
  Endpoint source, destination;
  Bytes payload;               // as much of it as was captured
  std::uint32_t sequence = 0;  // of TCP, and what follows
  bool syn = false, fin = false, rst = false;
};

// Why a packet is not read.
enum class Skipped : std::uint8_t {
  link,       // of a kind that is not known here
  network,    // neither IPv4 nor IPv6: ARP, for instance
  transport,  // neither TCP nor UDP
  fragment,   // of a packet in several parts, which are not put together
  cut,        // too little of it was captured, or its lengths do not fit
};

std::expected<Segment, Skipped> read_segment(const Packet& packet);

}  // namespace fairway::pcap
