// Messages of RIS Live, the RIPE NCC's stream of what its route collectors hear (https://ris-live.ripe.net/manual): one
// JSON object each. What a peer told comes twice, as the octets of its BGP message in hexadecimal (`raw`, if the
// subscription asks for it) and as fields. The octets are believed: the fields leave attributes out (large communities,
// OTC). Fields stand in where there are no octets, or where these cannot be read.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "base/result.h"
#include "core/model/route_event.h"

namespace fairway::rislive {

enum class Kind : std::uint8_t {
  update,      // routes, in `events`
  peer_state,  // a collector's session with a peer came up or went down: one event
  session,     // OPEN, NOTIFICATION, KEEPALIVE: they are heard, and tell of no route
  error,       // the server's, in `text`
  pong,        // the answer to our ping
  collectors,  // ris_rrc_list
  subscribed,  // ris_subscribe_ok
  unknown,     // of a later version
};

// Borrows from the decoder, until its next call.
struct Message {
  Kind kind = Kind::unknown;
  std::string_view text{};       // of an error
  std::string_view collector{};  // "rrc00"; of what a collector heard, like everything below
  std::string_view id{};         // each message has its own
  Instant time{};
  Peer peer{};
  bool exact = false;                    // of an update: it is that of the octets
  std::span<const RouteEvent> events{};  // withdrawals first
};

// Not for two threads.
class Decoder {
 public:
  Decoder();
  ~Decoder();
  Decoder(Decoder&&) noexcept;
  Decoder& operator=(Decoder&&) noexcept;

  // Error (malformed): no JSON, or not of this form; there is no part of a message then.
  Result<Message> decode(std::string_view json);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fairway::rislive
