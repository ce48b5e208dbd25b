// Bringing one source into the data directory: fetched beside the old file, read, compared with it, and only then put
// in its place, at once. Whatever goes wrong, the old file stays and stays usable.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "shell/config/sources.h"

namespace fairway::config {

struct FetchOptions {
  std::string directory;
  std::string mirror;  // if not empty: MIRROR/FILE instead of the source's own address
  bool force = false;  // takes what shrank, and does not ask whether it has changed
  Instant now;         // for {YYYYMM}
  std::uint32_t connect_seconds = 20, stall_seconds = 30, total_seconds = 3600;
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;  // octets; total 0: not known
};

struct FetchOutcome {
  bool unchanged = false;        // the server says that we have it
  std::string file;              // its name in the data directory
  std::vector<TablePart> parts;  // of a new file
  std::uint64_t octets = 0;      // transferred
  std::vector<std::string> remarks;
};

// A part of a new file must have at least this share of the entries of the old one.
inline constexpr double kSmallest = 0.8;

// Errors: those of fetch(); not_found also if no month of the last six is there. malformed: it is not of the source's
// kind. refused: empty, or shrunk (without `force`).
Result<FetchOutcome> fetch_source(const Source& source, const FetchOptions& options);

}  // namespace fairway::config
