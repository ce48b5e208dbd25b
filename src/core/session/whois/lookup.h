// The lookups that both protocols share. Errors (usage): whole sentences for the client.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/model/asn.h"
#include "core/model/prefix.h"
#include "core/session/whois/registry.h"

namespace fairway::whois {

// "RIPE,RADB" in any case becomes the selected sources.
std::optional<Error> select_sources(const Registry& registry, Selection& selection, std::string_view list);

// What an AS, or the ASes of an as-set, originate: "192.0.2.0/24 198.51.100.0/24", sorted, each once. Nothing: there is
// none, or no such set. No family: both.
Result<std::string> routes_of_origin(const Registry& registry, const Selection& selection, std::string_view asn,
                                     Family family);
Result<std::string> routes_of_set(const Registry& registry, const Selection& selection, std::string_view name,
                                  std::optional<Family> family);
// The members of an as-set or route-set, one level or all, separated by blanks.
Result<std::string> members_of(const Registry& registry, const Selection& selection, std::string_view name, bool all);

// Objects found by a prefix or a range. One less: the next that covers it; one more: those below it that no other one
// of them covers.
enum class Relation : std::uint8_t { exact, one_less, less_or_exact, more, one_more };
Result<std::string> origins_of(const Registry& registry, const Selection& selection, std::string_view prefix);

// How texts are to be answered.
struct TextOptions {
  std::vector<std::string> classes;  // only these, lower case; empty: all
  bool keys_only = false;            // the primary key and the members of sets
  bool first_only = false;
};
// Texts of objects, an empty line between them, none behind; empty if there is none.
Result<std::string> objects_by_route(const Registry& registry, const Selection& selection, std::string_view prefix,
                                     Relation relation, const TextOptions& options);
// Those that are about addresses, inetnum and inet6num, and then the routes. A range ("192.0.2.0 - 192.0.2.255"), a
// prefix or an address.
Result<std::string> objects_by_address(const Registry& registry, const Selection& selection, std::string_view range,
                                       Relation relation, const TextOptions& options);
// The as-blocks that an AS is in, the narrowest first, and its aut-num.
Result<std::string> objects_by_asn(const Registry& registry, const Selection& selection, Asn asn,
                                   const TextOptions& options);
Result<std::string> objects_by_key(const Registry& registry, const Selection& selection, std::string_view key,
                                   const TextOptions& options);
Result<std::string> objects_by_attribute(const Registry& registry, const Selection& selection,
                                         std::string_view attribute, std::string_view value,
                                         const TextOptions& options);

}  // namespace fairway::whois
