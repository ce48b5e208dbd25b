// uses: core/read core/tables core/wire/rpsl core/model base
//
// Objects and attributes lie in the text one behind the other, and their lines count up. Route objects say the same
// when they are written plainly and read again.
#include "core/read/registry_dump.h"
#include "core/wire/rpsl/objects.h"
#include "hold.h"

using namespace fairway;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Buffer input = padded(data, size);
  is_rpsl(input.bytes());
  RpslObjects objects(input.bytes());
  RpslObject object;
  const char* at = reinterpret_cast<const char*>(input.data());
  const char* const end = at + size;
  std::uint64_t line = 0;
  while (objects.next(object)) {
    hold(!object.attributes.empty(), "an object has an attribute");
    hold(object.line > line, "lines count up");
    line = object.line;
    for (const RpslAttribute& attribute : object.attributes) {
      hold(attribute.name.data() >= at && !attribute.name.empty(), "attributes stand in order");
      hold(attribute.value.data() == attribute.name.data() + attribute.name.size() + 1,
           "a value stands behind its name");
      at = attribute.value.data() + attribute.value.size();
      hold(at <= end, "a value ends in the text");
      const std::string value = rpsl_value(attribute.value);
      hold(value.find_first_of("\n#") == std::string::npos && rpsl_value(value) == value,
           "a value is one line, without comments");
    }
  }
  const auto read = read_registry_dump(input.bytes());
  if (!read || read->objects.empty()) return 0;
  std::string plain;
  for (const RouteObject& route : read->objects) {
    plain += (route.prefix.family() == Family::ipv4 ? "route: " : "route6: ") + to_string(route.prefix) +
             "\norigin: AS" + to_string(route.origin) + "\n";
    const std::string& registry = read->registries[route.registry];
    plain += registry.empty() ? "\n" : "source: " + registry + "\n\n";
  }
  const auto again = read_registry_dump(as_bytes(plain));
  hold(again.has_value() && again->objects.size() == read->objects.size(), "the plain form is read");
  for (std::size_t i = 0; i < read->objects.size(); ++i) {
    const RouteObject &a = read->objects[i], &b = again->objects[i];
    hold(a.prefix == b.prefix && a.origin == b.origin && read->registries[a.registry] == again->registries[b.registry],
         "the plain form says the same");
  }
  return 0;
}
