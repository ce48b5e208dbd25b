#include "core/report/incident_text.h"

#include <algorithm>

#include "base/text.h"

namespace fairway {
namespace {

constexpr std::size_t kShown = 10;  // of long lists

std::string title(const Incident& incident) {
  const IncidentKind kind = kind_of(incident.type);
  std::string text(to_string(kind));
  text += kind == IncidentKind::leak ? " (type " : " (";
  text += to_string(incident.type);
  if (!incident.country.empty()) text += ' ' + incident.country;
  return text + ')';
}

std::string asns(const std::vector<Asn>& list) {
  std::string text;
  for (std::size_t i = 0; i < list.size() && i < kShown; ++i) text += (i == 0 ? "AS" : ", AS") + to_string(list[i]);
  if (list.size() > kShown) text += " and " + std::to_string(list.size() - kShown) + " more";
  return text;
}

std::string confidence(const Incident& incident) {
  return std::string(to_string(confidence_band(incident.confidence))) + " confidence (" +
         std::to_string(incident.confidence) + ")";
}

std::string signed_number(int number) { return (number > 0 ? "+" : "") + std::to_string(number); }

void append_evidence(std::string& out, const std::vector<Evidence>& list) {
  for (const Evidence& evidence : list) {
    const std::string weight = signed_number(evidence.weight);
    out += "    " + std::string(weight.size() < 3 ? 3 - weight.size() : 0, ' ') + weight + "  " +
           std::string(evidence.name) + ": " + evidence.fact + '\n';
  }
}

template <class List, class Write>
void append_some(std::string& out, const List& list, Write write) {
  for (std::size_t i = 0; i < list.size() && i < kShown; ++i) out += "    " + write(list[i]) + '\n';
  if (list.size() > kShown) out += "    and " + std::to_string(list.size() - kShown) + " more\n";
}

}  // namespace

void append_line(std::string& out, const Incident& incident) {
  out += to_string(incident.opened) + "  " + incident.id + "  " + title(incident) + ", " + confidence(incident) + "  ";
  if (!incident.offenders.empty()) out += asns(incident.offenders);
  if (!incident.offenders.empty() && !incident.victims.empty()) out += " against ";
  out += asns(incident.victims);
  if (!incident.feed.empty())
    out += incident.feed;
  else
    out += "  " + (incident.prefixes.size() == 1 ? to_string(incident.prefixes.front())
                                                 : std::to_string(incident.prefixes.size()) + " prefixes");
  out += incident.cleared ? "  cleared " + to_string(*incident.cleared) : "  open";
  out += '\n';
}

void append_text(std::string& out, const Incident& incident) {
  out += title(incident) + ", " + confidence(incident) + ", " + std::string(to_string(incident.state)) + '\n';
  out += "  id        " + incident.id + '\n';
  out += "  opened    " + to_string(incident.opened) + '\n';
  out += "  changed   " + to_string(incident.changed) + '\n';
  if (incident.cleared) out += "  cleared   " + to_string(*incident.cleared) + '\n';
  if (!incident.offenders.empty()) out += "  offender  " + asns(incident.offenders) + '\n';
  if (!incident.victims.empty()) out += "  victim    " + asns(incident.victims) + '\n';
  out += "  views     " + std::to_string(incident.views_seen) + " saw it; " + std::to_string(incident.views_full) +
         " carry a full table\n";
  out += "  world     " + (incident.world.empty() ? "no tables" : incident.world) + '\n';
  out += "  prefixes (" + std::to_string(incident.prefixes.size()) + ")\n";
  append_some(out, incident.prefixes, [](const Prefix& prefix) { return to_string(prefix); });
  if (!incident.paths.empty()) out += "  paths\n";
  append_some(out, incident.paths, [](const std::string& path) { return path; });
  out += "  evidence, adding up to " + std::to_string(incident.confidence) + '\n';
  append_evidence(out, incident.evidence);
}

void append_text(std::string& out, const Explanation& e) {
  out += to_string(e.prefix) + " at " + to_string(e.at) + "\n\nKnown before\n";
  if (e.known.empty()) out += "    no origin, of it or of what covers it\n";
  append_some(out, e.known, [](const KnownOrigin& known) {
    std::string text = to_string(known.prefix) + " from AS" + to_string(known.origin);
    text += known.since ? ", since " + to_string(*known.since) : ", from the first table or baseline";
    if (!known.counts) text += ": too young to count as normal";
    return text;
  });
  const auto holding =
      static_cast<std::size_t>(std::ranges::count_if(e.routes, [](const SeenRoute& r) { return r.path.has_value(); }));
  out += "\nSeen now: " + std::to_string(holding) + " routes, " + std::to_string(e.routes.size() - holding) +
         " withdrawn\n";
  append_some(out, e.routes, [](const SeenRoute& route) {
    return route.collector + " AS" + to_string(route.peer_asn) + " (" + to_string(route.peer) +
           (route.full ? ", full, " : ", partial, ") + route.state + ") " + to_string(route.prefix) + ' ' +
           (route.path ? *route.path : "withdrawn") + ", " + to_string(route.time);
  });
  out += "\nUpdates: " + std::to_string(e.judged) + " judged, " + std::to_string(e.not_judged) +
         " only learned (what the view had before was not known)\n\nSuspicions\n";
  if (e.suspicions.empty())
    out += "    none: no route of it differed from what was known in a way that any detector looks for\n";
  for (const Suspicion& s : e.suspicions) {
    out += "  " + std::string(to_string(kind_of(s.type))) + ' ' + std::string(to_string(s.type)) + ' ' +
           to_string(s.prefix);
    if (s.offender) out += " by AS" + to_string(*s.offender);
    if (s.victim) out += " against AS" + to_string(*s.victim);
    out += "\n    from " + to_string(s.first) + " to " + to_string(s.last) + ", " + std::to_string(s.views) +
           " views ever, " + std::to_string(s.views_now) + " routes now\n";
    append_evidence(out, s.evidence);
    out += "    " + s.verdict + (s.incident.empty() ? "" : ' ' + s.incident) + '\n';
  }
  if (!e.remarks.empty()) out += "\nRemarks\n";
  for (const std::string& remark : e.remarks) out += "    " + remark + '\n';
}

}  // namespace fairway
