// uses: core/read core/tables core/model base
//
// Organisations and their ASes say the same when they are written as JSON lines and read again, whichever of the two
// forms they were read from.
#include "base/json_writer.h"
#include "core/read/as_organisations.h"
#include "hold.h"

using namespace fairway;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Buffer input = padded(data, size);
  const auto read = read_as_organisations(input.bytes());
  if (!read || read->holders.empty()) return 0;
  const auto write = [](const AsOrganisations& from) {
    std::string out;
    for (const Organisation& organisation : from.organisations) {
      JsonWriter json(out);
      json.object()
          .field("organizationId", organisation.id)
          .field("type", "Organization")
          .field("name", organisation.name)
          .field("country", organisation.country)
          .end();
      out += '\n';
    }
    for (const auto& holder : from.holders) {
      JsonWriter json(out);
      json.object()
          .field("organizationId", holder.organisation)
          .field("type", "ASN")
          .field("asn", to_string(holder.asn))
          .end();
      out += '\n';
    }
    return out;
  };
  // What is no UTF-8 is replaced when it is written: from there on nothing changes any more.
  const Buffer written = padded(write(*read));
  hold(is_as_organisations(written.bytes()), "JSON lines are known");
  const auto again = read_as_organisations(written.bytes());
  hold(again.has_value() && again->skips.count == 0, "JSON lines are read");
  hold(again->holders.size() == read->holders.size() && again->organisations.size() == read->organisations.size(),
       "nothing is lost");
  hold(write(*again) == as_text(written.bytes()), "JSON lines say the same");
  return 0;
}
