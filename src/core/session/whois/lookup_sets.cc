#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "core/session/whois/lookup.h"
#include "core/tables/irr.h"
#include "core/tables/irr_expand.h"
#include "core/tables/irr_rpki.h"

namespace fairway::whois {

namespace {

constexpr std::size_t kMostPrefixes = 4'000'000;

ExpandOptions options_of(const Registry& registry, const Selection& selection) {
  ExpandOptions options;
  // Who selects nothing gets each class in its own order.
  if (selection.sources != registry.sources) options.sources = selection.sources;
  options.except = selection.excluded;
  options.allow_private = true;  // what stands there is answered; whoever asks sorts it out
  options.most_prefixes = kMostPrefixes;
  return options;
}

void append_word(std::string& out, const Prefix& prefix) {
  if (!out.empty()) out += ' ';
  append_to(out, prefix);
}
void append_word(std::string& out, std::string_view word) {
  if (!out.empty()) out += ' ';
  out += word;
}

void append_ranged(std::string& out, const ExpandedPrefix& found) {
  append_word(out, found.prefix);
  const unsigned length = found.prefix.length();
  if (found.least == length && found.most == length) return;
  const bool to_the_end = found.most == address_bits(found.prefix.family());
  if (to_the_end && found.least == length) {
    out += "^+";
  } else if (to_the_end && found.least == length + 1) {
    out += "^-";
  } else {
    append_to(out, RangeOperator{.least = found.least, .most = found.most});
  }
}

// Prefixes of the family, or of both, behind `out`.
std::optional<Error> append_prefixes(std::string& out, const Registry& registry, const Expansion& expansion,
                                     std::optional<Family> family, const ExpandOptions& options) {
  for (const Family each : {Family::ipv4, Family::ipv6}) {
    if (family && *family != each) continue;
    const auto found = expand_prefixes(registry.world, expansion, each, options);
    if (!found) return found.error();
    out.reserve(out.size() + found->size() * 16);
    for (const ExpandedPrefix& prefix : *found) append_ranged(out, prefix);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Error> select_sources(const Registry& registry, Selection& selection, std::string_view list) {
  std::vector<std::string> sources;
  for (const std::string_view word : split(list, ',')) {
    std::string name = to_upper(trim(word));
    if (std::ranges::find(registry.sources, name) == registry.sources.end()) {
      return Error{ErrorKind::usage, "One or more selected sources are unavailable."};
    }
    if (std::ranges::find(sources, name) == sources.end()) sources.push_back(std::move(name));
  }
  selection.sources = std::move(sources);
  return std::nullopt;
}

Result<std::string> routes_of_origin(const Registry& registry, const Selection& selection, std::string_view asn,
                                     Family family) {
  const auto parsed = asn.size() > 2 && equal_ignoring_case(asn.substr(0, 2), "AS") ? parse_asn(asn) : std::nullopt;
  if (!parsed) return fail(ErrorKind::usage, fmt::format("Invalid AS number {}", asn));
  Expansion expansion;
  expansion.asns.push_back({*parsed, kNamed, {}});
  std::string out;
  if (auto error = append_prefixes(out, registry, expansion, family, options_of(registry, selection))) {
    return std::unexpected(*std::move(error));
  }
  return out;
}

Result<std::string> routes_of_set(const Registry& registry, const Selection& selection, std::string_view name,
                                  std::optional<Family> family) {
  const ExpandOptions options = options_of(registry, selection);
  if (find_set(registry.world, name, SetClass::as_set, options) == SetTable::kNone) return std::string();
  const std::string object(name);
  const Expansion expansion = expand_asns(registry.world, {&object, 1}, options);
  std::string out;
  if (auto error = append_prefixes(out, registry, expansion, family, options)) {
    return std::unexpected(*std::move(error));
  }
  return out;
}

Result<std::string> members_of(const Registry& registry, const Selection& selection, std::string_view name, bool all) {
  const ExpandOptions options = options_of(registry, selection);
  const std::uint32_t set = find_set(registry.world, name, std::nullopt, options);
  std::string out;
  if (set == SetTable::kNone) return out;
  const SetTable& table = *registry.world.sets;
  const bool routes = table.sets()[set].set_class == SetClass::route_set;
  if (!all) {
    const auto write = [&](const auto& word, RangeOperator range) {
      append_word(out, word);
      append_to(out, range);
    };
    for (const SetObject::As& member : table.asns(set)) write("AS" + to_string(member.asn), member.range);
    for (const SetTable::Member& member : table.members(set)) {
      if (member.name == table.sets()[set].name) continue;
      std::string text(table.name(member.name));
      if (member.registry != SetTable::kAnyRegistry) {
        text = table.registries()[member.registry] + "::" + text;
      }
      write(text, member.range);
    }
    for (const SetObject::Ranged& member : table.prefixes(set)) write(member.prefix, member.range);
    return out;
  }
  const std::string object(name);
  const Expansion expansion = expand_asns(registry.world, {&object, 1}, options);
  if (routes) {
    if (auto error = append_prefixes(out, registry, expansion, std::nullopt, options)) {
      return std::unexpected(*std::move(error));
    }
    return out;
  }
  for (const ExpandedAsn& found : expansion.asns) append_word(out, "AS" + to_string(found.asn));
  return out;
}

Result<std::string> origins_of(const Registry& registry, const Selection& selection, std::string_view text) {
  const auto prefix = parse_prefix(text);
  if (!prefix) return fail(ErrorKind::usage, fmt::format("Invalid input for route search: {}", text));
  std::vector<Asn> origins;
  const auto selected = [&](std::string_view source) {
    return std::ranges::find(selection.sources, source) != selection.sources.end();
  };
  const World& world = registry.world;
  if (world.irr) {
    const auto objects = world.irr->objects();
    for (auto [id, end] = world.irr->under(*prefix); id < end && objects[id].prefix == *prefix; ++id) {
      if (!selected(world.irr->registries()[objects[id].registry])) continue;
      if (selection.suppress_invalid && world.registry_rpki && world.registry_rpki->invalid(id)) continue;
      origins.push_back(objects[id].origin);
    }
  }
  if (world.vrps && world.registry_rpki && selected(kRpkiSource)) {
    for (auto [id, end] = world.vrps->under(*prefix); id < end && world.vrps->vrp(id).prefix == *prefix; ++id) {
      origins.push_back(world.vrps->vrp(id).asn);
    }
  }
  std::sort(origins.begin(), origins.end());
  origins.erase(std::unique(origins.begin(), origins.end()), origins.end());
  std::string out;
  for (const Asn origin : origins) append_word(out, "AS" + to_string(origin));
  return out;
}

}  // namespace fairway::whois
