#include "core/tables/trust.h"

#include <algorithm>

#include "base/text.h"

namespace fairway {

Result<void> Trust::add(std::string_view text) {
  std::string_view rest = text;
  const std::string name = to_lower(cut(rest, '='));
  std::vector<std::string>* list = name == "route"       ? &routes
                                   : name == "route6"    ? &routes6
                                   : name == "as-set"    ? &as_sets
                                   : name == "route-set" ? &route_sets
                                                         : nullptr;
  if (list == nullptr) {
    return fail(ErrorKind::usage, "'" + std::string(text) +
                                      "' is not CLASS=SOURCE,...: the classes are route, route6, "
                                      "as-set and route-set");
  }
  for (const std::string_view word : split(rest, ',')) {
    std::string source = to_upper(trim(word));
    if (source.empty()) return fail(ErrorKind::usage, "'" + std::string(text) + "' names no source");
    if (std::ranges::find(*list, source) == list->end()) list->push_back(std::move(source));
  }
  return {};
}

std::vector<std::string> believed(const std::vector<std::string>& asked, const std::vector<std::string>& trusted) {
  if (asked.empty() || trusted.empty()) return asked.empty() ? trusted : asked;
  std::vector<std::string> both;
  for (const std::string& source : asked) {
    const auto is_same = [&](const std::string& other) { return equal_ignoring_case(source, other); };
    if (std::ranges::any_of(trusted, is_same)) both.push_back(source);
  }
  if (both.empty()) both.emplace_back();  // nobody, and not everybody
  return both;
}

}  // namespace fairway
