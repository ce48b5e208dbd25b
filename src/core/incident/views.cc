#include "core/incident/views.h"

#include <algorithm>
#include <cmath>

namespace fairway {
namespace {

// A view that within one minute tells so many prefixes it did not have, or withdraws so many it had, tells of itself
// and not of the Internet: at least so many, and at least this part of its table.
constexpr std::uint32_t kFloodFresh = 5000, kFloodFreshPart = 5;
constexpr std::uint32_t kFloodGone = 1000, kFloodGonePart = 20;
// A filling view stays so until it was quiet for a minute.
constexpr Duration kQuiet = seconds(60);
constexpr std::uint32_t kFillingStep = 1000;
// What no partial feed has (IPv4, IPv6).
constexpr std::uint32_t kWholeTable[2] = {100'000, 20'000};

}  // namespace

std::string_view to_string(Condition condition) {
  constexpr std::string_view kWords[] = {"learning", "provisional", "filling", "grounded", "down"};
  return kWords[static_cast<std::size_t>(condition)];
}

void Views::fill(ViewId id, Instant now) {
  View& view = at(id);
  view.condition = Condition::filling;
  view.until = now + options_.settle;
  view.fresh = view.gone = 0;
}

void Views::start_minute(View& view, Instant now) {
  const std::int64_t minute = now.whole_seconds() / 60;
  if (minute == view.minute) return;
  view.minute = minute;
  view.fresh = view.gone = 0;
}

bool Views::count_fresh(ViewId id, Instant now, std::uint32_t held) {
  View& view = at(id);
  start_minute(view, now);
  ++view.fresh;
  if (view.condition == Condition::filling) {
    if (view.fresh % kFillingStep == 0) view.until = std::max(view.until, now + kQuiet);
    return false;
  }
  if (view.condition != Condition::grounded || view.fresh < std::max(kFloodFresh, held / kFloodFreshPart)) return false;
  fill(id, now);
  return true;
}

bool Views::count_gone(ViewId id, Instant now, std::uint32_t held) {
  View& view = at(id);
  start_minute(view, now);
  ++view.gone;
  if (view.condition != Condition::grounded || view.gone < std::max(kFloodGone, held / kFloodGonePart)) return false;
  fill(id, now);
  return true;
}

Instant Views::next_settling() const {
  Instant next{INT64_MAX};
  for (const View& view : views_) {
    if (view.condition == Condition::filling || view.condition == Condition::learning)
      next = std::min(next, view.until);
  }
  return next;
}

bool Views::settle(Instant now) {
  bool any = false;
  for (View& view : views_) {
    if (now < view.until) continue;
    if (view.condition == Condition::filling) {
      view.condition = Condition::grounded;
    } else if (view.condition == Condition::learning) {
      view.condition = Condition::provisional;
    } else {
      continue;
    }
    any = true;
  }
  return any;
}

std::uint32_t Views::least_for_full(Family family) const {
  std::uint32_t most = 0;
  for (std::size_t v = 0; v < views_.size(); ++v) {
    if (views_[v].condition == Condition::grounded)
      most = std::max(most, held(ViewId{static_cast<std::uint32_t>(v)}, family));
  }
  const std::size_t f = static_cast<std::size_t>(family) - 1;
  if (!table_read_[f] && most < kWholeTable[f]) return 0;
  return static_cast<std::uint32_t>(std::ceil(most * options_.full_share));
}

}  // namespace fairway
