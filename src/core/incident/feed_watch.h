// FeedWatch: feeds that fall silent are incidents of kind "blind", with the same life as the others: what a silent feed
// would have told is not known, and its silence must not look like peace.
#pragma once

#include <map>
#include <string>

#include "core/incident/incident.h"

namespace fairway {

class FeedWatch {
 public:
  FeedWatch(Duration blind_after, IncidentSink& sink) : blind_after_(blind_after), sink_(sink) {}

  // A feed that was open as blind when the program ended.
  void resume(const Incident& incident);
  // How the feed is now. `heard`: when something came last, or, as long as nothing did, when it was begun.
  void see(const std::string& feed, bool connected, Instant heard, std::string_view trouble, Instant now);
  // What is due until then.
  void advance(Instant now);

  bool is_blind(const std::string& feed) const;
  bool all_blind() const;  // and there is at least one feed
  std::vector<Incident> incidents() const;

 private:
  struct Feed {
    bool known = false;  // in this run
    bool connected = false;
    Instant heard;
    std::string trouble;
    bool open = false;
    Incident incident;
  };
  void check(const std::string& name, Feed& feed, Instant now);

  Duration blind_after_;
  IncidentSink& sink_;
  std::map<std::string, Feed, std::less<>> feeds_;
};

}  // namespace fairway
