// The path attributes of a route: the run of attributes in an UPDATE or a RIB entry, read and written by the rows of
// attribute.h.
#pragma once

#include "core/wire/bgp/attribute.h"

namespace fairway::bgp {

// One attribute as it stands on the wire.
struct WireAttribute {
  std::uint8_t flags = 0;
  std::uint8_t type = 0;
  Bytes octets;  // of all of it, header included
  Cursor value;
};

// The attribute that `cursor` stands on; nothing, with the cursor failed, if there are too few octets (RFC 7606 section
// 4).
std::optional<WireAttribute> next_attribute(Cursor& cursor);

// Decodes the run. Total: what is malformed is left out and told as a finding, what comes behind a broken length is not
// read. The first of two attributes of a type counts (RFC 7606 section 3 g). `into` has cleared values before, AS4_PATH
// merged in after.
void decode_path_attributes(Cursor run, Decoding& into);

// The same run again: attributes of `from` in the order of the rows, then unknown ones. Error (`usage`): something does
// not fit.
Result<void> encode_path_attributes(const Encodable& from, ByteWriter& out);

// Finds what is missing though a route is announced (RFC 4271 section 5, RFC 7606 section 3 d).
void check_mandatory(const Attributes& attributes, bool needs_next_hop, std::uint64_t offset, Findings& findings);

}  // namespace fairway::bgp
