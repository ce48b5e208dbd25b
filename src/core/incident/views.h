// Views: what can be trusted of each vantage point. A view is a session between a router and a collector; its condition
// says how far its routes and its silence are knowledge. Collectors' artefacts are modelled here: partial feeds,
// sessions that fill, floods.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "core/incident/engine.h"
#include "core/rib/rib.h"

namespace fairway {

enum class Condition : std::uint8_t {
  learning,     // no table was read: what it tells is its provisional baseline
  provisional,  // no table was read: it knows what it told since, and nothing of what it did not tell
  filling,      // the session came up, or it floods: the routes are old news
  grounded,     // its whole table is known: presence and absence
  down,
};
std::string_view to_string(Condition condition);

struct View {
  Condition condition = Condition::learning;
  Instant until;               // of filling and learning
  std::array<bool, 2> full{};  // by family: carries at least full_share of what the largest view carries
  // Within the current minute, to tell a flood:
  std::int64_t minute = 0;
  std::uint32_t fresh = 0;  // prefixes announced that it did not have
  std::uint32_t gone = 0;   // prefixes withdrawn that it had
};

class Views {
 public:
  Views(const Rib& rib, const EngineOptions& options) : rib_(rib), options_(options) {}

  View& at(ViewId id) {
    if (static_cast<std::size_t>(id) >= views_.size()) views_.resize(static_cast<std::size_t>(id) + 1);
    return views_[static_cast<std::size_t>(id)];
  }
  const View& at(ViewId id) const { return views_[static_cast<std::size_t>(id)]; }
  std::size_t size() const { return views_.size(); }

  // Full views now, of a family; and of the family that has most of them.
  std::uint32_t full(Family family) const { return full_[static_cast<std::size_t>(family) - 1]; }
  std::uint32_t full() const { return std::max(full_[0], full_[1]); }
  bool is_full(ViewId id, Family family) const { return at(id).full[static_cast<std::size_t>(family) - 1]; }

  // A table of the family was read. Without one, only a view of the size of the whole Internet can be full.
  void table_read(Family family) { table_read_[static_cast<std::size_t>(family) - 1] = true; }
  // Whether the view's silence about a prefix is knowledge about the Internet.
  bool knows_absence(ViewId id, Family family) const {
    return at(id).condition == Condition::grounded && full(family) != 0;
  }

  // A session came up at `now` (or a view was never heard of although its collector's table was read): it fills.
  void fill(ViewId id, Instant now);
  // Counts a route that came or went; true if that makes the view flood: it fills from now.
  bool count_fresh(ViewId id, Instant now, std::uint32_t held);
  bool count_gone(ViewId id, Instant now, std::uint32_t held);
  // When the next view is done with filling or learning; and what ends by `now`: true if a view became grounded or
  // provisional.
  Instant next_settling() const;
  bool settle(Instant now);
  // Says anew which views are full; changed(view, family, full) for each that is not what it was.
  template <class Changed>
  void find_full(Changed&& changed) {
    for (const Family family : {Family::ipv4, Family::ipv6}) {
      const std::size_t f = static_cast<std::size_t>(family) - 1;
      const std::uint32_t least = least_for_full(family);
      full_[f] = 0;
      for (std::size_t v = 0; v < views_.size(); ++v) {
        const ViewId id{static_cast<std::uint32_t>(v)};
        const bool full = views_[v].condition == Condition::grounded && least != 0 && held(id, family) >= least;
        full_[f] += full;
        if (full == views_[v].full[f]) continue;
        views_[v].full[f] = full;
        changed(id, family, full);
      }
    }
  }

 private:
  std::uint32_t held(ViewId id, Family family) const { return rib_.held(id, table_of(family, Safi::unicast)); }
  std::uint32_t least_for_full(Family family) const;  // 0: no view has anything
  static void start_minute(View& view, Instant now);

  const Rib& rib_;
  const EngineOptions& options_;
  std::vector<View> views_;
  std::array<std::uint32_t, 2> full_{};
  std::array<bool, 2> table_read_{};
};

}  // namespace fairway
