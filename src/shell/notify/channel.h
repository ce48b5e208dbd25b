// Channel: one way of telling somebody. It sends and says whether that worked; when, how often and in what order is the
// Notifier's (notifier.h).
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "core/notify/alertmanager.h"
#include "core/notify/mail.h"
#include "core/notify/notification.h"
#include "core/notify/syslog.h"
#include "core/notify/template.h"
#include "shell/notify/http.h"
#include "shell/notify/smtp.h"
#include "shell/notify/syslog_socket.h"

namespace fairway::notify {

// Whether it may be tried again: the world outside failed, not the notification.
inline bool is_temporary(const Error& error) { return error.kind == ErrorKind::system; }

class Channel {
 public:
  explicit Channel(std::string name) : name_(std::move(name)) {}
  virtual ~Channel() = default;

  const std::string& name() const { return name_; }

  // Sends it, or says why not: temporary (system) or for good (any other kind). A remark comes back with success where
  // it was not a whole one: "1 of 2 recipients refused ...". No text names a secret. Blocks, at most for about the
  // channel's timeout, and ends early when `stop` asks for it. One thread at a time.
  virtual Result<std::string> send(const Notification& notification, Instant now, std::stop_token stop) = 0;

  // A receiver that forgets must be told again and again of what stands open: how often, and how.
  virtual std::optional<Duration> repeat_interval() const { return std::nullopt; }
  virtual Result<void> repeat(std::span<const Notification>, Instant, std::stop_token) { return {}; }

 private:
  std::string name_;
};

// --- what can be configured, one for each kind

struct MailOptions {
  MailServer server{};
  MailHead head{};
};

struct WebhookOptions {
  HttpTarget target{};
  std::string method = "POST";
  std::string content_type = "application/json";
  Template body = *Template::parse(kDefaultTemplate);
};

struct SlackOptions {  // Mattermost and Rocket.Chat as well
  HttpTarget target{};
};

struct TeamsOptions {
  HttpTarget target{};
};

struct AlertmanagerTargets {
  std::vector<HttpTarget> targets{};  // of each instance, without "/api/v2/alerts"; all are told, one must take it
  AlertmanagerOptions alerts{};
  Duration resend = seconds(60);
};

struct PagerDutyOptions {
  HttpTarget target{.url = "https://events.pagerduty.com/v2/enqueue"};
  std::string key_file{};  // holds the routing key
  std::string source{};    // empty: this host's name
};

struct SyslogOptions {
  SyslogServer server{};
  SyslogHead head{};  // an empty host: this host's name
};

struct CommandOptions {
  std::vector<std::string> command{};  // the program by its path, and its arguments; no shell reads them
};

struct ChannelOptions {
  std::string name{};
  Duration timeout = seconds(30);  // of one attempt
  std::variant<MailOptions, WebhookOptions, SlackOptions, TeamsOptions, AlertmanagerTargets, PagerDutyOptions,
               SyslogOptions, CommandOptions>
      how{};
};

std::unique_ptr<Channel> make_channel(ChannelOptions options);

}  // namespace fairway::notify
