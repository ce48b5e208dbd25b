#include "core/notify/chat.h"

#include "base/json_writer.h"
#include "core/notify/words.h"

namespace fairway::notify {

namespace {

constexpr std::size_t kEvidence = 10;  // lines of it: a card may have 28 KB (Teams), a message 4,000 characters (Slack)
constexpr std::size_t kLine = 250;     // characters of a line of evidence

// Slack takes & < > for its own markup.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string evidence_of(const Notification& n, std::string_view between) {
  std::string text;
  for (std::size_t i = 0; i < n.incident.evidence.size() && i < kEvidence; ++i) {
    if (i != 0) text += between;
    std::string line = line_of(n.incident.evidence[i]);
    if (line.size() > kLine) line = line.substr(0, kLine) + "...";
    text += line;
  }
  return text;
}

}  // namespace

std::string slack(const Notification& n) {
  constexpr std::string_view kGreen = "#2eb67d", kBySeverity[] = {"#36c5f0", "#ecb22e", "#e01e5a"};
  const std::string_view colour = n.stage == Stage::clear ? kGreen : kBySeverity[static_cast<std::size_t>(n.severity)];
  std::string out;
  JsonWriter json(out);
  json.object().field("text", escaped(subject(n))).key("attachments").array().object();
  json.field("fallback", escaped(subject(n))).field("color", colour);
  if (n.stage != Stage::clear) json.field("text", escaped(evidence_of(n, "\n")));
  json.key("fields").array();
  for (const Fact& fact : facts(n)) {
    json.object().field("title", fact.name).field("value", escaped(fact.value));
    json.field("short", fact.value.size() < 40).end();
  }
  json.end().field("footer", "Fairway " + id_of(n)).field("ts", n.at.whole_seconds()).end().end().end();
  return out;
}

std::string teams(const Notification& n) {
  constexpr std::string_view kColours[] = {"default", "warning", "attention"};
  const std::string_view colour = n.stage == Stage::clear ? "good" : kColours[static_cast<std::size_t>(n.severity)];
  std::string out;
  JsonWriter json(out);
  json.object().field("type", "message").key("attachments").array().object();
  json.field("contentType", "application/vnd.microsoft.card.adaptive").key("contentUrl").null().key("content").object();
  json.field("$schema", "http://adaptivecards.io/schemas/adaptive-card.json").field("type", "AdaptiveCard");
  json.field("version", "1.4").field("fallbackText", subject(n)).key("body").array();
  json.object().field("type", "TextBlock").field("text", subject(n)).field("size", "large").field("weight", "bolder");
  json.field("color", colour).field("wrap", true).end();
  json.object().field("type", "FactSet").key("facts").array();
  for (const Fact& fact : facts(n)) json.object().field("title", fact.name).field("value", fact.value).end();
  json.end().end();
  // A text block reads Markdown: an empty line makes a paragraph.
  const auto text = [&](std::string_view content) {
    json.object().field("type", "TextBlock").field("text", content).field("wrap", true).end();
  };
  if (n.stage != Stage::clear && !n.incident.evidence.empty()) text(evidence_of(n, "\n\n"));
  for (const std::string& sentence : advice(n)) text(sentence);
  json.end().end().end().end().end();
  return out;
}

}  // namespace fairway::notify
