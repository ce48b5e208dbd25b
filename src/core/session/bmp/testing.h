// Words for the tests of this folder: what a session told, as lines of text.
#pragma once

#include <string>
#include <vector>

#include "core/session/bmp/session.h"

namespace fairway::bmp::testing {

// "announce adj-rib-in-pre 192.0.2.1 198.51.100.0/24", " #7" for a path id, "@5e" for a distinguisher in hexadecimal.
inline std::string line_of(const RouteEvent& event) {
  constexpr const char* kKinds[] = {"rib", "announce", "withdraw", "state", "end-of-rib"};
  std::string line = kKinds[static_cast<int>(event.kind)];
  line += ' ';
  line += to_string(event.peer.rib);
  line += ' ' + to_string(event.peer.address);
  if (event.peer.distinguisher != 0) {
    char digits[20];
    std::snprintf(digits, sizeof digits, "@%llx", static_cast<unsigned long long>(event.peer.distinguisher));
    line += digits;
  }
  if (event.kind == EventKind::state)
    return line + ' ' + std::to_string(event.old_state) + "->" + std::to_string(event.new_state);
  if (event.kind == EventKind::end_of_rib) return line + (event.prefix.family() == Family::ipv4 ? " ipv4" : " ipv6");
  line += ' ' + to_string(event.prefix);
  if (event.path_id) line += " #" + std::to_string(*event.path_id);
  return line;
}

struct Told : SessionSink {
  struct One {
    RouteEvent event;
    Attributes attributes;  // its `unknown` is not followed
  };
  std::vector<One> events;
  std::vector<std::string> lines;
  std::vector<Error> damage;
  std::vector<bgp::Finding> findings;

  void on_event(const RouteEvent& event) override {
    events.push_back({event, event.attributes == nullptr ? Attributes{} : *event.attributes});
    events.back().event.attributes = nullptr;
    lines.push_back(line_of(event));
  }
  void on_finding(const Peer&, const bgp::Finding& finding) override { findings.push_back(finding); }
  void on_damage(const Error& error) override { damage.push_back(error); }
};

}  // namespace fairway::bmp::testing
