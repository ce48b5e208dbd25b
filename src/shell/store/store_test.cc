#include "shell/store/store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "core/report/incident_json.h"
#include "shell/notify/outbox_contract_for_tests.h"

namespace fairway {
namespace {

Instant at(std::int64_t second) { return from_seconds(1'800'000'000 + second); }

// An incident without anything that is forgotten on the way: every time is a whole second.
Incident incident(unsigned number) {
  Incident one;
  char id[17];
  std::snprintf(id, sizeof id, "%016x", number);
  one.id = id;
  one.opened = one.changed = at(number);
  one.offenders = {Asn{666}};
  one.victims = {Asn{64496}};
  one.prefixes = {*parse_prefix("192.0.2.0/24")};
  one.paths = {"3356 666"};
  one.confidence = 9;
  one.evidence = {{"new_origin", 9, "it is new"}};
  one.world = "w";
  return one;
}

class StoreTest : public testing::Test {
 protected:
  StoreTest() {
    char name[] = "/tmp/fairway-store-XXXXXX";
    folder_ = ::mkdtemp(name);
    path_ = folder_ + "/fairway.db";
    plan_.channels = {{.name = "mail", .update_interval = seconds(0)}};
  }
  ~StoreTest() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<Store> open() {
    auto store = Store::open(path_, plan_);
    EXPECT_TRUE(store) << store.error().text;
    return store ? *std::move(store) : nullptr;
  }
  static void tell(Store& store, Transition transition, Incident one, std::int64_t second) {
    one.changed = at(second);
    if (transition == Transition::cleared) {
      one.state = IncidentState::cleared;
      one.cleared = at(second);
    }
    store.on_transition(transition, at(second), one);
    store.commit(at(second));
  }

  std::string folder_, path_;
  notify::Plan plan_;
};

TEST_F(StoreTest, KeepsIncidentsTransitionsAndNotificationsOverARestart) {
  {
    auto store = open();
    tell(*store, Transition::opened, incident(1), 10);
    tell(*store, Transition::changed, incident(1), 20);
    tell(*store, Transition::opened, incident(2), 30);
  }
  auto store = open();
  ASSERT_EQ(store->incidents({}).size(), 2u);
  EXPECT_EQ(store->incidents({})[0].incident.id, incident(2).id) << "the newest first";
  EXPECT_EQ(store->incident("0000000000000001")->incident.evidence, incident(1).evidence);
  ASSERT_EQ(store->history("0000000000000001").size(), 2u);
  EXPECT_EQ(store->history("0000000000000001")[1].transition, Transition::changed);
  EXPECT_EQ(store->last_event(), 3u);
  EXPECT_EQ(store->events_after(2, 10).at(0).transition.incident.id, incident(2).id);
  EXPECT_EQ(notify::ids_of(store->due("mail", at(40), 10)), "0000000000000001-1 0000000000000002-1");
  store->sent("mail", "0000000000000001-1", at(41));
  tell(*store, Transition::cleared, incident(1), 50);
  EXPECT_EQ(notify::ids_of(store->due("mail", at(60), 10)), "0000000000000002-1 0000000000000001-3");
}

TEST_F(StoreTest, AnswersQueries) {
  auto store = open();
  for (unsigned i = 1; i <= 9; ++i) tell(*store, Transition::opened, incident(i), i);
  tell(*store, Transition::cleared, incident(4), 20);
  EXPECT_EQ(store->incidents({.state = IncidentState::cleared}).size(), 1u);
  EXPECT_EQ(store->incidents({.kind = "leak"}).size(), 0u);
  EXPECT_EQ(store->incidents({.asn = Asn{64496}, .limit = 4}).size(), 4u);
  EXPECT_EQ(store->incidents({.asn = Asn{1}}).size(), 0u);
  EXPECT_EQ(store->incidents({.prefix = *parse_prefix("192.0.0.0/16")}).size(), 9u);
  EXPECT_EQ(store->incidents({.since = at(15)}).size(), 1u);
  EXPECT_EQ(store->incidents({.before = "0000000000000003"}).size(), 2u);
  EXPECT_FALSE(store->incident("00")) << "several begin so";
  EXPECT_FALSE(store->incident("x' OR 1"));
}

TEST_F(StoreTest, PeopleSilenceAnIncidentAndItsClearIsToldAllTheSame) {
  auto store = open();
  tell(*store, Transition::opened, incident(1), 10);
  ASSERT_TRUE(store->acknowledge(incident(1).id, "noc", at(11)));
  EXPECT_EQ(store->incident(incident(1).id)->telling.acknowledged_by, "noc");
  tell(*store, Transition::changed, incident(1), 1000);
  store->sent("mail", "0000000000000001-1", at(1001));
  EXPECT_EQ(notify::ids_of(store->due("mail", at(1002), 10)), "") << "acknowledged: no update";
  tell(*store, Transition::cleared, incident(1), 2000);
  EXPECT_EQ(notify::ids_of(store->due("mail", at(2001), 10)), "0000000000000001-3");
  EXPECT_EQ(store->snooze("ffff", at(1), at(0)).error().kind, ErrorKind::not_found);
}

TEST_F(StoreTest, RefusesWhatItDoesNotKnow) {
  {
    SQLite::Database(path_, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("PRAGMA user_version = 99");
  }
  const auto newer = Store::open(path_, plan_);
  ASSERT_FALSE(newer);
  EXPECT_NE(newer.error().text.find("version 99"), std::string::npos) << newer.error().text;
  EXPECT_FALSE(Store::open("/nowhere/at/all.db", plan_));
}

TEST_F(StoreTest, HoldsTheOutboxContract) {
  auto store = open();
  SQLite::Database other(path_, SQLite::OPEN_READWRITE, 5000);
  notify::hold_outbox_contract(*store, [&](std::string_view channel, const notify::Notification& told, Instant now) {
    std::string json;
    append_json(json, told.incident);
    SQLite::Statement transition(
        other, "INSERT OR IGNORE INTO transition (incident, sequence, event, at, json) VALUES (?, ?, 'opened', ?, ?)");
    transition.bind(1, told.incident.id);
    transition.bind(2, told.sequence);
    transition.bind(3, told.at.microseconds);
    transition.bind(4, json);
    transition.exec();
    SQLite::Statement row(other,
                          "INSERT INTO outbox (channel, id, incident, sequence, stage, severity, at, queued) "
                          "VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    row.bind(1, std::string(channel));
    row.bind(2, notify::id_of(told));
    row.bind(3, told.incident.id);
    row.bind(4, told.sequence);
    row.bind(5, std::string(to_string(told.stage)));
    row.bind(6, static_cast<int>(told.severity));
    row.bind(7, told.at.microseconds);
    row.bind(8, now.microseconds);
    row.exec();
  });
}

// A program that tells without pause is killed at any moment: what stands in the file is whole, and every transition
// has its notification.
TEST_F(StoreTest, IsWholeAfterAKillAtAnyMoment) {
  constexpr int kKills = 5;
  for (int kill = 0; kill < kKills; ++kill) {
    const auto before = open()->last_event();
    const pid_t child = ::fork();
    if (child == 0) {
      auto store = Store::open(path_, plan_);
      if (!store) ::_exit(1);
      for (unsigned i = 0;; ++i) {
        const Incident one = incident(static_cast<unsigned>(kill) * 1'000'000 + i / 2 + 1);
        tell(**store, i % 2 == 0 ? Transition::opened : Transition::cleared, one, 1 + i);
      }
    }
    ASSERT_GT(child, 0);
    while (open()->last_event() < before + 3) ::usleep(1000);
    ::usleep(static_cast<unsigned>(7919 * (kill + 1) % 30'000));
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
  }
  auto store = open();
  SQLite::Database file(path_);
  EXPECT_EQ(file.execAndGet("PRAGMA integrity_check").getString(), "ok");
  EXPECT_EQ(file.execAndGet("SELECT count(*) FROM transition").getInt(),
            file.execAndGet("SELECT count(*) FROM outbox").getInt());
  EXPECT_EQ(
      file.execAndGet("SELECT count(*) FROM transition t WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.incident "
                      "= t.incident AND o.sequence = t.sequence)")
          .getInt(),
      0);
  // What is open in the one table was not cleared in the other.
  EXPECT_EQ(
      file.execAndGet("SELECT count(*) FROM incident i WHERE state = 'open' AND EXISTS (SELECT 1 FROM transition t "
                      "WHERE t.incident = i.id AND event = 'cleared')")
          .getInt(),
      0);
  EXPECT_GE(store->last_event(), 15u);
}

}  // namespace
}  // namespace fairway
