// What each channel is sent when an incident opens, changes and clears: tests/golden/notify holds every payload, read
// by eye against the receiver's manual. FAIRWAY_WRITE_GOLDEN=1 writes them instead of comparing.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "base/text.h"
#include "core/notify/alertmanager.h"
#include "core/notify/chat.h"
#include "core/notify/environment.h"
#include "core/notify/incidents_for_tests.h"
#include "core/notify/mail.h"
#include "core/notify/pagerduty.h"
#include "core/notify/syslog.h"
#include "core/notify/template.h"
#include "core/notify/words.h"

namespace fairway::notify {
namespace {

const MailHead kHead{"Fairway <fairway@example.net>", {"noc@example.net", "Duty <duty@example.org>"}, ""};

std::string alert(const Notification& n) {
  return alerts(std::span(&n, 1), {.labels = {{"team", "noc"}}}, n.at + seconds(2));
}
std::string message(const Notification& n) { return mail(n, kHead); }
std::string event(const Notification& n) {
  return pagerduty(n, "0123456789abcdef0123456789abcdef", "fairway.example.net");
}
std::string line(const Notification& n) { return syslog(n, {.facility = 16, .host = "fairway.example.net"}); }
std::string variables(const Notification& n) {
  std::string text;
  for (const std::string& variable : environment(n)) text += variable + '\n';
  return text;
}
std::string hook(const Notification& n) { return Template::parse(kDefaultTemplate)->fill(n); }

struct Payload {
  const char* extension;
  std::string (*make)(const Notification&);
};
constexpr Payload kPayloads[] = {
    {"alertmanager.json", alert}, {"environment", variables}, {"eml", message},      {"pagerduty.json", event},
    {"slack.json", slack},        {"syslog", line},           {"teams.json", teams}, {"webhook.json", hook},
};

struct EachStage : ::testing::TestWithParam<Stage> {};
INSTANTIATE_TEST_SUITE_P(Payloads, EachStage, ::testing::Values(Stage::open, Stage::update, Stage::clear),
                         [](const auto& info) { return std::string(to_string(info.param)); });

TEST_P(EachStage, IsWrittenForEveryChannel) {
  for (const Payload& payload : kPayloads) {
    const std::string path = std::string(FAIRWAY_SOURCE_DIR) + "/tests/golden/notify/" +
                             std::string(to_string(GetParam())) + '.' + payload.extension;
    const std::string text = payload.make(told(GetParam()));
    if (std::getenv("FAIRWAY_WRITE_GOLDEN") != nullptr) {
      std::ofstream(path, std::ios::binary) << text;
      continue;
    }
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    EXPECT_EQ(text, std::string(std::istreambuf_iterator<char>(file), {})) << path;
  }
}

// --- e-mail

std::string header(const std::string& message, std::string_view name) {
  const std::size_t end = message.find("\r\n\r\n");
  std::string_view head = std::string_view(message).substr(0, end + 2);
  while (!head.empty()) {
    std::string_view line = cut(head, '\n');
    if (cut(line, ':') == name) return std::string(trim(line));
  }
  return {};
}

TEST(Mail, TheMessagesOfAnIncidentAreOneThread) {
  const std::string root = header(message(told(Stage::open)), "Message-ID");
  EXPECT_EQ(root, "<41a6f8a1f1c1a2d3@example.net>");
  EXPECT_EQ(header(message(told(Stage::open)), "References"), "");
  for (const Stage stage : {Stage::update, Stage::clear}) {
    EXPECT_EQ(header(message(told(stage)), "References"), root);
    EXPECT_EQ(header(message(told(stage)), "In-Reply-To"), root);
    EXPECT_NE(header(message(told(stage)), "Message-ID"), root);
  }
  // Reopened: the same thread goes on.
  Notification again = told(Stage::open);
  again.sequence = 4;
  EXPECT_EQ(header(message(again), "References"), root);
  EXPECT_EQ(header(message(again), "Message-ID"), "<41a6f8a1f1c1a2d3-4@example.net>");
}

TEST(Mail, NothingThatComesCanAddAHeader) {
  Notification n = told(Stage::open);
  n.incident.type = IncidentType::outage_country;
  n.incident.country = "XX\r\nBcc: somebody@example.com";
  const std::string text = message(n);
  EXPECT_EQ(header(text, "Bcc"), "");
  EXPECT_NE(header(text, "Subject").find("XX??Bcc"), std::string::npos);
}

TEST(Mail, LinesAreShortAndPlainWhateverTheEvidenceSays) {
  Notification n = told(Stage::open);
  n.incident.evidence[0].fact = std::string(3000, 'x') + " Z\xC3\xBCrich \x01 = \n. ";
  const std::string text = message(n);
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::string_view line = cut(rest, '\n');
    EXPECT_TRUE(line.ends_with('\r'));
    EXPECT_LE(line.size(), 79u) << line;
    for (const char c : line.substr(0, line.size() - 1)) EXPECT_TRUE(c >= ' ' && c <= '~') << line;
  }
  EXPECT_NE(text.find("Z=C3=BCrich"), std::string::npos);
}

TEST(Mail, ListIdAndDate) {
  EXPECT_EQ(header(message(told(Stage::open)), "List-Id"), "Fairway incidents <fairway.example.net>");
  MailHead head = kHead;
  head.list_id = "routing.noc.example.net";
  EXPECT_EQ(header(mail(told(Stage::open), head), "List-Id"), "Fairway incidents <routing.noc.example.net>");
  // date -u -d 2026-07-06T23:41:48Z -R
  EXPECT_EQ(header(message(told(Stage::open)), "Date"), "Mon, 6 Jul 2026 23:41:48 +0000");
}

TEST(Mail, KnowsWhatAMailboxIs) {
  for (const char* good : {"a@b", "A B <a.b@example.net>", "<a@b>"}) EXPECT_TRUE(is_mailbox(good)) << good;
  for (const char* bad : {"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b\r\nTo: x", "a@b, c@d"}) {
    EXPECT_FALSE(is_mailbox(bad)) << bad;
  }
  EXPECT_EQ(address_of("Duty <duty@example.org>"), "duty@example.org");
}

// --- the others

TEST(Alertmanager, LabelsAreTheSameAllALifeLong) {
  const auto labels = [](Notification n) {
    n.incident.confidence = n.stage == Stage::open ? 9 : 5;
    const std::string text = alert(n);
    const std::size_t from = text.find("\"labels\"");
    return text.substr(from, text.find('}', from) - from);
  };
  EXPECT_EQ(labels(told(Stage::open)), labels(told(Stage::update)));
  EXPECT_EQ(labels(told(Stage::open)), labels(told(Stage::clear)));
}

TEST(Alertmanager, OpenEndsAheadAndClearEndsBehind) {
  const Instant now = time_of("2026-07-07T00:10:07Z");
  const Notification list[] = {told(Stage::update), told(Stage::clear)};
  const std::string text = alerts(list, {.lasts = seconds(300)}, now);
  EXPECT_NE(text.find("\"endsAt\": \"2026-07-07T00:15:07Z\""), std::string::npos) << text;
  EXPECT_NE(text.find("\"endsAt\": \"2026-07-07T00:10:00Z\""), std::string::npos) << text;
  // The clock of the one who tells is behind that of the routers: the end is still not in the future.
  const std::string early = alerts(std::span(&list[1], 1), {}, now - seconds(60));
  EXPECT_NE(early.find("\"endsAt\": \"2026-07-07T00:09:07Z\""), std::string::npos) << early;
}

TEST(Syslog, IsCountedAndBounded) {
  EXPECT_EQ(counted("<13>1 - - "), "10 <13>1 - - ");
  Notification n = told(Stage::open);
  n.incident = leak();
  EXPECT_LE(line(n).size(), 2048u);
  EXPECT_EQ(line(n).rfind("<133>1 ", 0), 0u) << line(n);  // local0 (16 * 8) and notice (5): low confidence
}

TEST(Words, LongListsAreCut) {
  Notification n = told(Stage::open);
  n.incident = leak();
  EXPECT_EQ(headline(n.incident), "AS64511 leaks 25 prefixes of 25 ASes");
  EXPECT_NE(body(n).find("and 15 more"), std::string::npos) << body(n);
  n.test = true;
  EXPECT_EQ(subject(n), "Test, open: AS64511 leaks 25 prefixes of 25 ASes");
}

TEST(Words, EveryTypeHasAHeadlineAndAdvice) {
  for (int type = 0; type <= static_cast<int>(IncidentType::outage_country); ++type) {
    Notification n = told(Stage::open);
    n.incident.type = static_cast<IncidentType>(type);
    n.incident.country = "XX";
    EXPECT_NE(headline(n.incident).find("192.0.2.0/24"), std::string::npos) << headline(n.incident);
    EXPECT_GE(advice(n).size(), 2u) << to_string(n.incident.type);
  }
}

TEST(TestNotification, IsMarkedEverywhere) {
  for (const Stage stage : {Stage::open, Stage::update, Stage::clear}) {
    const Notification n = sample(stage, "7e57000000000001", time_of("2026-07-06T23:41:18Z"));
    for (const Payload& payload : kPayloads) {
      EXPECT_NE(to_lower(payload.make(n)).find("test"), std::string::npos) << payload.extension;
    }
  }
}

TEST(Environment, ListsAreCutAtABlankAndHoldNoZero) {
  Notification n = told(Stage::open);
  for (int i = 0; i < 20000; ++i) n.incident.prefixes.push_back(n.incident.prefixes[0]);
  n.incident.country = std::string("a\0b", 3);
  for (const std::string& variable : environment(n)) {
    EXPECT_LE(variable.size(), (32u << 10) + 32);
    EXPECT_EQ(variable.find('\0'), std::string::npos);
    if (variable.starts_with("FAIRWAY_PREFIXES=")) {
      EXPECT_TRUE(variable.ends_with("192.0.2.0/24"));
    }
  }
}

}  // namespace
}  // namespace fairway::notify
