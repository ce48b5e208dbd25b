// EventBatch: route events that own what they point to, to be handed from the thread that decodes to the one that
// judges.
#pragma once

#include <deque>
#include <span>
#include <vector>

#include "core/model/route_event.h"

namespace fairway {

class EventBatch {
 public:
  EventBatch() = default;
  EventBatch(EventBatch&&) = default;  // a deque keeps its elements where they are
  EventBatch& operator=(EventBatch&&) = default;

  // Copies the event and, unless it has the same attributes_key as the one before, its attributes.
  void add(const RouteEvent& event);
  std::span<const RouteEvent> events() const { return events_; }
  bool empty() const { return events_.empty(); }
  void clear();

 private:
  std::vector<RouteEvent> events_;
  std::deque<Attributes> attributes_;
  std::deque<std::vector<std::uint8_t>> octets_;  // that Attributes::unknown borrows
};

}  // namespace fairway
