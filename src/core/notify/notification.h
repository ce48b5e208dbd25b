// Notification: what one channel is told of one incident: that it opened, changed or is over. A value; the payloads of
// the channels (mail.h, chat.h, ...) are functions of it.
//
// An incident keeps one id for life; its transitions are counted from 1 (reopening goes on counting). The
// notification's id is both: sent twice it is the same id twice, and a receiver that remembers ids sees everything
// once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/incident/incident.h"

namespace fairway::notify {

enum class Stage : std::uint8_t {
  open,    // the channel hears of it for the first time, or again after it was clear there
  update,  // it stands open there, and something changed
  clear,   // it is over
};
std::string_view to_string(Stage stage);  // "open", "update", "clear"
std::optional<Stage> parse_stage(std::string_view text);

struct Notification {
  Stage stage = Stage::open;
  std::uint32_t sequence = 1;             // of the incident's transition
  Confidence severity = Confidence::low;  // when this channel was told `open`: never changes until it is clear
  Instant at{};                           // when the transition happened
  Incident incident{};                    // after the transition
  bool test = false;                      // nothing happened: somebody tries the channel

  friend bool operator==(const Notification&, const Notification&) = default;
};

std::string id_of(const Notification& notification);  // "41a6f8a1f1c1a2d3-1"

// {"version": 1, "id": ID, "transition": "open", "test": false, "at": TIME, "headline": TEXT, "incident": {...}}; the
// incident as in docs/formats/incidents.md.
void append_json(std::string& out, const Notification& notification);

// What `fairway notify test` sends: a hijack of documentation prefixes, marked as a test, as it opens, changes and
// clears. `incident` is its id.
Notification sample(Stage stage, std::string incident, Instant now);

}  // namespace fairway::notify
