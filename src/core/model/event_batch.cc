#include "core/model/event_batch.h"

namespace fairway {

void EventBatch::add(const RouteEvent& event) {
  const RouteEvent* last = events_.empty() ? nullptr : &events_.back();
  const bool repeats = last != nullptr && last->attributes != nullptr && event.attributes_key != 0 &&
                       last->attributes_key == event.attributes_key;
  const Attributes* attributes = repeats ? last->attributes : nullptr;
  if (event.attributes != nullptr && !repeats) {
    Attributes& copy = attributes_.emplace_back(*event.attributes);
    for (RawAttribute& raw : copy.unknown) {
      octets_.emplace_back(raw.value.begin(), raw.value.end());
      raw.value = Bytes(octets_.back());
    }
    attributes = &copy;
  }
  events_.push_back(event);
  events_.back().attributes = event.attributes == nullptr ? nullptr : attributes;
}

void EventBatch::clear() {
  events_.clear();
  attributes_.clear();
  octets_.clear();
}

}  // namespace fairway
