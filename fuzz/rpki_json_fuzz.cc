// uses: core/read core/tables core/model base
//
// Whatever was read of an export says the same when it is written plainly and read again; what the plain form holds is
// all of it.
#include "base/json_writer.h"
#include "core/read/rpki_json.h"
#include "hold.h"

using namespace fairway;

namespace {

std::string plain(const RpkiExport& rpki) {
  std::string out;
  JsonWriter json(out);
  json.object();
  if (rpki.lists_vrps) {
    json.key("roas").array();
    for (const Vrp& vrp : rpki.vrps) {
      json.object()
          .field("asn", vrp.asn.value)
          .field("prefix", to_string(vrp.prefix))
          .field("maxLength", vrp.max_length);
      json.field("ta", rpki.trust_anchors[vrp.trust_anchor]).end();
    }
    json.end();
  }
  if (rpki.lists_aspas) {
    json.key("aspas").array();
    for (const Aspa& aspa : rpki.aspas) {
      json.object().field("customer", "AS" + to_string(aspa.customer)).key("providers").array();
      for (const Asn provider : aspa.providers) json.value(provider.value);
      json.end().end();
    }
    json.end();
  }
  json.end();
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Buffer input = padded(data, size);
  is_rpki_difference(input.bytes());
  const auto read = read_rpki_json(input.bytes());
  if (!read) {
    hold(!read.error().text.empty(), "an error says why");
    hold(read.error().where == Error::kNowhere || read.error().where <= size, "an error's place is in the input");
    return 0;
  }
  hold(read->lists_vrps || read->lists_aspas, "an export lists something");
  for (const Vrp& vrp : read->vrps) {
    hold(vrp.max_length >= vrp.prefix.length() && vrp.max_length <= address_bits(vrp.prefix.family()),
         "a maximum length fits");
  }
  if (read->lists_vrps ? read->vrps.empty() : read->aspas.empty()) return 0;
  const Buffer written = padded(plain(*read));
  hold(is_rpki_json(written.bytes()), "the plain form is known as an export");
  const auto again = read_rpki_json(written.bytes());
  hold(again.has_value(), "the plain form is read");
  hold(again->vrps == read->vrps && again->aspas == read->aspas && again->skips.count == 0,
       "the plain form says the same");

  // What had expired by then is counted, not lost.
  const auto later = read_rpki_json(input.bytes(), from_seconds(2'000'000'000));
  if (later && read->expired_vrps == 0 && read->expired_aspas == 0) {
    hold(later->vrps.size() + later->expired_vrps == read->vrps.size(), "expired VRPs are counted");
    hold(later->aspas.size() + later->expired_aspas == read->aspas.size(), "expired ASPAs are counted");
  }
  return 0;
}
