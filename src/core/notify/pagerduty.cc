#include "core/notify/pagerduty.h"

#include "base/json_writer.h"
#include "core/notify/words.h"

namespace fairway::notify {

namespace {
constexpr std::size_t kSummary = 1024;  // characters that a summary may have
constexpr std::size_t kListed = 200;    // of prefixes and victims: an event may have 512 KiB

template <class T>
void shorten(std::vector<T>& list) {
  if (list.size() > kListed) list.resize(kListed);
}
}

std::string pagerduty(const Notification& n, std::string_view routing_key, std::string_view source) {
  constexpr std::string_view kSeverities[] = {"warning", "error", "critical"};
  std::string out, details;
  Notification shown = n;
  shorten(shown.incident.prefixes);
  shorten(shown.incident.victims);
  append_json(details, shown);
  JsonWriter json(out);
  json.object().field("routing_key", routing_key);
  json.field("event_action", n.stage == Stage::clear ? "resolve" : "trigger").field("dedup_key", n.incident.id);
  json.field("client", "Fairway").key("payload").object();
  json.field("summary", ((n.test ? "Test: " : "") + headline(n.incident)).substr(0, kSummary)).field("source", source);
  json.field("severity", kSeverities[static_cast<std::size_t>(confidence_band(n.incident.confidence))]);
  json.field("timestamp", to_string(n.at)).field("component", "routing");
  json.field("class", to_string(kind_of(n.incident.type))).key("custom_details").raw(details).end().end();
  return out;
}

}  // namespace fairway::notify
