// The sockets under NRTM version 3 (core/session/nrtm/version3.h).
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "core/session/nrtm/version3.h"
#include "shell/feed/tcp.h"

namespace fairway {

inline constexpr std::string_view kNrtm3Port = "43";

// Which serials a server has; nothing if it does not understand the question, or does not have the source.
Result<std::optional<nrtm::SourceStatus>> ask_nrtm3_status(const TcpServerName& server, const std::string& source,
                                                           const TcpTimes& times = {});

// The changes from a serial on. Errors: those of the connection and of Version3Reader.
Result<nrtm::Version3Changes> ask_nrtm3(const TcpServerName& server, const std::string& source, std::uint64_t from,
                                        const TcpTimes& times = {});

}  // namespace fairway
