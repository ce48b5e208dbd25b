#include "core/session/whois/session.h"

#include <algorithm>

#include "base/text.h"

namespace fairway::whois {

Session::Session(const Registry& registry) : state_{registry, {registry.sources, {}, registry.suppress_invalid}} {}

std::size_t Session::take(Bytes octets) {
  if (read_ != 0) {
    waiting_.erase(0, read_);
    read_ = 0;
  }
  const std::size_t size = std::min(octets.size(), kMostWaiting - std::min(waiting_.size(), kMostWaiting));
  waiting_ += as_text(octets.first(size));
  return size;
}

bool Session::answer(std::string& text) {
  text.clear();
  while (!ended_) {
    const std::size_t end = std::min(waiting_.find('\n', read_), waiting_.size());
    const bool whole = end != waiting_.size();
    if (end - read_ > kLongestQuery) {
      ended_ = true;
      text = "F Query is longer than " + std::to_string(kLongestQuery) + " octets\n";
      return true;
    }
    if (!whole && !(finished_ && read_ != end)) {
      ended_ = finished_;
      return false;
    }
    const std::string line(trim(std::string_view(waiting_).substr(read_, end - read_)));
    read_ = whole ? end + 1 : end;
    if (line.empty()) continue;
    if (line == "!q" || line == "!Q") {
      ended_ = true;
      return false;
    }
    text = line.front() == '!' ? answer_irrd(state_, std::string_view(line).substr(1)) : answer_ripe(state_, line);
    ended_ = !state_.keep_open;
    return true;
  }
  return false;
}

}  // namespace fairway::whois
