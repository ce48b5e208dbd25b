#include "apps/fairway/demo_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/incident/facts.h"
#include "core/tables/relationship.h"
#include "core/tables/vrp.h"
#include "core/verdict/origin.h"

namespace fairway {

namespace {

using scenario::Episode;
using scenario::Moment;

constexpr std::size_t kWidth = 100;
constexpr unsigned kColumns = 60;
constexpr std::size_t kListed = 5;  // of anything that may be long

class Teller {
 public:
  Teller(std::string& out, const DemoPlay& play, bool colour)
      : out_(out),
        play_(play),
        colour_(colour),
        facts_(*play.performance.world),
        episodes_(episodes_of(play.performance)) {}

  void tell() {
    heading(play_.scenario.title);
    paragraph(play_.scenario.summary, 2);
    section("What Fairway was given, and nothing else");
    given();
    section("What it found");
    timeline();
    for (const Episode& episode : episodes_) tell(episode);
    section("And without what happened that day");
    line(fmt::format("The same files without these {} updates: {}.",
                     play_.performance.outcome.statistics.updates - play_.quiet.outcome.statistics.updates,
                     count(play_.quiet.outcome.incidents.size(), "incident")));
    out_ += '\n';
  }

 private:
  void heading(std::string_view text) { out_ += fmt::format("{}{}{}\n\n", bold(), text, plain()); }
  void section(std::string_view text) { out_ += fmt::format("\n{}{}{}\n", bold(), text, plain()); }
  void line(std::string_view text) { out_ += fmt::format("  {}\n", text); }
  // Words up to the width, every line behind `indent` blanks; the first one behind `first`, which is as wide.
  void paragraph(std::string_view text, std::size_t indent, std::string first = {}) {
    first.resize(indent, ' ');
    std::string current = first;
    bool fresh = true;
    for (std::string_view word = next_word(text); !word.empty(); word = next_word(text)) {
      if (!fresh && current.size() + 1 + word.size() > kWidth) {
        out_ += current + '\n';
        current.assign(indent, ' ');
        fresh = true;
      }
      if (!fresh) current += ' ';
      current += word;
      fresh = false;
    }
    out_ += current + '\n';
  }
  std::string_view bold() const { return colour_ ? "\033[1m" : ""; }
  std::string_view red() const { return colour_ ? "\033[31m" : ""; }
  std::string_view green() const { return colour_ ? "\033[32m" : ""; }
  std::string_view yellow() const { return colour_ ? "\033[33m" : ""; }
  std::string_view plain() const { return colour_ ? "\033[0m" : ""; }

  static std::string count(std::size_t number, std::string_view what) {
    return fmt::format("{} {}{}", number, what, number == 1 ? "" : what.ends_with("x") ? "es" : "s");
  }
  static std::string minute(Instant instant) {
    std::string text = to_string(instant).substr(0, 16);
    text[10] = ' ';
    return text;
  }
  std::string name(Asn asn) const { return facts_.name(asn); }
  std::string names(const std::vector<Asn>& asns) const {
    std::string text;
    for (std::size_t i = 0; i < asns.size(); ++i) {
      if (i == kListed) return text + fmt::format(" and {} more", asns.size() - i);
      text.append(i == 0 ? "" : ", ").append(name(asns[i]));
    }
    return text;
  }
  template <class T>
  static std::string list(const std::vector<T>& values) {
    std::string text;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i == kListed && values.size() > kListed + 1) return text + fmt::format(" and {} more", values.size() - i);
      text.append(i == 0 ? "" : ", ").append(to_string(values[i]));
    }
    return text;
  }

  void given();
  void timeline();
  void tell(const Episode& episode);
  void tell_path(const Episode& episode);
  void tell_moments(const Episode& episode);
  void tell_prevention(const Episode& episode);
  void tell_now(const Episode& episode);

  std::string& out_;
  const DemoPlay& play_;
  bool colour_;
  Facts facts_;
  std::vector<Episode> episodes_;
};

void Teller::given() {
  const auto& statistics = play_.performance.outcome.statistics;
  const std::size_t views = play_.scenario.views.size();
  paragraph(fmt::format("{}: the tables of {} routers at {}, {} routes.", play_.performance.files.table_name, views,
                        minute(play_.scenario.start), statistics.rib_entries),
            2);
  paragraph(fmt::format("{}: what they told until {}, {} updates.", play_.performance.files.updates_name,
                        minute(play_.scenario.end), statistics.updates),
            2);
  std::string tables;
  for (const scenario::TableFile& file : play_.performance.tables) tables += (tables.empty() ? "" : ", ") + file.name;
  paragraph(fmt::format("{}: what was registered and known at the time.", tables), 2);

  std::size_t sourced = 0, recalled = 0, synthetic = 0;
  const auto count_marks = [&](const auto& facts) {
    for (const auto& fact : facts) ++(fact.mark.synthetic ? synthetic : fact.mark.recalled ? recalled : sourced);
  };
  count_marks(play_.scenario.table);
  count_marks(play_.scenario.events);
  count_marks(play_.scenario.relationships);
  paragraph(
      fmt::format(
          "Of the statements behind them {} have a source, {} are recalled, {} are made up to give the routes a way, "
          "as are the {} prefixes of the background (scenarios/{}.yaml says which).",
          sourced, recalled, synthetic, play_.scenario.background.prefixes, play_.scenario.name),
      2);
}

void Teller::timeline() {
  if (episodes_.empty()) {
    line("nothing");
    return;
  }
  Instant from = play_.scenario.end, to = play_.scenario.start;
  for (const Episode& episode : episodes_) {
    from = std::min(from, episode.whole.opened);
    to = std::max(to, episode.whole.cleared.value_or(play_.scenario.end));
  }
  const Duration room{(to - from).microseconds / 12};
  from = std::max(play_.scenario.start, from - room);
  to = std::min(play_.scenario.end, to + room);
  constexpr std::string_view kBlocks[] = {"·", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const std::size_t views = std::max<std::size_t>(1, play_.scenario.views.size());
  for (const Episode& episode : episodes_) {
    std::string drawn;
    for (const unsigned seen : curve(play_.performance.files, episode.whole, from, to, kColumns)) {
      drawn += kBlocks[seen == 0 ? 0 : std::clamp<std::size_t>(seen * 8 / views, 1, 8)];
    }
    out_ += fmt::format("  {:<16} {}{}{}  {} of {} views\n",
                        fmt::format("{} AS{}", to_string(kind_of(episode.whole.type)),
                                    episode.whole.offenders.empty() ? 0 : episode.whole.offenders.front().value),
                        red(), drawn, plain(), episode.whole.views_seen, views);
  }
  const std::string left = minute(from), right = minute(to);
  out_ += fmt::format("  {:<16} {}{:>{}}\n", "", left, right, kColumns - left.size());
}

void Teller::tell(const Episode& episode) {
  const Incident& whole = episode.whole;
  const IncidentKind kind = kind_of(whole.type);
  const std::string_view verb = kind == IncidentKind::leak     ? "passes on routes of"
                                : kind == IncidentKind::hijack ? "announces prefixes of"
                                                               : "loses";
  out_ += '\n';
  paragraph(fmt::format("{}{}{}: {} {} {}", bold(), to_string(kind), plain(), names(whole.offenders), verb,
                        names(whole.victims)),
            2);
  std::map<std::string, std::size_t> types;
  for (const Incident* part : episode.parts) ++types[std::string(to_string(part->type))];
  std::string kinds;
  for (const auto& [type, number] : types)
    kinds += fmt::format("{}{}{}", kinds.empty() ? "" : ", ", kind == IncidentKind::leak ? "RFC 7908 type " : "", type);
  line(fmt::format("  {}; confidence {} ({}); {}: {}", kinds, to_string(confidence_band(whole.confidence)),
                   whole.confidence, count(whole.prefixes.size(), "prefix"), list(whole.prefixes)));
  tell_moments(episode);
  tell_path(episode);
  line("  Found by");
  for (const Evidence& evidence : whole.evidence) {
    paragraph(fmt::format("{}: {}", evidence.name, evidence.fact), 10, fmt::format("      {:>+3}", evidence.weight));
  }
  if (kind != IncidentKind::outage) {
    tell_prevention(episode);
    tell_now(episode);
  }
}

void Teller::tell_moments(const Episode& episode) {
  // What came or went within a minute is told as one; of many the outer ones.
  struct Turn {
    Instant at;
    Transition transition;
    std::size_t prefixes = 0;
    std::uint32_t seen = 0, full = 0;
  };
  std::vector<Turn> turns;
  for (const Moment* moment : episode.moments) {
    if (moment->transition == Transition::changed) continue;
    if (turns.empty() || turns.back().transition != moment->transition || moment->at - turns.back().at > seconds(60)) {
      turns.push_back({moment->at, moment->transition});
    }
    Turn& turn = turns.back();
    const Incident& incident = moment->incident;
    turn.prefixes += incident.prefixes.size();
    turn.seen = std::max(turn.seen, incident.views_seen);
    turn.full = std::max(turn.full, incident.views_full);
  }
  const std::size_t limit = 2 * kListed;
  for (std::size_t i = 0; i < turns.size(); ++i) {
    if (turns.size() > limit && i == kListed) {
      line(fmt::format("  ...{} more", turns.size() - limit));
      i = turns.size() - kListed;
    }
    const Turn& turn = turns[i];
    line(fmt::format("  {} {:<8}  {}, {} of {} full views", to_string(turn.at), to_string(turn.transition),
                     count(turn.prefixes, "prefix"), turn.seen, turn.full));
  }
}

// The first path that holds the offender, each AS with what it is to the one before it on the way from the origin.
void Teller::tell_path(const Episode& episode) {
  const auto& relationships = play_.performance.world->relationships;
  for (const std::string& text : episode.whole.paths) {
    const auto path = parse_as_path(text);
    if (!path || !path->is_plain()) continue;
    std::vector<Asn> way(path->asns().rbegin(), path->asns().rend());
    way.erase(std::unique(way.begin(), way.end()), way.end());
    line("  The way of the routes, from their origin");
    for (std::size_t i = 0; i < way.size(); ++i) {
      std::string what = i == 0 ? "origin" : "unknown relation";
      if (i != 0 && relationships) {
        const Relationship next = relationships->of(way[i - 1], way[i]);
        if (next == Relationship::provider) what = "its provider";
        if (next == Relationship::customer) what = "its customer";
        if (next == Relationship::peer) what = "its peer";
      }
      const bool offends = std::ranges::find(episode.whole.offenders, way[i]) != episode.whole.offenders.end();
      out_ += fmt::format("      {}{}{} {}{}\n", offends ? red() : "", i == 0 ? "  " : "> ", name(way[i]),
                          offends ? plain() : "",
                          fmt::format("({}){}", what, offends ? fmt::format("  {}<- here{}", red(), plain()) : ""));
    }
    return;
  }
}

void Teller::tell_prevention(const Episode& episode) {
  const Prevention prevention = prevention_of(episode.whole, *play_.performance.world, play_.performance.before);
  if (prevention.remedies.empty()) return;
  line(prevention.accomplice
           ? fmt::format("  What would have stopped it at {}, which took the routes and passed them on",
                         name(*prevention.accomplice))
           : "  What would have stopped it");
  for (const Remedy& remedy : prevention.remedies) {
    const bool good = remedy.effect == Effect::stops || remedy.effect == Effect::would_stop;
    const std::string_view mark = remedy.effect == Effect::stops        ? "yes"
                                  : remedy.effect == Effect::would_stop ? "if"
                                  : remedy.effect == Effect::blind      ? "no"
                                                                        : "?";
    out_ += fmt::format("      {}{:<3}{} {}{}\n", good ? green() : yellow(), mark, plain(), to_string(remedy.check),
                        remedy.effect == Effect::blind ? ": blind"
                        : good                         ? fmt::format(": MANRS {}", remedy.action)
                                                       : ": unknown");
    paragraph(remedy.reason + ".", 10);
  }
}

void Teller::tell_now(const Episode& episode) {
  if (play_.now == nullptr || !play_.now->vrps) return;
  std::map<OriginState, std::size_t> states;
  for (const Prefix& prefix : episode.whole.prefixes) {
    for (const std::string& text : episode.whole.paths) {
      const auto path = parse_as_path(text);
      if (!path) continue;
      ++states[judge_origin(*play_.now->vrps, prefix, path->origin()).state];
      break;
    }
  }
  std::string text;
  for (const auto& [state, number] : states)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", number, to_string(state));
  const auto& at = play_.scenario.now.at;
  line(fmt::format("  By the ROAs of {}: {}.", at ? day_of(*at) : "years later", text));
}

}  // namespace

void append_demo(std::string& out, const DemoPlay& play, bool colour) { Teller(out, play, colour).tell(); }

}  // namespace fairway
