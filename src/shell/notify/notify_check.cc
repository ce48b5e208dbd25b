// What the types of the keys cannot say of the section `notify`.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "core/notify/mail.h"
#include "shell/notify/notify_config.h"
#include "shell/notify/notify_values.h"

namespace fairway::notify {

namespace {

using config::Fields;
using config::Node;
using config::Problem;

class Check {
 public:
  explicit Check(const Node& section) : section_(section) {}

  std::vector<Problem> take() {
    std::set<std::string> names, groups;
    for (const std::string_view type : kChannelTypes) {
      for (const Fields& channel : section_.maps(type)) {
        check_name(channel, names);
        check_channel(channel, type);
      }
    }
    for (const Fields& group : section_.maps("groups")) check_name(group, groups);
    for (const std::string_view list : {"routes", "maintenance"}) {
      for (const Fields& map : section_.maps(list)) {
        check_known(map, "channels", "channel", names);
        check_known(map, "groups", "group", groups);
        const auto from = map.instant("from"), until = map.instant("until");
        if (from && until && *until <= *from) complain(map, "until", "until does not come after from");
      }
    }
    for (const Fields& heartbeat : section_.maps("heartbeat")) {
      check_address(heartbeat, false);
      check_not_zero(heartbeat, "interval");
    }
    std::ranges::stable_sort(problems_, {}, [](const Problem& p) { return std::pair(p.line, p.column); });
    return std::move(problems_);
  }

 private:
  // At the value of that key, or of the map where there is none.
  void complain(const Fields& fields, std::string_view key, std::string text) {
    const Node* node = fields.node().find(key);
    if (node == nullptr) node = &fields.node();
    problems_.push_back({node->line, node->column, std::move(text)});
  }

  void check_name(const Fields& fields, std::set<std::string>& names) {
    const std::string name = fields.text("name");
    const bool word =
        std::ranges::all_of(name, [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; });
    if (!word) complain(fields, "name", fmt::format("name: '{}' has more than letters, digits, - and _", name));
    if (!names.insert(name).second) complain(fields, "name", fmt::format("name: '{}' stands here twice", name));
  }

  void check_known(const Fields& fields, std::string_view key, std::string_view thing,
                   const std::set<std::string>& names) {
    for (const std::string& name : fields.texts(key)) {
      if (!names.contains(name)) complain(fields, key, fmt::format("{}: there is no {} '{}'", key, thing, name));
    }
  }

  void check_not_zero(const Fields& fields, std::string_view key) {
    if (fields.number(key) == 0u) complain(fields, key, fmt::format("{}: it must be at least 1", key));
  }

  void check_address(const Fields& fields, bool known_without) {
    for (const std::string& url : fields.texts("url")) {
      if (!url.starts_with("http://") && !url.starts_with("https://")) {
        complain(fields, "url", "url: it does not begin with http:// or https://");
      }
    }
    if (!known_without && fields.text("url").empty() && fields.text("url_file").empty()) {
      complain(fields, "url", "'url' or 'url_file' is missing");
    }
  }

  void check_channel(const Fields& channel, std::string_view type) {
    check_not_zero(channel, "timeout");
    check_not_zero(channel, "resend");
    const bool speaks_http = type != "email" && type != "syslog" && type != "command";
    if (speaks_http) check_address(channel, type == "pagerduty");
    check_values(channel);
  }

  void check_values(const Fields& channel) {
    if (const std::string server = channel.text("server"); !server.empty() && !parse_server(server, 1)) {
      complain(channel, "server", fmt::format("server: '{}' is no HOST:PORT", server));
    }
    if (channel.text("user").empty() != channel.text("password_file").empty()) {
      complain(channel, "user", "'user' and 'password_file' go together");
    }
    if (channel.text("security") == "none" && !channel.text("user").empty()) {
      complain(channel, "security", "security: a password does not go out in the clear");
    }
    for (const std::string_view key : {"from", "to"}) {
      for (const std::string& mailbox : channel.texts(key)) {
        if (!is_mailbox(mailbox)) complain(channel, key, fmt::format("{}: '{}' is no mail address", key, mailbox));
      }
    }
    for (const std::string& header : channel.texts("headers")) {
      if (header.find(':') == std::string::npos || header.find_first_of("\r\n") != std::string::npos) {
        complain(channel, "headers", "headers: a line is written as \"Name: value\"");
      }
    }
    for (const std::string& label : channel.texts("labels")) {
      if (!parse_label(label)) complain(channel, "labels", fmt::format("labels: '{}' is not NAME=VALUE", label));
    }
    if (channel.text("list_id").find_first_of("<> \r\n") != std::string::npos) {
      complain(channel, "list_id", "list_id: it is written without brackets and blanks");
    }
    if (const auto body = read_template(channel); !body)
      complain(channel, "template", "template: " + body.error().text);
  }

  const Fields section_;
  std::vector<Problem> problems_;
};

}  // namespace

std::vector<config::Problem> check_notify(const config::Node& section) { return Check(section).take(); }

}  // namespace fairway::notify
