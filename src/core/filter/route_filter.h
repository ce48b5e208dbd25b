// RouteFilter: which route events somebody asks for. Conditions of different names must all hold; of several of one
// name, one must. Frozen once it is in use: shared by threads.
//
//   prefix    192.0.2.0/24     with match: exact (default), more (it and what lies in it), less (it and what it lies
//   in), any (both) origin    AS64500          the origin; a member of the AS_SET at the origin's end counts peer
//   AS64500 or 192.0.2.1 as-path   _64500_          see PathPattern community 64500:1, 64500:*, 64500:1:2 (large),
//   no-export, no-advertise, no-export-subconfed, blackhole type      announce, withdraw, rib, state, end-of-rib (or A,
//   W, B) since     a time, inclusive          until  a time, exclusive
//
// An event that has no prefix (state) fails a condition on prefixes, one without attributes (withdraw) any on
// attributes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "core/filter/path_pattern.h"
#include "core/model/route_event.h"

namespace fairway {

enum class PrefixMatch : std::uint8_t { exact, more, less, any };

// Three numbers at most, each of which may be any: of a community two, of a large one three.
struct CommunityPattern {
  bool large = false;
  std::optional<std::uint32_t> parts[3];
};

class RouteFilter {
 public:
  // Adds a condition. Error (`usage`, completing "VALUE ...") if there is no such name or the value makes no sense.
  Result<void> add(std::string_view name, std::string_view value);

  bool accepts(const RouteEvent& event) const {
    return accepts_event(event) && (!asks_attributes_ || accepts_attributes(event));
  }

  // The two halves of accepts(). The second depends on nothing but the attributes, so its answer holds for an
  // attributes_key.
  bool accepts_event(const RouteEvent& event) const;
  bool accepts_attributes(const RouteEvent& event) const;

  bool empty() const { return !asks_event_ && !asks_attributes_; }
  bool asks_attributes() const { return asks_attributes_; }

 private:
  bool accepts_prefix(const RouteEvent& event) const;
  bool accepts_peer(const Peer& peer) const;
  bool accepts_origin(const AsPath& path) const;
  bool accepts_path(const AsPath& path) const;
  bool accepts_community(const Attributes& attributes) const;

  bool asks_event_ = false;
  bool asks_attributes_ = false;
  PrefixMatch match_ = PrefixMatch::exact;
  std::vector<Prefix> prefixes_;
  std::vector<std::variant<Asn, IpAddress>> peers_;
  std::uint8_t kinds_ = 0;  // a bit for each EventKind; none: all
  std::optional<Instant> since_, until_;
  std::vector<Asn> origins_;
  std::vector<PathPattern> paths_;
  std::vector<CommunityPattern> communities_;
};

std::optional<CommunityPattern> parse_community_pattern(std::string_view text);

}  // namespace fairway
