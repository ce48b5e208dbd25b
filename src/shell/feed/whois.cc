#include "shell/feed/whois.h"

namespace fairway {

Result<SetAnswer> ask_whois(const TcpServerName& server, WhoisClient client, const TcpTimes& times) {
  const TcpDialogue dialogue{.output = [&] { return client.output(); },
                             .sent = [&](std::size_t octets) { client.sent(octets); },
                             .receive = [&](std::string_view octets) { return client.receive(octets); },
                             .finished = [&] { return client.finished(); }};
  if (auto spoken = converse(server, dialogue, times); !spoken) return std::unexpected(spoken.error());
  return client.take();
}

}  // namespace fairway
