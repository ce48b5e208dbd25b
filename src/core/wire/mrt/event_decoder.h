// EventDecoder: MRT records into RouteEvents. It keeps what records of one file refer to (the PEER_INDEX_TABLE) and
// remembers attribute sets it has decoded, since a table repeats them: equal octets are decoded once. One decoder a
// file; not for two threads.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/model/route_event.h"
#include "core/wire/bgp/finding.h"
#include "core/wire/mrt/record.h"

namespace fairway::mrt {

// What the decoder yields, in the order of the octets. References live until the call returns.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void on_event(const Record& record, const RouteEvent& event) = 0;
  // RFC 7606 and kindred: the route was read, but something about it is not as the standard demands.
  virtual void on_finding(const Record&, const bgp::Finding&) {}
};

class EventDecoder {
 public:
  EventDecoder();
  ~EventDecoder();
  EventDecoder(EventDecoder&&) noexcept;
  EventDecoder& operator=(EventDecoder&&) noexcept;

  // All events of one record. Error (with the byte offset in the whole input) if the record cannot be decoded: what
  // came before the damage has been yielded; the caller skips the record. A record of a known type that carries no
  // route (OPEN, KEEPALIVE, a peer table) yields nothing and is fine; unknown types and subtypes are an error of kind
  // not_found.
  Result<void> decode(const Record& record, EventSink& sink);

  // Of the last PEER_INDEX_TABLE; empty before it.
  const std::vector<Peer>& peers() const;

  // So that records of one file can be decoded by several threads: a decoder that knows the same peer table and nothing
  // else.
  EventDecoder sibling() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fairway::mrt
