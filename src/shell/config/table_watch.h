// TableWatch: whether what tables are made of has changed, so that they are loaded again: files, the files of a folder,
// what addresses name (asked with ETag and time; a server that knows neither is known by what it sends), RTR caches.
//
//   TableWatch watch(options);
//   load();
//   for (;;) { wait; if (watch.changed(now)) load(); }
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/model/instant.h"

namespace fairway::config {

class TableWatch {
 public:
  struct Options {
    std::optional<std::string> directory;     // its files, without those that begin with a dot
    std::vector<std::string> paths;           // files; addresses; "rtr://HOST[:PORT]"
    Duration between_fetches = seconds(600);  // of an address
    Duration stuck_after = hours(6);          // an RTR cache without a new serial
    std::function<void()> wake = [] {};       // called from another thread when an RTR cache has something new
  };

  explicit TableWatch(Options options);
  ~TableWatch();

  // Since the last call, or since the watch began. An address that cannot be fetched has not changed.
  bool changed(Instant now);
  // Why what is watched must not be taken for fresh, by what the RTR caches say; empty: it may be.
  std::string stale() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fairway::config
