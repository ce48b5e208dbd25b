#include "core/model/path_regex.h"

namespace fairway {

void PathMatcher::start(const PathRegex& regex) {
  entered_.assign(regex.states.size() / 64 + 1, 0);
  accepted_ = false;
}

void PathMatcher::follow(const PathRegex& regex, std::uint32_t state, std::size_t at, std::size_t size,
                         std::vector<std::uint32_t>& to) {
  stack_.assign(1, state);
  while (!stack_.empty()) {
    const std::uint32_t place = stack_.back();
    stack_.pop_back();
    std::uint64_t& word = entered_[place / 64];
    const std::uint64_t bit = std::uint64_t{1} << place % 64;
    if ((word & bit) != 0) continue;
    word |= bit;
    const PathRegex::State& of = regex.states[place];
    switch (of.kind) {
      case PathRegex::State::Kind::atom:
      case PathRegex::State::Kind::same: to.push_back(place); break;
      case PathRegex::State::Kind::fork:
        stack_.push_back(of.b);
        stack_.push_back(of.a);
        break;
      case PathRegex::State::Kind::begin:
        if (at == 0) stack_.push_back(place + 1);
        break;
      case PathRegex::State::Kind::end:
        if (at == size) stack_.push_back(place + 1);
        break;
      case PathRegex::State::Kind::accept: accepted_ = true; break;
    }
  }
}

}  // namespace fairway
