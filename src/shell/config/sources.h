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
#include "shell/config/mirror.h"
#include "shell/config/schema.h"
#include "shell/config/table_file.h"

namespace fairway::config {

struct Source {
  std::string name;        // how the command line calls it: "ripe-route"
  Kind kind{};             // what it must turn out to be
  std::string url;         // may hold {YYYYMM}: the newest month that is there
  std::string file;        // its name in the data directory; {YYYYMM} as in `url`
  std::uint64_t most = 0;  // octets, as transferred and unpacked by the transfer
  std::string tried{};     // when its address last answered us: a day, or "never"

  // A registry that is mirrored by NRTM instead of being fetched whole each time (mirror.h); `url` is then the dump of
  // version 3 to begin from, and empty with version 4.
  std::string registry{}, nrtm3{}, serial{}, nrtm4{}, key{};
  bool mirrored() const { return !nrtm3.empty() || !nrtm4.empty(); }
  MirrorSource mirror() const { return {registry, file, most, nrtm3, {url}, serial, nrtm4, key}; }
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

// Of a file in a folder: no path, and not hidden.
bool is_plain_name(std::string_view name);

}  // namespace fairway::config
