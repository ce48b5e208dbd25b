// The cache's side of one RTR connection, without the connection: octets in, octets out. What is told is a Cache.
//
//   session.take(octets);                                     // as they come
//   while (const auto sent = session.answer(*cache)) send(sent);
//   if (const auto sent = session.notify(*cache)) send(sent); // when the cache has changed; once a minute at most
//   if (session.ended()) close();
//
// The version is that of the router's first query (RFC 8210 section 7). A Serial Query for another session is answered
// with Cache Reset when it is the first on its connection, for then this program was started anew; later it is Corrupt
// Data (section 5.1).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "core/session/rtr/cache.h"
#include "core/wire/rtr/pdu.h"

namespace fairway::rtr {

class ServerSession {
 public:
  // Versions beyond `newest` are refused.
  explicit ServerSession(std::uint8_t newest = kNewestVersion) : newest_(newest) {}

  void take(Bytes octets) { waiting_.insert(waiting_.end(), octets.begin(), octets.end()); }
  // Answers the next query. Null: there is no whole PDU, or nothing more to say. Octets are often those of the cache.
  Octets answer(const Cache& cache);
  // A Serial Notify, if the router does not know the cache's serial.
  Octets notify(const Cache& cache);

  // The connection is to be closed once everything is sent.
  bool ended() const { return ended_; }
  std::optional<std::uint8_t> version() const { return version_; }  // none: no query came yet
  std::uint64_t queries() const { return queries_; }
  // What was wrong last, for the log: told by us, or by the router. Empty: nothing.
  const std::string& trouble() const { return trouble_; }

 private:
  Octets take_next(const Cache& cache, std::size_t& used);
  Octets query(const Cache& cache, const RawPdu& raw, const Pdu& pdu);
  Octets report(ErrorCode code, std::string_view text, Bytes pdu);
  void hear(const ErrorReport& report);

  std::uint8_t newest_;
  std::vector<std::uint8_t> waiting_;
  bool ended_ = false;
  std::optional<std::uint8_t> version_;
  bool knows_session_ = false;         // it was told on this connection
  std::optional<std::uint32_t> told_;  // the last serial that it was told, or that it was notified of
  unsigned refused_versions_ = 0;
  std::uint64_t queries_ = 0;
  std::string trouble_;
};

}  // namespace fairway::rtr
