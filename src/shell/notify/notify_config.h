// The section `notify` of fairway.yaml: who is told what, how, and when nobody is. docs/formats/notification.md is its
// manual.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/notify/plan.h"
#include "shell/config/schema.h"
#include "shell/notify/channel.h"
#include "shell/notify/heartbeat.h"

namespace fairway::notify {

struct NotifyOptions {
  Plan plan{};
  std::vector<ChannelOptions> channels{};  // in the order of plan.channels
  std::optional<HeartbeatOptions> heartbeat{};
};

// The declarations of the section.
config::Schema notify_schema();

// What is wrong in a section that fits the schema: values that make no sense, names that mean nothing. Empty:
// read_notify() may read it.
std::vector<config::Problem> check_notify(const config::Node& section);

// A section that fits the schema and has passed check_notify(). Files are looked for in `folder`, unless their path is
// whole.
NotifyOptions read_notify(const config::Node& section, const std::string& folder);

// The section of a file, held against schema and check. Error: system (no such file), malformed (every problem, one a
// line, behind the file's name), not_found (the file has no such section).
Result<NotifyOptions> load_notify(const std::string& path);

}  // namespace fairway::notify
