// uses: shell/config core/tables core/model base
// Any tree is read as a prefixes.yml or refused; what is read is a Network that network.yaml can hold without loss.
#include <cstdlib>
#include <string_view>

#include "shell/config/prefixes_yml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fairway::config;
  const auto tree = parse_yaml({reinterpret_cast<const char*>(data), size});
  if (!tree) return 0;
  const auto reading = read_prefixes_yml(*tree);
  if (!reading) return 0;
  const auto again = read_network(print_network(reading->network));
  if (!again || again->network != reading->network) std::abort();
  return 0;
}
