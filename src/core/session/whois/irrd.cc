// The protocol of IRRd: docs/formats/whois.md.
#include <fmt/format.h>

#include <algorithm>

#include "base/json_writer.h"
#include "base/text.h"
#include "core/session/whois/lookup.h"
#include "core/session/whois/session.h"
#include "core/tables/irr_rpki.h"

namespace fairway::whois {

namespace {

using State = Session::State;

std::string done() { return "C\n"; }
std::string refuse(std::string_view why) { return fmt::format("F {}\n", why); }

std::string data(const std::string& content) {
  if (content.empty()) return done();
  std::string answer = fmt::format("A{}\n", content.size() + 1);
  answer.reserve(answer.size() + content.size() + 4);
  return answer.append(content).append("\nC\n");
}

// Data, or that the key is not there.
std::string found(const Result<std::string>& result) {
  if (!result) return refuse(result.error().text);
  return result->empty() ? "D\n" : data(*result);
}

// "-*": all; else the names of a list.
std::vector<std::string> sources_of(const State& state, std::string_view list) {
  if (list == "-*") return state.registry().sources;
  std::vector<std::string> names;
  for (const std::string_view word : split(list, ',')) names.push_back(to_upper(trim(word)));
  return names;
}

bool is_source(const State& state, const std::string& name) {
  return std::ranges::find(state.registry().sources, name) != state.registry().sources.end();
}

// Sources that were loaded from a dump, and not mirrored, have no serials.
std::string serials(const State& state, std::string_view list) {
  std::string lines;
  for (const std::string& name : sources_of(state, list)) {
    const nrtm::Journal* journal = state.registry().journal_of(name);
    if (journal != nullptr) {
      lines += fmt::format("{}:Y:{}-{}\n", name, std::min(journal->serials().first, journal->serials().last),
                           journal->serials().last);
    } else {
      lines += is_source(state, name) ? name + ":N:-\n" : name + ":X:Database unknown\n";
    }
  }
  if (!lines.empty()) lines.pop_back();
  return lines;
}

// The newest date of a source's tables.
std::optional<Instant> date_of(const State& state, std::string_view name) {
  std::optional<Instant> newest;
  for (const TableSource& source : state.registry().world.sources) {
    const bool rpki = name == kRpkiSource && source.kind == "vrps";
    const bool own =
        (source.kind == "irr" || source.kind == "sets") && source.source.starts_with(std::string(name) + " ");
    if ((rpki || own) && source.date && (!newest || *source.date > *newest)) newest = source.date;
  }
  return newest;
}

std::string status(const State& state, std::string_view list) {
  std::string text;
  JsonWriter json(text);
  json.object();
  for (const std::string& name : sources_of(state, list)) {
    json.key(name).object();
    if (!is_source(state, name)) {
      json.field("error", "Unknown source").end();
      continue;
    }
    json.field("authoritative", false).key("object_class_filter").null();
    json.field("rpki_rov_filter", state.registry().world.registry_rpki != nullptr && name != kRpkiSource);
    json.field("scopefilter_enabled", false).key("route_preference").null();
    const nrtm::Journal* journal = state.registry().journal_of(name);
    json.field("local_journal_kept", journal != nullptr);
    const auto serial = [&](const char* key, bool known, std::uint64_t value) {
      json.key(key);
      known ? json.value(value) : json.null();
    };
    const nrtm::SerialRange kept = journal == nullptr ? nrtm::SerialRange() : journal->serials();
    const bool any = kept.first <= kept.last && journal != nullptr;
    serial("serial_oldest_journal", any, kept.first);
    serial("serial_newest_journal", any, kept.last);
    serial("serial_last_export", false, 0);
    serial("serial_newest_mirror", journal != nullptr, kept.last);
    json.key("last_update");
    const auto date = date_of(state, name);
    date ? json.value(to_string(*date)) : json.null();
    json.field("synchronised_serials", false).end();
  }
  json.end();
  return text;
}

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
  return text;
}

std::string set_sources(State& state, std::string_view list) {
  if (list == "-lc") return data(join(state.selection.sources));
  if (const auto error = select_sources(state.registry(), state.selection, list)) return refuse(error->text);
  return done();
}

std::string set_excluded(State& state, std::string_view list) {
  if (list == "-lc") return data(join(state.selection.excluded));
  state.selection.excluded.clear();
  for (const std::string_view word : split(list, ',')) {
    if (!trim(word).empty()) state.selection.excluded.push_back(to_upper(trim(word)));
  }
  return done();
}

std::string set_patience(State& state, std::string_view text) {
  const auto seconds = parse_number<unsigned>(text);
  if (!seconds || *seconds == 0 || *seconds > 1000) return refuse(fmt::format("Invalid value for timeout: {}", text));
  state.patience = *seconds;
  return done();
}

std::string set_filter(State& state, std::string_view text) {
  const std::string word = to_lower(text);
  std::string_view what;
  if (word == "no-rpki-filter") {
    state.selection.suppress_invalid = false;
    what = "RPKI invalids";
  } else if (word == "no-scope-filter") {
    what = "out-of-scope objects";
  } else if (word == "no-route-preference-filter") {
    what = "objects by route preference";
  } else {
    return refuse("Unrecognised command: f");
  }
  return data(
      fmt::format("Filtering out {} is disabled for !r and RIPE style queries for the rest of this connection.", what));
}

std::string set_routes(const State& state, std::string_view name) {
  std::optional<Family> family;
  if (name.starts_with('4')) family = Family::ipv4;
  if (name.starts_with('6')) family = Family::ipv6;
  if (family) name.remove_prefix(1);
  // Clients find out by this very sentence whether the server knows the query.
  if (name.empty()) return refuse("Missing required set name for A query");
  return found(routes_of_set(state.registry(), state.selection, name, family));
}

std::string members(const State& state, std::string_view name) {
  const bool all = name.ends_with(",1");
  if (all) name.remove_suffix(2);
  return found(members_of(state.registry(), state.selection, name, all));
}

std::string object(const State& state, std::string_view parameter) {
  std::string_view key = parameter;
  const std::string class_name = to_lower(cut(key, ','));
  if (class_name.empty() || key.empty())
    return refuse(fmt::format("Invalid argument for object lookup: {}", parameter));
  return found(objects_by_key(state.registry(), state.selection, key, {.classes = {class_name}, .first_only = true}));
}

std::string routes(const State& state, std::string_view parameter) {
  std::string_view option = parameter;
  const std::string_view prefix = cut(option, ',');
  if (option == "o") return found(origins_of(state.registry(), state.selection, prefix));
  static constexpr std::pair<std::string_view, Relation> kRelations[] = {
      {"", Relation::exact}, {"l", Relation::one_less}, {"L", Relation::less_or_exact}, {"M", Relation::more}};
  for (const auto& [name, relation] : kRelations) {
    if (option == name) return found(objects_by_route(state.registry(), state.selection, prefix, relation, {}));
  }
  return refuse(fmt::format("Invalid route search option: {}", option));
}

}  // namespace

std::string answer_irrd(State& state, std::string_view query) {
  if (query.empty()) return refuse("Missing IRRD command");
  const char command = query.front();
  const std::string_view parameter = trim(query.substr(1));
  if (std::string_view("tg6ijJmnors").find(command) != std::string_view::npos && parameter.empty()) {
    return refuse(fmt::format("Missing parameter for {} query", command));
  }
  switch (command) {
    case '!': state.keep_open = true; return {};
    case 'n': state.client = parameter; return done();
    case 'v': return data("IRRd -- version 4 protocol, answered by Fairway");
    case 't': return set_patience(state, parameter);
    case 'f': return set_filter(state, parameter);
    case 's': return set_sources(state, parameter);
    case 'e': return set_excluded(state, parameter);
    case 'g': return found(routes_of_origin(state.registry(), state.selection, parameter, Family::ipv4));
    case '6': return found(routes_of_origin(state.registry(), state.selection, parameter, Family::ipv6));
    case 'a': return set_routes(state, parameter);
    case 'i': return members(state, parameter);
    case 'j': return data(serials(state, parameter));
    case 'J': return data(status(state, parameter));
    case 'm': return object(state, parameter);
    case 'o': return found(objects_by_attribute(state.registry(), state.selection, "mnt-by", parameter, {}));
    case 'r': return routes(state, parameter);
    default: return refuse(fmt::format("Unrecognised command: {}", command));
  }
}

}  // namespace fairway::whois
