// Cases of policies as texts: RPSL objects, and in front of them an object
//
//   case:   what it shows
//   by:     the RFC and section it is from
//   links:  64500>64501 64501=64502      AS 64501 is the provider of 64500; 64501 and 64502 are peers
//   clique: 64501 64502
//   ask:    192.0.2.0/24 64501 64500 -> 64500>64501:ok/bad(filter)
//
// whose `ask` is a route, neighbour first, and what is said of it. The objects up to the next case belong to it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "core/model/as_path.h"
#include "core/read/registry_dump.h"
#include "core/tables/policy.h"
#include "core/tables/relationship.h"
#include "core/tables/world.h"
#include "core/wire/rpsl/objects.h"

namespace fairway {

struct PolicyCase {
  struct Question {
    Prefix prefix;
    AsPath path;
    std::string answer;
  };
  std::string name, by;
  std::vector<Question> questions;
  World world;
};

// The World of a registry's text. No policies where there is no aut-num, as ever.
inline World policy_world(std::string_view text, std::optional<RelationshipTable> relationships = {}) {
  World world;
  const auto keep = [](auto table) { return std::make_shared<const decltype(table)>(std::move(table)); };
  if (relationships) world.relationships = keep(*std::move(relationships));
  const Buffer octets = Buffer::copy_of(as_bytes(text));
  auto read = read_registry_dump(octets.bytes(), nullptr, true);
  if (!read) return world;
  const auto registries = read->registries;
  if (!read->objects.empty()) world.irr = keep(IrrTable::build(std::move(read->objects), registries));
  if (!read->sets.empty()) world.sets = keep(SetTable::build(std::move(read->sets), read->claims, registries));
  if (!read->policies.empty()) {
    world.policies = keep(PolicyTable::build(std::move(read->policies), std::move(read->policy_sets), registries));
  }
  return world;
}

inline std::optional<PolicyCase::Question> policy_question(std::string_view text) {
  const std::size_t arrow = text.find("->");
  PolicyCase::Question question;
  if (arrow != std::string_view::npos) question.answer = trim(text.substr(arrow + 2));
  std::string_view route = trim(text.substr(0, arrow));
  const auto prefix = parse_prefix(next_word(route));
  auto path = parse_as_path(trim(route));
  if (!prefix || !path) return std::nullopt;
  question.prefix = *prefix;
  question.path = *std::move(path);
  return question;
}

inline RelationshipTable policy_links(std::string_view links, std::string_view clique) {
  std::vector<RelationshipLink> all;
  for (std::string_view link = next_word(links); !link.empty(); link = next_word(links)) {
    const std::size_t at = link.find_first_of(">=");
    if (at == std::string_view::npos) continue;
    const auto a = parse_asn(link.substr(0, at)), b = parse_asn(link.substr(at + 1));
    if (a && b) all.push_back(link[at] == '>' ? RelationshipLink{*b, *a, true} : RelationshipLink{*a, *b, false});
  }
  std::vector<Asn> top;
  for (std::string_view word = next_word(clique); !word.empty(); word = next_word(clique)) {
    if (const auto asn = parse_asn(word)) top.push_back(*asn);
  }
  return RelationshipTable::build(std::move(all), std::move(top));
}

inline std::vector<PolicyCase> policy_cases(std::string_view text) {
  std::vector<PolicyCase> cases;
  RpslObjects objects(as_bytes(text));
  RpslObject object;
  struct Part {
    std::string links, clique;
    const char* begin;
  };
  std::vector<Part> parts;
  const auto value = [&](std::string_view name) {
    const RpslAttribute* attribute = object.find(name);
    return attribute == nullptr ? std::string() : rpsl_value(attribute->value);
  };
  while (objects.next(object)) {
    if (!equal_ignoring_case(object.attributes.front().name, "case")) continue;
    PolicyCase& one = cases.emplace_back();
    one.name = value("case");
    one.by = value("by");
    parts.push_back({value("links"), value("clique"), object.attributes.front().name.data()});
    for (const RpslAttribute& attribute : object.attributes) {
      if (!equal_ignoring_case(attribute.name, "ask")) continue;
      if (auto question = policy_question(rpsl_value(attribute.value))) one.questions.push_back(*std::move(question));
    }
  }
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const char* end = i + 1 < cases.size() ? parts[i + 1].begin : text.data() + text.size();
    std::optional<RelationshipTable> links;
    if (!parts[i].links.empty() || !parts[i].clique.empty()) links = policy_links(parts[i].links, parts[i].clique);
    cases[i].world = policy_world({parts[i].begin, static_cast<std::size_t>(end - parts[i].begin)}, std::move(links));
  }
  return cases;
}

}  // namespace fairway
