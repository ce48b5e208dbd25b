#include "core/notify/notification.h"

#include "base/json_writer.h"
#include "core/incident/evidence.h"
#include "core/notify/words.h"
#include "core/report/incident_json.h"

namespace fairway::notify {

namespace {
constexpr std::string_view kStages[] = {"open", "update", "clear"};
}

std::string_view to_string(Stage stage) { return kStages[static_cast<std::size_t>(stage)]; }

std::optional<Stage> parse_stage(std::string_view text) {
  for (const Stage stage : {Stage::open, Stage::update, Stage::clear}) {
    if (to_string(stage) == text) return stage;
  }
  return std::nullopt;
}

std::string id_of(const Notification& notification) {
  return notification.incident.id + '-' + std::to_string(notification.sequence);
}

void append_json(std::string& out, const Notification& n) {
  std::string incident;
  fairway::append_json(incident, n.incident);
  JsonWriter json(out);
  json.object().field("version", 1).field("id", id_of(n)).field("transition", to_string(n.stage));
  json.field("test", n.test).field("at", to_string(n.at)).field("headline", headline(n.incident));
  json.key("incident").raw(incident).end();
}

Notification sample(Stage stage, std::string incident, Instant now) {
  Notification n;
  n.stage = stage;
  n.sequence = static_cast<std::uint32_t>(stage) + 1;
  n.at = now;
  n.test = true;
  Incident& i = n.incident;
  i.id = std::move(incident);
  i.type = IncidentType::origin;
  i.opened = now - seconds(120 * static_cast<std::int64_t>(stage));
  i.changed = now;
  if (stage == Stage::clear) {
    i.state = IncidentState::cleared;
    i.cleared = now;
  }
  i.offenders = {Asn{64511}};
  i.victims = {Asn{64496}};
  i.prefixes = {*parse_prefix("192.0.2.0/24")};
  if (stage != Stage::open) i.prefixes.push_back(*parse_prefix("198.51.100.0/24"));
  i.paths = {"64500 64505 64511"};
  i.views_seen = stage == Stage::open ? 9 : 12;
  i.views_full = 12;
  i.evidence = {
      evidence(EvidenceId::new_origin,
               "this is a test: AS64511 announces 192.0.2.0/24, which AS64496 announced before"),
      evidence(EvidenceId::rpki_new_origin_invalid, "this is a test: a ROA lets AS64496 alone announce 192.0.2.0/24")};
  i.confidence = sum(i.evidence);
  n.severity = confidence_band(i.confidence);
  return n;
}

}  // namespace fairway::notify
