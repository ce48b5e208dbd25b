// sources.yaml: where `fairway data update` fetches what is public. docs/formats/data.md is its manual; the default
// list is etc/sources.yaml, which is part of the program.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/model/instant.h"
#include "shell/config/schema.h"
#include "shell/config/table_file.h"

namespace fairway::config {

struct Source {
  std::string name;        // how the command line calls it: "ripe-route"
  Kind kind{};             // what it must turn out to be
  std::string url;         // may hold {YYYYMM}: the newest month that is there
  std::string file;        // its name in the data directory; {YYYYMM} as in `url`
  std::uint64_t most = 0;  // octets, as transferred and unpacked by the transfer
  std::string tried;       // when its address last answered us: a day, or "never"
};

// The declarations of sources.yaml.
Schema sources_schema();

// Error: malformed, `where` is the line; the text tells every problem, one a line.
Result<std::vector<Source>> read_sources(std::string_view text);

// etc/sources.yaml as it was when the program was built.
struct EmbeddedFile {
  std::string_view name, text;
};
std::span<const EmbeddedFile> embedded_sources();
inline std::string_view default_sources() { return embedded_sources().front().text; }

// `text` with {YYYYMM} as the month that is `back` months before `now`; as it is if there is none.
std::string with_month(std::string_view text, Instant now, unsigned back);
bool has_month(std::string_view text);

}  // namespace fairway::config
