#include "shell/feed/nrtm3.h"

namespace fairway {

namespace {

// One question, and everything that comes.
Result<void> ask(const TcpServerName& server, std::string question, const TcpTimes& times,
                 const std::function<Result<void>(std::string_view)>& receive, const std::function<bool()>& finished) {
  return converse(server,
                  {.output = [&] { return std::string_view(question); },
                   .sent = [&](std::size_t octets) { question.erase(0, octets); },
                   .receive = receive,
                   .finished = finished,
                   .ends_with_connection = true},
                  times);
}

}  // namespace

Result<std::optional<nrtm::SourceStatus>> ask_nrtm3_status(const TcpServerName& server, const std::string& source,
                                                           const TcpTimes& times) {
  constexpr std::size_t kMost = std::size_t{1} << 20;
  std::string answer;
  const auto receive = [&](std::string_view octets) -> Result<void> {
    answer += octets;
    if (answer.size() > kMost) return fail(ErrorKind::refused, "the list of sources is larger than 1 MiB");
    return {};
  };
  const auto asked = ask(server, std::string(nrtm::kSourcesQuery), times, receive, [] { return false; });
  if (!asked) return std::unexpected(asked.error());
  return nrtm::status_of(answer, source);
}

Result<nrtm::Version3Changes> ask_nrtm3(const TcpServerName& server, const std::string& source, std::uint64_t from,
                                        const TcpTimes& times) {
  nrtm::Version3Reader reader(source, from);
  const auto asked = ask(
      server, nrtm::changes_query(source, from), times, [&](std::string_view octets) { return reader.receive(octets); },
      [&] { return reader.finished(); });
  if (!asked) return std::unexpected(asked.error());
  return reader.take();
}

}  // namespace fairway
