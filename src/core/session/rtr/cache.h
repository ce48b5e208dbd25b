// Cache: what an RTR server tells at one moment, ready to be sent. Immutable and shareable between threads: an update
// makes a new one beside it. All clients of a version share the same octets.
//
//   auto cache = Cache::empty(options);         // "No Data Available"
//   cache = cache->updated(vrps, aspas);        // a new serial, if anything changed
//   cache->everything(1);                       // the whole answer to a Reset Query
//   cache->since(1, 41);                        // the whole answer to a Serial Query, or null: Cache Reset
//
// Versions 0 and 1 are told of VRPs alone, version 2 of VRPs and ASPAs; each version has a session of its own, and a
// change of ASPAs alone is none for versions 0 and 1. Router keys are not served: no export that is read has them.
//
// Order (draft-ietf-sidrops-8210bis-27 section 11): prefixes that are withdrawn, the shorter first; prefixes that are
// announced, the longer first, those of one prefix together; then ASPAs by customer, announcements first. So what lies
// under a covering prefix is there before it, and goes after it.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/session/rtr/change.h"
#include "core/wire/rtr/pdu.h"

namespace fairway::rtr {

using Octets = std::shared_ptr<const std::vector<std::uint8_t>>;

struct CacheOptions {
  // Of each version. Another one each time the program starts, for it begins with the same serial.
  std::array<std::uint16_t, kNewestVersion + 1> sessions{};
  std::uint32_t first_serial = 1;
  Intervals intervals;
  // For so many serials back the changes are kept; fewer, when together they would be longer than everything is, or
  // than `room` octets if that is more.
  std::size_t most_changes = 100;
  std::size_t room = std::size_t{1} << 20;
};

class Cache {
 public:
  // Has no data, and never had.
  static std::shared_ptr<const Cache> empty(const CacheOptions& options);

  // Null tables are empty ones. The same serials, if the tables say the same.
  std::shared_ptr<const Cache> updated(std::shared_ptr<const VrpTable> vrps,
                                       std::shared_ptr<const AspaTable> aspas) const;
  // Has no data any more: they are too old. Serials stay for when there is some again.
  std::shared_ptr<const Cache> without_data() const;

  bool has_data() const { return has_data_; }
  std::uint16_t session(std::uint8_t version) const { return options_.sessions[version]; }
  std::uint32_t serial(std::uint8_t version) const { return track_of(version).serial; }
  const CacheOptions& options() const { return options_; }
  std::size_t vrps() const { return vrp_count_; }  // that are told
  std::size_t aspas() const { return aspas_.size(); }
  std::size_t changes(std::uint8_t version) const { return track_of(version).steps.size(); }  // that are kept

  // From Cache Response to End of Data. Only with data.
  const Octets& everything(std::uint8_t version) const { return everything_[version]; }
  // Null: there is no such serial, or it is too long ago.
  Octets since(std::uint8_t version, std::uint32_t serial) const;

 private:
  // From an old serial to the present one.
  struct Step {
    std::uint32_t since = 0;
    Change change;
    std::vector<Octets> octets;  // of each version of the track
  };
  // What has one row of serials: versions 0 and 1 are told the same.
  struct Track {
    std::uint8_t first_version = 0, last_version = 0;
    std::uint32_t serial = 0;
    std::vector<std::shared_ptr<const Step>> steps;  // the newest first
  };

  const Track& track_of(std::uint8_t version) const { return tracks_[version < 2 ? 0 : 1]; }
  void advance(Track& track, const Change& change) const;
  Octets answer(std::uint8_t version, std::uint32_t serial, const Change& change) const;
  Octets whole_answer(std::uint8_t version) const;

  CacheOptions options_;
  bool has_data_ = false;
  bool had_data_ = false;
  std::shared_ptr<const VrpTable> vrps_;
  std::size_t vrp_count_ = 0;
  std::vector<Aspa> aspas_;
  std::array<Track, 2> tracks_;
  std::array<Octets, kNewestVersion + 1> everything_, nothing_;
};

}  // namespace fairway::rtr
