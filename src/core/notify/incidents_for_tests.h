// Incidents to be told, for tests.
#pragma once

#include "core/incident/evidence.h"
#include "core/notify/notification.h"

namespace fairway::notify {

inline Instant time_of(std::string_view text) { return *parse_instant(text); }
inline Prefix prefix_of(std::string_view text) { return *parse_prefix(text); }

// A hijack of AS64500's prefixes by AS64511: opens with one, grows to two, clears.
inline Incident hijack() {
  Incident i;
  i.id = "41a6f8a1f1c1a2d3";
  i.type = IncidentType::origin;
  i.opened = time_of("2026-07-06T23:41:18Z");
  i.changed = time_of("2026-07-06T23:41:48Z");
  i.offenders = {Asn{64511}};
  i.victims = {Asn{64500}};
  i.prefixes = {prefix_of("192.0.2.0/24")};
  i.paths = {"64496 64505 64511", "64497 64511"};
  i.views_seen = 9;
  i.views_full = 10;
  i.evidence = {
      evidence(EvidenceId::new_origin, "AS64511 announces 192.0.2.0/24; before it was AS64500, for 214 days"),
      evidence(EvidenceId::rpki_new_origin_invalid, "the ROA 192.0.2.0/24 => AS64500 (max length 24) covers it"),
      evidence(EvidenceId::seen_by_one_view, "only \"route-views2\\rrc00\" <AS64496> & no other [view]")};
  i.confidence = sum(i.evidence);
  i.world = "2026-07-06";
  return i;
}

inline Notification told(Stage stage) {
  Notification n;
  n.stage = stage;
  n.sequence = static_cast<std::uint32_t>(stage) + 1;
  n.incident = hijack();
  n.severity = Confidence::high;
  if (stage != Stage::open) {
    n.incident.changed = time_of("2026-07-06T23:45:03.250000Z");
    n.incident.prefixes.push_back(prefix_of("2001:db8::/32"));
    n.incident.views_seen = 10;
  }
  if (stage == Stage::clear) {
    n.incident.state = IncidentState::cleared;
    n.incident.cleared = n.incident.changed = time_of("2026-07-07T00:10:00Z");
  }
  n.at = n.incident.changed;
  return n;
}

// A leak of many prefixes of many networks.
inline Incident leak() {
  Incident i = hijack();
  i.id = "00c0ffee00c0ffee";
  i.type = IncidentType::leak_1;
  i.victims.clear();
  i.prefixes.clear();
  for (std::uint32_t k = 0; k < 25; ++k) {
    i.victims.push_back(Asn{64512 + k});
    i.prefixes.push_back(Prefix(Family::ipv4, std::uint64_t{0xCB007100 + (k << 8)} << 32, 0, 24));
  }
  i.evidence = {evidence(EvidenceId::leak_by_relationship, "64496 64505 64511: up again at AS64511")};
  i.confidence = sum(i.evidence);
  return i;
}

}  // namespace fairway::notify
