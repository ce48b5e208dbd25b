#include "core/wire/pcap/tcp_streams.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "core/wire/pcap/testing.h"

namespace fairway::pcap {
namespace {

using namespace testing;

struct Heard : StreamSink {
  std::map<std::uint32_t, std::string> text;  // by flow
  std::string story;
  void on_data(const Flow& flow, Instant, Bytes octets) override {
    text[flow.number] += as_text(octets);
    story += std::string(as_text(octets)) + ' ';
  }
  void on_gap(const Flow&, std::uint64_t octets) override { story += "gap:" + std::to_string(octets) + ' '; }
  void on_end(const Flow& flow) override { story += "end:" + std::to_string(flow.number) + ' '; }
};

Segment piece(std::uint32_t sequence, std::string_view text) {
  Segment segment;
  segment.source = kRouter;
  segment.destination = kStation;
  segment.sequence = sequence;
  segment.payload = as_bytes(text);
  return segment;
}
Segment syn(std::uint32_t sequence) {
  Segment segment = piece(sequence, "");
  segment.syn = true;
  return segment;
}

class TcpStreamsTest : public ::testing::Test {
 protected:
  TcpStreams streams_;
  Heard heard_;
  void add(const Segment& segment) { streams_.add(segment, Instant{}, heard_); }
};

TEST_F(TcpStreamsTest, TellOctetsInSequence) {
  add(syn(0xFFFFFFFE));  // the numbers run over
  add(piece(0xFFFFFFFF, "abc"));
  add(piece(5, "ghi"));           // early
  add(piece(0xFFFFFFFF, "abc"));  // again
  add(piece(1, "cdef"));          // half again: what it has been told is left out, what waited follows
  Segment fin = piece(8, "j");
  fin.fin = true;
  add(fin);
  add(fin);
  EXPECT_EQ(heard_.story, "abc def ghi j end:0 ");
}

TEST_F(TcpStreamsTest, MayHaveOctetsOnASyn) {
  Segment first = syn(100);
  first.payload = as_bytes("abc");
  add(first);
  add(piece(104, "def"));
  Segment made_up = syn(200);  // as programs write it: the SYN does not count
  made_up.source.port = 1;
  made_up.payload = as_bytes("abc");
  add(made_up);
  Segment next = piece(203, "def");
  next.source.port = 1;
  add(next);
  EXPECT_EQ(heard_.story, "abc def abc def ");
}

TEST_F(TcpStreamsTest, MayBeginInTheMiddle) {
  add(piece(1000, "x"));
  add(piece(999, "wxy"));
  EXPECT_EQ(heard_.story, "x y ");
}

TEST_F(TcpStreamsTest, TellOfHoles) {
  add(piece(10, "a"));
  add(piece(20, "b"));
  add(piece(30, "c"));
  streams_.finish(heard_);
  EXPECT_EQ(heard_.story, "a gap:9 b gap:9 c ");
}

TEST_F(TcpStreamsTest, WaitOnlyForSoMuch) {
  StreamOptions options;
  options.most_waiting = 1000;
  TcpStreams streams(options);
  const std::string text(400, 'x');
  streams.add(piece(0, "a"), Instant{}, heard_);
  streams.add(piece(100, text), Instant{}, heard_);
  EXPECT_EQ(heard_.story, "a ");
  streams.add(piece(1000, text), Instant{}, heard_);
  EXPECT_EQ(heard_.story, "a gap:99 " + text + ' ');
}

TEST_F(TcpStreamsTest, AreAnewAfterASecondSyn) {
  add(syn(100));
  add(piece(101, "old"));
  add(syn(100));  // sent again
  add(piece(104, "er"));
  add(syn(5000));
  add(piece(5001, "new"));
  EXPECT_EQ(heard_.text[0], "older");
  EXPECT_EQ(heard_.text[1], "new");
  Segment reset = piece(5004, "");
  reset.rst = true;
  add(reset);
  add(piece(5004, "nothing"));
  add(syn(9000));
  add(piece(9001, "third"));
  EXPECT_EQ(heard_.text[2], "third");
  EXPECT_EQ(heard_.story, "old er end:0 new end:1 third ");
}

TEST_F(TcpStreamsTest, AreKeptApart) {
  Segment other = piece(1, "other");
  other.source.port = 1;
  add(piece(1, "one"));
  add(other);
  add(piece(4, "more"));
  EXPECT_EQ(heard_.text[0], "onemore");
  EXPECT_EQ(heard_.text[1], "other");
}

// Whatever order pieces come in, and however they overlap, the text is the same.
RC_GTEST_PROP(TcpStreams, TellTheSameInAnyOrder, (std::uint32_t start)) {
  std::string text;
  for (unsigned i = 0; i < 300; ++i) text += static_cast<char>('a' + i * 7 % 26);
  std::vector<std::pair<unsigned, unsigned>> pieces;  // where, how long
  for (unsigned at = 0; at < text.size(); at += 10) pieces.emplace_back(at, 10);
  const auto extra = *rc::gen::container<std::vector<std::pair<unsigned, unsigned>>>(
      rc::gen::pair(rc::gen::inRange(0u, 300u), rc::gen::inRange(1u, 40u)));
  pieces.insert(pieces.end(), extra.begin(), extra.end());
  const auto order = *rc::gen::container<std::vector<unsigned>>(pieces.size(), rc::gen::inRange(0u, 1000u));
  for (std::size_t i = 0; i < pieces.size(); ++i) std::swap(pieces[i], pieces[order[i] % pieces.size()]);
  TcpStreams streams;
  Heard heard;
  streams.add(syn(start - 1), Instant{}, heard);
  for (const auto& [at, size] : pieces)
    streams.add(piece(start + at, std::string_view(text).substr(at, size)), Instant{}, heard);
  streams.finish(heard);
  RC_ASSERT(heard.text[0] == text);
  RC_ASSERT(heard.story.find("gap") == std::string::npos);
}

}  // namespace
}  // namespace fairway::pcap
