// The Update Notification File of NRTM version 4 (RFC 10063 section 5): what there is to be had, and what of it a
// client needs that has come so far.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/model/instant.h"
#include "core/session/nrtm/position.h"

namespace fairway::nrtm {

struct FileReference {
  std::uint64_t version = 0;
  std::string url;   // relative to the notification's own address
  std::string hash;  // SHA-256 of the file as it is transferred, hexadecimal, lower case
  friend bool operator==(const FileReference&, const FileReference&) = default;
};

struct Notification {
  std::string source;  // as written
  std::string session;
  std::uint64_t version = 0;
  Instant timestamp;
  FileReference snapshot;
  std::vector<FileReference> deltas;  // by version, without a hole
  std::string next_signing_key;       // empty: no rotation is on
};

// The payload of the signature, which was verified. Error: malformed, for whatever section 5.3 forbids.
Result<Notification> parse_notification(std::string_view payload);

// What to fetch, in this order.
struct Plan {
  std::string reload;                 // why the snapshot is needed; empty: it is not
  std::vector<FileReference> deltas;  // none and no reload: there is nothing new
};

inline constexpr Duration kStale = hours(24);

// `position`: how far the dump is, `last` the notification that led there; nothing: there is none yet. Errors
// (refused): another source; older than kStale; a rollback, in version or time; files that changed their hash under one
// version.
Result<Plan> plan(const Notification& next, std::string_view source, const std::optional<Position>& position,
                  const std::optional<Notification>& last, Instant now);

// The address of a file that a notification refers to.
std::string address_of(std::string_view notification_url, const FileReference& file);

}  // namespace fairway::nrtm
