// What the last transfers said about themselves, so that the next ones need not bring the same again: `.fetched.yaml`
// in the data directory. Losing it costs one transfer.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/result.h"
#include "core/model/instant.h"

namespace fairway::config {

struct FetchedFile {
  std::string url, etag;
  std::optional<Instant> modified;
  std::uint64_t octets = 0;  // of the file as it was put there: another size means that it is not ours any more

  friend bool operator==(const FetchedFile&, const FetchedFile&) = default;
};
using FetchedState = std::map<std::string, FetchedFile>;  // by the file's name

// Nothing where there is no such file, or one that cannot be read.
FetchedState load_fetched(const std::string& directory);
Result<void> save_fetched(const std::string& directory, const FetchedState& state);

}  // namespace fairway::config
