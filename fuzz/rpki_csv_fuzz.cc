// uses: core/read core/tables core/model base
//
// What was read of a list says the same when it is written plainly and read again.
#include "core/read/rpki_csv.h"
#include "hold.h"

using namespace fairway;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Buffer input = padded(data, size);
  const auto read = read_rpki_csv(input.bytes());
  read_rpki_csv(input.bytes(), from_seconds(1'700'000'000));
  if (!read) return 0;
  hold(!read->vrps.empty(), "a list is not empty");
  std::string plain = "ASN,IP Prefix,Max Length,Trust Anchor\n";
  for (const Vrp& vrp : read->vrps) {
    std::string quoted;
    for (const char c : read->trust_anchors[vrp.trust_anchor])
      quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    plain += "AS" + to_string(vrp.asn) + "," + to_string(vrp.prefix) + "," + std::to_string(vrp.max_length) + ",\"" +
             quoted + "\"\n";
  }
  const Buffer written = padded(plain);
  hold(is_rpki_csv(written.bytes()), "the plain form is known as a list");
  const auto again = read_rpki_csv(written.bytes());
  hold(again.has_value(), "the plain form is read");
  hold(again->vrps == read->vrps && again->trust_anchors == read->trust_anchors, "the plain form says the same");
  return 0;
}
