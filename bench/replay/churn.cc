// uses: shell/feed core/wire/mrt core/wire/bgp core/model base
#include "churn.h"

#include <random>
#include <unordered_map>

#include "bench/measure.h"
#include "core/wire/mrt/event_decoder.h"
#include "core/wire/mrt/writer.h"
#include "shell/feed/mrt_file.h"

namespace fairway::bench {

namespace {

constexpr std::size_t kTogether = 4;
constexpr std::size_t kAtOnce = 60;  // at 30 messages a second each lasts about half a minute
constexpr Instant kTime{1'401'487'200'000'000};
constexpr std::int64_t kDuration = 12 * 3600;

// Prefixes that are told together, with the path that they have in common.
struct Group {
  std::vector<Prefix> prefixes;
  AsPath path;
};

// The first route of each prefix in a table; only paths without sets.
class Collect : public mrt::EventSink {
 public:
  std::vector<Group> groups;

  void on_event(const mrt::Record&, const RouteEvent& event) override {
    if (event.kind != EventKind::rib || event.prefix == last_ || event.prefix.family() != Family::ipv4) return;
    const AsPath& path = event.attributes->as_path;
    if (path.empty() || !path.is_plain()) return;
    last_ = event.prefix;
    const auto [at, fresh] = open_.try_emplace(to_string(path), groups.size());
    if (fresh || groups[at->second].prefixes.size() == kTogether) {
      at->second = groups.size();
      groups.push_back({{}, path});
    }
    groups[at->second].prefixes.push_back(event.prefix);
  }

 private:
  Prefix last_;
  std::unordered_map<std::string, std::size_t> open_;  // by path: its last group
};

// What a view says of a group.
struct Said {
  bool there = true;
  bool foreign = false;      // by an AS that is not theirs
  std::uint8_t transit = 0;  // in the table: which further AS stands on the path, 0: none
  std::uint8_t other = 0;    // not 0: another path or other communities than in the table
};

std::vector<Group> groups_of(const std::string& path) {
  MrtFile file = expect(MrtFile::open(path, 2));
  mrt::EventDecoder decoder;
  Collect collect;
  while (const auto batch = expect(file.next())) {
    for (const mrt::Record& record : batch->records) (void)decoder.decode(record, collect);
  }
  return std::move(collect.groups);
}

class Maker {
 public:
  explicit Maker(std::vector<Group> groups) : groups_(std::move(groups)), random_(1) {
    for (std::uint32_t view = 0; view < kViews; ++view) {
      peers_.push_back({IpAddress::ipv4(0xC6120001 + view), Asn{64496 + view}, view + 1});
      said_.emplace_back(groups_.size());
      for (Said& said : said_.back()) said.transit = below(10) == 0 ? static_cast<std::uint8_t>(1 + below(3)) : 0;
    }
  }

  Churn make(std::uint64_t wanted) {
    Churn churn;
    ByteWriter table, updates;
    table_writer_.emplace(table);
    write_table(churn);
    mrt::Writer writer(updates);
    while (churn.told < wanted) {
      const auto second = static_cast<std::int64_t>(static_cast<double>(churn.told) / static_cast<double>(wanted) *
                                                    static_cast<double>(kDuration));
      go_on(writer, kTime + seconds(60 + second), events_[below(kAtOnce)], churn);
    }
    for (const auto& view : said_) {
      for (std::size_t i = 0; i < view.size(); ++i) churn.standing += view[i].there ? groups_[i].prefixes.size() : 0;
    }
    churn.table = Buffer::copy_of(table.written());
    churn.updates = Buffer::copy_of(updates.written());
    return churn;
  }

 private:
  std::uint64_t below(std::uint64_t end) { return random_() % end; }

  Attributes attributes_of(std::uint32_t view, std::size_t group) {
    const Said& said = said_[view][group];
    std::vector<Asn> path = {peers_[view].asn};
    if (const unsigned transit = (said.transit + said.other) % 4; transit != 0) path.push_back(Asn{64504u + transit});
    const auto rest = groups_[group].path.asns();
    path.insert(path.end(), rest.begin(), rest.end());
    if (said.foreign) path.back() = groups_[(group + groups_.size() / 2) % groups_.size()].path.asns().back();
    path.insert(path.end(), said.other / 4 % 3, path.back());
    Attributes attributes;
    attributes.origin = OriginCode::igp;
    attributes.has_as_path = true;
    attributes.as_path = AsPath(path);
    attributes.next_hop = peers_[view].address;
    attributes.communities = {{(64496 + view) << 16 | said.other / 16u}, {rest.front().value << 16 | 100}};
    return attributes;
  }

  void write_table(Churn& churn) {
    expect(table_writer_->peer_index_table(kTime, 1, "", peers_));
    std::uint32_t sequence = 0;
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      Attributes attributes[kViews];
      std::vector<mrt::RibEntry> entries;
      for (std::uint32_t view = 0; view < kViews; ++view) {
        attributes[view] = attributes_of(view, i);
        entries.push_back({static_cast<std::uint16_t>(view), kTime - days(1), {}, &attributes[view]});
      }
      for (const Prefix& prefix : groups_[i].prefixes) {
        expect(table_writer_->rib(kTime, sequence++, prefix, Safi::unicast, entries));
        churn.table_routes += kViews;
      }
    }
  }

  // Something happens to a group of prefixes, and the views tell of it in the next half minute.
  struct Event {
    enum class What : std::uint8_t { change, withdrawal, hijack } what = What::change;
    std::size_t group = 0;
    unsigned left = 0;       // messages
    std::uint8_t other = 0;  // what a view says while it says something else than in the table
  };

  Event new_event() {
    const std::size_t some = groups_.size() / 50;
    Event event;
    event.group = below(2) == 0 ? below(some) * 50 : below(groups_.size());
    event.left = 6 + static_cast<unsigned>(below(20));
    event.other = 1 + static_cast<std::uint8_t>(below(63));
    const std::uint64_t what = below(1'500);
    if (what < 150) event.what = Event::What::withdrawal;
    if (what == 0) event.what = Event::What::hijack;
    return event;
  }

  void go_on(mrt::Writer& writer, Instant time, Event& event, Churn& churn) {
    if (event.left == 0) event = new_event();
    --event.left;
    if (event.what == Event::What::hijack) {
      for (std::uint32_t view = 0; view < kViews; ++view) {
        Said& said = said_[view][event.group];
        said.there = true;
        said.foreign = event.left != 0;
        tell(writer, time, view, event.group, churn);
      }
      return;
    }
    const auto view = static_cast<std::uint32_t>(below(kViews));
    Said& said = said_[view][event.group];
    if (event.what == Event::What::withdrawal) {
      if (!said.there && event.left > 8) return;
      said.there = event.left <= 8;
    } else {
      said.other = !said.there || said.other != 0 ? 0 : event.other;
      said.there = true;
    }
    tell(writer, time, view, event.group, churn);
  }

  void tell(mrt::Writer& writer, Instant time, std::uint32_t view, std::size_t group, Churn& churn) {
    const Said& said = said_[view][group];
    bgp::Update update;
    for (const Prefix& prefix : groups_[group].prefixes)
      (said.there ? update.announced : update.withdrawn).push_back({prefix, {}});
    if (said.there) update.attributes = attributes_of(view, group);
    expect(writer.message(time, {peers_[view], Asn{64511}, IpAddress::ipv4(0xC6120101), 0}, update, {}));
    churn.told += groups_[group].prefixes.size();
  }

  std::vector<Group> groups_;
  std::mt19937_64 random_;
  std::vector<Peer> peers_;
  std::vector<std::vector<Said>> said_;  // by view and group
  Event events_[kAtOnce];                // those under way
  std::optional<mrt::Writer> table_writer_;
};

}  // namespace

Churn make_churn(Files& files, std::uint64_t wanted) { return Maker(groups_of(files.table())).make(wanted); }

}  // namespace fairway::bench
