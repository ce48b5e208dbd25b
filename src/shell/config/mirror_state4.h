// What a client of NRTM version 4 remembers beside its dump (".FILE.nrtm4"): the key in use, and the last notification
// file that it accepted. Losing it makes the configured key count again, and old hashes be forgotten.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"

namespace fairway::config {

struct MirrorState4 {
  std::string configured;    // the key that the operator gave, when the key in use began to count
  std::string key;           // in use; both as PublicKey::text()
  std::string notification;  // the payload

  friend bool operator==(const MirrorState4&, const MirrorState4&) = default;
};

// Nothing where there is no such file, or one that cannot be read.
std::optional<MirrorState4> load_state4(const std::string& path);
Result<void> save_state4(const std::string& path, const MirrorState4& state);

}  // namespace fairway::config
