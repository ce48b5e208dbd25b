// uses: core/notify core/read core/incident core/tables core/model base
//
// Whatever a template, a stored telling or an incident's texts hold: what is read writes back as the same; every
// payload is what its receiver reads (JSON, mail of short plain lines, one line of syslog).
#include <simdjson.h>

#include <string>

#include "base/text.h"
#include "core/notify/alertmanager.h"
#include "core/notify/chat.h"
#include "core/notify/environment.h"
#include "core/notify/incidents_for_tests.h"
#include "core/notify/mail.h"
#include "core/notify/pagerduty.h"
#include "core/notify/syslog.h"
#include "core/notify/telling.h"
#include "core/notify/template.h"
#include "hold.h"

using namespace fairway;
using namespace fairway::notify;

namespace {

void hold_json(const std::string& text) {
  static simdjson::dom::parser parser;
  simdjson::dom::element element;
  hold(parser.parse(simdjson::padded_string(text)).get(element) == simdjson::SUCCESS, "it is JSON");
}

bool is_plain(std::string_view text) {
  for (const char c : text) {
    if (c < ' ' || c > '~') return false;
  }
  return true;
}

void hold_mail(std::string_view text) {
  while (!text.empty()) {
    std::string_view line = cut(text, '\n');
    hold(line.ends_with('\r'), "lines end in CR LF");
    line.remove_suffix(1);
    hold(line.size() <= 998 && is_plain(line), "lines are plain and not too long");
  }
}

// An incident that says `text` wherever it can.
Notification saying(std::string_view text, Stage stage) {
  Notification n = told(stage);
  n.incident.type =
      static_cast<IncidentType>(text.size() % (static_cast<std::size_t>(IncidentType::outage_country) + 1));
  n.incident.country = text.substr(0, 40);
  n.incident.world = text;
  n.incident.paths.assign(3, std::string(text));
  for (Evidence& evidence : n.incident.evidence) evidence.fact = text;
  return n;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto telling = decode_telling(text)) {
    hold(decode_telling(encode(*telling)) == *telling, "a telling reads back");
  }
  for (const Stage stage : {Stage::open, Stage::clear}) {
    const Notification n = saying(text, stage);
    if (const auto body = Template::parse(text)) body->fill(n);
    hold_json(Template::parse("{\"a\": \"{{text}}{{evidence}}\", \"b\": {{json:paths}}}")->fill(n));
    hold_json(slack(n));
    hold_json(teams(n));
    hold_json(pagerduty(n, text, text));
    hold_json(alerts(std::span(&n, 1), {}, n.at));
    hold_mail(mail(n, {.from = "a@b", .to = {"c@d"}}));
    const std::string line = syslog(n, {.host = std::string(text)});
    hold(line.size() <= 2048 && is_plain(line), "syslog is one plain line");
    for (const std::string& variable : environment(n)) hold(variable.find('\0') == variable.npos, "no zero octet");
  }
  return 0;
}
