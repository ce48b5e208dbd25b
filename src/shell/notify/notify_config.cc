#include "shell/notify/notify_config.h"

#include <algorithm>
#include <filesystem>

#include "shell/feed/source.h"
#include "shell/notify/notify_values.h"

namespace fairway::notify {

namespace {

using config::Fields;
using config::Node;

constexpr std::string_view kSection = "notify";

Duration duration(const Fields& fields, std::string_view key, Duration otherwise) {
  const auto number = fields.number(key);
  return number ? seconds(*number) : otherwise;
}

template <class T>
T word_of(const Fields& fields, std::string_view key, std::initializer_list<std::string_view> words, T otherwise) {
  const auto found = std::ranges::find(words, fields.text(key));
  return found == words.end() ? otherwise : static_cast<T>(found - words.begin());
}

class Reader {
 public:
  Reader(const Node& section, const std::string& folder) : section_(section), folder_(folder) {
    for (const Fields& group : section_.maps("groups")) {
      groups_.push_back({group.text("name"), group.prefixes("prefixes"), group.asns("asns")});
    }
  }

  NotifyOptions take() {
    NotifyOptions options;
    for (const std::string_view type : kChannelTypes) {
      for (const Fields& channel : section_.maps(type)) {
        const PlannedChannel defaults;
        options.plan.channels.push_back(
            {channel.text("name"), duration(channel, "update_interval", defaults.update_interval)});
        options.channels.push_back(read_channel(channel, type));
      }
    }
    for (const Fields& route : section_.maps("routes")) {
      options.plan.routes.push_back({read_match(route), route.texts("channels"), route.flag("last")});
    }
    for (const Fields& window : section_.maps("maintenance")) {
      options.plan.maintenance.push_back({read_match(window), window.instant("from").value_or(Instant()),
                                          window.instant("until").value_or(Instant()), window.text("reason")});
    }
    for (const Fields& heartbeat : section_.maps("heartbeat")) {
      HeartbeatOptions beat;
      beat.target = read_target(heartbeat, heartbeat.text("url"));
      beat.interval = duration(heartbeat, "interval", beat.interval);
      options.heartbeat = std::move(beat);
    }
    return options;
  }

 private:
  Match read_match(const Fields& fields) const {
    Match match;
    match.kinds = fields.texts("kinds");
    match.least = word_of(fields, "confidence", {"low", "medium", "high"}, match.least);
    match.prefixes = fields.prefixes("prefixes");
    match.asns = fields.asns("asns");
    for (const std::string& name : fields.texts("groups")) {
      const auto group = std::ranges::find(groups_, name, &Group::name);
      if (group != groups_.end()) match.groups.push_back(*group);
    }
    return match;
  }

  std::string path(const Fields& fields, std::string_view key) const { return path_in(folder_, fields.text(key)); }

  HttpTarget read_target(const Fields& fields, std::string url) const {
    return {std::move(url), path(fields, "url_file"), fields.texts("headers"), path(fields, "headers_file"),
            path(fields, "ca_file")};
  }

  ChannelOptions read_channel(const Fields& channel, std::string_view type) const {
    ChannelOptions options;
    options.name = channel.text("name");
    options.timeout = duration(channel, "timeout", options.timeout);
    const HttpTarget target = read_target(channel, channel.text("url"));
    if (type == "email") options.how = read_mail(channel);
    if (type == "webhook") options.how = read_webhook(channel, target);
    if (type == "slack") options.how = SlackOptions{target};
    if (type == "teams") options.how = TeamsOptions{target};
    if (type == "alertmanager") options.how = read_alertmanager(channel);
    if (type == "pagerduty") {
      PagerDutyOptions events{.key_file = path(channel, "key_file"), .source = channel.text("source")};
      if (!target.url.empty()) events.target = target;
      events.target.ca_file = target.ca_file;
      options.how = std::move(events);
    }
    if (type == "syslog") options.how = read_syslog(channel);
    if (type == "command") options.how = CommandOptions{channel.texts("command")};
    return options;
  }

  MailOptions read_mail(const Fields& channel) const {
    MailOptions mail;
    mail.server.security = word_of(channel, "security", {"starttls", "tls", "none"}, mail.server.security);
    const std::uint16_t usual = mail.server.security == MailSecurity::tls    ? 465
                                : mail.server.security == MailSecurity::none ? 25
                                                                             : 587;
    std::tie(mail.server.host, mail.server.port) = *parse_server(channel.text("server"), usual);
    mail.server.user = channel.text("user");
    mail.server.password_file = path(channel, "password_file");
    mail.server.ca_file = path(channel, "ca_file");
    mail.head = {channel.text("from"), channel.texts("to"), channel.text("list_id")};
    return mail;
  }

  WebhookOptions read_webhook(const Fields& channel, const HttpTarget& target) const {
    WebhookOptions webhook;
    webhook.target = target;
    if (const std::string method = channel.text("method"); !method.empty()) webhook.method = method;
    if (const std::string type = channel.text("content_type"); !type.empty()) webhook.content_type = type;
    if (auto body = read_template(channel)) webhook.body = *std::move(body);
    return webhook;
  }

  AlertmanagerTargets read_alertmanager(const Fields& channel) const {
    AlertmanagerTargets targets;
    for (std::string url : channel.texts("url")) {
      while (url.ends_with('/')) url.pop_back();
      targets.targets.push_back(read_target(channel, std::move(url)));
    }
    for (const std::string& label : channel.texts("labels")) targets.alerts.labels.insert(*parse_label(label));
    targets.resend = duration(channel, "resend", targets.resend);
    targets.alerts.lasts = seconds(4 * targets.resend.microseconds / 1'000'000);
    return targets;
  }

  SyslogOptions read_syslog(const Fields& channel) const {
    SyslogOptions syslog;
    syslog.server.transport = word_of(channel, "transport", {"udp", "tcp", "tls"}, syslog.server.transport);
    const std::uint16_t usual = syslog.server.transport == SyslogTransport::tls ? 6514 : 514;
    std::tie(syslog.server.host, syslog.server.port) = *parse_server(channel.text("server"), usual);
    syslog.server.ca_file = path(channel, "ca_file");
    syslog.head.facility = static_cast<std::uint8_t>(channel.number("facility").value_or(syslog.head.facility));
    syslog.head.host = channel.text("host");
    return syslog;
  }

  const Fields section_;
  const std::string& folder_;
  std::vector<Group> groups_;
};

std::unexpected<Error> named(const std::string& path, Error error) {
  error.text = path + ": " + error.text;
  return std::unexpected(std::move(error));
}

}  // namespace

NotifyOptions read_notify(const Node& section, const std::string& folder) { return Reader(section, folder).take(); }

Result<NotifyOptions> load_notify(const std::string& path) {
  const auto octets = read_all(path, 1, config::kMaxYaml);
  if (!octets) return std::unexpected(octets.error());
  const auto tree = config::parse_yaml(as_text(octets->bytes()));
  if (!tree) return named(path, tree.error());
  const Node* section = tree->find(kSection);
  if (section == nullptr) return fail(ErrorKind::not_found, path + " has no section 'notify'");
  const std::string folder = std::filesystem::path(path).parent_path().string();
  std::vector<config::Problem> problems = config::check(*section, notify_schema());
  if (problems.empty()) problems = check_notify(*section);
  if (!problems.empty()) return named(path, config::refuse(problems).error());
  return read_notify(*section, folder);
}

}  // namespace fairway::notify
