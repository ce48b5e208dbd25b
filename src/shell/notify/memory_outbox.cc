#include "shell/notify/memory_outbox.h"

#include <algorithm>
#include <set>

namespace fairway::notify {

void MemoryOutbox::add(std::string_view channel, Notification notification, Instant now) {
  const std::lock_guard lock(mutex_);
  Box& box = boxes_[std::string(channel)];
  for (Entry& entry : box.waiting) {
    if (entry.pending.notification.incident.id == notification.incident.id) entry.pending.overtaken = true;
  }
  box.waiting.push_back({{std::move(notification), now, 0, false}, {}});
}

std::vector<Pending> MemoryOutbox::due(std::string_view channel, Instant now, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  std::vector<Pending> list;
  const auto box = boxes_.find(channel);
  if (box == boxes_.end()) return list;
  std::set<std::string_view> seen;
  for (const Entry& entry : box->second.waiting) {
    if (list.size() == limit) break;
    const bool first = seen.insert(entry.pending.notification.incident.id).second;
    if (first && (!entry.next_try || *entry.next_try <= now)) list.push_back(entry.pending);
  }
  return list;
}

std::optional<MemoryOutbox::Entry> MemoryOutbox::take(std::string_view channel, std::string_view id) {
  const auto box = boxes_.find(channel);
  if (box == boxes_.end()) return std::nullopt;
  auto& waiting = box->second.waiting;
  const auto found =
      std::ranges::find_if(waiting, [&](const Entry& entry) { return id_of(entry.pending.notification) == id; });
  if (found == waiting.end()) return std::nullopt;
  Entry entry = std::move(*found);
  waiting.erase(found);
  return entry;
}

void MemoryOutbox::sent(std::string_view channel, std::string_view id, Instant) {
  const std::lock_guard lock(mutex_);
  auto entry = take(channel, id);
  if (!entry) return;
  Notification& notification = entry->pending.notification;
  auto& last = boxes_.find(channel)->second.last;
  if (notification.stage == Stage::clear) {
    last.erase(notification.incident.id);
  } else {
    last[notification.incident.id] = std::move(notification);
  }
}

void MemoryOutbox::failed(std::string_view channel, std::string_view id, Instant next_try, std::string_view) {
  const std::lock_guard lock(mutex_);
  const auto box = boxes_.find(channel);
  if (box == boxes_.end()) return;
  for (Entry& entry : box->second.waiting) {
    if (id_of(entry.pending.notification) != id) continue;
    ++entry.pending.attempts;
    entry.next_try = next_try;
  }
}

void MemoryOutbox::gave_up(std::string_view channel, std::string_view id, Instant, std::string_view) {
  const std::lock_guard lock(mutex_);
  take(channel, id);
}

std::vector<Notification> MemoryOutbox::standing(std::string_view channel) {
  const std::lock_guard lock(mutex_);
  std::vector<Notification> list;
  const auto box = boxes_.find(channel);
  if (box == boxes_.end()) return list;
  for (const auto& [incident, notification] : box->second.last) list.push_back(notification);
  return list;
}

std::size_t MemoryOutbox::waiting() const {
  const std::lock_guard lock(mutex_);
  std::size_t count = 0;
  for (const auto& [name, box] : boxes_) count += box.waiting.size();
  return count;
}

}  // namespace fairway::notify
