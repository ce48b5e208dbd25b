#include "core/session/whois/session.h"

#include <algorithm>

#include "base/text.h"

namespace fairway::whois {

void Session::State::use(const Registry& registry) {
  if (registry_ == nullptr) selection.suppress_invalid = registry.suppress_invalid;
  registry_ = &registry;
  if (sources_ == registry.sources) return;
  if (selection.sources == sources_) {
    selection.sources = registry.sources;
  } else {
    std::erase_if(selection.sources, [&](const std::string& name) {
      return std::ranges::find(registry.sources, name) == registry.sources.end();
    });
  }
  sources_ = registry.sources;
}

std::size_t Session::take(Bytes octets) {
  if (read_ != 0) {
    waiting_.erase(0, read_);
    read_ = 0;
  }
  const std::size_t size = std::min(octets.size(), kMostWaiting - std::min(waiting_.size(), kMostWaiting));
  waiting_ += as_text(octets.first(size));
  return size;
}

bool Session::answer(const Registry& registry, std::string& text) {
  state_.use(registry);
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
