// Telling: what was told of one incident, and to whom; and the rules by which it goes on. Pure: the caller keeps the
// value beside the incident, in one transaction with it and with the dispatches that a step gives.
//
// The rules:
// - A channel is told `open` once, when the incident matches a route to it; `update` when something changed, at most
//   once in the channel's interval (what changed meanwhile is told at its end, as it is then); `clear` once.
// - `clear` goes wherever `open` went, and only there. Nothing holds it back.
// - Nobody is told `open` or `update` while the incident lies within a maintenance window, is acknowledged (until it is
//   clear), snoozed (until that time) or ignored (for good). What became untold in that time is told after it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/notify/notification.h"
#include "core/notify/plan.h"

namespace fairway::notify {

struct Told {
  std::string channel{};
  std::uint32_t sequence = 0;  // of the transition that it was told last
  Instant at{};                // when
  Confidence severity{};       // at `open`

  friend bool operator==(const Told&, const Told&) = default;
};

struct Telling {
  std::uint32_t sequence = 0;  // of the last transition
  Instant at{};                // of it
  std::vector<Told> told{};    // where it stands open
  std::optional<Instant> acknowledged{};
  std::string acknowledged_by{};
  std::optional<Instant> snoozed_until{};
  bool ignored = false;

  friend bool operator==(const Telling&, const Telling&) = default;
};

// What is to be sent to a channel; with the incident it makes the notification.
struct Dispatch {
  std::string channel{};
  Stage stage{};
  std::uint32_t sequence = 0;
  Confidence severity{};
  Instant at{};

  friend bool operator==(const Dispatch&, const Dispatch&) = default;
};
Notification notification(const Dispatch& dispatch, Incident incident);

// The incident opened, changed, cleared or reopened at `at`; `incident` is its state after that.
std::vector<Dispatch> on_transition(Telling& telling, const Plan& plan, const Incident& incident, Instant at,
                                    Instant now);

// What waited for its time, and has it now. Harmless at any time: what was dispatched is not dispatched again.
std::vector<Dispatch> settle(Telling& telling, const Plan& plan, const Incident& incident, Instant now);

// When settle() should be called next, because something waits; nothing: not before the next transition.
std::optional<Instant> next_due(const Telling& telling, const Plan& plan, const Incident& incident, Instant now);

// Somebody takes care of it / not before then / never again. Each alone; `resume` takes all three back. The caller
// settles afterwards.
void acknowledge(Telling& telling, Instant now, std::string who);
void snooze(Telling& telling, Instant until);
void ignore(Telling& telling);
void resume(Telling& telling);

// As text, to be stored; reads back as the same value. Error: malformed.
std::string encode(const Telling& telling);
Result<Telling> decode_telling(std::string_view text);

}  // namespace fairway::notify
