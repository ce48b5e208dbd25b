// BmpFeed: one router's BMP connection without its socket: what its session tells goes to a LiveSink, a batch for each
// piece that was read. One thread.
#pragma once

#include <functional>
#include <string>

#include "core/session/bmp/session.h"
#include "shell/feed/live.h"

namespace fairway {

class BmpFeed : bmp::SessionSink {
 public:
  // Names the router's views when it first tells something; see BmpStation.
  using NameCollector = std::function<std::string(const bmp::RouterIdentity&)>;

  // `before` is the health of its last connection: its name stays, its counters go on.
  BmpFeed(FeedHealth before, Instant now, bgp::AttributeCache& cache, const bmp::SessionOptions& options,
          LiveSink& sink, NameCollector name);

  // False: the connection is to be closed; health() says why.
  bool receive(Bytes octets, Instant now);
  // The connection is gone: all tables go down. `trouble` says by what; empty: that is known already.
  void close(Instant now, const std::string& trouble);

  const FeedHealth& health() const { return health_; }
  const std::string& collector() const { return collector_; }  // empty until it was named
  const bmp::Session& session() const { return session_; }

 private:
  void on_event(const RouteEvent& event) override { batch_.add(event); }
  void on_damage(const Error& error) override;
  void hand_on();

  LiveSink& sink_;
  NameCollector name_;
  bmp::Session session_;
  FeedHealth before_, health_;
  std::string collector_;
  EventBatch batch_;
};

}  // namespace fairway
