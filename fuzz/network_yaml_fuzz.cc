// uses: shell/config core/tables core/model base
// Any text is a Network or an error with its place; what is read, printed and read again is the same value, with and
// without the comments for a person.
#include <cstdlib>
#include <string_view>

#include "shell/config/network.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace fairway::config;
  const auto reading = read_network({reinterpret_cast<const char*>(data), size});
  if (!reading) {
    if (reading.error().text.empty()) std::abort();
    return 0;
  }
  for (const Absent absent : {Absent::leave_out, Absent::as_comment}) {
    const auto again = read_network(print_network(reading->network, absent));
    if (!again || again->network != reading->network) std::abort();
  }
  fairway::Expectation::build(reading->network);
  return 0;
}
