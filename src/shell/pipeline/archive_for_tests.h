// Archive: MRT files in memory, written by our own writer, told in words.
//
//   Archive table, updates;
//   table.table(0, {{"192.0.32.0/24", "3356 2001"}});   // for all four views; second 0
//   updates.announce(10, 0, "192.0.32.0/24", "174 2666");
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/wire/mrt/writer.h"
#include "shell/pipeline/replay.h"

namespace fairway {

class Archive {
 public:
  static constexpr std::int64_t kStart = 1'400'000'000;
  static Instant time(std::int64_t second) { return from_seconds(kStart + second); }

  // Collectors differ by their peers' addresses.
  explicit Archive(unsigned collector = 0, unsigned views = 4) : writer_(out_) {
    for (unsigned view = 0; view < views; ++view) {
      peers_.push_back(
          {IpAddress::ipv4(0xC6120001 + collector * 256 + view), Asn{3001 + collector * 100 + view}, view + 1});
    }
  }

  Archive& table(std::int64_t second, const std::vector<std::pair<std::string, std::string>>& routes) {
    check(writer_.peer_index_table(time(second), 1, "", peers_));
    std::uint32_t sequence = 0;
    for (const auto& [prefix, path] : routes) {
      std::vector<Attributes> sets;
      for (const Peer& peer : peers_) sets.push_back(attributes(peer, path));
      std::vector<mrt::RibEntry> entries;
      for (std::size_t i = 0; i < peers_.size(); ++i)
        entries.push_back({static_cast<std::uint16_t>(i), time(second - 1000), {}, &sets[i]});
      check(writer_.rib(time(second), sequence++, *parse_prefix(prefix), Safi::unicast, entries));
    }
    return *this;
  }
  Archive& announce(std::int64_t second, unsigned view, const std::string& prefix, const std::string& path) {
    bgp::Update update;
    update.attributes = attributes(peers_[view], path);
    update.announced.push_back({*parse_prefix(prefix), {}});
    return message(second, view, update);
  }
  Archive& withdraw(std::int64_t second, unsigned view, const std::string& prefix) {
    bgp::Update update;
    update.withdrawn.push_back({*parse_prefix(prefix), {}});
    return message(second, view, update);
  }
  Archive& all(std::int64_t second, const std::string& prefix, const std::string& path) {
    for (unsigned view = 0; view < peers_.size(); ++view) announce(second, view, prefix, path);
    return *this;
  }
  Archive& octets(std::string_view text) {
    out_.bytes(as_bytes(text));
    return *this;
  }

  ReplayInput as(const std::string& name) {
    buffers_.push_back(Buffer::copy_of(out_.written()));
    return {name, buffers_.back().bytes(), {}};
  }

 private:
  static Attributes attributes(const Peer& peer, const std::string& path) {
    Attributes a;
    a.origin = OriginCode::igp;
    a.has_as_path = true;
    a.as_path = *parse_as_path(to_string(peer.asn) + ' ' + path);
    a.next_hop = peer.address;
    return a;
  }
  Archive& message(std::int64_t second, unsigned view, const bgp::Update& update) {
    const mrt::Session session{peers_[view], Asn{6447}, IpAddress::ipv4(0xC6120000)};
    check(writer_.message(time(second), session, update, {}));
    return *this;
  }
  static void check(const Result<void>& done) {
    if (!done) throw std::runtime_error(done.error().text);
  }

  ByteWriter out_;
  mrt::Writer writer_;
  std::vector<Peer> peers_;
  std::vector<Buffer> buffers_;
};

}  // namespace fairway
