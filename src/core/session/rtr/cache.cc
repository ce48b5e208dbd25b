#include "core/session/rtr/cache.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace fairway::rtr {

namespace {

void write(ByteWriter& out, const Pdu& pdu, std::uint8_t version) {
  [[maybe_unused]] const auto written = encode_pdu(pdu, version, out);
  assert(written.has_value());
}

// What stands around the payload of each answer.
class Answer {
 public:
  Answer(std::uint8_t version, std::uint16_t session) : version_(version), session_(session) {
    write(out_, CacheResponse{session}, version);
  }
  void add(const Vrp& vrp, bool announce) {
    write(out_, PrefixPdu{announce, vrp.prefix, vrp.max_length, vrp.asn}, version_);
  }
  void add(Asn customer, const std::vector<Asn>& providers) {
    write(out_, AspaPdu{true, customer, providers}, version_);
  }
  void withdraw(Asn customer) { write(out_, AspaPdu{false, customer, {}}, version_); }
  Octets finish(std::uint32_t serial, const Intervals& intervals) {
    write(out_, EndOfData{session_, serial, version_ == 0 ? std::nullopt : std::optional(intervals)}, version_);
    std::vector<std::uint8_t> octets = out_.release();
    octets.shrink_to_fit();
    return std::make_shared<const std::vector<std::uint8_t>>(std::move(octets));
  }

 private:
  std::uint8_t version_;
  std::uint16_t session_;
  ByteWriter out_;
};

// The ids of all VRPs that can be told: IPv4 first, each family from its longest prefixes to its shortest, and those of
// a length in the table's order.
std::vector<std::uint32_t> longest_first(const VrpTable& table) {
  constexpr std::size_t kLengths = 33 + 129;
  const auto place = [](const Vrp& vrp) {
    const bool ipv4 = vrp.prefix.family() == Family::ipv4;
    return ipv4 ? 32 - vrp.prefix.length() : 33 + 128 - vrp.prefix.length();
  };
  std::array<std::uint32_t, kLengths + 1> begins{};
  for (const Vrp& vrp : table.vrps()) begins[place(vrp) + 1] += can_tell(vrp) ? 1 : 0;
  for (std::size_t i = 1; i <= kLengths; ++i) begins[i] += begins[i - 1];
  std::vector<std::uint32_t> ids(begins[kLengths]);
  std::uint32_t id = 0;
  for (const Vrp& vrp : table.vrps()) {
    if (can_tell(vrp)) ids[begins[place(vrp)]++] = id;
    ++id;
  }
  return ids;
}

std::vector<Vrp> by_length(std::vector<Vrp> vrps, bool longer_first) {
  std::ranges::stable_sort(vrps, [&](const Vrp& a, const Vrp& b) {
    if (a.prefix.family() != b.prefix.family()) return a.prefix.family() < b.prefix.family();
    return longer_first ? a.prefix.length() > b.prefix.length() : a.prefix.length() < b.prefix.length();
  });
  return vrps;
}

}  // namespace

std::shared_ptr<const Cache> Cache::empty(const CacheOptions& options) {
  auto cache = std::make_shared<Cache>();
  cache->options_ = options;
  cache->options_.intervals = bounded(options.intervals);
  cache->vrps_ = std::make_shared<const VrpTable>();
  cache->tracks_[0] = {0, 1, options.first_serial, {}};
  cache->tracks_[1] = {2, 2, options.first_serial, {}};
  return cache;
}

std::shared_ptr<const Cache> Cache::without_data() const {
  auto next = std::make_shared<Cache>(*this);
  next->has_data_ = false;
  return next;
}

std::shared_ptr<const Cache> Cache::updated(std::shared_ptr<const VrpTable> vrps,
                                            std::shared_ptr<const AspaTable> aspas) const {
  auto next = std::make_shared<Cache>(*this);
  next->has_data_ = next->had_data_ = true;
  next->vrps_ = vrps ? std::move(vrps) : std::make_shared<const VrpTable>();
  next->aspas_ = aspas ? aspas_to_tell(*aspas) : std::vector<Aspa>();
  const Change change = difference(*vrps_, *next->vrps_, aspas_, next->aspas_);
  if (had_data_ && change.empty()) return next;
  next->vrp_count_ = vrp_count_ + change.vrps.added.size() - change.vrps.removed.size();
  for (Track& track : next->tracks_) {
    Change told = change;
    if (track.last_version < 2) told.aspas.clear();
    if (had_data_ && told.empty()) continue;
    if (had_data_) ++track.serial;
    for (std::uint8_t version = track.first_version; version <= track.last_version; ++version) {
      next->everything_[version] = next->whole_answer(version);
      next->nothing_[version] = next->answer(version, track.serial, {});
    }
    if (had_data_) next->advance(track, told);
  }
  return next;
}

void Cache::advance(Track& track, const Change& change) const {
  const auto old = std::exchange(track.steps, {});
  std::size_t room = std::max(options_.room, everything_[track.last_version]->size());
  const auto add = [&](std::uint32_t since, Change whole) {
    Step step{since, std::move(whole), {}};
    for (std::uint8_t version = track.first_version; version <= track.last_version; ++version) {
      step.octets.push_back(answer(version, track.serial, step.change));
    }
    const std::size_t size = step.octets.back()->size();
    if (size > room || track.steps.size() >= options_.most_changes) return false;
    room -= size;
    track.steps.push_back(std::make_shared<const Step>(std::move(step)));
    return true;
  };
  if (!add(track.serial - 1, change)) return;
  for (const auto& step : old) {
    if (!add(step->since, merge(step->change, change))) return;
  }
}

Octets Cache::answer(std::uint8_t version, std::uint32_t serial, const Change& change) const {
  Answer answer(version, session(version));
  for (const Vrp& vrp : by_length(change.vrps.removed, false)) answer.add(vrp, false);
  for (const Vrp& vrp : by_length(change.vrps.added, true)) answer.add(vrp, true);
  for (const AspaChange& aspa : change.aspas) {
    if (aspa.after) answer.add(aspa.customer, *aspa.after);
  }
  for (const AspaChange& aspa : change.aspas) {
    if (!aspa.after) answer.withdraw(aspa.customer);
  }
  return answer.finish(serial, options_.intervals);
}

Octets Cache::whole_answer(std::uint8_t version) const {
  Answer answer(version, session(version));
  for (const std::uint32_t id : longest_first(*vrps_)) answer.add(vrps_->vrp(id), true);
  if (version >= 2) {
    for (const Aspa& aspa : aspas_) answer.add(aspa.customer, aspa.providers);
  }
  return answer.finish(serial(version), options_.intervals);
}

Octets Cache::since(std::uint8_t version, std::uint32_t serial) const {
  const Track& track = track_of(version);
  if (serial == track.serial) return nothing_[version];
  for (const auto& step : track.steps) {
    if (step->since == serial) return step->octets[version - track.first_version];
  }
  return nullptr;
}

}  // namespace fairway::rtr
