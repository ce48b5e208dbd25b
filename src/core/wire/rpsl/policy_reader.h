// The text of a policy, word by word, and the functions that read its parts, each in a file of its own. Inside
// core/wire/rpsl.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/text.h"
#include "core/model/policy.h"

namespace fairway::rpsl {

// Places are octets of the text. The first thing that cannot be read ends the reading: failed() is then true, every
// word is empty, and every part that is asked for is PolicyNode::Kind::unread.
class PolicyReader {
 public:
  static constexpr unsigned kDeepest = 32;  // brackets within brackets

  PolicyReader(std::string_view text, PolicyParts& parts) : text_(text), parts_(parts) {}

  PolicyParts& parts() { return parts_; }
  bool failed() const { return error_.has_value(); }
  const std::optional<Error>& error() const { return error_; }
  // "'FOO' is no filter"; at the end: "the filter is missing".
  void fail_at_word(std::string_view should_be);
  void fail(std::string reason);
  // An expression in place of what could not be read.
  std::uint32_t unread() { return parts_.add(PolicyNode{PolicyNode::Kind::unread, {}, 0, 0}); }

  // The next word, which may be one of { } ( ) < > ; , alone. Empty at the end.
  std::string_view word();
  std::string_view take() {
    const std::string_view found = word();
    at_ += found.size();
    return found;
  }
  bool is(std::string_view expected) { return equal_ignoring_case(word(), expected); }
  bool take_if(std::string_view expected) {
    if (!is(expected)) return false;
    take();
    return true;
  }
  // The word that comes behind so many others.
  std::string_view word_behind(unsigned words);
  // "^24-32^+" right behind the last word, one behind the other; fails if they cannot be read. Nothing: they leave
  // nothing of any prefix.
  std::optional<RangeOperator> take_range();
  // Everything up to and without `bracket`, which is taken too.
  std::string_view take_until(char bracket);
  // Over brackets and what is in them, if one opens here.
  void skip_brackets();

  // One level deeper; false, and failed(), beyond the deepest.
  bool enter();
  void leave() { --depth_; }
  // What `read` reads between "(", which was taken, and ")".
  template <class Read>
  std::uint32_t in_parentheses(Read read) {
    if (!enter()) return unread();
    const std::uint32_t inside = read();
    leave();
    if (!take_if(")")) fail_at_word("')'");
    return inside;
  }

 private:
  std::string_view text_;
  PolicyParts& parts_;
  std::size_t at_ = 0;
  unsigned depth_ = 0;
  std::optional<Error> error_;
};

// Each takes what belongs to it and leaves the rest, which may be anything.
std::uint32_t read_filter(PolicyReader& reader);
std::uint32_t read_peering(PolicyReader& reader);
std::uint32_t read_path(PolicyReader& reader);     // behind its '<'
void skip_actions(PolicyReader& reader);           // behind "action"
std::uint8_t read_afi_list(PolicyReader& reader);  // behind "afi"

// A word that begins the part of a rule behind a peering or an action: from, to, action, accept, announce, networks.
bool is_rule_word(std::string_view word);

}  // namespace fairway::rpsl
