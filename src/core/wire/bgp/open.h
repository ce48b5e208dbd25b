// OPEN (RFC 4271 section 4.2; capabilities RFC 5492; long optional parameters RFC 9072). A value.
#pragma once

#include "base/result.h"
#include "core/wire/bgp/capability.h"
#include "core/wire/bgp/encoding.h"

namespace fairway::bgp {

struct Open {
  struct Parameter {  // one that does not carry capabilities
    std::uint8_t type = 0;
    std::vector<std::uint8_t> value;
    friend bool operator==(const Parameter&, const Parameter&) = default;
  };

  std::uint8_t version = 4;
  std::uint16_t my_as = 0;      // AS_TRANS if it takes four octets: see asn()
  std::uint16_t hold_time = 0;  // seconds; 0 or at least 3
  std::uint32_t bgp_id = 0;
  std::vector<Capability> capabilities;  // of all parameters, in order
  std::vector<Parameter> parameters;

  // The sender's AS, of its capability if it has one.
  Asn asn() const;
  friend bool operator==(const Open&, const Open&) = default;
};

// What two speakers may do with each other's messages: reading what `theirs` sends to the one who sent `ours`.
Encoding negotiate(const Open& ours, const Open& theirs);

// Error (`malformed`, with its offset) if lengths do not fit (RFC 4271 section 6.2). A capability of a strange form is
// kept raw and told as a finding, and so are an unacceptable version, hold time or identifier.
Result<Open> decode_open(Cursor body, Findings& findings);

// Appends the body: all capabilities in one parameter, the long form of RFC 9072 only where it is needed. Error
// (`usage`): a capability of more than 255 octets, parameters of more than 65,535.
Result<void> encode_open(const Open& open, ByteWriter& out);

}  // namespace fairway::bgp
