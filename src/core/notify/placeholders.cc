// The table of placeholders, and what else is made of it.
#include <algorithm>

#include "base/json_writer.h"
#include "base/text.h"
#include "core/notify/environment.h"
#include "core/notify/template.h"
#include "core/notify/words.h"

namespace fairway::notify {

namespace {

using N = const Notification&;

template <std::string (*text)(N)>
void quoted(std::string& out, N n) {
  append_json_string(out, text(n));
}
template <std::string (*text)(N)>
void as_is(std::string& out, N n) {
  out += text(n);
}

// Lists: text is separated by blanks, JSON is an array.
template <class T>
std::string spaced(const std::vector<T>& list) {
  std::string text;
  for (const T& value : list) text += (text.empty() ? "" : " ") + to_string(value);
  return text;
}
void write_asns(std::string& out, const std::vector<Asn>& list) {
  JsonWriter json(out);
  json.array();
  for (const Asn asn : list) json.value(asn.value);
  json.end();
}
template <class List, class Text>
void write_list(std::string& out, const List& list, Text text) {
  JsonWriter json(out);
  json.array();
  for (const auto& value : list) json.value(text(value));
  json.end();
}
template <class List, class Text>
std::string lines(const List& list, Text text) {
  std::string all;
  for (const auto& value : list) all += (all.empty() ? "" : "\n") + text(value);
  return all;
}
std::string same(const std::string& text) { return text; }
std::string prefix_text(const Prefix& prefix) { return to_string(prefix); }

std::string stage(N n) { return std::string(to_string(n.stage)); }
std::string sequence(N n) { return std::to_string(n.sequence); }
std::string at(N n) { return to_string(n.at); }
std::string test(N n) { return n.test ? "true" : "false"; }
std::string incident(N n) { return n.incident.id; }
std::string kind(N n) { return std::string(to_string(kind_of(n.incident.type))); }
std::string type(N n) { return std::string(to_string(n.incident.type)); }
std::string state(N n) { return std::string(to_string(n.incident.state)); }
std::string confidence(N n) { return std::string(to_string(confidence_band(n.incident.confidence))); }
std::string score(N n) { return std::to_string(n.incident.confidence); }
std::string opened(N n) { return to_string(n.incident.opened); }
std::string changed(N n) { return to_string(n.incident.changed); }
std::string cleared(N n) { return n.incident.cleared ? to_string(*n.incident.cleared) : ""; }
std::string offenders(N n) { return spaced(n.incident.offenders); }
std::string victims(N n) { return spaced(n.incident.victims); }
std::string country(N n) { return n.incident.country; }
std::string prefixes(N n) { return spaced(n.incident.prefixes); }
std::string prefix_count(N n) { return std::to_string(n.incident.prefixes.size()); }
std::string paths(N n) { return lines(n.incident.paths, same); }
std::string views(N n) { return std::to_string(n.incident.views_seen); }
std::string full_views(N n) { return std::to_string(n.incident.views_full); }
std::string evidence(N n) { return lines(n.incident.evidence, line_of); }
std::string the_headline(N n) { return headline(n.incident); }
std::string whole(N n) {
  std::string out;
  append_json(out, n);
  return out;
}

constexpr Placeholder kPlaceholders[] = {
    {"id", "of the notification: incident and sequence", id_of, quoted<id_of>},
    {"transition", "`open`, `update` or `clear`", stage, quoted<stage>},
    {"sequence", "of the incident's transition, from 1", sequence, as_is<sequence>},
    {"at", "when the transition happened", at, quoted<at>},
    {"test", "`true` if somebody tries the channel and nothing happened", test, as_is<test>},
    {"subject", "the headline, behind what happened to it", subject, quoted<subject>},
    {"headline", "the incident in one line of plain words", the_headline, quoted<the_headline>},
    {"text", "everything in plain words, several lines", body, quoted<body>},
    {"incident", "the incident's id", incident, quoted<incident>},
    {"kind", "`hijack`, `leak`, `outage`, `filter-gap`, `blind`", kind, quoted<kind>},
    {"type", "as in incidents.md", type, quoted<type>},
    {"state", "`open` or `cleared`", state, quoted<state>},
    {"confidence", "`low`, `medium` or `high`", confidence, quoted<confidence>},
    {"score", "the sum of the evidence", score, as_is<score>},
    {"opened", "when it opened", opened, quoted<opened>},
    {"changed", "when it last changed", changed, quoted<changed>},
    {"cleared", "when it was over; empty while it is open", cleared, quoted<cleared>},
    {"offenders", "ASNs", offenders, [](std::string& out, N n) { write_asns(out, n.incident.offenders); }},
    {"victims", "ASNs", victims, [](std::string& out, N n) { write_asns(out, n.incident.victims); }},
    {"country", "of an outage of a country: its code", country, quoted<country>},
    {"prefixes", "all of them", prefixes,
     [](std::string& out, N n) { write_list(out, n.incident.prefixes, prefix_text); }},
    {"prefix_count", "how many", prefix_count, as_is<prefix_count>},
    {"paths", "one a line", paths, [](std::string& out, N n) { write_list(out, n.incident.paths, same); }},
    {"views", "how many saw it", views, as_is<views>},
    {"full_views", "how many carry a full table", full_views, as_is<full_views>},
    {"evidence", "one a line, with its weight", evidence,
     [](std::string& out, N n) { write_list(out, n.incident.evidence, line_of); }},
    {"notification", "all of it as JSON", whole, as_is<whole>},
};

}  // namespace

std::span<const Placeholder> placeholders() { return kPlaceholders; }

std::vector<std::string> environment(const Notification& notification) {
  constexpr std::size_t kLongest = 32 << 10;
  std::vector<std::string> all;
  for (const Placeholder& placeholder : kPlaceholders) {
    if (placeholder.name == "text" || placeholder.name == "notification") continue;
    std::string value = placeholder.text(notification);
    if (value.size() > kLongest) value.resize(std::min(value.find_last_of(" \n", kLongest), kLongest));
    std::erase(value, '\0');  // would end it
    all.push_back("FAIRWAY_" + to_upper(placeholder.name) + '=' + value);
  }
  return all;
}

}  // namespace fairway::notify
