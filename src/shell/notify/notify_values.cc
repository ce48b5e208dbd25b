#include "shell/notify/notify_values.h"

#include <simdjson.h>

#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "core/notify/notification.h"

namespace fairway::notify {

namespace {

bool is_json(const std::string& text) {
  simdjson::dom::parser parser;
  simdjson::dom::element element;
  return parser.parse(simdjson::padded_string(text)).get(element) == simdjson::SUCCESS;
}

}  // namespace

std::optional<std::pair<std::string, std::uint16_t>> parse_server(std::string_view text, std::uint16_t port) {
  std::string_view host = text, rest;
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    host = text.substr(1, close - 1);
    rest = text.substr(close + 1);
  } else if (std::ranges::count(text, ':') == 1) {
    host = text.substr(0, text.find(':'));
    rest = text.substr(host.size());
  }
  if (!rest.empty()) {
    const auto number = rest.starts_with(':') ? parse_number<std::uint16_t>(rest.substr(1)) : std::nullopt;
    if (!number || *number == 0) return std::nullopt;
    port = *number;
  }
  const auto fits = [](unsigned char c) {
    return std::isalnum(c) || c == '.' || c == '-' || c == ':' || c == '_' || c == '%';
  };
  if (host.empty() || !std::ranges::all_of(host, fits)) return std::nullopt;
  return std::pair(std::string(host), port);
}

std::optional<std::pair<std::string, std::string>> parse_label(std::string_view text) {
  std::string_view value = text;
  const std::string_view name = cut(value, '=');
  const auto fits = [](unsigned char c) { return std::isalnum(c) || c == '_'; };
  if (name.size() == text.size() || name.empty() || std::isdigit(static_cast<unsigned char>(name.front())) ||
      !std::ranges::all_of(name, fits)) {
    return std::nullopt;
  }
  return std::pair(std::string(name), std::string(value));
}

std::string path_in(const std::string& folder, const std::string& path) {
  return path.empty() ? path : (std::filesystem::path(folder) / path).string();
}

Result<Template> read_template(const config::Fields& channel) {
  const std::string text = channel.text("template");
  auto body = Template::parse(text.empty() ? kDefaultTemplate : std::string_view(text));
  if (!body) return body;
  const std::string content_type = channel.text("content_type");
  if (content_type.empty() || content_type.find("json") != std::string::npos) {
    if (!is_json(body->fill(sample(Stage::update, "0000000000000000", Instant{})))) {
      return fail(ErrorKind::malformed, "what it makes is no JSON: a text wants quotes around it, {{json:...}} none");
    }
  }
  return body;
}

}  // namespace fairway::notify
