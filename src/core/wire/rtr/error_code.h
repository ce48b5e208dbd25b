// Error codes of the RPKI-Router protocol (RFC 8210 section 12; 9 and 10: draft-ietf-sidrops-8210bis-27 section 12).
#pragma once

#include <cstdint>
#include <string_view>

namespace fairway::rtr {

enum class ErrorCode : std::uint16_t {
  corrupt_data = 0,
  internal_error = 1,
  no_data_available = 2,
  invalid_request = 3,
  unsupported_version = 4,
  unsupported_pdu_type = 5,
  unknown_withdrawal = 6,
  duplicate_announcement = 7,
  unexpected_version = 8,
  aspa_provider_list = 9,
  transport_failed = 10,
};

// IANA's name, or "Unknown Error".
std::string_view error_name(ErrorCode code);
// The session must end. So must it with codes that nobody knows.
bool is_fatal(ErrorCode code);

}  // namespace fairway::rtr
