#include "shell/notify/notify_config.h"

namespace fairway::notify {

namespace {

using config::Key;
using enum config::ValueType;

constexpr std::string_view kSecurities[] = {"starttls", "tls", "none"};
constexpr std::string_view kTransports[] = {"udp", "tcp", "tls"};
constexpr std::string_view kMethods[] = {"POST", "PUT"};
constexpr std::string_view kKinds[] = {"hijack", "leak", "outage", "filter-gap", "blind"};
constexpr std::string_view kConfidences[] = {"low", "medium", "high"};

constexpr std::uint32_t kDay = 86400;

// What every channel has, and what those have that speak to a server.
#define FAIRWAY_CHANNEL(NAME)                                                                                       \
  {.name = "name", .sentence = "what routes call it: letters, digits, - and _", .example = NAME, .required = true}, \
      {.name = "update_interval",                                                                                   \
       .type = number,                                                                                              \
       .sentence = "seconds between two updates of one incident, at least; 0: none, open and clear alone",          \
       .example = "900",                                                                                            \
       .unset = "900",                                                                                              \
       .highest = 30 * kDay},                                                                                       \
      {.name = "timeout",                                                                                           \
       .type = number,                                                                                              \
       .sentence = "seconds that one attempt may take",                                                             \
       .example = "30",                                                                                             \
       .unset = "30",                                                                                               \
       .highest = 600}
#define FAIRWAY_CA_FILE                                                \
  {.name = "ca_file",                                                  \
   .sentence = "the certificates (PEM) that may vouch for the server", \
   .example = "/etc/ssl/certs/ca-certificates.crt",                    \
   .unset = "those of the system"}
#define FAIRWAY_URL(EXAMPLE)                                                                                  \
  {.name = "url", .sentence = "where to send", .example = EXAMPLE, .unset = "see `url_file`"},                \
      {.name = "url_file",                                                                                    \
       .sentence = "a file with the address, or with its end, to stand behind `url`: where that is a secret", \
       .example = "secrets/url",                                                                              \
       .unset = "see `url`"}
#define FAIRWAY_HEADERS                                                                           \
  {.name = "headers",                                                                             \
   .sentence = "further header lines",                                                            \
   .example = "[\"X-Team: noc\"]",                                                                \
   .unset = "none",                                                                               \
   .list = true},                                                                                 \
      {.name = "headers_file",                                                                    \
       .sentence = "more of them from a file, one a line, where they are secret (Authorization)", \
       .example = "secrets/headers",                                                              \
       .unset = "none"}

constexpr Key kEmail[] = {
    FAIRWAY_CHANNEL("noc"),
    {.name = "server",
     .sentence = "the mail server, HOST or HOST:PORT",
     .example = "\"smtp.example.net:587\"",
     .required = true},
    {.name = "security",
     .type = choice,
     .sentence = "how the connection is protected; the usual ports are 587, 465 and 25",
     .example = "starttls",
     .unset = "starttls",
     .choices = kSecurities},
    FAIRWAY_CA_FILE,
    {.name = "user", .sentence = "the login", .example = "fairway", .unset = "no login"},
    {.name = "password_file",
     .sentence = "a file with the login's password",
     .example = "secrets/smtp",
     .unset = "no login"},
    {.name = "from", .sentence = "the sender", .example = "Fairway <fairway@example.net>", .required = true},
    {.name = "to", .sentence = "the recipients", .example = "[noc@example.net]", .required = true, .list = true},
    {.name = "list_id",
     .sentence = "the List-Id, to sort by",
     .example = "fairway.example.net",
     .unset = "fairway. and the sender's domain"},
};

constexpr Key kWebhook[] = {
    FAIRWAY_CHANNEL("ticket"),
    FAIRWAY_URL("\"https://hooks.example.net/fairway/\""),
    FAIRWAY_CA_FILE,
    FAIRWAY_HEADERS,
    {.name = "method",
     .type = choice,
     .sentence = "the HTTP method",
     .example = "POST",
     .unset = "POST",
     .choices = kMethods},
    {.name = "content_type",
     .sentence = "what the body is",
     .example = "application/json",
     .unset = "application/json"},
    {.name = "template",
     .sentence = "the body, with placeholders",
     .example = "'{\"title\": \"{{subject}}\", \"prefixes\": {{json:prefixes}}}'",
     .unset = "the whole notification"},
};

constexpr Key kSlack[] = {
    FAIRWAY_CHANNEL("chat"),
    FAIRWAY_URL("\"https://hooks.slack.com/services/\""),
    FAIRWAY_CA_FILE,
};

constexpr Key kTeams[] = {
    FAIRWAY_CHANNEL("team"),
    FAIRWAY_URL("\"https://example.webhook.office.com/\""),
    FAIRWAY_CA_FILE,
};

constexpr Key kAlertmanager[] = {
    FAIRWAY_CHANNEL("alerts"),
    {.name = "url",
     .sentence = "the addresses of its instances; all are told",
     .example = "[\"http://localhost:9093\"]",
     .required = true,
     .list = true},
    FAIRWAY_CA_FILE,
    FAIRWAY_HEADERS,
    {.name = "labels",
     .sentence = "further labels, NAME=VALUE",
     .example = "[team=noc]",
     .unset = "none",
     .list = true},
    {.name = "resend",
     .type = number,
     .sentence = "seconds until what stands open is sent again; unheard of for four times that long, it ends by itself",
     .example = "60",
     .unset = "60",
     .highest = kDay},
};

constexpr Key kPagerDuty[] = {
    FAIRWAY_CHANNEL("pager"),
    {.name = "key_file",
     .sentence = "a file with the integration's routing key",
     .example = "secrets/pagerduty",
     .required = true},
    {.name = "url",
     .sentence = "where to send",
     .example = "\"https://events.eu.pagerduty.com/v2/enqueue\"",
     .unset = "https://events.pagerduty.com/v2/enqueue"},
    FAIRWAY_CA_FILE,
    {.name = "source", .sentence = "who watches", .example = "fairway.example.net", .unset = "this host's name"},
};

constexpr Key kSyslog[] = {
    FAIRWAY_CHANNEL("log"),
    {.name = "server",
     .sentence = "the receiver, HOST or HOST:PORT",
     .example = "\"log.example.net:514\"",
     .required = true},
    {.name = "transport",
     .type = choice,
     .sentence = "how messages travel; the usual ports are 514, 514 and 6514",
     .example = "udp",
     .unset = "udp",
     .choices = kTransports},
    FAIRWAY_CA_FILE,
    {.name = "facility",
     .type = number,
     .sentence = "3 is daemon, 16 to 23 are local0 to local7",
     .example = "16",
     .unset = "3",
     .highest = 23},
    {.name = "host", .sentence = "the sender's name", .example = "fairway.example.net", .unset = "this host's name"},
};

constexpr Key kCommand[] = {
    FAIRWAY_CHANNEL("script"),
    {.name = "command",
     .sentence = "the program and its arguments; no shell reads them, and at the end of its time it is killed",
     .example = "[/usr/local/bin/on-incident, --loud]",
     .required = true,
     .list = true},
};

// What routes and maintenance windows have in common.
#define FAIRWAY_MATCH                                                                                              \
  {.name = "groups", .sentence = "one of these groups", .example = "[customers]", .unset = "any", .list = true},   \
      {.name = "kinds",                                                                                            \
       .type = choice,                                                                                             \
       .sentence = "one of these kinds",                                                                           \
       .example = "[hijack, leak]",                                                                                \
       .unset = "any",                                                                                             \
       .list = true,                                                                                               \
       .choices = kKinds},                                                                                         \
      {.name = "confidence",                                                                                       \
       .type = choice,                                                                                             \
       .sentence = "at least this confidence",                                                                     \
       .example = "medium",                                                                                        \
       .unset = "low",                                                                                             \
       .choices = kConfidences},                                                                                   \
      {.name = "prefixes",                                                                                         \
       .type = prefix,                                                                                             \
       .sentence = "prefixes: a route means incidents that touch one, a window those that lie wholly within them", \
       .example = "[192.0.2.0/24]",                                                                                \
       .unset = "any",                                                                                             \
       .list = true},                                                                                              \
  {                                                                                                                \
    .name = "asns", .type = asn, .sentence = "an offender or victim is one of these", .example = "[64500]",        \
    .unset = "any", .list = true                                                                                   \
  }

constexpr Key kGroup[] = {
    {.name = "name", .sentence = "what routes and windows call it", .example = "customers", .required = true},
    {.name = "prefixes",
     .type = prefix,
     .sentence = "its prefixes",
     .example = "[198.51.100.0/24]",
     .unset = "none",
     .list = true},
    {.name = "asns", .type = asn, .sentence = "its ASes", .example = "[64510]", .unset = "none", .list = true},
};

constexpr Key kRoute[] = {
    {.name = "channels", .sentence = "who is told", .example = "[noc]", .required = true, .list = true},
    FAIRWAY_MATCH,
    {.name = "last",
     .type = boolean,
     .sentence = "what matches here is not held against the routes below",
     .example = "false",
     .unset = "false"},
};

constexpr Key kWindow[] = {
    {.name = "from", .type = instant, .sentence = "its beginning", .example = "2026-12-01T22:00:00Z", .required = true},
    {.name = "until", .type = instant, .sentence = "its end", .example = "2026-12-02T04:00:00Z", .required = true},
    {.name = "reason", .sentence = "what is worked on", .example = "new routers in Zurich", .required = true},
    FAIRWAY_MATCH,
};
#undef FAIRWAY_MATCH

constexpr Key kHeartbeat[] = {
    {.name = "url",
     .sentence = "what is fetched",
     .example = "\"https://hc.example.net/ping\"",
     .unset = "see url_file"},
    {.name = "url_file",
     .sentence = "a file with that address, where it is a secret",
     .example = "secrets/heartbeat-url",
     .unset = "see url"},
    {.name = "interval",
     .type = number,
     .sentence = "seconds between two beats",
     .example = "60",
     .unset = "60",
     .highest = kDay},
};

constexpr Key kNotify[] = {
    {.name = "email",
     .type = map,
     .sentence = "mail servers and whom to write",
     .unset = "none",
     .list = true,
     .keys = kEmail},
    {.name = "webhook",
     .type = map,
     .sentence = "addresses that take any text (HTTP)",
     .unset = "none",
     .list = true,
     .keys = kWebhook},
    {.name = "slack",
     .type = map,
     .sentence = "incoming webhooks of Slack, Mattermost or Rocket.Chat",
     .unset = "none",
     .list = true,
     .keys = kSlack},
    {.name = "teams",
     .type = map,
     .sentence = "Workflows webhooks of Microsoft Teams",
     .unset = "none",
     .list = true,
     .keys = kTeams},
    {.name = "alertmanager",
     .type = map,
     .sentence = "Prometheus' Alertmanager, API v2",
     .unset = "none",
     .list = true,
     .keys = kAlertmanager},
    {.name = "pagerduty",
     .type = map,
     .sentence = "services of PagerDuty, Events API v2",
     .unset = "none",
     .list = true,
     .keys = kPagerDuty},
    {.name = "syslog",
     .type = map,
     .sentence = "receivers of syslog (RFC 5424)",
     .unset = "none",
     .list = true,
     .keys = kSyslog},
    {.name = "command",
     .type = map,
     .sentence = "programs on this host",
     .unset = "none",
     .list = true,
     .keys = kCommand},
    {.name = "groups",
     .type = map,
     .sentence = "prefixes and ASes under one name",
     .unset = "none",
     .list = true,
     .keys = kGroup},
    {.name = "routes",
     .type = map,
     .sentence = "what goes to whom; every route that matches counts, and what matches none is told to nobody",
     .unset = "everything goes to every channel",
     .list = true,
     .keys = kRoute},
    {.name = "maintenance",
     .type = map,
     .sentence = "when nobody is told that something opens or changes; what still stands at the end is told then",
     .unset = "none",
     .list = true,
     .keys = kWindow},
    {.name = "heartbeat",
     .type = map,
     .sentence = "an address fetched while all is well; it stops while the program is blind",
     .unset = "none",
     .keys = kHeartbeat},
};

}  // namespace

config::Schema notify_schema() { return kNotify; }

}  // namespace fairway::notify
