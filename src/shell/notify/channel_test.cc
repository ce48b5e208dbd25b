// The channels, against receivers that answer as they are told.
#include "shell/notify/channel.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/notify/incidents_for_tests.h"
#include "shell/config/folder_for_tests.h"
#include "shell/notify/receivers_for_tests.h"

namespace fairway::notify {
namespace {

const Instant kNow = time_of("2026-07-06T23:41:50Z");

Result<std::string> send(Channel& channel, const Notification& n = told(Stage::open)) {
  return channel.send(n, kNow, std::stop_token());
}
template <class T>
std::unique_ptr<Channel> channel(T how, Duration timeout = seconds(5)) {
  return make_channel({"it", timeout, std::move(how)});
}

simdjson::dom::element parsed(simdjson::dom::parser& parser, const std::string& text) {
  simdjson::dom::element element;
  EXPECT_EQ(parser.parse(text).get(element), simdjson::SUCCESS) << text;
  return element;
}

// --- HTTP

TEST(Webhook, SendsItsTemplateFilled) {
  HttpReceiver receiver;
  WebhookOptions options{.target = {.url = receiver.url("/hook?a=1"), .headers = {"X-Team: noc"}}};
  options.body = *Template::parse(R"({"t": "{{transition}}", "id": {{json:id}}})");
  options.method = "PUT";
  const auto hook = channel(options);
  ASSERT_TRUE(send(*hook));
  ASSERT_EQ(receiver.requests().size(), 1u);
  const auto request = receiver.requests()[0];
  EXPECT_EQ(request.method, "PUT");
  EXPECT_EQ(request.path, "/hook?a=1");
  EXPECT_EQ(request.body, R"({"t": "open", "id": "41a6f8a1f1c1a2d3-1"})");
  EXPECT_NE(request.head.find("Content-Type: application/json\r\n"), std::string::npos) << request.head;
  EXPECT_NE(request.head.find("X-Team: noc\r\n"), std::string::npos) << request.head;
}

TEST(Webhook, AnswersSayWhetherToTryAgain) {
  const std::pair<const char*, bool> rows[] = {{"200 OK", true},
                                               {"204 No Content", true},
                                               {"301 Moved", true},
                                               {"400 Bad Request", false},
                                               {"401 Unauthorized", true},
                                               {"404 Not Found", true},
                                               {"413 Too Large", false},
                                               {"422 Unprocessable", false},
                                               {"429 Too Many Requests", true},
                                               {"500 Internal Error", true},
                                               {"503 Unavailable", true}};
  for (const auto& [status, temporary] : rows) {
    HttpReceiver receiver([&](const auto&) { return status; });
    const auto result = send(*channel(WebhookOptions{.target = {.url = receiver.url()}}));
    EXPECT_EQ(result.has_value(), status[0] == '2') << status;
    if (result) continue;
    EXPECT_EQ(is_temporary(result.error()), temporary) << result.error().text;
  }
}

TEST(Webhook, NobodyThereAndNoAnswerAreTemporary) {
  std::string url;
  {
    HttpReceiver gone;
    url = gone.url();
  }
  const auto refused = send(*channel(WebhookOptions{.target = {.url = url}}));
  ASSERT_FALSE(refused);
  EXPECT_TRUE(is_temporary(refused.error())) << refused.error().text;
  HttpReceiver silent([](const auto&) { return ""; });
  const auto late = send(*channel(WebhookOptions{.target = {.url = silent.url()}}, seconds(1)));
  ASSERT_FALSE(late);
  EXPECT_TRUE(is_temporary(late.error())) << late.error().text;
}

TEST(Webhook, NoErrorTellsASecret) {
  const Folder folder;
  const std::string token = "T0K3N-abcdef", header = "Bearer HEADER-s3cret";
  // The server says everything back, as some do.
  HttpReceiver receiver([](const auto&) { return "403 Forbidden"; }, "no: " + token + " and HEADER-s3cret");
  folder.write("url", token + "\n");
  folder.write("headers", "Authorization: " + header + "\n");
  const auto hook = channel(WebhookOptions{
      .target = {.url = receiver.url("/services/"), .url_file = folder / "url", .headers_file = folder / "headers"}});
  const auto result = send(*hook);
  ASSERT_FALSE(result);
  EXPECT_NE(receiver.requests()[0].head.find("Authorization: " + header), std::string::npos);
  EXPECT_EQ(receiver.requests()[0].path, "/services/" + token);
  EXPECT_NE(result.error().text.find("answers HTTP 403"), std::string::npos) << result.error().text;
  EXPECT_EQ(result.error().text.find(token), std::string::npos) << result.error().text;
  EXPECT_EQ(result.error().text.find("s3cret"), std::string::npos) << result.error().text;
  const auto missing = send(*channel(WebhookOptions{.target = {.url_file = folder / "nothing"}}));
  ASSERT_FALSE(missing);
  EXPECT_TRUE(is_temporary(missing.error())) << "it may be put there";
}

TEST(Chat, SlackAndTeamsAreSentJson) {
  HttpReceiver receiver;
  ASSERT_TRUE(send(*channel(SlackOptions{{.url = receiver.url("/slack")}})));
  ASSERT_TRUE(send(*channel(TeamsOptions{{.url = receiver.url("/teams")}})));
  simdjson::dom::parser parser;
  EXPECT_EQ(std::string_view(parsed(parser, receiver.requests()[0].body)["text"]),
            "Open: AS64511 announces 192.0.2.0/24 of AS64500");
  EXPECT_EQ(std::string_view(parsed(parser, receiver.requests()[1].body)["attachments"].at(0)["contentType"]),
            "application/vnd.microsoft.card.adaptive");
}

TEST(Alertmanager, OneInstanceThatTakesItIsEnough) {
  HttpReceiver good, bad([](const auto&) { return "500 no"; });
  AlertmanagerTargets targets{.targets = {{.url = bad.url("")}, {.url = good.url("/prefix")}}};
  const auto am = channel(targets);
  const auto result = send(*am);
  ASSERT_TRUE(result);
  EXPECT_NE(result->find("HTTP 500"), std::string::npos) << "and yet it is said";
  EXPECT_EQ(good.requests()[0].path, "/prefix/api/v2/alerts");
  const auto worse = channel(AlertmanagerTargets{.targets = {{.url = bad.url("")}, {.url = bad.url("")}}});
  ASSERT_FALSE(send(*worse));

  // Repeated: all that stands in one request.
  EXPECT_EQ(am->repeat_interval(), seconds(60));
  Notification other = told(Stage::update);
  other.incident = leak();
  const Notification standing[] = {told(Stage::open), other};
  ASSERT_TRUE(am->repeat(standing, kNow, {}));
  simdjson::dom::parser parser;
  const auto alerts = parsed(parser, good.requests()[1].body);
  EXPECT_EQ(alerts.get_array().size(), 2u);
  EXPECT_EQ(std::string_view(alerts.at(1)["labels"]["incident"]), "00c0ffee00c0ffee");
}

TEST(PagerDuty, TheKeyComesFromItsFileAndIsNeverTold) {
  const Folder folder;
  folder.write("key", "R0UT1NGKEY\n");
  HttpReceiver receiver([](const auto&) { return "400 Bad Request"; }, "{\"errors\": [\"R0UT1NGKEY is no key\"]}");
  const auto result = send(*channel(PagerDutyOptions{{.url = receiver.url("/v2/enqueue")}, folder / "key", "here"}));
  ASSERT_FALSE(result);
  EXPECT_FALSE(is_temporary(result.error()));
  EXPECT_EQ(result.error().text.find("R0UT1NGKEY"), std::string::npos) << result.error().text;
  simdjson::dom::parser parser;
  const auto event = parsed(parser, receiver.requests()[0].body);
  EXPECT_EQ(std::string_view(event["routing_key"]), "R0UT1NGKEY");
  EXPECT_EQ(std::string_view(event["dedup_key"]), "41a6f8a1f1c1a2d3");
}

// --- mail

std::unique_ptr<Channel> mail_to(const MailReceiver& receiver, std::vector<std::string> to) {
  return channel(MailOptions{{.host = "127.0.0.1", .port = receiver.port(), .security = MailSecurity::none},
                             {.from = "Fairway <fairway@example.net>", .to = std::move(to)}});
}

TEST(Mail, ReachesEveryRecipientAsItIsWritten) {
  MailReceiver receiver;
  const auto channel = mail_to(receiver, {"noc@example.net", "Duty <duty@example.org>"});
  const auto result = send(*channel);
  ASSERT_TRUE(result) << result.error().text;
  EXPECT_EQ(*result, "");
  ASSERT_EQ(receiver.messages().size(), 1u);
  const auto message = receiver.messages()[0];
  EXPECT_EQ(message.from, "fairway@example.net");
  EXPECT_EQ(message.to, (std::vector<std::string>{"noc@example.net", "duty@example.org"}));
  const MailHead head{"Fairway <fairway@example.net>", {"noc@example.net", "Duty <duty@example.org>"}, ""};
  EXPECT_EQ(message.text, mail(told(Stage::open), head) + ".\r\n");
}

TEST(Mail, OneDeadAddressDoesNotSilenceTheOthers) {
  MailReceiver receiver;
  receiver.reply("gone@example.net", "550 5.1.1 no such user");
  const auto channel = mail_to(receiver, {"gone@example.net", "noc@example.net"});
  const auto result = send(*channel);
  ASSERT_TRUE(result) << result.error().text;
  EXPECT_EQ(*result, "gone@example.net: 550 5.1.1 no such user");
  ASSERT_EQ(receiver.messages().size(), 1u);
  EXPECT_EQ(receiver.messages()[0].to, std::vector<std::string>{"noc@example.net"});
}

TEST(Mail, WhoIsToBeTriedLaterIsAloneTriedAgain) {
  MailReceiver receiver;
  receiver.reply("grey@example.net", "451 4.7.1 come back later");
  const auto channel = mail_to(receiver, {"noc@example.net", "grey@example.net"});
  const auto first = send(*channel);
  ASSERT_FALSE(first);
  EXPECT_TRUE(is_temporary(first.error()));
  EXPECT_EQ(first.error().text, "grey@example.net: 451 4.7.1 come back later");
  receiver.reply("grey@example.net", "250 welcome");
  ASSERT_TRUE(send(*channel));
  ASSERT_EQ(receiver.messages().size(), 2u);
  EXPECT_EQ(receiver.messages()[0].to, std::vector<std::string>{"noc@example.net"});
  EXPECT_EQ(receiver.messages()[1].to, std::vector<std::string>{"grey@example.net"});
  ASSERT_TRUE(send(*channel, told(Stage::update)));
  EXPECT_EQ(receiver.messages()[2].to.size(), 2u) << "the next message goes to both again";
}

TEST(Mail, RefusalsSayWhetherToTryAgain) {
  struct Row {
    const char *command, *reply;
    bool temporary;
  };
  for (const Row& row : {Row{"noc@example.net", "550 no", false}, Row{"noc@example.net", "450 later", true},
                         Row{"MAIL", "530 log in first", true}, Row{"MAIL", "421 busy", true},
                         Row{".", "554 spam", false}, Row{".", "452 disk full", true}}) {
    MailReceiver receiver;
    receiver.reply(row.command, row.reply);
    const auto channel = mail_to(receiver, {"noc@example.net"});
    const auto result = send(*channel);
    ASSERT_FALSE(result) << row.reply;
    EXPECT_EQ(is_temporary(result.error()), row.temporary) << row.reply << ": " << result.error().text;
    EXPECT_NE(result.error().text.find(row.reply), std::string::npos) << result.error().text;
    EXPECT_TRUE(receiver.messages().empty());
  }
}

TEST(Mail, WithoutTlsNothingIsSentWhereTlsIsWanted) {
  MailReceiver receiver;  // knows no STARTTLS
  const auto channel = notify::make_channel(
      {"it", seconds(5), MailOptions{{.host = "127.0.0.1", .port = receiver.port()}, {.from = "a@b", .to = {"c@d"}}}});
  const auto result = send(*channel);
  ASSERT_FALSE(result);
  EXPECT_TRUE(is_temporary(result.error()));
  EXPECT_TRUE(receiver.messages().empty());
}

// --- syslog

TEST(Syslog, OnAStreamTheMessageIsCounted) {
  std::mutex mutex;
  std::string came;
  Receiver receiver([&](Connection& connection) {
    const std::string text = connection.read_all();
    const std::lock_guard lock(mutex);
    came += text;
  });
  const SyslogOptions options{{.host = "127.0.0.1", .port = receiver.port(), .transport = SyslogTransport::tcp},
                              {.facility = 16, .host = "here"}};
  const auto channel = notify::channel(options);
  ASSERT_TRUE(send(*channel));
  const std::string expected = counted(syslog(told(Stage::open), options.head));
  EXPECT_TRUE(eventually([&] {
    const std::lock_guard lock(mutex);
    return came == expected;
  }));
}

TEST(Syslog, ADatagramIsOneMessage) {
  const int handle = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(::bind(handle, reinterpret_cast<sockaddr*>(&address), size), 0);
  ::getsockname(handle, reinterpret_cast<sockaddr*>(&address), &size);
  const SyslogOptions options{{.host = "127.0.0.1", .port = ntohs(address.sin_port)}, {.host = "here"}};
  ASSERT_TRUE(send(*channel(options)));
  char block[4096];
  const ssize_t came = ::recv(handle, block, sizeof block, 0);
  ::close(handle);
  ASSERT_GT(came, 0);
  EXPECT_EQ(std::string(block, static_cast<std::size_t>(came)), syslog(told(Stage::open), options.head));
}

TEST(Syslog, NobodyOnTheStreamIsTemporary) {
  std::uint16_t port = 0;
  {
    Receiver gone([](Connection&) {});
    port = gone.port();
  }
  const auto result = send(*channel(
      SyslogOptions{{.host = "127.0.0.1", .port = port, .transport = SyslogTransport::tcp}, {.host = "here"}}));
  ASSERT_FALSE(result);
  EXPECT_TRUE(is_temporary(result.error()));
}

// --- command

std::string content_of(const std::string& path) {
  std::ifstream file(path);
  return std::string(std::istreambuf_iterator<char>(file), {});
}
Result<std::string> run(const std::string& script, Duration limit = seconds(5)) {
  return send(*channel(CommandOptions{{"/bin/sh", "-c", script}}, limit));
}

TEST(Command, HasTheNotificationInEnvironmentAndOnItsInput) {
  const Folder folder;
  const std::string out = folder / "out";
  ASSERT_TRUE(run("echo \"$FAIRWAY_TRANSITION $FAIRWAY_ID $FAIRWAY_PREFIXES\" >" + out + "; cat >>" + out));
  std::string expected = "open 41a6f8a1f1c1a2d3-1 192.0.2.0/24\n";
  append_json(expected, told(Stage::open));
  EXPECT_EQ(content_of(out), expected + "\n");
}

TEST(Command, NeedNotReadItsInput) { EXPECT_TRUE(send(*channel(CommandOptions{{"true"}}))); }

TEST(Command, WhatItSaysWhenItFailsIsTold) {
  const auto result = run("echo the disk is full >&2; exit 3");
  ASSERT_FALSE(result);
  EXPECT_TRUE(is_temporary(result.error()));
  EXPECT_EQ(result.error().text, "/bin/sh: exit code 3: the disk is full");
  EXPECT_FALSE(send(*channel(CommandOptions{{"/nowhere/program"}})));
  const auto killed = run("kill -9 $$");
  ASSERT_FALSE(killed);
  EXPECT_EQ(killed.error().text, "/bin/sh: ended by signal 9");
}

TEST(Command, IsKilledWithItsChildrenWhenItsTimeIsOver) {
  const Folder folder;
  const auto begin = std::chrono::steady_clock::now();
  const auto result = run("(sleep 2; touch " + (folder / "survived") + ") & sleep 60", seconds(1));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().text, "/bin/sh: its time was over; killed");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));
  EXPECT_FALSE(std::filesystem::exists(folder / "survived"));
}

TEST(Command, EndsWhenTheProgramEnds) {
  std::stop_source stop;
  std::thread ender([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    stop.request_stop();
  });
  const auto sleeper = channel(CommandOptions{{"sleep", "60"}}, seconds(60));
  const auto result = sleeper->send(told(Stage::open), kNow, stop.get_token());
  ender.join();
  EXPECT_FALSE(result);
}

}  // namespace
}  // namespace fairway::notify
