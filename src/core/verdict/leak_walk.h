// LeakWalk: goes along a path from the origin to us, hop by hop, and tells at each AS that hands the route on what is
// known about where it has it from and where it takes it. judge_leak stops at the first leak, explain_leak goes on.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/verdict/leak.h"

namespace fairway {

class LeakWalk {
 public:
  LeakWalk(const LeakTables& tables, const AsPath& path, std::optional<Asn> otc, std::optional<Role> from);

  // An organisation hands on what it has from another.
  struct Turn {
    std::array<Asn, 3> hop;                                                 // A, B, C of leak.h
    bool to_us = false;                                                     // A is us, and not AS 0 of a wrong path
    Relationship to = Relationship::unknown, from = Relationship::unknown;  // what A and C are to B
    bool to_by_route_server = false;  // a route server of the path stands between A and B
    bool to_doubted = false;          // A is a peer by the table, but may as well be a customer
    std::uint8_t by = 0;              // the evidence that it leaks
    bool from_lock = false;           // of peerlock: it is C whose routes B must not hand on; else B hands on nobody's
    bool undecided = false;           // no evidence, but with other relationships there would be
    bool starts = false;              // the origin's own hop: there is no C, and nothing to leak
  };
  // The next turn; false at the end.
  bool next(Turn& turn);

  // Unknown whatever the turns say.
  LeakReason unreadable() const { return unreadable_; }
  bool has_set() const { return has_set_; }

 private:
  static constexpr std::size_t kMost = 128;
  struct Node {
    Asn asn;
    bool by_route_server = false;  // between it and the node nearer to the origin
  };

  void normalise(const AsPath& path);
  bool loops() const;
  bool sibling(Asn a, Asn b) const;
  Relationship relation(Asn a, Asn b, bool by_route_server) const;  // what b is to a, doubts left aside
  bool is_tier1(Asn asn) const;
  bool passes_through_lock(const Turn& turn, const PeerlockTable& locks) const;
  bool climbs_from_lock(const Turn& turn, const PeerlockTable& locks) const;
  bool against_otc(const Turn& turn) const;
  void weigh(Turn& turn) const;

  const LeakTables& tables_;
  std::optional<Asn> otc_;
  std::optional<Role> from_;
  std::array<Node, kMost> nodes_;  // origin first
  std::size_t size_ = 0;
  bool has_set_ = false;
  LeakReason unreadable_ = LeakReason::none;
  std::size_t marked_ = kMost;  // the node that OTC names

  std::size_t at_ = 0;     // the last node of the organisation that holds the route
  std::size_t first_ = 0;  // its first one
  bool done_ = false;
  bool has_source_ = false;  // it has it from another
  Asn source_{};
  Relationship source_is_ = Relationship::unknown;
};

}  // namespace fairway
