// uses: core/read core/tables core/model base
//
// A member export is read or refused, never half: every connection has an AS and an address, and two readings are one.
#include "core/read/member_export.h"
#include "hold.h"

using namespace fairway;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Buffer input = padded(data, size);
  const auto members = read_member_export(input.bytes());
  const auto again = read_member_export(input.bytes());
  hold(members.has_value() == again.has_value(), "two readings are one");
  if (!members) return 0;
  hold(members->connections == again->connections && members->vlans == again->vlans, "two readings are one");
  hold(!members->connections.empty(), "an export without connections is refused");
  for (const auto& connection : members->connections) {
    hold(connection.asn.value != 0, "a connection has an AS");
    hold(!connection.max_prefix || *connection.max_prefix != 0, "a limit of nothing is none");
  }
  return 0;
}
