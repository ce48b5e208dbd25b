// Attributes: the path attributes of a route, decoded. Meant to be reused: clear() keeps the memory. A value: copied
// and compared; only `unknown` borrows from the message it was decoded from.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "core/model/as_path.h"
#include "core/model/asn.h"
#include "core/model/ip_address.h"

namespace fairway {

enum class OriginCode : std::uint8_t { igp = 0, egp = 1, incomplete = 2 };  // RFC 4271 section 5.1.1

struct Aggregator {
  Asn asn;
  IpAddress address;
  friend bool operator==(const Aggregator&, const Aggregator&) = default;
};

// RFC 1997. Upper 16 bits an ASN, lower 16 its meaning.
struct Community {
  std::uint32_t value = 0;
  friend constexpr auto operator<=>(Community, Community) = default;
};
inline constexpr Community kNoExport{0xFFFFFF01}, kNoAdvertise{0xFFFFFF02}, kNoExportSubconfed{0xFFFFFF03},
    kBlackhole{0xFFFF029A};

// RFC 4360: eight octets, type first.
struct ExtendedCommunity {
  std::uint64_t value = 0;
  friend constexpr auto operator<=>(ExtendedCommunity, ExtendedCommunity) = default;
};

// RFC 8092.
struct LargeCommunity {
  std::uint32_t global = 0, local1 = 0, local2 = 0;
  friend constexpr auto operator<=>(const LargeCommunity&, const LargeCommunity&) = default;
};

// An attribute that we do not interpret, as it was.
struct RawAttribute {
  std::uint8_t flags = 0;  // without Extended Length, which belongs to its form on the wire
  std::uint8_t type = 0;
  Bytes value;
};

struct Attributes {
  std::optional<OriginCode> origin;
  bool has_as_path = false;                      // an AS_PATH attribute was there (it may be empty)
  AsPath as_path;                                // with AS4_PATH merged in (RFC 6793 section 4.2.3)
  std::optional<IpAddress> next_hop;             // of NEXT_HOP or of MP_REACH_NLRI (global)
  std::optional<IpAddress> link_local_next_hop;  // the second one of MP_REACH_NLRI (RFC 2545)
  std::optional<std::uint32_t> med;
  std::optional<std::uint32_t> local_pref;
  bool atomic_aggregate = false;
  std::optional<Aggregator> aggregator;  // with AS4_AGGREGATOR merged in
  std::vector<Community> communities;
  std::vector<ExtendedCommunity> extended_communities;
  std::vector<LargeCommunity> large_communities;
  std::optional<IpAddress> originator_id;
  std::vector<IpAddress> cluster_list;
  std::optional<std::uint64_t> aigp;  // RFC 7311
  std::optional<Asn> otc;             // RFC 9234
  std::vector<RawAttribute> unknown;

  void clear();
};

std::string_view to_string(OriginCode code);  // "IGP", "EGP", "INCOMPLETE"
// "64500:1"; "64500:1:2" for large ones. Names for the well-known ones are the renderers' choice.
void append_to(std::string& out, Community community);
void append_to(std::string& out, const LargeCommunity& community);

std::optional<Community> parse_community(std::string_view text);             // "64500:1"
std::optional<LargeCommunity> parse_large_community(std::string_view text);  // "64500:1:2"

}  // namespace fairway
