// UPDATE (RFC 4271 section 4.3): routes withdrawn, attributes, routes announced. A value, except that what is kept raw
// borrows from the message. For sessions and tests; where many messages are read, route_update.h shares attributes
// between them.
#pragma once

#include "core/wire/bgp/attribute.h"

namespace fairway::bgp {

struct Update {
  std::vector<Nlri> withdrawn;  // of the WITHDRAWN ROUTES field: IPv4 unicast
  Attributes attributes;        // next_hop: of NEXT_HOP alone
  std::optional<Reach> reach;
  std::optional<Unreach> unreach;
  std::vector<Nlri> announced;  // of the NLRI field: IPv4 unicast

  // RFC 4724 section 2: all that was to be sent at first has been sent, for this family.
  bool is_end_of_rib() const;
};

// The three fields of a message's body, offsets kept. A field that claims more than there is gets what there is, and
// ok() is false.
struct UpdateFields {
  Cursor withdrawn, attributes, announced;
  bool ok = true;
};
UpdateFields split_update(Cursor body);

// Replaces `into`. Error (`malformed`, with its offset) if the fields do not fit the body (RFC 4271 section 6.3);
// everything else that is wrong is a finding.
Result<void> decode_update(Cursor body, const Encoding& encoding, Update& into, Findings& findings);

// Appends the body. Error (`usage`) if something does not fit.
Result<void> encode_update(const Update& update, const Encoding& encoding, ByteWriter& out);

}  // namespace fairway::bgp
