// Outbox: the notifications that wait to be sent, each once for every channel it goes to. Whoever keeps the incidents
// keeps it, and writes into it in the transaction in which the incident changes; what is written is sent at least once,
// whatever happens to the program. All functions may be called from several threads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/notify/notification.h"

namespace fairway::notify {

struct Pending {
  Notification notification{};
  Instant queued{};            // when it was written
  std::uint32_t attempts = 0;  // that failed
  bool overtaken = false;      // a newer one of the same incident waits for the same channel
};

class Outbox {
 public:
  virtual ~Outbox() = default;

  // What a channel may be sent now: waiting, its next try not in the future, at most `limit`, the oldest first. Of one
  // incident only the oldest that waits: nothing overtakes it, even while it fails. Pure: asked again it is given
  // again.
  virtual std::vector<Pending> due(std::string_view channel, Instant now, std::size_t limit) = 0;

  // What became of one (`id` as id_of() says): each ends, or puts off, its waiting for this channel. An id that does
  // not wait is no error.
  virtual void sent(std::string_view channel, std::string_view id, Instant now) = 0;
  virtual void failed(std::string_view channel, std::string_view id, Instant next_try, std::string_view reason) = 0;
  virtual void gave_up(std::string_view channel, std::string_view id, Instant now, std::string_view reason) = 0;

  // What stands open at a channel: of each incident the last notification that was sent there, unless it is a clear.
  virtual std::vector<Notification> standing(std::string_view channel) = 0;
};

}  // namespace fairway::notify
