// Recorded connections of Cisco, Huawei and FRR routers: every field of every message beside what another decoder made
// of it (tests/bmp/decoded.py), and what the session told beside what it had to tell.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "core/session/bmp/fields_for_tests.h"
#include "core/session/bmp/session.h"
#include "core/wire/pcap/tcp_streams.h"

namespace fairway::bmp {
namespace {

using namespace testing;

std::string output_of(const std::string& command) {
  std::string text;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return text;
  static char block[1 << 16];
  for (std::size_t size; (size = std::fread(block, 1, sizeof block, pipe)) > 0;) text.append(block, size);
  ::pclose(pipe);
  return text;
}

std::string content(const std::filesystem::path& path) {
  // The core does not decompress, so Python does.
  if (path.extension() == ".gz")
    return output_of("python3 -c \"import sys,gzip\nsys.stdout.buffer.write(gzip.open(sys.argv[1]).read())\" '" +
                     path.string() + "'");
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

constexpr const char* kTypes[] = {"RouteMonitoring", "StatisticsReport", "PeerDownNotification", "PeerUpNotification",
                                  "Initiation",      "Termination",      "RouteMirroring",       "unknown"};

// What a session told of one message, without the changes of state.
struct Listener : SessionSink {
  Fields told;
  std::map<std::string, unsigned> states;
  std::size_t damage = 0;

  void on_event(const RouteEvent& event) override {
    const Peer& peer = event.peer;
    const std::string table =
        text(to_string(peer.rib), ' ', to_string(peer.address), '@', hexadecimal(peer.distinguisher));
    switch (event.kind) {
      case EventKind::state: ++states[text(event.new_state == 6 ? "up " : "down ", table)]; return;
      case EventKind::end_of_rib:
        told.push_back(text("told=end-of-rib ", table, event.prefix.family() == Family::ipv4 ? " ipv4" : " ipv6"));
        return;
      case EventKind::withdraw: told.push_back(text("told=withdraw ", table, ' ', to_string(event.prefix))); return;
      default: break;
    }
    const Attributes& a = *event.attributes;
    told.push_back(text("told=announce ", table, ' ', to_string(event.prefix), " by ",
                        a.next_hop ? to_string(*a.next_hop) : "none", " path ", to_string(a.as_path)));
  }
  void on_damage(const Error&) override { ++damage; }
};

// All connections of a recording, a session each.
struct Replay : pcap::StreamSink {
  struct Connection {
    Buffer pending;
    Session session;
    bool lost = false;
  };
  std::map<std::uint32_t, Connection> connections;
  std::vector<Fields> messages;  // in the order of the recording
  Listener listener;
  std::size_t gaps = 0, lost = 0;

  void on_gap(const pcap::Flow&, std::uint64_t) override { ++gaps; }
  void on_data(const pcap::Flow& flow, Instant time, Bytes octets) override {
    Connection& connection = connections[flow.number];
    if (connection.lost) return;
    connection.pending.append(octets);
    Cursor cursor(connection.pending.bytes());
    while (!connection.lost) {
      const Bytes before = cursor.rest();
      const auto raw = next_message(cursor);
      if (!raw) {
        connection.lost = raw.error().kind != ErrorKind::truncated;
        lost += connection.lost ? 1u : 0u;
        break;
      }
      FieldWriter writer;
      writer.add("version", unsigned{raw->version});
      writer.add("type", kTypes[std::min<std::size_t>(static_cast<std::size_t>(raw->type), 7)]);
      if (const auto message = decode_message(*raw)) {
        std::visit([&](const auto& one) { writer(one); }, *message);
      } else {
        writer.add("error", message.error().text);
      }
      listener.told.clear();
      EXPECT_TRUE(connection.session.receive(before.first(before.size() - cursor.left()), time, listener));
      writer.fields.insert(writer.fields.end(), listener.told.begin(), listener.told.end());
      messages.push_back(std::move(writer.fields));
    }
    const Buffer rest = Buffer::copy_of(cursor.rest());
    connection.pending.clear();
    connection.pending.append(rest.bytes());
  }
};

void play(const std::filesystem::path& path, Replay& replay) {
  const std::string file = content(path);
  auto capture = pcap::Capture::open(as_bytes(file));
  ASSERT_TRUE(capture) << path;
  pcap::TcpStreams streams;
  for (;;) {
    const auto packet = capture->next();
    ASSERT_TRUE(packet) << packet.error().text;
    if (!*packet) break;
    if (const auto segment = pcap::read_segment(**packet)) streams.add(*segment, (*packet)->time, replay);
  }
  streams.finish(replay);
}

std::vector<Fields> decoded(const std::filesystem::path& path) {
  std::istringstream lines(output_of("python3 " FAIRWAY_SOURCE_DIR "/tests/bmp/decoded.py '" + path.string() + "'"));
  std::vector<Fields> all;
  for (std::string line; std::getline(lines, line);) {
    Fields& fields = all.emplace_back();
    std::istringstream parts(line);
    for (std::string part; std::getline(parts, part, '\t');) fields.push_back(part);
  }
  return all;
}

// What all sessions of a recording counted.
struct Counts {
  std::size_t connections = 0, neighbours = 0;
  std::uint64_t announced = 0, withdrawn = 0, ends_of_rib = 0, state_changes = 0;
  std::uint64_t other_families = 0, repeated = 0, before_peer_up = 0, findings = 0;
  friend bool operator==(const Counts&, const Counts&) = default;
};

std::ostream& operator<<(std::ostream& out, const Counts& c) {
  return out << '{' << c.connections << ", " << c.neighbours << ", " << c.announced << ", " << c.withdrawn << ", "
             << c.ends_of_rib << ", " << c.state_changes << ", " << c.other_families << ", " << c.repeated << ", "
             << c.before_peer_up << ", " << c.findings << '}';
}

Counts counts_of(const Replay& replay) {
  Counts all;
  for (const auto& [number, connection] : replay.connections) {
    const SessionCounters& one = connection.session.counters();
    ++all.connections;
    all.neighbours += connection.session.neighbours().size();
    all.announced += one.announced;
    all.withdrawn += one.withdrawn;
    all.ends_of_rib += one.ends_of_rib;
    all.state_changes += one.state_changes;
    all.other_families += one.other_families;
    all.repeated += one.repeated;
    all.before_peer_up += one.before_peer_up;
    all.findings += one.findings;
    EXPECT_EQ(one.damaged + one.after_peer_down + one.unseen_flaps + one.other_form, 0u);
  }
  return all;
}

struct Recording {
  const char* name;
  std::size_t messages, fields;  // compared, all of them equal
  Counts counts;
};

constexpr Recording kRecordings[] = {
    {"200-BMP-HUAWEI-locrib_instance__traffic-00", 103, 2012, {1, 5, 5, 0, 2, 7, 77, 13, 0, 0}},
    {"202-BMP-CISCO-HUAWEI-multiple-sources__traffic-00", 103, 2012, {1, 5, 5, 0, 2, 7, 77, 13, 0, 0}},
    {"202-BMP-CISCO-HUAWEI-multiple-sources__traffic-01", 87, 1979, {1, 42, 37, 0, 7, 42, 0, 0, 0, 0}},
    {"202-BMP-CISCO-HUAWEI-multiple-sources__traffic-02", 66, 1408, {1, 12, 0, 0, 0, 12, 53, 0, 0, 0}},
    {"204-BMP-CISCO-peer_down__traffic-00", 343, 6330, {1, 7, 49, 23, 3, 13, 249, 0, 0, 0}},
    {"206-BMP-high-availability__traffic-00", 292, 4766, {1, 6, 142, 0, 0, 11, 111, 0, 72, 144}},
    {"208-BMP-mem-leak-test__bmp-multi-sources-init", 15, 60, {14, 0, 0, 0, 0, 0, 0, 0, 0, 0}},
    {"bmp__path-status__ipv4_unicast_path_marking", 5, 87, {1, 1, 3, 0, 1, 1, 0, 1, 0, 0}},
    {"bmp__peers-with-different-caps__example", 192, 3787, {1, 18, 1, 0, 1, 18, 171, 0, 0, 0}},
};

// What the other decoder refused, and why.
bool is_refused_there(const Fields& ours) {
  const auto has = [&](std::string_view front) {
    return std::ranges::any_of(ours, [&](const std::string& field) { return field.starts_with(front); });
  };
  // FRR 8.0 announces what it originates as a neighbour without an address, whose OPENs have the identifier 0.
  if (has("type=PeerUp")) return has("sent.bgp_id=0.0.0.0") && has("address=0.0.0.0");
  // An AS_PATH that is cut off: a finding; the rest of the UPDATE is read.
  return has("type=RouteMonitoring") && !has("path=") && has("origin=") && has("reach=1/128");
}

TEST(Recording, IsReadAsAnotherDecoderReadsIt) {
  const char* data = std::getenv("FAIRWAY_TEST_DATA");
  if (data == nullptr) GTEST_SKIP() << "no shared data: set FAIRWAY_TEST_DATA";
  const std::filesystem::path folder = std::filesystem::path(data) / "bmp";
  std::size_t refused_there = 0;
  for (const Recording& recording : kRecordings) {
    SCOPED_TRACE(recording.name);
    Replay replay;
    play(folder / (std::string(recording.name) + ".pcap"), replay);
    const std::vector<Fields> theirs = decoded(folder / (std::string(recording.name) + "-bmp.json.gz"));
    ASSERT_EQ(replay.messages.size(), theirs.size());
    EXPECT_EQ(replay.gaps + replay.lost, 0u);
    std::size_t messages = 0, fields = 0;
    for (std::size_t i = 0; i < theirs.size(); ++i) {
      if (theirs[i] == Fields{"error"}) {
        ++refused_there;
        EXPECT_TRUE(is_refused_there(replay.messages[i])) << "message " << i;
        continue;
      }
      ++messages;
      fields += theirs[i].size();
      EXPECT_EQ(replay.messages[i], theirs[i]) << "message " << i;
    }
    EXPECT_EQ(messages, recording.messages);
    EXPECT_EQ(fields, recording.fields);
    EXPECT_EQ(counts_of(replay), recording.counts);
  }
  EXPECT_EQ(refused_there, 3u);
}

// Nobody decoded it for us: it is read without damage, of eleven connections at once.
TEST(Recording, OfManyRoutersIsRead) {
  const char* data = std::getenv("FAIRWAY_TEST_DATA");
  if (data == nullptr) GTEST_SKIP() << "no shared data: set FAIRWAY_TEST_DATA";
  Replay replay;
  play(std::filesystem::path(data) / "bmp/208-BMP-mem-leak-test__bmp-multi-sources-route-monitoring.pcap.gz", replay);
  EXPECT_EQ(replay.gaps + replay.lost, 0u);
  EXPECT_EQ(counts_of(replay), (Counts{11, 141, 4536, 0, 226, 293, 3298, 0, 6955, 191}));
}

}  // namespace
}  // namespace fairway::bmp
