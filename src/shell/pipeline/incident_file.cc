#include "shell/pipeline/incident_file.h"

#include <simdjson.h>

#include <algorithm>

#include "base/text.h"
#include "shell/feed/source.h"

namespace fairway {
namespace {

using simdjson::dom::element;

std::optional<std::string_view> text_of(element object, const char* name) {
  std::string_view text;
  if (object[name].get(text) != simdjson::SUCCESS) return std::nullopt;
  return text;
}

std::optional<std::int64_t> number_of(element object, const char* name) {
  std::int64_t number = 0;
  if (object[name].get(number) != simdjson::SUCCESS) return std::nullopt;
  return number;
}

std::optional<IncidentType> type_of(element object) {
  const auto kind = text_of(object, "kind");
  if (!kind) return std::nullopt;
  if (const auto word = text_of(object, "type")) return parse_incident_type(*kind, *word);
  const auto number = number_of(object, "type");
  return number ? parse_incident_type(*kind, std::to_string(*number)) : std::nullopt;
}

// Calls take(element) for each of an array of that name; false if there is none, or `take` says so.
template <class Take>
bool each(element object, const char* name, Take take) {
  simdjson::dom::array array;
  if (object[name].get(array) != simdjson::SUCCESS) return false;
  return std::ranges::all_of(array, take);
}

bool read(element object, StoredIncident& stored) {
  Incident& incident = stored.incident;
  const auto id = text_of(object, "id"), state = text_of(object, "state"), world = text_of(object, "world");
  const auto type = type_of(object);
  const auto opened = parse_instant(text_of(object, "opened").value_or("")),
             changed = parse_instant(text_of(object, "changed").value_or(""));
  const auto confidence = number_of(object, "confidence");
  element views;
  if (!id || !state || !world || !type || !opened || !changed || !confidence ||
      object["views"].get(views) != simdjson::SUCCESS)
    return false;
  incident.id = *id;
  incident.type = *type;
  incident.state = *state == "open" ? IncidentState::open : IncidentState::cleared;
  incident.opened = *opened;
  incident.changed = *changed;
  incident.cleared = parse_instant(text_of(object, "cleared").value_or(""));
  incident.world = *world;
  incident.country = text_of(object, "country").value_or("");
  incident.feed = text_of(object, "feed").value_or("");
  incident.confidence = static_cast<int>(*confidence);
  incident.views_seen = static_cast<std::uint32_t>(number_of(views, "seen").value_or(0));
  incident.views_full = static_cast<std::uint32_t>(number_of(views, "full").value_or(0));
  const auto asns = [](std::vector<Asn>& list) {
    return [&list](element value) {
      std::uint64_t number = 0;
      if (value.get(number) != simdjson::SUCCESS || number > UINT32_MAX) return false;
      list.push_back({static_cast<std::uint32_t>(number)});
      return true;
    };
  };
  return each(object, "offenders", asns(incident.offenders)) && each(object, "victims", asns(incident.victims)) &&
         each(object, "prefixes",
              [&](element value) {
                std::string_view text;
                if (value.get(text) != simdjson::SUCCESS) return false;
                const auto prefix = parse_prefix(text);
                if (prefix) incident.prefixes.push_back(*prefix);
                return prefix.has_value();
              }) &&
         each(object, "paths",
              [&](element value) {
                std::string_view text;
                if (value.get(text) != simdjson::SUCCESS) return false;
                incident.paths.emplace_back(text);
                return true;
              }) &&
         each(object, "evidence", [&](element value) {
           const auto name = text_of(value, "name"), fact = text_of(value, "fact");
           const auto weight = number_of(value, "weight");
           if (!name || !fact || !weight) return false;
           stored.names.emplace_back(*name);
           incident.evidence.push_back({stored.names.back(), static_cast<int>(*weight), std::string(*fact)});
           return true;
         });
}

}  // namespace

Result<StoredIncident> read_incident(std::string_view json) {
  simdjson::dom::parser parser;
  element object;
  StoredIncident stored;
  if (parser.parse(json.data(), json.size()).get(object) != simdjson::SUCCESS || !read(object, stored)) {
    return fail(ErrorKind::malformed, "this is no incident: " + std::string(json.substr(0, 60)));
  }
  return stored;
}

Result<std::optional<StoredIncident>> find_incident(const std::string& path, std::string_view id) {
  const auto file = read_all(path);
  if (!file) return fail(file.error().kind, path + ": " + file.error().text, file.error().where);
  std::optional<StoredIncident> found;
  std::string_view text = as_text(file->bytes());
  simdjson::dom::parser parser;
  for (std::uint64_t line = 1; !text.empty(); ++line) {
    const std::string_view json = trim(cut(text, '\n'));
    if (json.empty()) continue;
    element object, inner;
    StoredIncident stored;
    bool fine = parser.parse(json.data(), json.size()).get(object) == simdjson::SUCCESS;
    if (fine && object["incident"].get(inner) == simdjson::SUCCESS) object = inner;
    const auto name = fine ? text_of(object, "id") : std::nullopt;
    if (!name)
      return fail(ErrorKind::malformed, path + ", line " + std::to_string(line) + ": this is no incident.", line);
    if (!name->starts_with(id)) continue;
    if (!read(object, stored)) {
      return fail(ErrorKind::malformed, path + ", line " + std::to_string(line) + ": this incident is not whole.",
                  line);
    }
    if (found && found->incident.id != stored.incident.id) {
      return fail(ErrorKind::usage, std::string(id) + " is the beginning of several incidents.", line);
    }
    found = std::move(stored);
  }
  return found;
}

}  // namespace fairway
