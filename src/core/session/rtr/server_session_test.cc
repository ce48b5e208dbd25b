#include "core/session/rtr/server_session.h"

#include <gtest/gtest.h>

#include "core/session/rtr/tables_for_tests.h"

namespace fairway::rtr {
namespace {

const auto kFirst = Cache::empty(cache_options())->updated(vrp_table({{"10.0.0.0/8", 8, 1}}), aspa_table({{1, {2}}}));
const auto kSecond = kFirst->updated(vrp_table({{"11.0.0.0/8", 8, 1}}), aspa_table({{1, {2}}}));

// What is answered to that, all together.
std::string ask(ServerSession& session, const Cache& cache, const std::vector<std::uint8_t>& octets) {
  session.take(octets);
  std::string story;
  while (const Octets sent = session.answer(cache)) story += (story.empty() ? "" : " | ") + story_of(sent);
  return story;
}
std::string ask(ServerSession& session, const Cache& cache, const Pdu& pdu, std::uint8_t version) {
  return ask(session, cache, octets_of(pdu, version));
}

TEST(ServerSession, SpeaksTheVersionOfTheFirstQuery) {
  const std::string versions[] = {"Cache Response 100, +10.0.0.0/8-8 AS1, End of Data 1",
                                  "Cache Response 101, +10.0.0.0/8-8 AS1, End of Data 1",
                                  "Cache Response 102, +10.0.0.0/8-8 AS1, +AS1 2, End of Data 1"};
  for (std::uint8_t version = 0; version <= 2; ++version) {
    ServerSession session;
    EXPECT_EQ(ask(session, *kFirst, ResetQuery{}, version), versions[version]);
    EXPECT_EQ(session.version(), version);
    EXPECT_EQ(ask(session, *kFirst, ResetQuery{}, version), versions[version]) << "as often as it likes";
    EXPECT_FALSE(session.ended());
  }
}

TEST(ServerSession, AnswersSerialQueries) {
  ServerSession session;
  EXPECT_EQ(ask(session, *kSecond, SerialQuery{101, 1}, 1),
            "Cache Response 101, -10.0.0.0/8-8 AS1, +11.0.0.0/8-8 AS1, End of Data 2");
  EXPECT_EQ(ask(session, *kSecond, SerialQuery{101, 2}, 1), "Cache Response 101, End of Data 2");
  EXPECT_EQ(ask(session, *kSecond, SerialQuery{101, 0}, 1), "Cache Reset");
  EXPECT_EQ(ask(session, *kSecond, SerialQuery{101, 77}, 1), "Cache Reset");
  EXPECT_EQ(session.queries(), 4u);
}

TEST(ServerSession, OfAnEarlierRunIsResetAndALaterOneIsCorrupt) {
  ServerSession session;
  EXPECT_EQ(ask(session, *kFirst, SerialQuery{7, 1}, 1), "Cache Reset");
  EXPECT_FALSE(session.ended());
  ask(session, *kFirst, ResetQuery{}, 1);
  EXPECT_EQ(ask(session, *kFirst, SerialQuery{7, 1}, 1), "Error Report: Corrupt Data");
  EXPECT_TRUE(session.ended());
}

TEST(ServerSession, SessionsOfOtherVersionsAreOthers) {
  ServerSession session;
  EXPECT_EQ(ask(session, *kFirst, SerialQuery{102, 1}, 1), "Cache Reset");
}

TEST(ServerSession, RefusesNewerVersionsWithItsOwnAndGoesOn) {
  ServerSession session(1);
  const auto query = octets_of(ResetQuery{}, 2);
  session.take(query);
  const Octets sent = session.answer(*kFirst);
  ASSERT_TRUE(sent);
  EXPECT_EQ(story_of(sent), "Error Report: Unsupported Protocol Version");
  EXPECT_EQ(sent->front(), 1) << "the newest that it speaks";
  EXPECT_FALSE(session.ended());
  EXPECT_EQ(ask(session, *kFirst, ResetQuery{}, 1), "Cache Response 101, +10.0.0.0/8-8 AS1, End of Data 1");

  ServerSession deaf(1);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(ask(deaf, *kFirst, query), "Error Report: Unsupported Protocol Version");
  EXPECT_TRUE(deaf.ended());
}

TEST(ServerSession, EndsWhenTheVersionChanges) {
  ServerSession session;
  ask(session, *kFirst, ResetQuery{}, 1);
  EXPECT_EQ(ask(session, *kFirst, ResetQuery{}, 2), "Error Report: Unexpected Protocol Version");
  EXPECT_TRUE(session.ended());
}

TEST(ServerSession, SaysThatItHasNoData) {
  ServerSession session;
  const auto empty = Cache::empty(cache_options());
  EXPECT_EQ(ask(session, *empty, ResetQuery{}, 1), "Error Report: No Data Available");
  EXPECT_EQ(ask(session, *empty, SerialQuery{101, 1}, 1), "Error Report: No Data Available");
  EXPECT_FALSE(session.ended()) << "that is no fatal error";
  EXPECT_EQ(session.notify(*empty), nullptr);
  EXPECT_EQ(story_of(session.notify(*kFirst)), "Serial Notify 1") << "now there is some";
  EXPECT_EQ(ask(session, *kFirst, ResetQuery{}, 1), "Cache Response 101, +10.0.0.0/8-8 AS1, End of Data 1");
  EXPECT_EQ(ask(session, *kFirst->without_data(), SerialQuery{101, 1}, 1), "Error Report: No Data Available");
}

TEST(ServerSession, NotifiesOfSerialsThatItsRouterDoesNotKnow) {
  ServerSession session;
  EXPECT_EQ(session.notify(*kFirst), nullptr) << "no version is agreed on";
  ask(session, *kFirst, ResetQuery{}, 0);
  EXPECT_EQ(session.notify(*kFirst), nullptr);
  EXPECT_EQ(story_of(session.notify(*kSecond)), "Serial Notify 2");
  EXPECT_EQ(session.notify(*kSecond), nullptr) << "once";
  // A change that its version does not see is none.
  ask(session, *kSecond, SerialQuery{100, 1}, 0);
  EXPECT_EQ(session.notify(*kSecond->updated(vrp_table({{"11.0.0.0/8", 8, 1}}), aspa_table({{5, {6}}}))), nullptr);
}

TEST(ServerSession, TakesQueriesInPiecesAndSeveralAtOnce) {
  ServerSession session;
  const auto query = octets_of(SerialQuery{101, 1}, 1);
  for (std::size_t i = 0; i + 1 < query.size(); ++i) {
    EXPECT_EQ(ask(session, *kFirst, {query[i]}), "");
  }
  EXPECT_EQ(ask(session, *kFirst, {query.back()}), "Cache Response 101, End of Data 1");
  std::vector<std::uint8_t> two = query;
  two.insert(two.end(), query.begin(), query.end());
  EXPECT_EQ(ask(session, *kFirst, two), "Cache Response 101, End of Data 1 | Cache Response 101, End of Data 1");
}

TEST(ServerSession, RefusesWhatNoRouterSends) {
  const struct {
    std::vector<std::uint8_t> octets;
    const char* answer;
  } cases[] = {
      {octets_of(CacheReset{}, 1), "Error Report: Invalid Request"},
      {octets_of(SerialNotify{1, 2}, 1), "Error Report: Invalid Request"},
      {{1, 5, 0, 0, 0, 0, 0, 8}, "Error Report: Unsupported PDU Type"},
      {{1, 2, 0, 0, 0, 0, 0, 9, 0}, "Error Report: Corrupt Data"},
      {{1, 2, 0, 0, 0, 0, 0, 7}, "Error Report: Corrupt Data"},
      // Nothing is kept of what is long: it is refused by its header.
      {{1, 9, 0, 0, 0, 0, 0xff, 0xff}, "Error Report: Invalid Request"},
      {{'G', 'E', 'T', ' ', '/', ' ', 'H', 'T'}, "Error Report: Corrupt Data"},
  };
  for (const auto& one : cases) {
    ServerSession session;
    EXPECT_EQ(ask(session, *kFirst, one.octets), one.answer);
    EXPECT_TRUE(session.ended()) << one.answer;
    EXPECT_EQ(ask(session, *kFirst, ResetQuery{}, 1), "") << "it is over";
  }
}

TEST(ServerSession, DoesNotAnswerErrors) {
  ServerSession session;
  ask(session, *kFirst, ResetQuery{}, 1);
  EXPECT_EQ(ask(session, *kFirst, ErrorReport{ErrorCode::duplicate_announcement, {}, "10.0.0.0/8\n"}, 1), "");
  EXPECT_TRUE(session.ended());
  EXPECT_EQ(session.trouble(), "the router says: Duplicate Announcement Received: 10.0.0.0/8 ");
}

}  // namespace
}  // namespace fairway::rtr
