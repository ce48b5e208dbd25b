// Real archives: the events in each file, counted, against what was counted before and what bgpdump counts.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

#include "core/wire/mrt/testing.h"

namespace fairway::mrt {
namespace {

struct Counts {
  std::size_t records = 0, ribs = 0, announced = 0, withdrawn = 0, states = 0;
  friend bool operator==(const Counts&, const Counts&) = default;
};

struct Archive {
  const char* file;
  Counts counts;
  std::size_t bgpdump;  // lines of bgpdump -m; see docs/deviations/bgpdump.md where that is not the sum
};

constexpr Archive kArchives[] = {
    {"full/bview.20020722.2337.gz", {115521, 115521, 0, 0, 0}, 115521},
    {"full/routeviews.route-views.jinx.ribs.1401487200.bz2", {497408, 503590, 0, 0, 0}, 503590},
    {"odd/bird-mrtdump_bgp", {27, 0, 12, 0, 12}, 24},
    {"odd/bird-mrtdump_rib", {14, 18, 0, 0, 0}, 18},
    {"odd/bird6-mrtdump_bgp", {27, 0, 12, 0, 12}, 24},
    {"odd/bird6-mrtdump_rib", {9, 10, 0, 0, 0}, 10},
    {"odd/bird6_bgp", {29, 0, 14, 0, 12}, 44},
    {"odd/bird_bgp", {29, 0, 14, 0, 12}, 36},
    {"odd/bview.64k_stream_overflow.gz", {2, 23, 0, 0, 0}, 23},
    {"odd/bview.ipv4_unicast_add_path.gz", {32, 62, 0, 0, 0}, 62},
    {"odd/openbgpd_bgp", {87, 0, 93, 0, 16}, 109},
    {"odd/openbgpd_rib_table", {31, 31, 0, 0, 0}, 31},
    {"odd/openbgpd_rib_table-mp", {31, 31, 0, 0, 0}, 0},
    {"odd/openbgpd_rib_table-v2", {24, 31, 0, 0, 0}, 31},
    {"odd/quagga_bgp", {67, 0, 18, 0, 20}, 38},
    {"odd/quagga_rib", {7, 9, 0, 0, 0}, 9},
    {"odd/rib.20140523.0600_firstMB.bz2", {9073, 270005, 0, 0, 0}, 270005},
    {"odd/ripe_rrc00_1999.09_updates.19990903.1041.gz", {24242, 0, 65286, 25, 4}, 65315},
    {"odd/ripe_rrc00_2000.01_bview.20000111.0032.gz", {2490, 452018, 0, 0, 0}, 1},
    {"odd/ripe_rrc15_2010.02_updates.20100227.1610.gz", {1953, 0, 5920, 1549, 16}, 7485},
    {"odd/updates.long_withdrawal.gz", {1, 0, 0, 4096, 0}, 4096},
    {"updates/arch0.mrt.gz", {18088, 0, 42997, 4465, 0}, 47462},
    {"updates/arch1.mrt.gz", {18213, 0, 36534, 3973, 0}, 40507},
    {"updates/ris-updates.20190101.0000.gz", {54514, 0, 159948, 2626, 43}, 162617},
    {"updates/ris.rrc06.updates.1401488100.gz", {1561, 0, 3761, 68, 4}, 3833},
    {"updates/routeviews.route-views.jinx.updates.1401493500.bz2", {644, 0, 1238, 116, 0}, 1354},
    {"updates/updates.20070211.0141.gz", {23394, 0, 51329, 2328, 0}, 53657},
    {"updates/updates.20160811.1600.gz", {17406, 0, 39256, 1956, 22}, 41234},
    {"updates/updates.et-header.2015.gz", {89686, 0, 577737, 3, 4}, 577744},
    {"updates/updates.example.bz2", {45062, 0, 126269, 10975, 0}, 137244},
};

// Where bgpdump counts otherwise: it takes path ids for prefixes, does not read BGP4MP_ENTRY, or loses its step in a
// batch.
constexpr std::string_view kOtherwise[] = {"odd/bird6_bgp", "odd/bird_bgp", "odd/openbgpd_rib_table-mp",
                                           "odd/ripe_rrc00_2000.01_bview.20000111.0032.gz"};

// The file without its compression; what a cut-off file has in front of the cut. The core does not decompress, so
// Python does.
std::string content(const std::filesystem::path& path) {
  constexpr const char* kScript =
      "import sys,bz2,zlib\n"
      "d=open(sys.argv[1],'rb').read()\n"
      "o=sys.stdout.buffer\n"
      "if d[:3]==b'BZh': o.write(bz2.BZ2Decompressor().decompress(d))\n"
      "elif d[:2]==b'\\x1f\\x8b':\n"
      "  while d:\n"
      "    z=zlib.decompressobj(31); o.write(z.decompress(d)); d=z.unused_data\n"
      "else: o.write(d)\n";
  const std::string command = std::string("python3 -c \"") + kScript + "\" '" + path.string() + "'";
  std::string text;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return text;
  static char block[1 << 16];
  for (std::size_t size; (size = std::fread(block, 1, sizeof block, pipe)) > 0;) text.append(block, size);
  ::pclose(pipe);
  return text;
}

struct Counter : EventSink {
  Counts counts;
  void on_event(const Record&, const RouteEvent& event) override {
    switch (event.kind) {
      case EventKind::rib: ++counts.ribs; break;
      case EventKind::announce: ++counts.announced; break;
      case EventKind::withdraw: ++counts.withdrawn; break;
      case EventKind::state: ++counts.states; break;
      case EventKind::end_of_rib: break;
    }
  }
};

TEST(Archive, HasTheEventsThatWereCounted) {
  const char* data = std::getenv("FAIRWAY_TEST_DATA");
  if (data == nullptr) GTEST_SKIP() << "no shared data: set FAIRWAY_TEST_DATA";
  for (const Archive& archive : kArchives) {
    SCOPED_TRACE(archive.file);
    const std::string text = content(std::filesystem::path(data) / "mrt" / archive.file);
    ASSERT_FALSE(text.empty());
    Cursor cursor(as_bytes(text));
    EventDecoder decoder;
    Counter counter;
    std::size_t errors = 0;
    while (const auto record = next_record(cursor)) {
      ++counter.counts.records;
      errors += decoder.decode(*record, counter) ? 0 : 1;
    }
    EXPECT_EQ(errors, 0u);
    EXPECT_EQ(cursor.empty(), std::string_view(archive.file).find("firstMB") == std::string_view::npos);
    const Counts& counts = counter.counts;
    EXPECT_EQ(counts, archive.counts) << counts.records << " records, " << counts.ribs << ' ' << counts.announced << ' '
                                      << counts.withdrawn << ' ' << counts.states;
    const bool otherwise = std::ranges::find(kOtherwise, std::string_view(archive.file)) != std::end(kOtherwise);
    const std::size_t sum = counts.ribs + counts.announced + counts.withdrawn + counts.states;
    EXPECT_EQ(sum == archive.bgpdump, !otherwise);
  }
}

// A torn file of March 2000: a record's header is followed by nothing, and its length is read from the next one's time.
TEST(Archive, ThatIsTornIsReadOnBehindTheTear) {
  const char* data = std::getenv("FAIRWAY_TEST_DATA");
  if (data == nullptr) GTEST_SKIP() << "no shared data: set FAIRWAY_TEST_DATA";
  const std::string text = content(std::filesystem::path(data) / "mrt/odd/ripe_rrc00_2000.03_updates.20000325.0345.gz");
  Cursor cursor(as_bytes(text));
  EventDecoder decoder;
  Counter counter;
  const Instant near = *parse_instant("2000-03-25T03:45:00Z");
  std::uint64_t lost = 0;
  while (!cursor.empty()) {
    if (looks_like_record(cursor, near)) {
      const auto record = next_record(cursor);
      ASSERT_TRUE(record);
      EXPECT_TRUE(decoder.decode(*record, counter));
    } else {
      const std::size_t skip = octets_to_resynchronise(cursor, near);
      lost += skip;
      cursor.skip(skip);
    }
  }
  EXPECT_GT(counter.counts.announced + counter.counts.withdrawn, 5000u);
  EXPECT_LT(lost, text.size() / 100);
}

}  // namespace
}  // namespace fairway::mrt
