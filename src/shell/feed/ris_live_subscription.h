// What a client of RIS Live wants to hear: the subscriptions it sends, and what of their messages is for it.
#pragma once

#include <bitset>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_set.hpp>

#include "core/model/prefix.h"

namespace fairway {

// The server's filters: all that are given must hold. Nothing given: everything that all collectors hear.
struct RisLiveWish {
  std::vector<std::string> collectors{};  // "rrc00"
  std::vector<Prefix> prefixes{};         // what is announced or withdrawn is one of them, or
  bool more_specific = true;              // ... a part of one
  bool less_specific = false;             // ... covers one
  // "64500$": ASNs with commas between them, from the peer to the origin; ^ and $ are the ends. Withdrawals have no
  // path: routes that are heard so are never withdrawn.
  std::string path{};
  std::string type{};     // "UPDATE"
  std::string require{};  // a field that must be there: "announcements"
  // Sessions of the collectors that come up and go down, though filters would leave them out.
  bool peer_states = true;
};

// The messages to be sent, each a line of JSON: one for each collector and prefix.
std::vector<std::string> subscriptions(const RisLiveWish& wish);

// An UPDATE comes whole, with routes that nobody asked for, whose withdrawal will not come: they are to be left out.
class WantedPrefixes {
 public:
  explicit WantedPrefixes(const RisLiveWish& wish);
  bool wants(const Prefix& prefix) const;

 private:
  struct Hash {
    std::size_t operator()(const Prefix& prefix) const { return hash_value(prefix); }
  };
  using Set = boost::unordered_flat_set<Prefix, Hash>;

  bool all_, more_specific_;
  Set prefixes_, covering_;
  std::bitset<129> lengths_[2];
};

// What two subscriptions ask for comes twice. Remembers the last few thousand identifiers.
class RecentIds {
 public:
  // False: it was there. An empty one is never there.
  bool add(std::string_view id);

 private:
  static constexpr std::size_t kMost = 1 << 14;
  boost::unordered_flat_set<std::uint64_t> known_;
  std::deque<std::uint64_t> order_;
};

}  // namespace fairway
