#include "shell/notify/notifier.h"

#include <gtest/gtest.h>

#include "shell/notify/heartbeat.h"
#include "shell/notify/memory_outbox.h"
#include "shell/notify/outbox_contract_for_tests.h"
#include "shell/notify/receivers_for_tests.h"

namespace fairway::notify {
namespace {

Instant now() {
  return {std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

// What a channel was asked to send, and what it answers.
struct Script {
  std::mutex mutex;
  std::vector<std::string> asked;
  std::function<Result<std::string>(const Notification&, std::size_t attempt, std::stop_token)> answer;

  std::string take() {
    const std::lock_guard lock(mutex);
    std::string text;
    for (const std::string& id : asked) text += (text.empty() ? "" : " ") + id;
    return text;
  }
  std::size_t size() {
    const std::lock_guard lock(mutex);
    return asked.size();
  }
};

class ScriptedChannel : public Channel {
 public:
  ScriptedChannel(std::string name, Script& script, std::optional<Duration> repeats = {})
      : Channel(std::move(name)), script_(script), repeats_(repeats) {}

  Result<std::string> send(const Notification& n, Instant, std::stop_token stop) override {
    std::size_t attempt = 0;
    {
      const std::lock_guard lock(script_.mutex);
      script_.asked.push_back(std::string(to_string(n.stage)) + std::to_string(n.sequence));
      attempt = script_.asked.size();
    }
    return script_.answer ? script_.answer(n, attempt, stop) : Result<std::string>("");
  }
  std::optional<Duration> repeat_interval() const override { return repeats_; }
  Result<void> repeat(std::span<const Notification> standing, Instant, std::stop_token) override {
    const std::lock_guard lock(script_.mutex);
    for (const Notification& n : standing) script_.asked.push_back("standing" + std::to_string(n.sequence));
    return {};
  }

 private:
  Script& script_;
  std::optional<Duration> repeats_;
};

template <class... Channels>
std::vector<std::unique_ptr<Channel>> list_of_channels(Channels... channels) {
  std::vector<std::unique_ptr<Channel>> list;
  (list.push_back(std::move(channels)), ...);
  return list;
}
std::unique_ptr<Channel> scripted(const char* name, Script& script, std::optional<Duration> repeats = {}) {
  return std::make_unique<ScriptedChannel>(name, script, repeats);
}

constexpr Duration kMillisecond{1000};
const NotifierOptions kQuick{.poll = Duration{10'000}, .first_retry = kMillisecond, .longest_retry = Duration{8'000}};

TEST(MemoryOutbox, HoldsTheContract) {
  MemoryOutbox outbox;
  hold_outbox_contract(
      outbox, [&](std::string_view channel, const Notification& n, Instant at) { outbox.add(channel, n, at); });
}

TEST(Notifier, EachChannelHearsEverythingInOrder) {
  MemoryOutbox outbox;
  Script mail, pager;
  Notifier notifier(list_of_channels(scripted("mail", mail), scripted("pager", pager)), outbox,
                    {.poll = seconds(60)});  // it is woken, it does not poll
  for (const Stage stage : {Stage::open, Stage::clear}) {
    for (const char* channel : {"mail", "pager"}) outbox.add(channel, told(stage), now());
    notifier.wake();
    EXPECT_TRUE(eventually([&] { return outbox.waiting() == 0; }));
  }
  EXPECT_EQ(mail.take(), "open1 clear3");
  EXPECT_EQ(pager.take(), "open1 clear3");
  EXPECT_EQ(notifier.counts()[1].sent, 2u);
}

TEST(Notifier, ASlowChannelDelaysNobody) {
  MemoryOutbox outbox;
  Script slow, quick;
  slow.answer = [](const Notification&, std::size_t, std::stop_token stop) -> Result<std::string> {
    while (!stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return fail(ErrorKind::system, "too late");
  };
  const auto begin = std::chrono::steady_clock::now();
  {
    Notifier notifier(list_of_channels(scripted("slow", slow), scripted("quick", quick)), outbox, kQuick);
    for (const char* channel : {"slow", "quick"}) outbox.add(channel, told(Stage::open), now());
    EXPECT_TRUE(eventually([&] { return quick.size() == 1 && slow.size() == 1; }));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5)) << "nor does it delay the end";
  EXPECT_EQ(outbox.waiting(), 1u) << "and what it did not send still waits";
  EXPECT_EQ(outbox.due("slow", now(), 1).at(0).attempts, 0u) << "that was no failure";
}

TEST(Notifier, WhatFailsIsTriedAgainAndNothingOvertakesIt) {
  MemoryOutbox outbox;
  Script mail;
  mail.answer = [](const Notification&, std::size_t attempt, std::stop_token) -> Result<std::string> {
    if (attempt <= 4) return fail(ErrorKind::system, "no route");
    return "";
  };
  std::vector<std::string> log;
  outbox.add("mail", told(Stage::open), now());
  outbox.add("mail", told(Stage::update), now());
  outbox.add("mail", told(Stage::clear), now());
  {
    Notifier notifier(list_of_channels(scripted("mail", mail)), outbox, kQuick, [&](const NotifierEvent& event) {
      log.push_back(std::string(to_string(event.what)) + ' ' + std::string(event.id));
    });
    EXPECT_TRUE(eventually([&] { return notifier.counts()[0].sent == 2; }));
    EXPECT_EQ(notifier.counts()[0].failed, 4u);
    EXPECT_FALSE(notifier.counts()[0].failing);
  }
  EXPECT_EQ(mail.take(), "open1 open1 open1 open1 open1 clear3") << "the update had become old news";
  EXPECT_EQ(log.front(), "failed 41a6f8a1f1c1a2d3-1");
  EXPECT_EQ(log.back(), "sent 41a6f8a1f1c1a2d3-3");
  EXPECT_EQ(outbox.waiting(), 0u);
}

TEST(Notifier, WhatIsRefusedIsGivenUp) {
  MemoryOutbox outbox;
  Script mail;
  mail.answer = [](const Notification& n, std::size_t, std::stop_token) -> Result<std::string> {
    if (n.stage == Stage::open) return fail(ErrorKind::refused, "it is too large");
    return "";
  };
  outbox.add("mail", told(Stage::open), now());
  outbox.add("mail", told(Stage::clear), now());
  Notifier notifier(list_of_channels(scripted("mail", mail)), outbox, kQuick);
  EXPECT_TRUE(eventually([&] { return notifier.counts()[0].sent == 1; }));
  EXPECT_EQ(mail.take(), "open1 clear3");
  EXPECT_EQ(notifier.counts()[0].gave_up, 1u);
}

TEST(Notifier, WhatHasWaitedTooLongIsGivenUp) {
  MemoryOutbox outbox;
  Script mail;
  mail.answer = [](const Notification&, std::size_t, std::stop_token) -> Result<std::string> {
    return fail(ErrorKind::system, "no route");
  };
  outbox.add("mail", told(Stage::open), now() - days(4));
  Notifier notifier(list_of_channels(scripted("mail", mail)), outbox, kQuick);
  EXPECT_TRUE(eventually([&] { return notifier.counts()[0].gave_up == 1; }));
  EXPECT_EQ(mail.take(), "open1");
}

TEST(Notifier, WhatWasNotSentIsSentByTheNextOneWithTheSameId) {
  MemoryOutbox outbox;
  Script mail;
  mail.answer = [](const Notification&, std::size_t attempt, std::stop_token) -> Result<std::string> {
    if (attempt == 1) return fail(ErrorKind::system, "no route");
    return "";
  };
  outbox.add("mail", told(Stage::open), now());
  {
    Notifier notifier(list_of_channels(scripted("mail", mail)), outbox,
                      {.first_retry = seconds(1), .longest_retry = seconds(1)});
    EXPECT_TRUE(eventually([&] { return mail.size() == 1; }));
  }
  Notifier notifier(list_of_channels(scripted("mail", mail)), outbox, kQuick);
  EXPECT_TRUE(eventually([&] { return outbox.waiting() == 0; }));
  EXPECT_EQ(mail.take(), "open1 open1");
}

TEST(Notifier, WhatStandsIsRepeatedUntilItIsClear) {
  MemoryOutbox outbox;
  Script am;
  outbox.add("am", told(Stage::open), now());
  Notifier notifier(list_of_channels(scripted("am", am, Duration{20'000})), outbox, kQuick);
  EXPECT_TRUE(eventually([&] { return am.size() >= 4; }));
  EXPECT_TRUE(am.take().starts_with("open1 standing1 standing1 standing1")) << am.take();
  outbox.add("am", told(Stage::clear), now());
  EXPECT_TRUE(eventually([&] { return am.take().ends_with("clear3"); }));
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_TRUE(am.take().ends_with("clear3")) << "silence after the clear";
}

TEST(Heartbeat, BeatsWhileItSees) {
  HttpReceiver receiver;
  std::atomic<bool> sees = true;
  const Heartbeat heartbeat({{.url = receiver.url("/ping")}, Duration{10'000}, seconds(5)},
                            [&] { return sees.load(); });
  EXPECT_TRUE(eventually([&] { return receiver.requests().size() >= 3; }));
  EXPECT_EQ(receiver.requests()[0].method, "GET");
  EXPECT_EQ(receiver.requests()[0].path, "/ping");
  sees = false;
  std::this_thread::sleep_for(std::chrono::milliseconds(100));  // one may be on its way
  const std::size_t count = receiver.requests().size();
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  EXPECT_EQ(receiver.requests().size(), count) << "blind: silent";
  sees = true;
  EXPECT_TRUE(eventually([&] { return receiver.requests().size() > count; }));
}

TEST(Heartbeat, TellsOnceThatItFailsAndOnceThatItWorks) {
  std::atomic<bool> works = false;
  HttpReceiver receiver([&](const auto&) { return works ? "200 OK" : "500 no"; });
  std::mutex mutex;
  std::vector<std::string> told;
  const Heartbeat heartbeat(
      {{.url = receiver.url("/secret-ping")}, Duration{10'000}, seconds(5)}, [] { return true; },
      [&](std::string_view text) {
        const std::lock_guard lock(mutex);
        told.emplace_back(text);
      });
  EXPECT_TRUE(eventually([&] { return receiver.requests().size() >= 3; }));
  works = true;
  EXPECT_TRUE(eventually([&] {
    const std::lock_guard lock(mutex);
    return told.size() == 2;
  }));
  const std::lock_guard lock(mutex);
  EXPECT_NE(told[0].find("HTTP 500"), std::string::npos) << told[0];
  EXPECT_EQ(told[0].find("secret-ping"), std::string::npos) << told[0];
  EXPECT_EQ(told[1], "");
}

}  // namespace
}  // namespace fairway::notify
