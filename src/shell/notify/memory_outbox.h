// An outbox in memory: for `notify test`, and for tests. It forgets everything with the program.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "shell/notify/outbox.h"

namespace fairway::notify {

class MemoryOutbox : public Outbox {
 public:
  void add(std::string_view channel, Notification notification, Instant now);

  std::vector<Pending> due(std::string_view channel, Instant now, std::size_t limit) override;
  void sent(std::string_view channel, std::string_view id, Instant now) override;
  void failed(std::string_view channel, std::string_view id, Instant next_try, std::string_view reason) override;
  void gave_up(std::string_view channel, std::string_view id, Instant now, std::string_view reason) override;
  std::vector<Notification> standing(std::string_view channel) override;

  std::size_t waiting() const;  // of all channels

 private:
  struct Entry {
    Pending pending;
    std::optional<Instant> next_try;
  };
  struct Box {
    std::vector<Entry> waiting;                  // in the order of adding
    std::map<std::string, Notification> last{};  // by incident: as it was sent last, unless it is clear
  };
  std::optional<Entry> take(std::string_view channel, std::string_view id);

  mutable std::mutex mutex_;
  std::map<std::string, Box, std::less<>> boxes_;
};

}  // namespace fairway::notify
