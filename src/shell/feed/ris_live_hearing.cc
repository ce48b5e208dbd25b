#include "shell/feed/ris_live_hearing.h"

#include <algorithm>
#include <utility>

namespace fairway {

RisLiveHearing::RisLiveHearing(std::string name, const RisLiveWish& wish, LiveSink& sink)
    : wanted_(wish), repeats_(subscriptions(wish).size() > 1), sink_(sink) {
  health_.name = std::move(name);
}

void RisLiveHearing::connected(Instant now) {
  confirmed_ = 0;
  for (auto& [name, collector] : collectors_) {
    sink_.on_gap(name, collector.heard, now);
    collector.heard = now;
  }
  health_.connected = true;
  health_.since = now;
  health_.trouble.clear();
  report();
}

void RisLiveHearing::disconnected(Instant now, std::string why) {
  flush();
  if (health_.connected || health_.since == Instant{}) health_.since = now;
  health_.connected = false;
  trouble(std::move(why));
}

void RisLiveHearing::trouble(std::string what) {
  health_.trouble = std::move(what);
  report();
}

void RisLiveHearing::take(std::string_view text, Instant now) {
  health_.heard = now;
  health_.octets += text.size();
  ++health_.messages;
  const auto message = decoder_.decode(text);
  if (!message) {
    ++health_.damaged;
    health_.trouble = "a message that cannot be read: " + message.error().text;
    return;
  }
  if (message->kind == rislive::Kind::subscribed) ++confirmed_;
  if (message->kind == rislive::Kind::error) return trouble("the server says: " + std::string(message->text));
  if (message->collector.empty() || (repeats_ && !recent_.add(message->id))) return;
  auto found = collectors_.find(message->collector);
  if (found == collectors_.end()) found = collectors_.try_emplace(std::string(message->collector)).first;
  Collector& collector = found->second;
  collector.heard = std::max(collector.heard, std::min(message->time, now));
  for (const RouteEvent& event : message->events) {
    if (event.kind != EventKind::state && event.kind != EventKind::end_of_rib && !wanted_.wants(event.prefix)) continue;
    collector.batch.add(event);
    ++waiting_;
  }
}

void RisLiveHearing::flush() {
  if (waiting_ == 0) return;
  health_.events += std::exchange(waiting_, 0);
  for (auto& [name, collector] : collectors_) {
    if (!collector.batch.empty()) sink_.on_events(name, std::exchange(collector.batch, EventBatch()));
  }
}

}  // namespace fairway
