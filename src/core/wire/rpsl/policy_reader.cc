#include "core/wire/rpsl/policy_reader.h"

#include <algorithm>

namespace fairway::rpsl {

namespace {

constexpr std::string_view kAlone = "{}()<>;,";

constexpr bool is_alone(char c) { return kAlone.find(c) != std::string_view::npos; }

}  // namespace

void PolicyReader::fail(std::string reason) {
  if (error_) return;
  error_ = Error{ErrorKind::malformed, std::move(reason), at_};
  at_ = text_.size();
}

void PolicyReader::fail_at_word(std::string_view should_be) {
  constexpr std::size_t kLongest = 40;
  const std::string_view found = word();
  if (found.empty()) return fail("the " + std::string(should_be) + " is missing");
  fail("'" + std::string(found.substr(0, kLongest)) + (found.size() > kLongest ? "...'" : "'") + " is no " +
       std::string(should_be));
}

std::string_view PolicyReader::word() {
  while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  std::size_t end = at_;
  if (end < text_.size() && is_alone(text_[end])) return text_.substr(at_, 1);
  while (end < text_.size() && !is_blank(text_[end]) && !is_alone(text_[end])) ++end;
  return text_.substr(at_, end - at_);
}

std::string_view PolicyReader::word_behind(unsigned words) {
  const std::size_t before = at_;
  while (words-- != 0) take();
  const std::string_view found = word();
  at_ = before;
  return found;
}

std::optional<RangeOperator> PolicyReader::take_range() {
  std::optional<RangeOperator> range = RangeOperator{};
  while (at_ < text_.size() && text_[at_] == '^') {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != '^' && !is_blank(text_[end]) && !is_alone(text_[end])) ++end;
    const auto next = parse_range_operator(text_.substr(at_, end - at_));
    if (!next) {
      fail_at_word("range operator");
      return std::nullopt;
    }
    if (range) range = range->then(*next);
    at_ = end;
  }
  return range;
}

std::string_view PolicyReader::take_until(char bracket) {
  const std::size_t end = text_.find(bracket, at_);
  if (end == std::string_view::npos) {
    fail(std::string("a '") + bracket + "' is missing");
    return {};
  }
  const std::string_view inside = text_.substr(at_, end - at_);
  at_ = end + 1;
  return inside;
}

void PolicyReader::skip_brackets() {
  std::size_t open = 0;
  do {
    const std::string_view found = take();
    if (found == "(" || found == "{") ++open;
    if (found == ")" || found == "}") {
      if (open == 0) return fail("a bracket is closed that was not opened");
      --open;
    }
    if (found.empty() && open != 0) return fail("a bracket is not closed");
  } while (open != 0);
}

bool PolicyReader::enter() {
  if (++depth_ <= kDeepest) return true;
  fail("there are more than " + std::to_string(kDeepest) + " brackets within each other");
  return false;
}

bool is_rule_word(std::string_view word) {
  static constexpr std::string_view kWords[] = {"from", "to", "action", "accept", "announce", "networks"};
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&](std::string_view known) { return equal_ignoring_case(word, known); });
}

std::uint8_t read_afi_list(PolicyReader& reader) {
  struct Name {
    std::string_view text;
    std::uint8_t bits;
  };
  static constexpr Name kNames[] = {
      {"ipv4.unicast", kIpv4Unicast},
      {"ipv4.multicast", kIpv4Multicast},
      {"ipv4", kIpv4Unicast | kIpv4Multicast},
      {"ipv6.unicast", kIpv6Unicast},
      {"ipv6.multicast", kIpv6Multicast},
      {"ipv6", kIpv6Unicast | kIpv6Multicast},
      {"any", kEveryAfi},
      {"any.unicast", kIpv4Unicast | kIpv6Unicast},
      {"any.multicast", kIpv4Multicast | kIpv6Multicast},
  };
  std::uint8_t bits = 0;
  do {
    const auto name =
        std::find_if(std::begin(kNames), std::end(kNames), [&](const Name& known) { return reader.is(known.text); });
    if (name == std::end(kNames)) {
      reader.fail_at_word("address family");
      return kEveryAfi;
    }
    reader.take();
    bits = static_cast<std::uint8_t>(bits | name->bits);
  } while (reader.take_if(","));
  return bits;
}

void skip_actions(PolicyReader& reader) {
  while (!reader.failed()) {
    const std::string_view word = reader.word();
    if (word.empty() || is_rule_word(word) || word == "}" || reader.is("except") || reader.is("refine")) return;
    if (word == "(" || word == "{") {
      reader.skip_brackets();
    } else {
      reader.take();
    }
  }
}

}  // namespace fairway::rpsl
