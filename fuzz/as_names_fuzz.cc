// uses: core/read core/tables core/model base
//
// Names say the same when they are written as a list and read again; no head is too odd to be looked at.
#include "core/read/as_names.h"
#include "core/read/dates.h"
#include "core/read/json_head.h"
#include "hold.h"

using namespace fairway;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes input{data, size};
  const JsonHead head(input);
  hold(head.paths().size() <= JsonHead::kPaths, "paths are bounded");
  for (const std::string& path : head.paths()) {
    hold(path.size() <= JsonHead::kDeepest * 65 + 64, "a path is bounded");
    hold(path.front() == '{' || path.front() == '[', "a path begins at the top");
  }
  if (const auto date = date_in_name(as_text(input))) {
    hold(*date >= *parse_instant("1990-01-01") && *date < *parse_instant("2100-01-01"), "a date is of our time");
  }
  is_as_names(input);
  const auto read = read_as_names(input);
  if (!read || read->names.empty()) return 0;
  std::string plain;
  for (const auto& name : read->names) {
    hold(!name.name.empty(), "a name is not empty");
    plain += "AS" + to_string(name.asn) + " - " + name.name + "\n";
  }
  const auto again = read_as_names(as_bytes(plain));
  hold(again.has_value() && again->names.size() == read->names.size(), "the list is read");
  for (std::size_t i = 0; i < read->names.size(); ++i) {
    hold(again->names[i].asn == read->names[i].asn && again->names[i].name == read->names[i].name,
         "the list says the same");
  }
  return 0;
}
