#include "shell/scenario/mrt.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cassert>
#include <ctime>

#include "core/wire/mrt/writer.h"

namespace fairway::scenario {

namespace {

constexpr Asn kCollectorAsn{65534};         // private: the collector speaks to nobody else
constexpr std::size_t kMostPrefixes = 200;  // in one UPDATE, so that it stays below 4,096 octets

// Scenarios are read with bounds that every record fits into: a refusal would be our mistake.
void must([[maybe_unused]] const Result<void>& result) { assert(result); }

IpAddress address(std::uint32_t host) { return IpAddress::ipv4(0xC6120000u + host); }

Attributes attributes_of(const Hops& path, const IpAddress& next_hop) {
  Attributes attributes;
  attributes.origin = OriginCode::igp;
  attributes.has_as_path = true;
  attributes.as_path = AsPath(path);
  attributes.next_hop = next_hop;
  return attributes;
}

std::string file_name(const Scenario& scenario, std::string_view kind) {
  const std::tm time = fmt::gmtime(static_cast<std::time_t>(scenario.start.whole_seconds()));
  return fmt::format("{}/{}.{:%Y%m%d.%H%M}.mrt", scenario.collector, kind, time);
}

Buffer take(ByteWriter& out) { return Buffer::copy_of(out.written()); }

void write_table(const Scenario& scenario, const Plan& plan, mrt::Writer& writer) {
  std::vector<Peer> peers;
  for (std::size_t view = 0; view < scenario.views.size(); ++view) peers.push_back(peer_of(scenario, view));
  must(writer.peer_index_table(scenario.start, address(1).ipv4_bits(), scenario.collector, peers));
  std::uint32_t sequence = 0;
  std::vector<Attributes> attributes(peers.size());
  for (const auto& [prefix, row] : plan.table) {
    std::vector<mrt::RibEntry> entries;
    for (std::size_t view = 0; view < row.size(); ++view) {
      if (row[view].empty()) continue;
      attributes[view] = attributes_of(row[view], peers[view].address);
      entries.push_back({static_cast<std::uint16_t>(view), scenario.start - days(1), {}, &attributes[view]});
    }
    must(writer.rib(scenario.start, sequence++, prefix, Safi::unicast, entries));
  }
}

// The update for some of its prefixes, all of one family.
bgp::Update update_of(const Told& told, std::span<const Prefix> prefixes, const IpAddress& next_hop) {
  std::vector<bgp::Nlri> nlri;
  for (const Prefix& prefix : prefixes) nlri.push_back({prefix, {}});
  bgp::Update update;
  const bool announces = told.what == Told::What::announce;
  if (announces) update.attributes = attributes_of(told.path, next_hop);
  if (prefixes.front().family() == Family::ipv4) {
    (announces ? update.announced : update.withdrawn) = std::move(nlri);
  } else if (announces) {
    update.attributes.next_hop.reset();
    bgp::Reach reach;
    reach.afi = 2;
    reach.safi = 1;
    reach.next_hop = IpAddress::ipv6(0x2001'0db8'0000'0000, next_hop.ipv4_bits());
    reach.announced = std::move(nlri);
    update.reach = std::move(reach);
  } else {
    bgp::Unreach unreach;
    unreach.afi = 2;
    unreach.safi = 1;
    unreach.withdrawn = std::move(nlri);
    update.unreach = std::move(unreach);
  }
  return update;
}

void write_told(const Scenario& scenario, const Told& told, mrt::Writer& writer) {
  const mrt::Session session{peer_of(scenario, told.view), kCollectorAsn, address(1), 0};
  if (told.what == Told::What::session_down) {
    return must(writer.state_change(told.time, session, SessionState::established, SessionState::idle, {}));
  }
  if (told.what == Told::What::session_up) {
    return must(writer.state_change(told.time, session, SessionState::open_confirm, SessionState::established, {}));
  }
  for (std::size_t from = 0; from < told.prefixes.size();) {
    std::size_t to = from + 1;
    while (to < told.prefixes.size() && to - from < kMostPrefixes &&
           told.prefixes[to].family() == told.prefixes[from].family())
      ++to;
    const std::span<const Prefix> some(told.prefixes.data() + from, to - from);
    must(writer.message(told.time, session, update_of(told, some, session.peer.address), {}));
    from = to;
  }
}

}  // namespace

Peer peer_of(const Scenario& scenario, std::size_t view) {
  const IpAddress at = address(static_cast<std::uint32_t>(view) + 10);
  return {at, scenario.views[view].asn(), at.ipv4_bits()};
}

MrtFiles write_mrt(const Scenario& scenario, const Plan& plan) {
  MrtFiles files;
  files.table_name = file_name(scenario, "bview");
  files.updates_name = file_name(scenario, "updates");
  ByteWriter table, updates;
  mrt::Writer table_writer(table), updates_writer(updates);
  write_table(scenario, plan, table_writer);
  for (const Told& told : plan.told) write_told(scenario, told, updates_writer);
  files.table = take(table);
  files.updates = take(updates);
  return files;
}

}  // namespace fairway::scenario
