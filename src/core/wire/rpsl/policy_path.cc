// AS-path regular expressions (RFC 2622 section 5.4): alternatives of sequences of AS numbers, as-sets, '.', [...] and
// groups, each with * + ? {m,n} behind it, or with ~* ~+ ~{m,n}: the same AS each time.
#include <algorithm>

#include "core/wire/rpsl/policy.h"
#include "core/wire/rpsl/policy_reader.h"
#include "core/wire/rpsl/set_member.h"

namespace fairway::rpsl {

namespace {

using State = PathRegex::State;
using Item = PathRegex::Item;

// A piece of a program; places in it count from its beginning, and it goes on behind its end.
using Program = std::vector<State>;

void append(Program& to, const Program& piece) {
  const auto shift = static_cast<std::uint32_t>(to.size());
  for (State state : piece) {
    if (state.kind == State::Kind::fork) {
      state.a += shift;
      state.b += shift;
    }
    to.push_back(state);
  }
}

State fork(std::size_t a, std::size_t b) {
  return {State::Kind::fork, static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b)};
}

constexpr bool is_of_word(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':';
}

std::optional<Asn> as_number(std::string_view text) {
  const auto member = parse_set_member(text);
  if (!member || member->kind != SetMember::Kind::asn) return std::nullopt;
  return member->asn;
}

class PathReader {
 public:
  PathReader(std::string_view text, PolicyParts& parts) : text_(text), parts_(parts) { regex_.text = trim(text); }

  Result<PathRegex> read() {
    Program program = alternatives();
    if (error_.empty() && at_ != text_.size()) error_ = "unexpected";
    if (error_.empty() && program.size() >= PathRegex::kMostStates) error_ = kTooLarge;
    if (!error_.empty()) {
      const std::string_view rest = text_.substr(std::min(at_, text_.size()), 20);
      return fail(ErrorKind::malformed, "the AS path '" + regex_.text.substr(0, 40) + "' cannot be read: " + error_ +
                                            (rest.empty() ? " at its end" : " at '" + std::string(rest) + "'"));
    }
    program.push_back({});
    regex_.states = std::move(program);
    return std::move(regex_);
  }

 private:
  static constexpr std::string_view kTooLarge = "it is too large";
  static constexpr unsigned kUnlimited = ~0u, kMostTimes = 255;

  char peek() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    return error_.empty() && at_ < text_.size() ? text_[at_] : '\0';
  }
  bool take(char expected) {
    if (peek() != expected) return false;
    ++at_;
    return true;
  }
  Program wrong(std::string_view why) {
    if (error_.empty()) error_ = why;
    return {};
  }
  std::string_view take_word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_of_word(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  Program alternatives() {
    if (++depth_ > PolicyReader::kDeepest) return wrong("brackets are too deep");
    Program program = sequence();
    while (take('|')) {
      const Program other = sequence();
      // fork here, there; here...; fork end, end; there...
      Program both = {fork(1, program.size() + 2)};
      append(both, program);
      both.push_back(fork(both.size() + 1 + other.size(), both.size() + 1 + other.size()));
      append(both, other);
      program = std::move(both);
      if (program.size() > PathRegex::kMostStates) return wrong(kTooLarge);
    }
    --depth_;
    return program;
  }

  Program sequence() {
    Program program;
    for (char next = peek(); next != '\0' && next != '|' && next != ')'; next = peek()) {
      append(program, repeated());
      if (program.size() > PathRegex::kMostStates) return wrong(kTooLarge);
    }
    return program;
  }

  Program repeated() {
    Program program = element();
    for (;;) {
      const bool same = take('~');
      unsigned least = 0, most = kUnlimited;
      if (take('+')) {
        least = 1;
      } else if (!same && take('?')) {
        most = 1;
      } else if (take('{')) {
        if (!times(least, most)) return wrong("no number of times");
      } else if (!take('*')) {
        return same ? wrong("nothing behind '~'") : program;
      }
      if (same) {
        if (program.size() != 1 || program.front().kind != State::Kind::atom)
          return wrong("'~' behind more than one AS");
        program = times_of_the_same(program, least, most);
      } else {
        program = times_of(program, least, most);
      }
      if (program.size() > PathRegex::kMostStates) return wrong(kTooLarge);
    }
  }

  // "2}", "2,}", "2,5}"
  bool times(unsigned& least, unsigned& most) {
    const auto number = [this]() -> std::optional<unsigned> {
      peek();
      const std::size_t begin = at_;
      while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
      return parse_number<unsigned>(text_.substr(begin, at_ - begin));
    };
    const auto first = number();
    if (!first || *first > kMostTimes) return false;
    least = most = *first;
    if (take(',')) {
      most = kUnlimited;
      if (peek() != '}') {
        const auto second = number();
        if (!second || *second > kMostTimes || *second < least) return false;
        most = *second;
      }
    }
    return take('}');
  }

  static Program times_of(const Program& once, unsigned least, unsigned most) {
    Program program;
    for (unsigned i = 0; i < least; ++i) {
      append(program, once);
      if (program.size() > PathRegex::kMostStates) return program;
    }
    append_more(program, once, least, most);
    return program;
  }

  // The first is the atom, those behind it are the same as the one before.
  static Program times_of_the_same(const Program& atom, unsigned least, unsigned most) {
    const Program again = {{State::Kind::same, 0, 0}};
    Program program = atom;
    for (unsigned i = 1; i < least; ++i) append(program, again);
    append_more(program, again, std::max(least, 1u), most);
    if (least != 0) return program;
    Program maybe = {fork(1, 1 + program.size())};
    append(maybe, most == 0 ? Program{} : program);
    return most == 0 ? Program{} : maybe;
  }

  static void append_more(Program& program, const Program& once, unsigned least, unsigned most) {
    if (most == kUnlimited) {
      // fork in, out; once...; back to the fork
      Program loop = {fork(1, once.size() + 2)};
      append(loop, once);
      loop.push_back(fork(0, 0));
      append(program, loop);
      return;
    }
    for (unsigned i = least; i < most && program.size() <= PathRegex::kMostStates; ++i) {
      Program maybe = {fork(1, once.size() + 1)};
      append(maybe, once);
      append(program, maybe);
    }
  }

  Program element() {
    if (take('^')) return {{State::Kind::begin, 0, 0}};
    if (take('$')) return {{State::Kind::end, 0, 0}};
    if (take('(')) {
      Program inside = alternatives();
      if (!take(')')) return wrong("a ')' is missing");
      return inside;
    }
    const auto first = static_cast<std::uint32_t>(regex_.items.size());
    if (take('.')) return atom(true, first);
    if (take('[')) {
      const bool complement = take('^');
      while (!take(']')) {
        if (take(',')) continue;
        if (take('.')) {
          put({Item::Kind::asns, 0, ~std::uint32_t{0}});
          continue;
        }
        if (!item()) return wrong("no AS");
      }
      return atom(complement, first);
    }
    if (!item()) return wrong("no AS");
    return atom(false, first);
  }

  Program atom(bool complement, std::uint32_t first) {
    regex_.atoms.push_back({complement, first, static_cast<std::uint32_t>(regex_.items.size())});
    return {{State::Kind::atom, static_cast<std::uint32_t>(regex_.atoms.size() - 1), 0}};
  }

  // "AS64500", "AS64500-AS64510", "AS64500 - AS64510", "AS-FOO", "PeerAS"
  bool item() {
    peek();
    const std::size_t begin = at_;
    const std::string_view word = take_word();
    const std::size_t hyphen = word.find('-');
    if (equal_ignoring_case(word, "peeras")) return put({Item::Kind::peer_as, 0, 0});
    if (const auto from = as_number(word.substr(0, hyphen))) {
      std::optional<Asn> to = from;
      if (hyphen != std::string_view::npos) {
        std::string_view behind = word.substr(hyphen + 1);
        if (behind.empty()) {
          peek();
          behind = take_word();
        }
        to = as_number(behind);
      } else {
        const std::size_t end = at_;
        if (take('-')) {
          peek();
          to = as_number(take_word());
        } else {
          at_ = end;
        }
      }
      if (to && *from <= *to) return put({Item::Kind::asns, from->value, to->value});
    } else if (equal_ignoring_case(word, "as-any")) {
      return put({Item::Kind::asns, 0, ~std::uint32_t{0}});
    } else if (kind_of_set(word) == PolicyNode::Kind::as_set) {
      parts_.names.push_back(to_upper(word));
      return put({Item::Kind::as_set, static_cast<std::uint32_t>(parts_.names.size() - 1), 0});
    }
    at_ = begin;
    return false;
  }
  bool put(Item item) {
    regex_.items.push_back(item);
    return true;
  }

  std::string_view text_;
  PolicyParts& parts_;
  PathRegex regex_;
  std::size_t at_ = 0;
  unsigned depth_ = 0;
  std::string error_;
};

}  // namespace

std::uint32_t read_path(PolicyReader& reader) {
  const std::string_view text = reader.take_until('>');
  if (reader.failed()) return reader.unread();
  auto regex = PathReader(text, reader.parts()).read();
  if (!regex) {
    reader.fail(std::move(regex.error().text));
    return reader.unread();
  }
  reader.parts().paths.push_back(*std::move(regex));
  return reader.parts().add(
      {PolicyNode::Kind::path, {}, static_cast<std::uint32_t>(reader.parts().paths.size() - 1), 0});
}

}  // namespace fairway::rpsl
