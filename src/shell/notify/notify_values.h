// Values inside the section `notify` that are more than a word.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "core/notify/template.h"
#include "shell/config/schema.h"

namespace fairway::notify {

// "smtp.example.net:587", "[2001:db8::1]:514", or a host alone, with that port. Nothing if it is none.
std::optional<std::pair<std::string, std::uint16_t>> parse_server(std::string_view text, std::uint16_t port);

// "team=noc": a label's name as Prometheus allows it, and its value.
std::optional<std::pair<std::string, std::string>> parse_label(std::string_view text);

// A path of the configuration, beside its file unless it is whole; empty stays empty.
std::string path_in(const std::string& folder, const std::string& path);

// The body of a webhook: its `template`, or the default. Error: malformed: what the template says is wrong, or what it
// makes of a notification is no JSON where JSON is promised.
Result<Template> read_template(const config::Fields& channel);

// The keys of the section that are lists of channels, in the order of the schema.
inline constexpr std::string_view kChannelTypes[] = {"email",        "webhook",   "slack",  "teams",
                                                     "alertmanager", "pagerduty", "syslog", "command"};

}  // namespace fairway::notify
