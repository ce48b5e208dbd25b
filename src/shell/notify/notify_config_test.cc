#include "shell/notify/notify_config.h"

#include <gtest/gtest.h>

#include "shell/config/folder_for_tests.h"

namespace fairway::notify {
namespace {

Result<NotifyOptions> load(const std::string& text) {
  const Folder folder;
  return load_notify(folder.write("fairway.yaml", text));
}
// What is wrong, without the file's name.
std::string wrong(const std::string& text) {
  const auto options = load(text);
  if (options) return "";
  const std::string& said = options.error().text;
  const std::size_t name = said.find("fairway.yaml: ");
  return name == said.npos ? said : said.substr(name + 14);
}
// A channel alone, in one line.
std::string wrong(const std::string& type, const std::string& keys) {
  return wrong("notify: {" + type + ": [{name: it" + (keys.empty() ? "" : ", ") + keys + "}]}");
}

constexpr const char* kWhole = R"(
store: /var/lib/fairway     # other sections are others'
notify:
  email:
    - {name: noc, server: "smtp.example.net", from: fairway@example.net, to: noc@example.net,
       user: u, password_file: secrets/smtp, update_interval: 60}
    - {name: relay, server: "[::1]:2525", security: none, from: a@b, to: [c@d, "E <e@f>"], list_id: x.y}
  webhook:
    - {name: hook, url: "https://h.example.net/x", headers: ["A: b"], headers_file: /etc/h,
       template: '{"t": "{{subject}}"}', method: PUT, content_type: application/vnd.x+json, timeout: 5}
  slack: {name: chat, url_file: secrets/chat}
  teams: {name: msteams, url: "https://t.example.net/"}
  alertmanager: {name: am, url: ["http://am1:9093/", "http://am2:9093"], labels: [team=noc], resend: 30}
  pagerduty: {name: pd, key_file: secrets/pd, source: edge}
  syslog: {name: log, server: log.example.net, transport: tls, facility: 16, ca_file: ca.pem, host: me}
  command: {name: script, command: [/bin/on, --loud]}
  groups:
    - {name: web, prefixes: [192.0.2.0/24], asns: 64500}
  routes:
    - {channels: [noc, hook], kinds: [hijack, leak], confidence: high, groups: web, last: true}
    - {channels: am, prefixes: 198.51.100.0/24, asns: [1, 2]}
  maintenance:
    - {from: 2026-12-01T22:00:00Z, until: 2026-12-02, reason: works, groups: [web], kinds: outage}
  heartbeat: {url: "https://hc.example.net/ping", interval: 30}
)";

TEST(NotifyConfig, ReadsEverything) {
  const Folder folder;
  const auto options = load_notify(folder.write("fairway.yaml", kWhole));
  ASSERT_TRUE(options) << options.error().text;
  const auto& channels = options->channels;
  ASSERT_EQ(channels.size(), 9u);
  ASSERT_EQ(options->plan.channels.size(), 9u);
  EXPECT_EQ(options->plan.channels[0].update_interval, seconds(60));
  EXPECT_EQ(options->plan.channels[1].update_interval, seconds(900));

  const auto& noc = std::get<MailOptions>(channels[0].how);
  EXPECT_EQ(noc.server.host, "smtp.example.net");
  EXPECT_EQ(noc.server.port, 587);
  EXPECT_EQ(noc.server.security, MailSecurity::starttls);
  EXPECT_EQ(noc.server.password_file, folder / "secrets/smtp");
  const auto& relay = std::get<MailOptions>(channels[1].how);
  EXPECT_EQ(relay.server.host, "::1");
  EXPECT_EQ(relay.server.port, 2525);
  EXPECT_EQ(relay.server.security, MailSecurity::none);
  EXPECT_EQ(relay.head.to, (std::vector<std::string>{"c@d", "E <e@f>"}));
  EXPECT_EQ(relay.head.list_id, "x.y");
  const auto& hook = std::get<WebhookOptions>(channels[2].how);
  EXPECT_EQ(hook.method, "PUT");
  EXPECT_EQ(hook.content_type, "application/vnd.x+json");
  EXPECT_EQ(hook.target.headers, std::vector<std::string>{"A: b"});
  EXPECT_EQ(hook.target.headers_file, "/etc/h");
  EXPECT_EQ(channels[2].timeout, seconds(5));
  Notification n = sample(Stage::open, "0000000000000001", Instant{});
  EXPECT_EQ(hook.body.fill(n), "{\"t\": \"Test, open: AS64511 announces 192.0.2.0/24 of AS64496\"}");
  EXPECT_EQ(std::get<SlackOptions>(channels[3].how).target.url_file, folder / "secrets/chat");
  EXPECT_EQ(std::get<TeamsOptions>(channels[4].how).target.url, "https://t.example.net/");
  const auto& am = std::get<AlertmanagerTargets>(channels[5].how);
  ASSERT_EQ(am.targets.size(), 2u);
  EXPECT_EQ(am.targets[0].url, "http://am1:9093");
  EXPECT_EQ(am.alerts.labels.at("team"), "noc");
  EXPECT_EQ(am.resend, seconds(30));
  EXPECT_EQ(am.alerts.lasts, seconds(120));
  const auto& pd = std::get<PagerDutyOptions>(channels[6].how);
  EXPECT_EQ(pd.target.url, "https://events.pagerduty.com/v2/enqueue");
  EXPECT_EQ(pd.key_file, folder / "secrets/pd");
  const auto& log = std::get<SyslogOptions>(channels[7].how);
  EXPECT_EQ(log.server.port, 6514);
  EXPECT_EQ(log.server.transport, SyslogTransport::tls);
  EXPECT_EQ(log.server.ca_file, folder / "ca.pem");
  EXPECT_EQ(log.head.facility, 16);
  EXPECT_EQ(std::get<CommandOptions>(channels[8].how).command, (std::vector<std::string>{"/bin/on", "--loud"}));

  ASSERT_EQ(options->plan.routes.size(), 2u);
  const Route& route = options->plan.routes[0];
  EXPECT_EQ(route.channels, (std::vector<std::string>{"noc", "hook"}));
  EXPECT_TRUE(route.last);
  EXPECT_EQ(route.match.least, Confidence::high);
  EXPECT_EQ(route.match.kinds, (std::vector<std::string>{"hijack", "leak"}));
  ASSERT_EQ(route.match.groups.size(), 1u);
  EXPECT_EQ(route.match.groups[0], (Group{"web", {*parse_prefix("192.0.2.0/24")}, {Asn{64500}}}));
  EXPECT_EQ(options->plan.routes[1].match.asns.size(), 2u);
  ASSERT_EQ(options->plan.maintenance.size(), 1u);
  EXPECT_EQ(options->plan.maintenance[0].until, *parse_instant("2026-12-02"));
  EXPECT_EQ(options->plan.maintenance[0].match.groups.size(), 1u);
  ASSERT_TRUE(options->heartbeat);
  EXPECT_EQ(options->heartbeat->interval, seconds(30));
}

TEST(NotifyConfig, ItsExampleIsAnAnswer) {
  const auto tree = config::parse_yaml(config::example(notify_schema()));
  ASSERT_TRUE(tree);
  EXPECT_TRUE(config::check(*tree, notify_schema()).empty());
  for (const config::Problem& problem : check_notify(*tree)) ADD_FAILURE() << to_string(problem);
  const NotifyOptions options = read_notify(*tree, "/etc/fairway");
  EXPECT_EQ(options.channels.size(), 8u) << "one of each";
  EXPECT_EQ(options.plan.routes.size(), 1u);
}

TEST(NotifyConfig, ValuesMustMakeSense) {
  const std::string mail = "server: s, from: a@b, to: c@d", http = "url: \"http://x\"";
  const auto has = [](const std::string& text, std::string_view part) {
    EXPECT_NE(text.find(part), std::string::npos) << text << " should say: " << part;
  };
  EXPECT_EQ(wrong("email", mail), "");
  has(wrong("email", "server: \"s:x\", from: a@b, to: c@d"), "'s:x' is no HOST:PORT");
  has(wrong("email", "server: \"s:0\", from: a@b, to: c@d"), "'s:0' is no HOST:PORT");
  has(wrong("email", "server: s, from: a, to: c@d"), "from: 'a' is no mail address");
  has(wrong("email", "server: s, from: a@b, to: [c@d, e]"), "to: 'e' is no mail address");
  has(wrong("email", mail + ", user: u"), "go together");
  has(wrong("email", mail + ", user: u, password_file: p, security: none"), "in the clear");
  has(wrong("email", mail + ", list_id: <x>"), "without brackets");
  EXPECT_EQ(wrong("slack", ""), "line 1, column 18: 'url' or 'url_file' is missing");
  EXPECT_EQ(wrong("slack", "url_file: x"), "");
  has(wrong("slack", "url: \"ftp://x\""), "http://");
  has(wrong("slack", http + ", timeout: 0"), "timeout: it must be at least 1");
  has(wrong("alertmanager", http + ", labels: [9a=b]"), "'9a=b' is not NAME=VALUE");
  has(wrong("alertmanager", http + ", resend: 0"), "resend: it must be at least 1");
  has(wrong("webhook", http + ", headers: [a]"), "Name: value");
  has(wrong("webhook", http + ", template: '{{id}}'"), "no JSON");
  has(wrong("webhook", http + ", template: '{{ide}}'"), "did you mean 'id'?");
  EXPECT_EQ(wrong("webhook", http + ", template: '{{id}}', content_type: text/plain"), "");
  EXPECT_EQ(wrong("pagerduty", "key_file: x"), "");
  has(wrong("pagerduty", "key_file: x, to: y"), "unknown key 'to'");
  has(wrong("command", ""), "'command' is missing");
}

TEST(NotifyConfig, NamesMustMeanSomething) {
  const std::string slack = "slack: [{name: a, url: \"http://x\"}]";
  const auto has = [](const std::string& text, std::string_view part) {
    EXPECT_NE(text.find(part), std::string::npos) << text << " should say: " << part;
  };
  has(wrong("notify: {" + slack + ", routes: [{channels: [b]}]}"), "there is no channel 'b'");
  has(wrong("notify: {" + slack + ", routes: [{channels: a, groups: g}]}"), "there is no group 'g'");
  has(wrong("notify: {" + slack + ", teams: [{name: a, url: \"http://x\"}]}"), "'a' stands here twice");
  has(wrong("notify: {slack: [{name: a b, url: \"http://x\"}]}"), "has more than letters");
  has(wrong("notify: {groups: [{name: g}, {name: g}]}"), "'g' stands here twice");
  has(wrong("notify: {maintenance: [{from: 2026-01-02, until: 2026-01-01, reason: x}]}"), "does not come after");
  has(wrong("notify: {heartbeat: {interval: 5}}"), "'url' or 'url_file' is missing");
  has(wrong("notify: {heartbeat: {url: \"http://x\", interval: 0}}"), "interval: it must be at least 1");
}

TEST(NotifyConfig, FilesWithoutTheSection) {
  EXPECT_EQ(load("store: x\n").error().kind, ErrorKind::not_found);
  EXPECT_EQ(load("notify:\n").error().kind, ErrorKind::not_found);
  EXPECT_EQ(load("notify: [\n").error().kind, ErrorKind::malformed);
  EXPECT_FALSE(load_notify("/nowhere/fairway.yaml"));
}

TEST(NotifyConfig, TheManualHoldsEveryKeyAndPlaceholder) {
  std::ifstream file(FAIRWAY_SOURCE_DIR "/docs/formats/notification.md");
  const std::string page(std::istreambuf_iterator<char>(file), {});
  EXPECT_NE(page.find(config::reference(notify_schema())), std::string::npos)
      << "docs/formats/notification.md should hold these tables:\n\n"
      << config::reference(notify_schema());
  std::string table = "| placeholder | what it stands for |\n|---|---|\n";
  for (const Placeholder& placeholder : placeholders()) {
    table += "| `" + std::string(placeholder.name) + "` | " + std::string(placeholder.meaning) + " |\n";
  }
  EXPECT_NE(page.find(table), std::string::npos) << "docs/formats/notification.md should hold this table:\n\n" << table;
}

}  // namespace
}  // namespace fairway::notify
