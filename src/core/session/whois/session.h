// A whois session, the server's side of one connection, without the connection: octets in, octets out. It speaks the
// protocol of IRRd (queries that begin with '!', answered by A<length>, C, D or F) and that of the RIPE database
// (everything else), on one connection in any order; docs/formats/whois.md lists both.
//
//   session.take(octets);                                 // as they come
//   while (session.answer(registry, text)) send(text);    // one query each; stop taking while the client does not read
//
// A query is answered from the registry that it is given, which may be another one than the last: the selection stays,
// without the sources that are gone.
//
// Bounded: what was not answered yet is at most kMostWaiting octets, and one answer kMostAnswer.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "core/session/whois/registry.h"

namespace fairway::whois {

class Session {
 public:
  static constexpr std::size_t kLongestQuery = 16 << 10;
  static constexpr std::size_t kMostWaiting = 64 << 10;
  static constexpr std::size_t kMostAnswer = std::size_t{256} << 20;

  // Takes as many octets as there is room for, and says how many.
  std::size_t take(Bytes octets);
  // No more octets will come: an unfinished line is a query too.
  void finish() { finished_ = true; }
  // Answers the next query; the answer replaces `text` and may be empty. False: there is no whole query.
  bool answer(const Registry& registry, std::string& text);
  // The connection is to be closed once everything is sent.
  bool ended() const { return ended_; }
  // Close it as well after so many seconds without a query.
  unsigned patience() const { return state_.patience; }

  // What queries change.
  struct State {
    Selection selection{};
    unsigned patience = 30;
    bool keep_open = false;  // else the first answer is the last
    std::string client{};    // what it says it is

    const Registry& registry() const { return *registry_; }
    void use(const Registry& registry);

   private:
    const Registry* registry_ = nullptr;  // of the query being answered
    std::vector<std::string> sources_{};  // all that the last one could select
  };

 private:
  State state_;
  std::string waiting_;
  std::size_t read_ = 0;  // of waiting_
  bool finished_ = false, ended_ = false;
};

// One query without its '!' or line end; the whole answer.
std::string answer_irrd(Session::State& state, std::string_view query);
std::string answer_ripe(Session::State& state, std::string_view query);

}  // namespace fairway::whois
