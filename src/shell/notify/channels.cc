// The channels: each makes its payload and hands it to its carrier.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/notify/chat.h"
#include "core/notify/environment.h"
#include "core/notify/pagerduty.h"
#include "shell/notify/channel.h"
#include "shell/notify/command.h"
#include "shell/notify/secret.h"

namespace fairway::notify {

namespace {

using Outcome = Result<std::string>;

Outcome outcome(const Result<void>& result) {
  if (!result) return std::unexpected(result.error());
  return std::string();
}

std::string name_of_this_host() {
  char name[256] = "";
  return ::gethostname(name, sizeof name - 1) == 0 ? name : "";
}

// A message goes out once for those who took it: whoever is to be tried later is alone tried again.
class MailChannel : public Channel {
 public:
  MailChannel(std::string name, MailOptions options, Duration timeout)
      : Channel(std::move(name)), options_(std::move(options)), timeout_(timeout) {}

  Outcome send(const Notification& notification, Instant, std::stop_token stop) override {
    const std::string id = id_of(notification);
    std::set<std::string> done = std::move(done_[id]);
    done_.erase(id);
    std::vector<std::string> to;
    for (const std::string& mailbox : options_.head.to) {
      std::string address(address_of(mailbox));
      if (!done.contains(address)) to.push_back(std::move(address));
    }
    const std::string message = mail(notification, options_.head);
    const auto result =
        send_mail(options_.server, address_of(options_.head.from), to, message, timeout_, std::move(stop));
    if (!result) {
      if (!done.empty()) done_[id] = std::move(done);
      return std::unexpected(result.error());
    }
    done.insert(result->accepted.begin(), result->accepted.end());
    std::string refused;
    for (const auto* list : {&result->later, &result->never}) {
      for (const auto& [recipient, answer] : *list) {
        refused += fmt::format("{}{}: {}", refused.empty() ? "" : "; ", recipient, answer);
      }
    }
    if (!result->later.empty()) {
      for (const auto& [recipient, answer] : result->never) done.insert(recipient);
      done_[id] = std::move(done);
      return fail(ErrorKind::system, refused);
    }
    if (done.empty()) return fail(ErrorKind::refused, refused);
    return refused;
  }

 private:
  MailOptions options_;
  Duration timeout_;
  std::map<std::string, std::set<std::string>> done_;  // by notification, while some are to be tried again
};

class WebhookChannel : public Channel {
 public:
  WebhookChannel(std::string name, WebhookOptions options, Duration timeout)
      : Channel(std::move(name)), options_(std::move(options)), timeout_(timeout) {}

  Outcome send(const Notification& notification, Instant, std::stop_token stop) override {
    return outcome(send_http(options_.target,
                             {.method = options_.method,
                              .content_type = options_.content_type,
                              .body = options_.body.fill(notification),
                              .timeout = timeout_},
                             std::move(stop)));
  }

 private:
  WebhookOptions options_;
  Duration timeout_;
};

// Slack, Teams: a function makes the body.
class ChatChannel : public Channel {
 public:
  ChatChannel(std::string name, HttpTarget target, std::string (*write)(const Notification&), Duration timeout)
      : Channel(std::move(name)), target_(std::move(target)), write_(write), timeout_(timeout) {}

  Outcome send(const Notification& notification, Instant, std::stop_token stop) override {
    return outcome(send_http(target_, {.body = write_(notification), .timeout = timeout_}, std::move(stop)));
  }

 private:
  HttpTarget target_;
  std::string (*write_)(const Notification&);
  Duration timeout_;
};

class AlertmanagerChannel : public Channel {
 public:
  AlertmanagerChannel(std::string name, AlertmanagerTargets options, Duration timeout)
      : Channel(std::move(name)), options_(std::move(options)), timeout_(timeout) {}

  Outcome send(const Notification& notification, Instant now, std::stop_token stop) override {
    return tell(std::span(&notification, 1), now, std::move(stop));
  }
  std::optional<Duration> repeat_interval() const override { return options_.resend; }
  Result<void> repeat(std::span<const Notification> standing, Instant now, std::stop_token stop) override {
    const Outcome result = tell(standing, now, std::move(stop));
    if (!result) return std::unexpected(result.error());
    return {};
  }

 private:
  // All instances are told (they agree among themselves); one that takes it is enough.
  Outcome tell(std::span<const Notification> notifications, Instant now, std::stop_token stop) {
    const HttpRequest request{
        .body = alerts(notifications, options_.alerts, now), .path = "/api/v2/alerts", .timeout = timeout_};
    std::string failures;
    ErrorKind kind = ErrorKind::refused;
    bool taken = false;
    for (const HttpTarget& target : options_.targets) {
      const auto result = send_http(target, request, stop);
      taken = taken || result.has_value();
      if (result) continue;
      failures += (failures.empty() ? "" : "; ") + result.error().text;
      if (result.error().kind == ErrorKind::system) kind = ErrorKind::system;
    }
    if (!taken) return fail(kind, failures);
    return failures;
  }

  AlertmanagerTargets options_;
  Duration timeout_;
};

class PagerDutyChannel : public Channel {
 public:
  PagerDutyChannel(std::string name, PagerDutyOptions options, Duration timeout)
      : Channel(std::move(name)), options_(std::move(options)), timeout_(timeout) {
    if (options_.source.empty()) options_.source = name_of_this_host();
  }

  Outcome send(const Notification& notification, Instant, std::stop_token stop) override {
    const auto key = read_secret(options_.key_file);
    if (!key) return std::unexpected(key.error());
    return outcome(
        send_http(options_.target,
                  {.body = pagerduty(notification, *key, options_.source), .secrets = {*key}, .timeout = timeout_},
                  std::move(stop)));
  }

 private:
  PagerDutyOptions options_;
  Duration timeout_;
};

class SyslogChannel : public Channel {
 public:
  SyslogChannel(std::string name, SyslogOptions options, Duration timeout)
      : Channel(std::move(name)), options_(std::move(options)), timeout_(timeout) {
    if (options_.head.host.empty()) options_.head.host = name_of_this_host();
  }

  Outcome send(const Notification& notification, Instant, std::stop_token stop) override {
    return outcome(send_syslog(options_.server, syslog(notification, options_.head), timeout_, std::move(stop)));
  }

 private:
  SyslogOptions options_;
  Duration timeout_;
};

class CommandChannel : public Channel {
 public:
  CommandChannel(std::string name, CommandOptions options, Duration timeout)
      : Channel(std::move(name)), options_(std::move(options)), timeout_(timeout) {}

  Outcome send(const Notification& notification, Instant, std::stop_token stop) override {
    std::string input;
    append_json(input, notification);
    input += '\n';
    return outcome(run_command(options_.command, environment(notification), input, timeout_, std::move(stop)));
  }

 private:
  CommandOptions options_;
  Duration timeout_;
};

struct Maker {
  std::string name;
  Duration timeout;

  std::unique_ptr<Channel> operator()(MailOptions&& o) { return make<MailChannel>(std::move(o)); }
  std::unique_ptr<Channel> operator()(WebhookOptions&& o) { return make<WebhookChannel>(std::move(o)); }
  std::unique_ptr<Channel> operator()(SlackOptions&& o) { return chat(std::move(o.target), slack); }
  std::unique_ptr<Channel> operator()(TeamsOptions&& o) { return chat(std::move(o.target), teams); }
  std::unique_ptr<Channel> operator()(AlertmanagerTargets&& o) { return make<AlertmanagerChannel>(std::move(o)); }
  std::unique_ptr<Channel> operator()(PagerDutyOptions&& o) { return make<PagerDutyChannel>(std::move(o)); }
  std::unique_ptr<Channel> operator()(SyslogOptions&& o) { return make<SyslogChannel>(std::move(o)); }
  std::unique_ptr<Channel> operator()(CommandOptions&& o) { return make<CommandChannel>(std::move(o)); }

  template <class C, class O>
  std::unique_ptr<Channel> make(O&& options) {
    return std::make_unique<C>(std::move(name), std::forward<O>(options), timeout);
  }
  std::unique_ptr<Channel> chat(HttpTarget target, std::string (*write)(const Notification&)) {
    return std::make_unique<ChatChannel>(std::move(name), std::move(target), write, timeout);
  }
};

}  // namespace

std::unique_ptr<Channel> make_channel(ChannelOptions options) {
  return std::visit(Maker{std::move(options.name), options.timeout}, std::move(options.how));
}

}  // namespace fairway::notify
