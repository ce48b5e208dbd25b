#include "apps/fairway/filter_options.h"

namespace fairway {

namespace {

struct Row {
  const char* name;
  const char* placeholder;
  const char* help;
  bool repeatable;
};

constexpr Row kRows[] = {
    {"prefix", "PREFIX", "routes to this prefix", true},
    {"match", "exact|more|less|any",
     "how --prefix is meant: more: and what lies in it, less: and what it lies in (default exact)", false},
    {"origin", "ASN", "routes that this AS originates", true},
    {"peer", "ASN|ADDRESS", "what this peer told", true},
    {"as-path", "REGEX", "routes whose path matches; _ stands for what delimits an ASN", true},
    {"community", "A:B", "routes with this community (A:*, large ones A:B:C, no-export)", true},
    {"type", "announce|withdraw|rib|state", "events of this kind", true},
    {"since", "TIME", "events at this time (UTC) or later", false},
    {"until", "TIME", "events before this time", false},
};

}  // namespace

void declare_filters(Options& options, RouteFilter& filter) {
  options.group("Filters (of one kind any, of different kinds all must hold)");
  for (const Row& row : kRows) {
    const auto accept = [&filter, name = row.name](const std::string& typed) -> std::optional<std::string> {
      const auto added = filter.add(name, typed);
      if (added) return std::nullopt;
      return added.error().text;
    };
    options.value(std::string("--") + row.name, row.placeholder, row.help, accept, row.repeatable);
  }
}

}  // namespace fairway
