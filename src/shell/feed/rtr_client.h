// RTR from one or several caches: whole tables, each time a cache has told something new. The sockets and clocks around
// core/session/rtr/client_session.h; TCP or TLS; reconnects by itself.
//
//   RtrFeed feed(options, [&](const RtrTables& tables) {...}, [&](const FeedHealth& health) {...});
//   feed.start();                                  // a thread of its own; the destructor ends it
//
// It is connected to all caches, so that another one is at hand at once. Used is the most preferred one that is fresh;
// if none is, the most preferred one that still holds anything (then RtrTables::fresh is false: to be told, and not to
// be served on); what has expired is not used (RFC 8210 section 6). A cache is not fresh while it says that it has no
// data, and when its serial has not moved for so long that its validator is probably stuck.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/model/instant.h"
#include "core/tables/aspa.h"
#include "core/tables/vrp.h"
#include "core/wire/rtr/pdu.h"
#include "shell/feed/live.h"

namespace fairway {

struct RtrCacheOptions {
  std::string host, port = "323";
  unsigned preference = 1;  // the lower, the more preferred; of equal ones the first
  std::uint8_t newest_version = rtr::kNewestVersion;

  bool tls = false;
  std::string tls_name;          // that its certificate must be for; empty: `host`
  std::string ca;                // file of who signs certificates; empty: the system's
  std::string certificate, key;  // ours, files; empty: none

  // "rtr://HOST[:PORT]"
  static RtrCacheOptions parse(std::string_view url);
  std::string name() const;  // "rtr://192.0.2.1:323"
};

struct RtrFeedOptions {
  std::vector<RtrCacheOptions> caches;
  Duration stuck_after = hours(6);  // without a new serial; the Internet's ROAs change every few minutes. 0: never
  std::uint32_t health_seconds = 5;
};

struct RtrTables {
  std::shared_ptr<const VrpTable> vrps;    // null: no cache holds anything, or what they held has expired
  std::shared_ptr<const AspaTable> aspas;  // null also where the version spoken has none
  bool fresh = false;
  std::string source;  // the name of the cache; empty: none
  std::uint8_t version = 0;
  std::uint32_t serial = 0;
  Instant told;  // when it was complete
};

class RtrFeed {
 public:
  // Both are called on the feed's thread. `on_tables`: first when there is something, then when other tables are to be
  // used, or they are fresh no more, or again.
  RtrFeed(RtrFeedOptions options, std::function<void(const RtrTables&)> on_tables,
          std::function<void(const FeedHealth&)> on_health);
  ~RtrFeed();

  void start();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fairway
