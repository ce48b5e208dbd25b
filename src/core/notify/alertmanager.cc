#include "core/notify/alertmanager.h"

#include <algorithm>

#include "base/json_writer.h"
#include "core/notify/words.h"

namespace fairway::notify {

namespace {

std::string lines_of(const std::vector<Evidence>& list) {
  std::string text;
  for (const Evidence& evidence : list) text += (text.empty() ? "" : "\n") + line_of(evidence);
  return text;
}

std::map<std::string, std::string> labels_of(const Notification& n, const AlertmanagerOptions& options) {
  std::map<std::string, std::string> labels = options.labels;
  const std::string kind(to_string(kind_of(n.incident.type)));
  std::string name = kind;
  name.front() = static_cast<char>(name.front() - 'a' + 'A');
  labels["alertname"] = name;
  labels["incident"] = n.incident.id;
  labels["kind"] = kind;
  labels["type"] = to_string(n.incident.type);
  labels["severity"] = to_string(n.severity);
  if (n.test) labels["test"] = "true";
  return labels;
}

}  // namespace

std::string alerts(std::span<const Notification> notifications, const AlertmanagerOptions& options, Instant now) {
  std::string out;
  JsonWriter json(out);
  json.array();
  for (const Notification& n : notifications) {
    const Incident& i = n.incident;
    json.object().key("labels").object();
    for (const auto& [name, value] : labels_of(n, options)) json.field(name, value);
    json.end().key("annotations").object();
    const auto annotation = [&](std::string_view name, const std::string& value) {
      if (!value.empty()) json.field(name, value);  // Alertmanager drops empty ones
    };
    annotation("summary", headline(i));
    annotation("description", body(n));
    annotation("offenders", list_of(i.offenders));
    annotation("victims", list_of(i.victims));
    annotation("prefixes", list_of(i.prefixes));
    annotation("confidence", std::to_string(i.confidence));
    annotation("evidence", lines_of(i.evidence));
    annotation("notification", id_of(n));
    json.end().field("startsAt", to_string(i.opened));
    // A clear must lie in the past by Alertmanager's clock as well.
    const Instant end = n.stage == Stage::clear ? std::min(i.cleared.value_or(n.at), now) : now + options.lasts;
    json.field("endsAt", to_string(std::max(end, i.opened + seconds(1)))).end();
  }
  json.end();
  return out;
}

}  // namespace fairway::notify
