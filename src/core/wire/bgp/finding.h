// Finding: a route or message that could be read although something about it is not as the standard demands (RFC 7606
// and others). Data, not an error: what to do about it is the caller's choice; `action` says what the standard asks of
// a router.
#pragma once

#include <cstdint>
#include <string_view>

namespace fairway::bgp {

// RFC 7606 section 2, weakest last.
enum class FindingAction : std::uint8_t { session_reset, treat_as_withdraw, attribute_discard, none };

struct Finding {
  std::uint8_t attribute = 0;  // its type code; 0 if it is about the whole message
  FindingAction action = FindingAction::none;
  std::string_view rule;     // "RFC 7606 section 7.1"
  std::string_view text;     // what is wrong: a short sentence with static lifetime
  std::uint64_t offset = 0;  // in the whole input

  friend bool operator==(const Finding&, const Finding&) = default;
};

}  // namespace fairway::bgp
