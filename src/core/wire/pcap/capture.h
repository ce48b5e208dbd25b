// Capture: a file of recorded packets, as tcpdump and its kin write them: pcap (draft-ietf-opsawg-pcap: both orders of
// octets, microseconds and nanoseconds) and pcapng (draft-ietf-opsawg-pcapng: packets of all sections and interfaces,
// other blocks are passed over). Total: any octets in, packets or an error out.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/cursor.h"
#include "base/result.h"
#include "core/model/instant.h"

namespace fairway::pcap {

// What a packet begins with: tcpdump.org's LINKTYPE numbers, those that frame.h reads.
enum class LinkType : std::uint16_t {
  null = 0,  // family in the order of octets of the capturing host
  ethernet = 1,
  raw_bsd = 12,  // an IP header; 14 on OpenBSD
  raw_openbsd = 14,
  raw = 101,
  loop = 108,  // family in network order
  linux_sll = 113,
  ipv4 = 228,
  ipv6 = 229,
  linux_sll2 = 276,
};

struct Packet {
  Instant time;
  LinkType link = LinkType::ethernet;
  Bytes octets;               // what was captured of it; may be cut
  std::uint64_t offset = 0;   // of `octets` in the file
  std::uint32_t on_wire = 0;  // its length before it was cut
};

// A packet longer than this is damage, not data.
inline constexpr std::uint32_t kMostOctets = 1u << 20;

class Capture {
 public:
  // Error (`malformed`, `truncated`): this is not the head of a capture. `file` must outlive it and its packets.
  static Result<Capture> open(Bytes file);

  // The next packet; nothing at the end of the file. Errors, with the offset: `truncated` (a recording that was stopped
  // ends so) and `malformed`; then nothing more can be read.
  Result<std::optional<Packet>> next();

 private:
  struct Interface {
    LinkType link = LinkType::ethernet;
    std::uint64_t ticks = 1'000'000;  // a second
    std::int64_t offset = 0;          // seconds
  };

  Result<std::optional<Packet>> next_record();
  Result<std::optional<Packet>> next_block();
  Result<void> read_section(Cursor& at);
  void read_interface(Cursor body);
  std::optional<Packet> read_block(std::uint32_t type, Cursor body) const;
  std::uint16_t u16(Cursor& cursor) const;
  std::uint32_t u32(Cursor& cursor) const;

  Cursor rest_;
  bool swapped_ = false;  // integers are little-endian
  bool blocks_ = false;   // pcapng
  std::vector<Interface> interfaces_;
};

}  // namespace fairway::pcap
