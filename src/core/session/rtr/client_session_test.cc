#include "core/session/rtr/client_session.h"

#include <gtest/gtest.h>

#include "core/session/rtr/server_session.h"
#include "core/session/rtr/tables_for_tests.h"

namespace fairway::rtr {
namespace {

constexpr Instant kStart = from_seconds(1'000'000);
Instant at(std::int64_t count) { return kStart + seconds(count); }

// What the client says since the last look.
std::string said(ClientSession& client) { return story_of(Bytes(client.to_send())); }
void tell(ClientSession& client, const Pdu& pdu, Instant now, std::uint8_t version = 1) {
  client.take(octets_of(pdu, version), now);
}
PrefixPdu vrp(const char* prefix, std::uint32_t asn, bool announce = true) {
  const Prefix parsed = *parse_prefix(prefix);
  return {announce, parsed, static_cast<std::uint8_t>(parsed.length()), Asn{asn}};
}
EndOfData end_of(std::uint32_t serial, Intervals intervals = {}) { return {101, serial, intervals}; }

std::string held(const ClientSession& client) {
  if (!client.payload()) return "nothing";
  std::string text;
  for (const Vrp& one : client.payload()->vrps->vrps())
    text += to_string(one.prefix) + " AS" + to_string(one.asn) + " ";
  for (const Aspa& aspa : client.payload()->aspas->aspas()) {
    text += "AS" + to_string(aspa.customer) + ":";
    for (const Asn provider : aspa.providers) text += to_string(provider) + " ";
  }
  return text;
}

// A client of version 1 that has 10/8 at serial 1, told at kStart.
ClientSession synchronised(Intervals intervals = {}) {
  ClientOptions options;
  options.newest = 1;
  ClientSession client(options);
  client.connected(kStart);
  tell(client, CacheResponse{101}, kStart);
  tell(client, vrp("10.0.0.0/8", 1), kStart);
  tell(client, end_of(1, intervals), kStart);
  EXPECT_EQ(said(client), "Reset Query");
  EXPECT_EQ(held(client), "10.0.0.0/8 AS1 ");
  EXPECT_TRUE(client.take_changed());
  return client;
}

TEST(ClientSession, HandsOutNothingBeforeTheEndOfData) {
  ClientSession client;
  EXPECT_TRUE(client.wants_connection(kStart));
  client.connected(kStart);
  EXPECT_EQ(said(client), "Reset Query");
  tell(client, CacheResponse{102}, kStart, 2);
  tell(client, vrp("10.0.0.0/8", 1), kStart, 2);
  tell(client, AspaPdu{true, Asn{5}, {Asn{6}}}, kStart, 2);
  tell(client, RouterKey{}, kStart, 2);
  EXPECT_FALSE(client.take_changed());
  EXPECT_EQ(held(client), "nothing");
  tell(client, EndOfData{102, 9, Intervals{}}, kStart, 2);
  EXPECT_TRUE(client.take_changed());
  EXPECT_FALSE(client.take_changed());
  EXPECT_EQ(held(client), "10.0.0.0/8 AS1 AS5:6 ");
  EXPECT_EQ(client.epoch(), (ClientSession::Epoch{2, 102, 9}));
  EXPECT_EQ(client.next(), at(3600));
}

TEST(ClientSession, AppliesChangesTogether) {
  auto client = synchronised();
  tell(client, SerialNotify{101, 2}, at(10));
  EXPECT_EQ(said(client), "Serial Query 1");
  tell(client, CacheResponse{101}, at(10));
  tell(client, vrp("10.0.0.0/8", 1, false), at(10));
  tell(client, vrp("11.0.0.0/8", 2), at(10));
  tell(client, vrp("9.0.0.0/8", 2), at(10));
  EXPECT_EQ(held(client), "10.0.0.0/8 AS1 ");
  tell(client, end_of(2), at(11));
  EXPECT_TRUE(client.take_changed());
  EXPECT_EQ(held(client), "9.0.0.0/8 AS2 11.0.0.0/8 AS2 ");
  EXPECT_EQ(client.moved(), at(11));
  // Nothing new is not told as a change, and the serial may move on all the same.
  client.tick(at(3611));
  EXPECT_EQ(said(client), "Serial Query 2");
  tell(client, CacheResponse{101}, at(3612));
  tell(client, end_of(2), at(3612));
  EXPECT_FALSE(client.take_changed());
  EXPECT_EQ(client.moved(), at(11)) << "the same serial: the validator may be stuck";
  EXPECT_EQ(client.answered(), at(3612));
}

TEST(ClientSession, LetsARecordGoAndComeWithinOneAnswer) {
  auto client = synchronised();
  client.tick(at(3600));
  tell(client, CacheResponse{101}, at(3600));
  tell(client, vrp("10.0.0.0/8", 1, false), at(3600));
  tell(client, vrp("10.0.0.0/8", 1), at(3600));
  tell(client, vrp("11.0.0.0/8", 1), at(3600));
  tell(client, vrp("11.0.0.0/8", 1, false), at(3600));
  tell(client, end_of(2), at(3600));
  EXPECT_FALSE(client.take_changed());
  EXPECT_EQ(client.trouble(), "");
  EXPECT_EQ(held(client), "10.0.0.0/8 AS1 ");
}

TEST(ClientSession, ReplacesAndRemovesAspasByCustomer) {
  ClientSession client;
  client.connected(kStart);
  tell(client, CacheResponse{102}, kStart, 2);
  tell(client, AspaPdu{true, Asn{1}, {Asn{10}, Asn{11}}}, kStart, 2);
  tell(client, AspaPdu{true, Asn{2}, {Asn{10}}}, kStart, 2);
  tell(client, EndOfData{102, 1, Intervals{}}, kStart, 2);
  tell(client, SerialNotify{102, 2}, kStart, 2);
  tell(client, CacheResponse{102}, kStart, 2);
  tell(client, AspaPdu{true, Asn{1}, {Asn{10}}}, kStart, 2);
  tell(client, AspaPdu{false, Asn{2}, {}}, kStart, 2);
  tell(client, EndOfData{102, 2, Intervals{}}, kStart, 2);
  EXPECT_EQ(held(client), "AS1:10 ") << "the set is replaced, not joined";
}

struct Break {
  const char* name;
  std::vector<Pdu> pdus;  // behind a Serial Query of serial 1
  const char* report;
};

TEST(ClientSession, StartsAnewWhenItIsToldWhatCannotBeAndHoldsWhatItHas) {
  const Break breaks[] = {
      {"twice the same", {CacheResponse{101}, vrp("10.0.0.0/8", 1), end_of(2)}, "Duplicate Announcement Received"},
      {"unknown", {CacheResponse{101}, vrp("11.0.0.0/8", 1, false), end_of(2)}, "Withdrawal of Unknown Record"},
      {"another session", {CacheResponse{7}}, "Corrupt Data"},
      {"the end of another", {CacheResponse{101}, EndOfData{7, 2, Intervals{}}}, "Corrupt Data"},
      {"back in time", {CacheResponse{101}, end_of(0)}, "Corrupt Data"},
      {"payload of no answer", {vrp("11.0.0.0/8", 1)}, "Corrupt Data"},
      {"an end of no answer", {end_of(2)}, "Corrupt Data"},
      {"two beginnings", {CacheResponse{101}, CacheResponse{101}}, "Corrupt Data"},
      {"a reset inside", {CacheResponse{101}, CacheReset{}}, "Corrupt Data"},
      {"a query", {ResetQuery{}}, "Invalid Request"},
  };
  for (const Break& one : breaks) {
    auto client = synchronised();
    client.tick(at(3600));
    EXPECT_EQ(said(client), "Serial Query 1");
    for (const Pdu& pdu : one.pdus) tell(client, pdu, at(3600));
    EXPECT_EQ(said(client), std::string("Error Report: ") + one.report) << one.name;
    EXPECT_TRUE(client.ended()) << one.name;
    EXPECT_FALSE(client.trouble().empty());
    EXPECT_EQ(client.damaged(), 1u);
    EXPECT_EQ(held(client), "10.0.0.0/8 AS1 ") << one.name;
    client.disconnected(at(3600), "");
    EXPECT_FALSE(client.wants_connection(at(3600))) << "not at once";
    EXPECT_TRUE(client.wants_connection(at(3601)));
    client.connected(at(3601));
    EXPECT_EQ(said(client), "Reset Query") << one.name;
    tell(client, CacheResponse{55}, at(3602));
    tell(client, vrp("12.0.0.0/8", 1), at(3602));
    EXPECT_EQ(held(client), "10.0.0.0/8 AS1 ");
    tell(client, EndOfData{55, 8, Intervals{}}, at(3602));
    EXPECT_EQ(held(client), "12.0.0.0/8 AS1 ");
    EXPECT_EQ(client.trouble(), "");
  }
}

TEST(ClientSession, RefusesAWithdrawalAndADuplicateAmongEverything) {
  for (const Pdu& second : {Pdu(vrp("10.0.0.0/8", 1, false)), Pdu(vrp("10.0.0.0/8", 1))}) {
    ClientSession client;
    client.connected(kStart);
    tell(client, CacheResponse{102}, kStart, 2);
    tell(client, vrp("10.0.0.0/8", 1), kStart, 2);
    tell(client, second, kStart, 2);
    tell(client, EndOfData{102, 1, Intervals{}}, kStart, 2);
    EXPECT_TRUE(client.ended());
    EXPECT_EQ(held(client), "nothing");
  }
}

TEST(ClientSession, HoldsWhatItHasOverAReconnectAndAsksForChanges) {
  auto client = synchronised();
  client.disconnected(at(100), "Connection reset by peer");
  EXPECT_EQ(client.trouble(), "Connection reset by peer");
  EXPECT_EQ(held(client), "10.0.0.0/8 AS1 ");
  EXPECT_EQ(client.next(), at(101));
  client.connected(at(101));
  EXPECT_EQ(said(client), "Serial Query 1");
  tell(client, CacheReset{}, at(101));
  EXPECT_EQ(said(client), "Reset Query") << "the cache knows nothing of it";
  EXPECT_EQ(held(client), "10.0.0.0/8 AS1 ");
  tell(client, CacheResponse{103}, at(101));
  tell(client, end_of(1), at(101));
  EXPECT_TRUE(client.ended()) << "the end of another session";
}

TEST(ClientSession, ForgetsWhatHasExpired) {
  auto client = synchronised({3600, 600, 7200});
  client.disconnected(at(100), "gone");
  client.tick(at(7199));
  EXPECT_EQ(held(client), "10.0.0.0/8 AS1 ");
  EXPECT_LE(client.next(), at(7200));
  client.tick(at(7200));
  EXPECT_TRUE(client.take_changed());
  EXPECT_EQ(held(client), "nothing");
  client.connected(at(7300));
  EXPECT_EQ(said(client), "Reset Query");
}

TEST(ClientSession, WaitsLongerFromFailureToFailureButNoLongerThanTheRetryInterval) {
  ClientSession client;
  Instant now = kStart;
  std::vector<std::int64_t> waits;
  for (int i = 0; i < 12; ++i) {
    client.disconnected(now, "Connection refused");
    waits.push_back((client.next() - now).microseconds / 1'000'000);
    now = client.next();
  }
  EXPECT_EQ(waits, (std::vector<std::int64_t>{1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600}));
  EXPECT_EQ(client.version(), 2) << "who does not answer the phone says nothing about versions";
}

TEST(ClientSession, AsksAgainWhenThereIsNoData) {
  auto client = synchronised();
  tell(client, SerialNotify{101, 2}, at(10));
  tell(client, ErrorReport{ErrorCode::no_data_available, {}, "still loading\n"}, at(10));
  EXPECT_FALSE(client.ended()) << "the connection stays";
  EXPECT_TRUE(client.says_no_data());
  EXPECT_EQ(client.trouble(), "the cache says: No Data Available: still loading ");
  EXPECT_EQ(held(client), "10.0.0.0/8 AS1 ") << "until it expires";
  said(client);
  client.tick(at(11));
  EXPECT_EQ(said(client), "Serial Query 1");
  tell(client, CacheResponse{101}, at(12));
  tell(client, end_of(1), at(12));
  EXPECT_FALSE(client.says_no_data());
}

TEST(ClientSession, TakesEverythingFromACacheThatStartedAnew) {
  auto client = synchronised();
  client.disconnected(at(10), "gone");
  client.connected(at(11));
  tell(client, ErrorReport{ErrorCode::no_data_available, {}, {}}, at(11));
  said(client);
  tell(client, SerialNotify{77, 1}, at(12));
  EXPECT_EQ(said(client), "Reset Query") << "another session, and none was confirmed on this connection";
  EXPECT_FALSE(client.ended());
  EXPECT_EQ(held(client), "10.0.0.0/8 AS1 ");
}

TEST(ClientSession, GivesUpACacheThatFallsSilent) {
  ClientSession client;
  client.connected(kStart);
  tell(client, CacheResponse{102}, at(50), 2);
  client.tick(at(109));
  EXPECT_FALSE(client.ended());
  client.tick(at(110));
  EXPECT_TRUE(client.ended());
}

TEST(ClientSession, ObeysTheIntervalsOfItsCacheWithinTheirBounds) {
  auto client = synchronised({30, 10, 60});
  EXPECT_EQ(client.next(), at(30));
  EXPECT_EQ(client.expires(), at(600)) << "none shorter is allowed";
}

TEST(ClientSession, GoesDownWhenTheCacheSaysSo) {
  ClientSession client;
  client.connected(kStart);
  EXPECT_EQ(said(client), "Reset Query");
  tell(client, ErrorReport{ErrorCode::unsupported_version, {}, {}}, kStart, 0);
  EXPECT_EQ(client.version(), 0);
  EXPECT_EQ(said(client), "Reset Query") << "on the same connection";
  client.disconnected(kStart, "closed");
  EXPECT_TRUE(client.wants_connection(kStart)) << "at once";
  client.connected(kStart);
  tell(client, CacheResponse{100}, kStart, 0);
  tell(client, EndOfData{100, 1, {}}, kStart, 0);
  EXPECT_EQ(held(client), "");
  EXPECT_EQ(client.version(), 0);
}

TEST(ClientSession, GoesDownStepByStepWhenTheReportNamesNoOlderVersion) {
  ClientSession client;
  client.connected(kStart);
  tell(client, ErrorReport{ErrorCode::unsupported_version, {}, {}}, kStart, 2);
  EXPECT_EQ(client.version(), 1);
  tell(client, ErrorReport{ErrorCode::unsupported_version, {}, {}}, kStart, 1);
  EXPECT_EQ(client.version(), 0);
  tell(client, ErrorReport{ErrorCode::unsupported_version, {}, {}}, kStart, 0);
  EXPECT_TRUE(client.ended());
  client.disconnected(kStart, "");
  EXPECT_EQ(client.version(), 2) << "from the beginning, later";
}

TEST(ClientSession, TakesAnAnswerOfAnOlderVersion) {
  ClientSession client;
  client.connected(kStart);
  tell(client, SerialNotify{5, 6}, kStart, 0);  // of no use yet
  tell(client, CacheResponse{101}, kStart, 1);
  tell(client, vrp("10.0.0.0/8", 1), kStart, 1);
  tell(client, end_of(1), kStart, 1);
  EXPECT_EQ(client.version(), 1);
  EXPECT_EQ(held(client), "10.0.0.0/8 AS1 ");
  tell(client, SerialNotify{101, 2}, kStart, 2);
  EXPECT_TRUE(client.ended()) << "once agreed on, a version stays";
}

TEST(ClientSession, TakesVrpsAloneFromACacheOfAnEarlyDraft) {
  ClientSession client;
  client.connected(kStart);
  tell(client, CacheResponse{102}, kStart, 2);
  tell(client, vrp("10.0.0.0/8", 1), kStart, 2);
  // AS 64496 and its provider 64497, as draft-ietf-sidrops-8210bis-10 has it: flags behind the length, and a count.
  const std::uint8_t early[] = {2, 11, 0, 0, 0, 0, 0, 20, 1, 3, 0, 1, 0, 0, 0xfb, 0xf0, 0, 0, 0xfb, 0xf1};
  client.take(early, kStart);
  EXPECT_TRUE(client.ended());
  client.disconnected(kStart, "");
  EXPECT_TRUE(client.wants_connection(kStart));
  client.connected(kStart);
  tell(client, CacheResponse{101}, kStart);
  tell(client, vrp("10.0.0.0/8", 1), kStart);
  tell(client, end_of(1), kStart);
  EXPECT_EQ(held(client), "10.0.0.0/8 AS1 ");
  EXPECT_EQ(client.version(), 1);
}

TEST(ClientSession, GuessesAnOlderVersionWhenTheCacheHangsUpTwiceWithoutAWord) {
  ClientSession client;
  client.connected(kStart);
  client.disconnected(kStart, "closed");
  EXPECT_EQ(client.version(), 2);
  client.connected(at(1));
  client.disconnected(at(1), "closed");
  EXPECT_EQ(client.version(), 1);
  EXPECT_TRUE(client.wants_connection(at(1)));
  client.connected(at(1));
  tell(client, CacheResponse{101}, at(1));
  tell(client, end_of(1), at(1));
  EXPECT_EQ(client.version(), 1);
  client.disconnected(at(100), "closed");
  client.connected(at(101));
  EXPECT_EQ(client.version(), 2) << "it was a guess";
  EXPECT_EQ(said(client), "Reset Query");
}

TEST(ClientSession, LimitsWhatItTakes) {
  ClientOptions options;
  options.limits = {3, 5};
  ClientSession client(options);
  client.connected(kStart);
  tell(client, CacheResponse{102}, kStart, 2);
  for (std::uint32_t i = 0; i < 3; ++i) tell(client, vrp("10.0.0.0/8", i), kStart, 2);
  tell(client, AspaPdu{true, Asn{1}, {Asn{1}, Asn{2}, Asn{3}, Asn{4}}}, kStart, 2);
  EXPECT_FALSE(client.ended());
  tell(client, vrp("10.0.0.0/8", 4), kStart, 2);
  EXPECT_TRUE(client.ended());
}

// A server and a client, one octet at a time.
TEST(ClientSession, UnderstandsOurServer) {
  auto cache = Cache::empty(cache_options())
                   ->updated(vrp_table({{"10.0.0.0/8", 9, 1}, {"2001:db8::/32", 48, 2}}), aspa_table({{1, {2, 3}}}));
  ServerSession server;
  ClientSession client;
  const auto run = [&] {
    for (std::vector<std::uint8_t> asked = client.to_send(); !asked.empty(); asked = client.to_send()) {
      server.take(asked);
      while (const Octets sent = server.answer(*cache)) {
        for (const std::uint8_t octet : *sent) client.take({&octet, 1}, kStart);
      }
    }
  };
  client.connected(kStart);
  run();
  EXPECT_EQ(held(client), "10.0.0.0/8 AS1 2001:db8::/32 AS2 AS1:2 3 ");
  cache = cache->updated(vrp_table({{"10.0.0.0/8", 9, 1}}), aspa_table({{4, {}}}));
  client.take(*server.notify(*cache), kStart);
  run();
  EXPECT_EQ(held(client), "10.0.0.0/8 AS1 AS4:0 ");
  EXPECT_EQ(client.epoch()->serial, 2u);
}

}  // namespace
}  // namespace fairway::rtr
