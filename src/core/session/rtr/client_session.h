// The router's side of RTR towards one cache, without sockets and clocks: octets and time in, octets and whole tables
// out. It outlives connections: what a cache told is held over a reconnect until it expires.
//
//   if (session.wants_connection(now)) ...;      // dial, then
//   session.connected(now);                      // or session.disconnected(now, why)
//   session.take(octets, now);                   // as they come
//   send(session.to_send());                     // after each of these
//   if (session.ended()) close();                // and disconnected()
//   session.tick(now);                           // at session.next() at the latest
//   if (session.take_changed()) use(session.payload());
//
// Versions (RFC 8210 section 7): it begins with the newest, and goes down when the cache says so (Error Report 4, or an
// answer of an older version), sends ASPAs that version 2 does not have, or twice in a row closes the connection
// without a word; after such a guess it tries the newest again when the next query is due. Serials count within one
// version and session alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "core/model/instant.h"
#include "core/session/rtr/assembly.h"
#include "core/wire/rtr/pdu.h"

namespace fairway::rtr {

struct ClientOptions {
  std::uint8_t newest = kNewestVersion, oldest = 0;
  Assembly::Limits limits;
  Duration patience = seconds(60);        // for more octets of an answer; then the connection is given up
  Duration longest_retry = seconds(600);  // between attempts, when the cache asked for more or nothing yet
};

class ClientSession {
 public:
  explicit ClientSession(const ClientOptions& options = {}) : options_(options), version_(options.newest) {}

  bool wants_connection(Instant now) const { return !connected_ && now >= dial_at_; }
  void connected(Instant now);
  // It was closed, or never came to be: `why` is for people, and may be empty.
  void disconnected(Instant now, std::string why);
  void take(Bytes octets, Instant now);
  void tick(Instant now);

  std::vector<std::uint8_t> to_send() { return std::exchange(sending_, {}); }
  bool ended() const { return connected_ && ended_; }
  // When there is something to do: dial, query, or give up. Until then only octets matter.
  Instant next() const;

  // What the cache told last, complete; nothing: it told nothing yet, or that has expired.
  const std::optional<Payload>& payload() const { return payload_; }
  // Whether payload() says something else since the last call.
  bool take_changed() { return std::exchange(changed_, false); }

  struct Epoch {  // what serials count within, and the serial
    std::uint8_t version = 0;
    std::uint16_t session = 0;
    std::uint32_t serial = 0;
    friend bool operator==(const Epoch&, const Epoch&) = default;
  };
  const std::optional<Epoch>& epoch() const { return epoch_; }  // of the payload
  std::uint8_t version() const { return version_; }             // that is spoken, or tried next
  Instant moved() const { return moved_; }                      // when the serial last became another one
  Instant answered() const { return answered_; }                // when the last answer was complete
  Instant expires() const { return expires_; }                  // the payload
  bool says_no_data() const { return says_no_data_; }           // the cache, instead of its last answer
  std::uint64_t damaged() const { return damaged_; }            // PDUs that could not be, ever
  const std::string& trouble() const { return trouble_; }       // the last; empty after a complete answer

 private:
  enum class Asked : std::uint8_t { nothing, everything, changes };

  void ask(Instant now);
  void ask_everything(Instant now);
  void hear(const RawPdu& raw, Instant now);
  bool agree(const RawPdu& raw);
  void on(const Pdu& pdu, const RawPdu& raw, Instant now);
  void on_error(const ErrorReport& report, std::uint8_t version, Instant now);
  void on_response(const CacheResponse& response, const RawPdu& raw);
  void on_payload(const Pdu& pdu, const RawPdu& raw);
  void on_end(const EndOfData& end, const RawPdu& raw, Instant now);
  void on_notify(const SerialNotify& notify, const RawPdu& raw, Instant now);
  void refuse(ErrorCode code, std::string_view text, Bytes pdu);
  void end(std::string why);
  void expire(Instant now);
  Duration backoff();

  ClientOptions options_;
  std::uint8_t version_;

  bool connected_ = false, ended_ = false;
  bool agreed_ = false;     // on the version, on this connection
  bool heard_ = false;      // anything, on this connection
  bool confirmed_ = false;  // the session, by an answer on this connection
  bool dial_soon_ = false;  // a lower version is to be tried
  bool guessed_ = false;    // the version
  bool raise_ = false;      // the next connection begins with the newest version
  unsigned silent_closes_ = 0, failures_ = 0;
  Instant dial_at_;

  Asked asked_ = Asked::nothing;
  std::optional<Assembly> answer_;  // being received
  std::uint16_t answer_session_ = 0;
  std::optional<std::uint32_t> notified_;
  Instant deadline_;  // of an answer
  Instant query_at_;  // the next one, while nothing is asked

  std::vector<std::uint8_t> waiting_, sending_;
  std::optional<Payload> payload_;
  std::optional<Epoch> epoch_;
  Intervals intervals_;
  bool changed_ = false, says_no_data_ = false, must_reset_ = false;
  Instant moved_, answered_, expires_;
  std::uint64_t damaged_ = 0;
  std::string trouble_;
};

}  // namespace fairway::rtr
