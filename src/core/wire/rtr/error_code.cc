#include "core/wire/rtr/error_code.h"

namespace fairway::rtr {

namespace {

constexpr std::string_view kNames[] = {
    "Corrupt Data",
    "Internal Error",
    "No Data Available",
    "Invalid Request",
    "Unsupported Protocol Version",
    "Unsupported PDU Type",
    "Withdrawal of Unknown Record",
    "Duplicate Announcement Received",
    "Unexpected Protocol Version",
    "ASPA Provider List Error",
    "Transport Failed",
};

}  // namespace

std::string_view error_name(ErrorCode code) {
  const auto number = static_cast<std::size_t>(code);
  return number < std::size(kNames) ? kNames[number] : "Unknown Error";
}

bool is_fatal(ErrorCode code) { return code != ErrorCode::no_data_available; }

}  // namespace fairway::rtr
