// An incident in plain words: what every channel for people shows. Lists are cut after ten, with how many are missing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/notify/notification.h"

namespace fairway::notify {

// One line: "AS64500 announces 192.0.2.0/24, which is AS64496's".
std::string headline(const Incident& incident);

// The headline behind what happened to it: "Open: ...", "Update: ...", "Cleared: ..."; of a test "Test, open: ...".
std::string subject(const Notification& notification);

// What is known of it, in the order in which people ask: {"What", "hijack (origin), high confidence (9)"}, ...
struct Fact {
  std::string_view name;
  std::string value;
};
std::vector<Fact> facts(const Notification& notification);

// One line of evidence: "+8 rpki_new_origin_invalid: ...".
std::string line_of(const Evidence& evidence);

// What to do next, a sentence each.
std::vector<std::string> advice(const Notification& notification);

// All of it, several lines, no line longer than 72 characters where there are blanks to break at.
std::string body(const Notification& notification);

// "AS64500, AS64501 and 3 more"; "192.0.2.0/24, 198.51.100.0/24".
std::string list_of(const std::vector<Asn>& asns);
std::string list_of(const std::vector<Prefix>& prefixes);

}  // namespace fairway::notify
