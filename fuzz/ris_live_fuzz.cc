// uses: core/wire/rislive core/wire/bgp core/model base
//
// Any octets: a message or an error. The same octets say the same again; events are of the message's time and peer, and
// what is announced has attributes.
#include <vector>

#include "core/wire/rislive/decoder.h"
#include "hold.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fairway;
  static rislive::Decoder decoder;
  const std::string_view text = as_text({data, size});
  const auto once = decoder.decode(text);
  if (!once) {
    hold(once.error().kind == ErrorKind::malformed, "an error of the input");
    return 0;
  }
  const auto kind = once->kind;
  const bool exact = once->exact;
  std::vector<RouteEvent> events;
  for (const RouteEvent& event : once->events) {
    hold(event.time == once->time && event.peer == once->peer, "time and peer");
    hold((event.attributes != nullptr) == (event.kind == EventKind::announce), "attributes of what is announced");
    hold(event.prefix.length() <= address_bits(event.prefix.family()), "a prefix");
    events.push_back(event);
  }
  hold(kind == rislive::Kind::update || kind == rislive::Kind::peer_state || events.empty(), "no routes elsewhere");
  const auto again = decoder.decode(text);
  hold(again.has_value() && again->kind == kind && again->exact == exact && again->events.size() == events.size(),
       "the same again");
  for (std::size_t i = 0; i < events.size(); ++i) {
    const RouteEvent& event = again->events[i];
    hold(event.kind == events[i].kind && event.prefix == events[i].prefix, "the same events again");
  }
  return 0;
}
