#include "core/wire/bgp/capability.h"

#include <algorithm>

namespace fairway::bgp {

namespace {

std::optional<Capability> checked(const Cursor& value, Capability capability) {
  if (!value.ok() || !value.empty()) return std::nullopt;
  return capability;
}

AfiSafi read_family(Cursor& value) {
  AfiSafi family;
  family.afi = value.u16();
  family.safi = value.u8();
  return family;
}
void write_family(const AfiSafi& family, ByteWriter& value) {
  value.u16(family.afi);
  value.u8(family.safi);
}

template <class T>
std::optional<Capability> decode_empty(Cursor value) {
  return checked(value, T{});
}
void encode_empty(const Capability&, ByteWriter&) {}

std::optional<Capability> decode_multiprotocol(Cursor value) {
  Multiprotocol capability;
  capability.family.afi = value.u16();
  value.skip(1);  // reserved
  capability.family.safi = value.u8();
  return checked(value, capability);
}
void encode_multiprotocol(const Capability& capability, ByteWriter& value) {
  const auto& family = std::get<Multiprotocol>(capability).family;
  value.u16(family.afi);
  value.u8(0);
  value.u8(family.safi);
}

std::optional<Capability> decode_extended_next_hop(Cursor value) {
  ExtendedNextHop capability;
  while (!value.empty()) {
    const std::uint16_t afi = value.u16(), safi = value.u16(), next_hop_afi = value.u16();
    capability.entries.push_back({afi, safi, next_hop_afi});
  }
  return checked(value, std::move(capability));
}
void encode_extended_next_hop(const Capability& capability, ByteWriter& value) {
  for (const auto& entry : std::get<ExtendedNextHop>(capability).entries) {
    value.u16(entry.afi);
    value.u16(entry.safi);
    value.u16(entry.next_hop_afi);
  }
}

std::optional<Capability> decode_role(Cursor value) {
  const std::uint8_t role = value.u8();
  return checked(value, RoleCapability{role});
}
void encode_role(const Capability& capability, ByteWriter& value) {
  value.u8(std::get<RoleCapability>(capability).role);
}

std::optional<Capability> decode_graceful_restart(Cursor value) {
  GracefulRestart capability;
  const std::uint16_t head = value.u16();
  capability.flags = static_cast<std::uint8_t>(head >> 12);
  capability.restart_time = head & 0x0FFF;
  while (!value.empty()) {
    const AfiSafi family = read_family(value);
    capability.entries.push_back({family, value.u8()});
  }
  return checked(value, std::move(capability));
}
void encode_graceful_restart(const Capability& capability, ByteWriter& value) {
  const auto& restart = std::get<GracefulRestart>(capability);
  value.u16(static_cast<std::uint16_t>((restart.flags & 0x0F) << 12 | (restart.restart_time & 0x0FFF)));
  for (const auto& entry : restart.entries) {
    write_family(entry.family, value);
    value.u8(entry.flags);
  }
}

std::optional<Capability> decode_four_octet_asn(Cursor value) {
  const Asn asn{value.u32()};
  return checked(value, FourOctetAsn{asn});
}
void encode_four_octet_asn(const Capability& capability, ByteWriter& value) {
  value.u32(std::get<FourOctetAsn>(capability).asn.value);
}

std::optional<Capability> decode_add_path(Cursor value) {
  AddPath capability;
  while (!value.empty()) {
    const AfiSafi family = read_family(value);
    capability.entries.push_back({family, value.u8()});
  }
  return checked(value, std::move(capability));
}
void encode_add_path(const Capability& capability, ByteWriter& value) {
  for (const auto& entry : std::get<AddPath>(capability).entries) {
    write_family(entry.family, value);
    value.u8(entry.direction);
  }
}

std::optional<Capability> decode_long_lived(Cursor value) {
  LongLivedGracefulRestart capability;
  while (!value.empty()) {
    const AfiSafi family = read_family(value);
    const std::uint8_t flags = value.u8();
    capability.entries.push_back({family, flags, value.u24()});
  }
  return checked(value, std::move(capability));
}
void encode_long_lived(const Capability& capability, ByteWriter& value) {
  for (const auto& entry : std::get<LongLivedGracefulRestart>(capability).entries) {
    write_family(entry.family, value);
    value.u8(entry.flags);
    value.u24(entry.stale_time);
  }
}

std::optional<Capability> decode_fqdn(Cursor value) {
  Fqdn capability;
  capability.host = as_text(value.take(value.u8()));
  capability.domain = as_text(value.take(value.u8()));
  return checked(value, std::move(capability));
}
void encode_fqdn(const Capability& capability, ByteWriter& value) {
  const auto& fqdn = std::get<Fqdn>(capability);
  for (const std::string& name : {fqdn.host, fqdn.domain}) {
    const std::string_view cut = std::string_view(name).substr(0, 255);
    value.u8(static_cast<std::uint8_t>(cut.size()));
    value.bytes(as_bytes(cut));
  }
}

constexpr CapabilityRow kRows[] = {
    {1, "Multiprotocol Extensions", "RFC 4760", decode_multiprotocol, encode_multiprotocol},
    {2, "Route Refresh", "RFC 2918", decode_empty<RouteRefreshCapability>, encode_empty},
    {5, "Extended Next Hop Encoding", "RFC 8950", decode_extended_next_hop, encode_extended_next_hop},
    {6, "BGP Extended Message", "RFC 8654", decode_empty<ExtendedMessage>, encode_empty},
    {9, "BGP Role", "RFC 9234", decode_role, encode_role},
    {64, "Graceful Restart", "RFC 4724", decode_graceful_restart, encode_graceful_restart},
    {65, "4-octet AS number", "RFC 6793", decode_four_octet_asn, encode_four_octet_asn},
    {69, "ADD-PATH", "RFC 7911", decode_add_path, encode_add_path},
    {70, "Enhanced Route Refresh", "RFC 7313", decode_empty<EnhancedRouteRefresh>, encode_empty},
    {71, "Long-Lived Graceful Restart", "RFC 9494", decode_long_lived, encode_long_lived},
    {73, "FQDN", "draft-walton-bgp-hostname-capability", decode_fqdn, encode_fqdn},
};
static_assert(std::size(kRows) + 1 == std::variant_size_v<Capability>);

}  // namespace

std::span<const CapabilityRow> capability_rows() { return kRows; }

Capability decode_capability(std::uint8_t code, Cursor value, bool& malformed) {
  malformed = false;
  for (const CapabilityRow& row : kRows) {
    if (row.code != code) continue;
    if (auto capability = row.decode(value)) return std::move(*capability);
    malformed = true;
  }
  const Bytes octets = value.rest();
  return RawCapability{code, {octets.begin(), octets.end()}};
}

std::uint8_t code_of(const Capability& capability) {
  if (const auto* raw = std::get_if<RawCapability>(&capability)) return raw->code;
  return kRows[capability.index() - 1].code;
}

void encode_capability(const Capability& capability, ByteWriter& value) {
  if (const auto* raw = std::get_if<RawCapability>(&capability)) return value.bytes(raw->value);
  kRows[capability.index() - 1].encode(capability, value);
}

}  // namespace fairway::bgp
