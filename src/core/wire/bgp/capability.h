// Capabilities (RFC 5492): what a speaker offers in its OPEN. One row each; unknown and malformed ones are kept raw.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/byte_writer.h"
#include "base/cursor.h"
#include "core/model/asn.h"

namespace fairway::bgp {

struct AfiSafi {
  std::uint16_t afi = 1;
  std::uint8_t safi = 1;
  friend bool operator==(const AfiSafi&, const AfiSafi&) = default;
};

struct Multiprotocol {  // 1, RFC 4760 section 8
  AfiSafi family;
  friend bool operator==(const Multiprotocol&, const Multiprotocol&) = default;
};
struct RouteRefreshCapability {  // 2, RFC 2918
  friend bool operator==(const RouteRefreshCapability&, const RouteRefreshCapability&) = default;
};
struct ExtendedNextHop {  // 5, RFC 8950 section 4
  struct Entry {
    std::uint16_t afi = 1, safi = 1, next_hop_afi = 2;
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  std::vector<Entry> entries;
  friend bool operator==(const ExtendedNextHop&, const ExtendedNextHop&) = default;
};
struct ExtendedMessage {  // 6, RFC 8654
  friend bool operator==(const ExtendedMessage&, const ExtendedMessage&) = default;
};
struct RoleCapability {   // 9, RFC 9234 section 4.1
  std::uint8_t role = 0;  // 0 provider, 1 route server, 2 its client, 3 customer, 4 peer: what the sender is
  friend bool operator==(const RoleCapability&, const RoleCapability&) = default;
};
struct GracefulRestart {  // 64, RFC 4724 section 3, RFC 8538 section 2
  struct Entry {
    AfiSafi family;
    std::uint8_t flags = 0;  // 0x80: forwarding state was kept
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  std::uint8_t flags = 0;          // 4 bits: 8 has restarted, 4 NOTIFICATIONs do not end it
  std::uint16_t restart_time = 0;  // seconds, 12 bits
  std::vector<Entry> entries;
  friend bool operator==(const GracefulRestart&, const GracefulRestart&) = default;
};
struct FourOctetAsn {  // 65, RFC 6793
  Asn asn;
  friend bool operator==(const FourOctetAsn&, const FourOctetAsn&) = default;
};
struct AddPath {  // 69, RFC 7911 section 4
  struct Entry {
    AfiSafi family;
    std::uint8_t direction = 3;  // 1 receives, 2 sends, 3 both
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  std::vector<Entry> entries;
  friend bool operator==(const AddPath&, const AddPath&) = default;
};
struct EnhancedRouteRefresh {  // 70, RFC 7313
  friend bool operator==(const EnhancedRouteRefresh&, const EnhancedRouteRefresh&) = default;
};
struct LongLivedGracefulRestart {  // 71, RFC 9494 section 4.1
  struct Entry {
    AfiSafi family;
    std::uint8_t flags = 0;
    std::uint32_t stale_time = 0;  // seconds, 24 bits
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  std::vector<Entry> entries;
  friend bool operator==(const LongLivedGracefulRestart&, const LongLivedGracefulRestart&) = default;
};
struct Fqdn {  // 73, draft-walton-bgp-hostname-capability: at most 255 octets each
  std::string host, domain;
  friend bool operator==(const Fqdn&, const Fqdn&) = default;
};
struct RawCapability {
  std::uint8_t code = 0;
  std::vector<std::uint8_t> value;
  friend bool operator==(const RawCapability&, const RawCapability&) = default;
};

using Capability =
    std::variant<RawCapability, Multiprotocol, RouteRefreshCapability, ExtendedNextHop, ExtendedMessage, RoleCapability,
                 GracefulRestart, FourOctetAsn, AddPath, EnhancedRouteRefresh, LongLivedGracefulRestart, Fqdn>;

struct CapabilityRow {
  std::uint8_t code;
  std::string_view name;
  std::string_view rfc;
  // Nothing if the value is malformed.
  std::optional<Capability> (*decode)(Cursor value);
  // Appends the value of a capability of this row's type.
  void (*encode)(const Capability& capability, ByteWriter& value);
};
std::span<const CapabilityRow> capability_rows();  // row i belongs to alternative i + 1 of Capability

// The value of capability `code`; raw if its code is unknown or its value malformed (then `malformed` becomes true).
Capability decode_capability(std::uint8_t code, Cursor value, bool& malformed);
std::uint8_t code_of(const Capability& capability);
// Appends the value alone.
void encode_capability(const Capability& capability, ByteWriter& value);

}  // namespace fairway::bgp
