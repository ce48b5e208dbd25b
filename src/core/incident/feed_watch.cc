#include "core/incident/feed_watch.h"

#include <algorithm>

#include "core/incident/case_id.h"
#include "core/incident/evidence.h"

namespace fairway {

void FeedWatch::resume(const Incident& incident) {
  if (incident.type != IncidentType::blind_feed || incident.feed.empty()) return;
  Feed& feed = feeds_[incident.feed];
  feed.open = true;
  feed.incident = incident;
}

void FeedWatch::see(const std::string& name, bool connected, Instant heard, std::string_view trouble, Instant now) {
  Feed& feed = feeds_[name];
  feed.known = true;
  feed.connected = connected;
  feed.heard = std::max(feed.heard, heard);
  feed.trouble = trouble;
  check(name, feed, now);
}

void FeedWatch::advance(Instant now) {
  for (auto& [name, feed] : feeds_) {
    if (feed.known) check(name, feed, now);
  }
}

void FeedWatch::check(const std::string& name, Feed& feed, Instant now) {
  const bool silent = feed.heard + blind_after_ <= now;
  if (silent == feed.open) return;
  Incident& incident = feed.incident;
  if (silent) {
    incident = {};
    incident.type = IncidentType::blind_feed;
    incident.opened = feed.heard;
    incident.feed = name;
    incident.id = case_id(incident.type, {}, static_cast<std::uint32_t>(hash_bytes(as_bytes(name), 0)), feed.heard);
    incident.evidence = {evidence(EvidenceId::feed_silent,
                                  name + ": nothing since " + to_string(feed.heard) +
                                      (feed.connected ? ", although it is connected" : ", it is not connected") +
                                      (feed.trouble.empty() ? "" : ": " + feed.trouble))};
    incident.confidence = sum(incident.evidence);
  } else {
    incident.cleared = now;
  }
  feed.open = silent;
  incident.state = silent ? IncidentState::open : IncidentState::cleared;
  incident.changed = now;
  sink_.on_transition(silent ? Transition::opened : Transition::cleared, now, incident);
}

bool FeedWatch::is_blind(const std::string& name) const {
  const auto found = feeds_.find(name);
  return found != feeds_.end() && found->second.open;
}

bool FeedWatch::all_blind() const {
  return !feeds_.empty() && std::ranges::all_of(feeds_, [](const auto& entry) { return entry.second.open; });
}

std::vector<Incident> FeedWatch::incidents() const {
  std::vector<Incident> all;
  for (const auto& [name, feed] : feeds_) {
    if (!feed.incident.id.empty()) all.push_back(feed.incident);
  }
  return all;
}

}  // namespace fairway
