#include "core/wire/routerconfig/asn_expression.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "base/text.h"

namespace fairway::reader {

namespace {

constexpr std::size_t kMostStates = 20'000;
constexpr unsigned kDeepest = 50;

struct Piece {
  enum class Kind : std::uint8_t { atom, sequence, choice, repeat } kind = Kind::sequence;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges;
  std::vector<std::unique_ptr<Piece>> parts;
  unsigned least = 1;
  std::optional<unsigned> most = 1;
};
using PiecePtr = std::unique_ptr<Piece>;

}  // namespace

class AsnExpressionParser {
 public:
  explicit AsnExpressionParser(std::string_view text) : text_(text) {}

  Result<AsnExpression> parse() {
    PiecePtr piece = choice();
    blanks();
    if (failed_ || at_ != text_.size()) return fail(ErrorKind::malformed, "is no expression over AS numbers");
    expression_.start_ = build(*piece, AsnExpression::kEnd);
    if (failed_) return fail(ErrorKind::refused, "is too large an expression over AS numbers");
    return std::move(expression_);
  }

 private:
  void blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }
  char next() {
    blanks();
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  std::optional<std::uint32_t> number() {
    std::size_t end = at_;
    while (end < text_.size() && (std::string_view("0123456789.").find(text_[end]) != std::string_view::npos)) ++end;
    // "1.10" is an AS number; a dot that no digit follows is the next piece.
    while (end > at_ && text_[end - 1] == '.') --end;
    const auto asn = parse_asn(text_.substr(at_, end - at_));
    if (!asn) return std::nullopt;
    at_ = end;
    return asn->value;
  }
  bool range(Piece& piece) {
    const auto first = number();
    if (!first) return false;
    auto last = first;
    if (at_ < text_.size() && text_[at_] == '-') {
      ++at_;
      last = number();
      if (!last) return false;
    }
    piece.ranges.emplace_back(*first, *last);
    return true;
  }

  PiecePtr choice() {
    auto piece = std::make_unique<Piece>();
    piece->kind = Piece::Kind::choice;
    if (++deep_ > kDeepest) failed_ = true;
    do {
      piece->parts.push_back(sequence());
    } while (!failed_ && next() == '|' && ++at_);
    --deep_;
    return piece;
  }

  PiecePtr sequence() {
    auto piece = std::make_unique<Piece>();
    for (char c = next(); !failed_ && c != '\0' && c != '|' && c != ')'; c = next()) {
      // The path is matched as a whole: anchors say nothing more.
      if (c == '^' || c == '$') {
        ++at_;
        continue;
      }
      piece->parts.push_back(repeated());
    }
    return piece;
  }

  PiecePtr repeated() {
    PiecePtr piece = atom();
    for (;;) {
      const char c = at_ < text_.size() ? text_[at_] : '\0';
      unsigned least = 1;
      std::optional<unsigned> most = 1;
      if (c == '*') {
        least = 0, most.reset();
      } else if (c == '+') {
        most.reset();
      } else if (c == '?') {
        least = 0;
      } else if (c == '{') {
        const std::size_t end = text_.find('}', at_);
        if (end == std::string_view::npos) return failed_ = true, std::move(piece);
        std::string_view bounds = text_.substr(at_ + 1, end - at_ - 1);
        const bool open = bounds.find(',') != std::string_view::npos;
        const auto first = parse_number<unsigned>(trim(cut(bounds, ',')));
        const auto last = parse_number<unsigned>(trim(bounds));
        if (!first || *first > 1000 || (last && (*last > 1000 || *last < *first)))
          return failed_ = true, std::move(piece);
        least = *first;
        most = open ? last : first;
        at_ = end;
      } else {
        return piece;
      }
      ++at_;
      auto outer = std::make_unique<Piece>();
      outer->kind = Piece::Kind::repeat;
      outer->least = least;
      outer->most = most;
      outer->parts.push_back(std::move(piece));
      piece = std::move(outer);
      if (++repeats_ > 200) failed_ = true;
      if (failed_) return piece;
    }
  }

  PiecePtr atom() {
    auto piece = std::make_unique<Piece>();
    const char c = next();
    if (c == '(') {
      ++at_;
      piece = choice();
      if (next() != ')') failed_ = true;
      ++at_;
      return piece;
    }
    piece->kind = Piece::Kind::atom;
    if (c == '.') {
      ++at_;
      piece->ranges.emplace_back(0, ~std::uint32_t{0});
    } else if (c == '[') {
      ++at_;
      while (!failed_ && next() != ']') {
        if (at_ >= text_.size() || !range(*piece)) failed_ = true;
      }
      ++at_;
    } else if (!range(*piece)) {
      failed_ = true;
    }
    return piece;
  }

  std::uint32_t add(AsnExpression::State state) {
    if (expression_.states_.size() >= kMostStates) failed_ = true;
    if (failed_) return AsnExpression::kEnd;
    expression_.states_.push_back(std::move(state));
    return static_cast<std::uint32_t>(expression_.states_.size() - 1);
  }

  // The state where the piece begins, if `next` is where it leads.
  std::uint32_t build(const Piece& piece, std::uint32_t next) {
    if (failed_) return next;
    switch (piece.kind) {
      case Piece::Kind::atom: return add({piece.ranges, next, AsnExpression::kEnd});
      case Piece::Kind::sequence:
        for (auto part = piece.parts.rbegin(); part != piece.parts.rend(); ++part) next = build(**part, next);
        return next;
      case Piece::Kind::choice: {
        std::uint32_t start = build(*piece.parts.back(), next);
        for (std::size_t i = piece.parts.size() - 1; i-- > 0;) start = add({{}, build(*piece.parts[i], next), start});
        return start;
      }
      case Piece::Kind::repeat: break;
    }
    const Piece& part = *piece.parts[0];
    if (!piece.most) {
      const std::uint32_t loop = add({{}, next, next});
      const std::uint32_t body = build(part, loop);
      if (failed_) return next;
      expression_.states_[loop].other = body;
      next = loop;
    } else {
      for (unsigned i = piece.least; i < *piece.most && !failed_; ++i) next = add({{}, build(part, next), next});
    }
    for (unsigned i = 0; i < piece.least && !failed_; ++i) next = build(part, next);
    return next;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  unsigned deep_ = 0, repeats_ = 0;
  bool failed_ = false;
  AsnExpression expression_;
};

Result<AsnExpression> AsnExpression::parse(std::string_view text) { return AsnExpressionParser(text).parse(); }

void AsnExpression::follow(std::uint32_t state, std::vector<std::uint32_t>& set, std::vector<char>& seen) const {
  std::vector<std::uint32_t> open{state};
  while (!open.empty()) {
    const std::uint32_t one = open.back();
    open.pop_back();
    const std::size_t index = one == kEnd ? states_.size() : one;
    if (seen[index]) continue;
    seen[index] = 1;
    if (one == kEnd || !states_[one].ranges.empty()) {
      set.push_back(one);
    } else {
      open.push_back(states_[one].next);
      open.push_back(states_[one].other);
    }
  }
}

bool AsnExpression::matches(const AsPath& path) const {
  std::vector<std::uint32_t> now, next;
  std::vector<char> seen(states_.size() + 1);
  follow(start_, now, seen);
  const auto step = [&](std::span<const Asn> place) {
    next.clear();
    std::ranges::fill(seen, 0);
    for (const std::uint32_t state : now) {
      if (state == kEnd) continue;
      const bool fits = std::ranges::any_of(place, [&](Asn asn) {
        return std::ranges::any_of(states_[state].ranges, [&](const auto& range) {
          return asn.value >= range.first && asn.value <= range.second;
        });
      });
      if (fits) follow(states_[state].next, next, seen);
    }
    now.swap(next);
  };
  for (std::size_t i = 0; i < path.segments().size(); ++i) {
    const auto asns = path.asns_of(i);
    if (path.segments()[i].type == SegmentType::sequence) {
      for (std::size_t k = 0; k < asns.size(); ++k) step(asns.subspan(k, 1));
    } else {
      step(asns);
    }
  }
  return std::ranges::find(now, kEnd) != now.end();
}

}  // namespace fairway::reader
