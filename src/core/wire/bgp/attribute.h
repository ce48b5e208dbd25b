// Path attributes on the wire (RFC 4271 section 4.3 and the documents named in the rows): one row and one file each.
// From the rows come decoding, encoding, names and tests.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/byte_writer.h"
#include "base/cursor.h"
#include "base/result.h"
#include "core/model/attributes.h"
#include "core/wire/bgp/encoding.h"
#include "core/wire/bgp/finding.h"
#include "core/wire/bgp/nlri.h"

namespace fairway::bgp {

// Attribute flags (RFC 4271 section 4.3).
inline constexpr std::uint8_t kOptional = 0x80, kTransitive = 0x40, kPartial = 0x20, kExtendedLength = 0x10;

// MP_REACH_NLRI (RFC 4760 section 3).
struct Reach {
  bool abbreviated = false;  // as in RIB entries: nothing but the next hop (RFC 6396 section 4.3.4)
  std::uint16_t afi = 0;
  std::uint8_t safi = 0;
  std::optional<IpAddress> next_hop, link_local_next_hop;  // of 4, 16 or 32 octets
  std::vector<Nlri> announced;                             // of a known family
  Bytes raw_next_hop, raw_nlri;                            // of any other; borrowed

  bool known() const { return is_known_family(afi, safi); }
  void clear();
  friend bool operator==(const Reach& a, const Reach& b);
};

// MP_UNREACH_NLRI (RFC 4760 section 4).
struct Unreach {
  std::uint16_t afi = 0;
  std::uint8_t safi = 0;
  std::vector<Nlri> withdrawn;  // of a known family
  Bytes raw_nlri;               // of any other; borrowed

  bool known() const { return is_known_family(afi, safi); }
  void clear();
  friend bool operator==(const Unreach& a, const Unreach& b);
};

// Where a decoder puts what it reads, and tells what is wrong.
struct Decoding {
  Encoding encoding;
  bool in_rib = false;  // of a RIB entry: MP_REACH_NLRI may be abbreviated
  Attributes* attributes = nullptr;
  Reach* reach = nullptr;      // with has_reach
  Unreach* unreach = nullptr;  // with has_unreach
  Findings* findings = nullptr;
  bool has_reach = false, has_unreach = false;
  bool damaged = false;  // an NLRI field could not be read to its end

  // AS4_PATH and AS4_AGGREGATOR until they are merged (RFC 6793 section 4.2.3).
  bool has_as4_path = false;
  AsPath as4_path;
  std::optional<Aggregator> as4_aggregator;

  // An NLRI field into `nlri`; what is wrong is reported as of `attribute`, 0 for fields outside of attributes.
  void read_nlri(Cursor field, Family family, Safi safi, std::uint8_t attribute, std::vector<Nlri>& nlri);

  void report(std::uint8_t attribute, FindingAction action, std::string_view rule, std::string_view text,
              std::uint64_t offset) {
    findings->push_back({attribute, action, rule, text, offset});
  }
};

// What an encoder takes its values from.
struct Encodable {
  Encoding encoding;
  const Attributes* attributes = nullptr;
  const Reach* reach = nullptr;      // null: no MP_REACH_NLRI
  const Unreach* unreach = nullptr;  // null: no MP_UNREACH_NLRI
  bool next_hop_apart = false;       // the route's next hop is `reach`'s: no NEXT_HOP
};

// Reads a next hop of 4, 16 or 32 octets into `reach`. False: it has another size, and stays raw.
bool read_next_hop(Bytes octets, Reach& reach);
// Appends a whole MP_REACH_NLRI of nothing but the next hop; nothing if there is none.
void write_abbreviated_reach(const Reach& reach, ByteWriter& out);

struct AttributeRow {
  std::uint8_t type;
  std::string_view name;   // IANA's
  std::string_view rfc;    // that defines it
  std::uint8_t flags;      // what Optional and Transitive must be
  FindingAction on_error;  // what a router must at least do when it is malformed
  std::string_view rule;   // that says so
  // Reads the value. What is wrong with it as a sentence of static lifetime, or empty; a malformed value is left out.
  std::string_view (*decode)(Cursor value, Decoding& into);
  // Appends the value. False: the route has no such attribute. Error (`usage`): it does not fit.
  Result<bool> (*encode)(const Encodable& from, ByteWriter& value);
};

// In the order in which they are encoded: MP_REACH_NLRI and MP_UNREACH_NLRI first (RFC 7606 section 5.1), then by
// number.
std::span<const AttributeRow> attribute_rows();
// Null: not interpreted, kept raw.
const AttributeRow* find_attribute(std::uint8_t type);

}  // namespace fairway::bgp
