// Baseline: what was normal before: which ASes originate a prefix, which ASes stand next to each other, which leaks are
// old. What came with a table has no age; what was seen later becomes normal when it stays
// (EngineOptions::becomes_known) and nothing new happens about it. Beside it, what the engine remembers about each
// prefix.
#pragma once

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <vector>

#include "core/model/asn.h"
#include "core/rib/ids.h"

namespace fairway {

// Seconds since 1970; 0: it was there when we began.
using Since = std::uint32_t;

// What is remembered about a prefix.
struct PrefixMemory {
  Asn origin;                   // the first known one
  Since since = 0;              // of that one
  std::uint32_t touched = 0;    // when a route of it last changed
  std::uint32_t marks = 0;      // routes of it that stand under suspicion
  std::uint16_t suspects = 0;   // suspicions that name it, those that are over but kept included
  std::uint16_t held_full = 0;  // full views that have it
  bool live = false;            // the id is in use
  bool has_origin = false;
  bool has_more = false;  // further origins are known
  bool mine = false;      // lies under, or over, a prefix of my network
  bool lost = false;      // fell below the share of full views; being watched
  bool flapped = false;   // was lost once and came back
};

// A leak as it is remembered: the three ASes and the type.
struct LeakKey {
  Asn from, leaker, to;
  std::uint8_t type = 0;

  friend bool operator==(const LeakKey&, const LeakKey&) = default;
};
inline std::size_t hash_value(const LeakKey& key) {
  return mix(std::uint64_t{key.from.value} << 32 | key.leaker.value, std::uint64_t{key.to.value} << 8 | key.type);
}

class Baseline {
 public:
  explicit Baseline(std::uint32_t becomes_known) : becomes_known_(becomes_known) {}

  PrefixMemory& memory(PrefixId id) {
    auto& table = memories_[static_cast<std::size_t>(id.table())];
    if (id.index() >= table.size()) table.resize(id.index() + 1);
    return table[id.index()];
  }
  const PrefixMemory& memory(PrefixId id) const { return memories_[static_cast<std::size_t>(id.table())][id.index()]; }
  std::vector<PrefixMemory>& memories(TableId table) { return memories_[static_cast<std::size_t>(table)]; }

  // The prefix is originated by that AS, since then. What is remembered already stays as it is.
  void learn_origin(PrefixId id, Asn origin, Since since);
  // It counts as normal at `now`.
  bool knows_origin(PrefixId id, Asn origin, std::uint32_t now) const;
  bool knows_prefix(PrefixId id, std::uint32_t now) const;
  // visit(origin, since)
  template <class Visit>
  void for_each_origin(PrefixId id, Visit&& visit) const {
    const PrefixMemory& m = memory(id);
    if (!m.has_origin) return;
    visit(m.origin, m.since);
    if (m.has_more) {
      for (const Known& known : more_.find(id.value)->second) visit(known.origin, known.since);
    }
  }
  // Some origin of it came with a table.
  bool was_there(PrefixId id) const {
    bool any = false;
    for_each_origin(id, [&](Asn, Since since) { any |= since == 0; });
    return any;
  }
  // Those that count, sorted.
  std::vector<Asn> origins(PrefixId id, std::uint32_t now) const;

  void learn_link(Asn a, Asn b, Since since);
  bool knows_link(Asn a, Asn b, std::uint32_t now) const;
  void learn_leak(const LeakKey& leak, Since since);
  bool knows_leak(const LeakKey& leak, std::uint32_t now) const;

  // It happened again: what was not normal yet starts anew.
  void renew_origin(PrefixId id, Asn origin, std::uint32_t now);
  void renew_link(Asn a, Asn b, std::uint32_t now);
  void renew_leak(const LeakKey& leak, std::uint32_t now);

  // It is gone and was never normal.
  void unlearn_origin(PrefixId id, Asn origin);
  void unlearn_link(Asn a, Asn b);
  void unlearn_leak(const LeakKey& leak);

  // The id will be used for another prefix.
  void forget(PrefixId id);
  std::size_t links() const { return links_.size(); }

 private:
  struct Known {
    Asn origin;
    Since since;
  };
  bool counts(Since since, std::uint32_t now) const { return since == 0 || now - since >= becomes_known_; }
  static std::uint64_t link(Asn a, Asn b) {
    return a < b ? std::uint64_t{a.value} << 32 | b.value : std::uint64_t{b.value} << 32 | a.value;
  }

  std::uint32_t becomes_known_;
  std::array<std::vector<PrefixMemory>, kTables> memories_;
  boost::unordered_flat_map<std::uint32_t, std::vector<Known>> more_;
  struct LinkHash {
    using is_avalanching = void;
    std::size_t operator()(std::uint64_t link) const { return mix(link, 7); }
  };
  boost::unordered_flat_map<std::uint64_t, Since, LinkHash> links_;
  boost::unordered_flat_map<LeakKey, Since, boost::hash<LeakKey>> leaks_;
};

}  // namespace fairway
