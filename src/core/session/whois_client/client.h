// WhoisClient: the asking side of IRRd's protocol: octets in, octets out. Requests are sent ahead of their answers
// (pipelining), and an answer is read as it comes, so that nothing is kept but what it says.
//
//   WhoisClient client(query);
//   while (!client.finished()) {
//     send client.output(), then client.sent(octets);
//     if (auto received = client.receive(octets); !received) return received.error();
//   }
//   SetAnswer answer = client.take();
//
// A server that knows !a expands sets itself, unless the query has what !a does not do: a depth, exceptions, a source
// for one set, provenance. Else members are asked for with !i, and prefixes with !g and !6. Replies are A<octets>, C
// (done), D (no such key), E and F (error); https://irrd.readthedocs.io/en/stable/users/queries/whois/.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "core/session/whois_client/set_query.h"

namespace fairway {

struct WhoisClientOptions {
  std::string name = "fairway";  // by which the client introduces itself
  bool pipelining = true;        // else one request at a time
};

class WhoisClient {
 public:
  explicit WhoisClient(SetQuery query, WhoisClientOptions options = {});
  ~WhoisClient();
  WhoisClient(WhoisClient&&) noexcept;

  // What is to be sent, until sent() says that it was.
  std::string_view output() const;
  void sent(std::size_t octets);
  // Any piece of what the server sends. `malformed`: it does not speak the protocol; `refused`: there is more than the
  // query allows; `not_found`: it does not have the sources. The client cannot be used after an error.
  Result<void> receive(std::string_view text);
  // Everything has been answered, and "!q" is in output().
  bool finished() const;
  // Once it is finished.
  SetAnswer take();

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace fairway
