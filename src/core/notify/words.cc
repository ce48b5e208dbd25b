#include "core/notify/words.h"

#include "base/text.h"

namespace fairway::notify {

namespace {

constexpr std::size_t kShown = 10;  // of long lists
constexpr std::size_t kWidth = 72;

template <class T, class Write>
std::string joined(const std::vector<T>& values, Write write) {
  std::string text;
  for (std::size_t i = 0; i < values.size() && i < kShown; ++i) text += (i == 0 ? "" : ", ") + write(values[i]);
  if (values.size() > kShown) text += " and " + std::to_string(values.size() - kShown) + " more";
  return text;
}

std::string count_of(std::size_t count, std::string_view thing) {
  return std::to_string(count) + ' ' + std::string(thing) + (count == 1 ? "" : "es");
}

// The prefix, or how many they are.
std::string prefixes_of(const Incident& incident) {
  return incident.prefixes.size() == 1 ? to_string(incident.prefixes.front())
                                       : count_of(incident.prefixes.size(), "prefix");
}

std::string some(const std::vector<Asn>& asns, std::string_view otherwise) {
  if (asns.empty()) return std::string(otherwise);
  if (asns.size() > 3) return std::to_string(asns.size()) + " ASes";
  return list_of(asns);
}

// Appends `text` after `first`, wrapped; further lines stand under the first one's text.
void append_wrapped(std::string& out, std::string_view first, std::string_view text) {
  out += first;
  std::size_t column = first.size();
  bool fresh = true;
  for (std::string_view word = next_word(text); !word.empty(); word = next_word(text)) {
    if (!fresh && column + 1 + word.size() > kWidth) {
      out.append("\n").append(first.size(), ' ');
      column = first.size();
      fresh = true;
    }
    if (!fresh) out += ' ';
    column += word.size() + (fresh ? 0 : 1);
    out += word;
    fresh = false;
  }
  out += '\n';
}

void append_heading(std::string& out, std::string_view heading) { out.append("\n").append(heading).append("\n"); }

}  // namespace

std::string list_of(const std::vector<Asn>& asns) {
  return joined(asns, [](Asn asn) { return "AS" + to_string(asn); });
}
std::string list_of(const std::vector<Prefix>& prefixes) {
  return joined(prefixes, [](const Prefix& prefix) { return to_string(prefix); });
}

std::string headline(const Incident& incident) {
  const std::string offender = some(incident.offenders, "an unknown AS");
  const std::string victim = some(incident.victims, "nobody");
  const std::string prefixes = prefixes_of(incident);
  switch (incident.type) {
    case IncidentType::origin: return offender + " announces " + prefixes + " of " + victim;
    case IncidentType::sub_prefix: return offender + " announces " + prefixes + " inside the space of " + victim;
    case IncidentType::squatting: return offender + " announces " + prefixes + ", which nobody announced before";
    case IncidentType::super_prefix: return offender + " announces " + prefixes + " over the prefixes of " + victim;
    case IncidentType::type_1:
      return offender + " passes " + prefixes + " on as a neighbour of " + victim + ", which it is not";
    case IncidentType::type_n:
      return offender + " passes " + prefixes + " of " + victim + " on over a link that does not exist";
    case IncidentType::leak_5: return offender + " announces " + prefixes + " of " + victim + " as its own";
    case IncidentType::leak_6: return offender + " leaks " + prefixes + " of its own that are new more-specifics";
    case IncidentType::outage_prefix:
      return prefixes + " of " + victim + (incident.prefixes.size() == 1 ? " is" : " are") + " hardly seen any more";
    case IncidentType::outage_as: return victim + " has lost " + prefixes;
    case IncidentType::outage_country: return "the country " + incident.country + " has lost " + prefixes;
    case IncidentType::filter_passed:
      return "the filter for " + offender + " lets " + prefixes + " through, which should be stopped";
    case IncidentType::filter_sent: return prefixes + " should not have been sent to " + offender;
    case IncidentType::blind_feed: return "nothing is heard of " + incident.feed;
    default: break;
  }
  if (kind_of(incident.type) == IncidentKind::leak) return offender + " leaks " + prefixes + " of " + victim;
  std::string text(to_string(kind_of(incident.type)));
  text += " (" + std::string(to_string(incident.type)) + ")";
  if (!incident.offenders.empty()) text += " by " + offender;
  if (!incident.victims.empty()) text += " of " + victim;
  return text + (incident.prefixes.empty() ? "" : ", " + prefixes);
}

std::string subject(const Notification& n) {
  constexpr std::string_view kWords[] = {"open: ", "update: ", "cleared: "};
  std::string text = (n.test ? "test, " : "") + std::string(kWords[static_cast<std::size_t>(n.stage)]);
  text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text + headline(n.incident);
}

std::string line_of(const Evidence& evidence) {
  return (evidence.weight > 0 ? "+" : "") + std::to_string(evidence.weight) + ' ' + std::string(evidence.name) + ": " +
         evidence.fact;
}

std::vector<Fact> facts(const Notification& n) {
  const Incident& i = n.incident;
  std::vector<Fact> all;
  const auto add = [&](std::string_view name, std::string value) {
    if (!value.empty()) all.push_back({name, std::move(value)});
  };
  const bool leak = kind_of(i.type) == IncidentKind::leak;
  add("What", std::string(to_string(kind_of(i.type))) + (leak ? " (type " : " (") + std::string(to_string(i.type)) +
                  "), " + std::string(to_string(confidence_band(i.confidence))) + " confidence (" +
                  std::to_string(i.confidence) + ")");
  add("Who", list_of(i.offenders));
  add("Against", list_of(i.victims));
  add("Country", i.country);
  add("Since", to_string(i.opened));
  add("Until", i.cleared ? to_string(*i.cleared) : "");
  add("Seen by", std::to_string(i.views_seen) + (i.views_seen == 1 ? " view" : " views") + "; " +
                     std::to_string(i.views_full) + " carry a full table");
  add("Prefixes", list_of(i.prefixes));
  add("Incident", i.id);
  return all;
}

std::vector<std::string> advice(const Notification& n) {
  const Incident& i = n.incident;
  if (n.test) return {"This is a test of this channel: nothing happened, and nothing is to be done."};
  if (n.stage == Stage::clear)
    return {"Nothing of it is to be seen any more. It opens again if it comes back within a day."};
  std::vector<std::string> all;
  const std::string offender = some(i.offenders, "the AS that announces it");
  const std::string explain =
      i.prefixes.empty() ? ""
                         : "See every route and what was weighed: fairway explain " + to_string(i.prefixes.front());
  switch (kind_of(i.type)) {
    case IncidentKind::hijack:
      all.push_back("Call the contacts of " + offender +
                    " (whois, PeeringDB) and ask it to withdraw the announcement.");
      all.push_back("Ask the networks next to it on the paths it came by, and your own providers, to reject it.");
      if (i.type == IncidentType::origin || i.type == IncidentType::sub_prefix ||
          i.type == IncidentType::super_prefix) {
        all.push_back(
            "Where your ROAs allow it, announcing more-specific prefixes (down to /24 and /48) wins traffic back.");
      }
      all.push_back("If it is agreed, say so in network.yaml: `ignore` proposes the lines.");
      break;
    case IncidentKind::leak:
      all.push_back("Call the contacts of " + offender + " and ask it to repair what it exports.");
      all.push_back(
          "If it is a neighbour of yours, its prefix limit and your filter towards it should have stopped this.");
      all.push_back("Until then the networks that accept it can reject paths with " + offender + " in them.");
      break;
    case IncidentKind::outage:
      all.push_back("Look at the sessions, links and power of " + some(i.victims, "the networks concerned") + ".");
      all.push_back("Ask its providers whether they still hear the prefixes, and since when not.");
      break;
    case IncidentKind::filter_gap:
      all.push_back(i.type == IncidentType::filter_passed
                        ? "Mend the filter for what " + offender + " sends: `fairway filter audit` and `filter build`."
                        : "Mend the filter for what is sent to " + offender + ": `fairway filter audit`.");
      break;
    case IncidentKind::blind:
      all.push_back("Until it is heard again, silence means nothing: look at the feed's connection and its source.");
      break;
  }
  if (!explain.empty()) all.push_back(explain);
  return all;
}

std::string body(const Notification& n) {
  std::string out;
  append_wrapped(out, "", subject(n));
  out += '\n';
  for (const Fact& fact : facts(n)) {
    std::string name = std::string(fact.name) + ':';
    name.resize(std::max<std::size_t>(name.size() + 1, 12), ' ');
    append_wrapped(out, name, fact.value);
  }
  if (!n.incident.evidence.empty()) append_heading(out, "Why:");
  for (const Evidence& evidence : n.incident.evidence) append_wrapped(out, "  ", line_of(evidence));
  if (!n.incident.paths.empty()) append_heading(out, "Paths, the neighbour first:");
  for (std::size_t i = 0; i < n.incident.paths.size() && i < kShown; ++i)
    append_wrapped(out, "  ", n.incident.paths[i]);
  append_heading(out, "What to do next:");
  for (const std::string& sentence : advice(n)) append_wrapped(out, "- ", sentence);
  return out;
}

}  // namespace fairway::notify
