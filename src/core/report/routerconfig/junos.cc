// Juniper Junos.
#include "core/report/routerconfig/vendor_rows.h"
#include "core/report/routerconfig/writing.h"

namespace fairway::routerconfig {

namespace {

void put_prefix_list(std::string& out, const List& list) {
  put(out, "policy-options {\nreplace:\n prefix-list ", list.name, " {\n");
  for (const PrefixRange& range : RangesToWrite(out, list)) put(out, "    ", range.prefix, ";\n");
  put(out, " }\n}\n");
}

void put_filters(std::string& out, const List& list, std::string_view word) {
  if (list.ranges.empty()) put(out, "    ", word, default_route(list.family), " orlonger reject;\n");
  for (const PrefixRange& range : RangesToWrite(out, list)) {
    put(out, "    ", word, range.prefix);
    if (range.exact()) {
      put(out, " exact;\n");
    } else if (has_lower_bound(range)) {
      put(out, " prefix-length-range /", range.least, "-/", range.most, ";\n");
    } else {
      put(out, " upto /", range.most, ";\n");
    }
  }
}

// The name may be STATEMENT/TERM.
void put_policy_statement(std::string& out, const List& list) {
  const std::size_t slash = list.name.find('/');
  const bool term = slash != std::string_view::npos;
  put(out, "policy-options {\n policy-statement ", list.name.substr(0, slash));
  if (term) {
    put(out, " {\n  term ", list.name.substr(slash + 1), " {\nreplace:\n   from {\n");
  } else {
    put(out, " { \nreplace:\n  from {\n");
  }
  if (!list.match.empty()) put(out, "    ", list.match, ";\n");
  put_filters(out, list, "route-filter ");
  put(out, term ? "   }\n  }\n }\n}\n" : "  }\n }\n}\n");
}

void put_route_filter_list(std::string& out, const List& list) {
  put(out, "policy-options {\nreplace:\n  route-filter-list ", list.name, " {\n");
  put_filters(out, list, "");
  put(out, "  }\n}\n");
}

template <bool outbound>
void put_as_path_group(std::string& out, const List& list) {
  put(out, "policy-options {\nreplace:\n as-path-group ", list.name, " {\n");
  unsigned number = 0;
  if (has_neighbour(list)) {
    put(out, "  as-path a", number++, " \"^", list.neighbour, '(', list.neighbour, ")*$\";\n");
  }
  for (const std::string& group : groups_of_asns(list, "|")) {
    put(out, "  as-path a", number++, " \"^");
    if (!outbound) put(out, list.neighbour);
    put(out, "(.)*(", group, ")$\";\n");
  }
  if (number == 0) put(out, outbound ? " " : "  ", "as-path aNone \"!.*\";\n");
  put(out, " }\n}\n");
}

void put_as_list_group(std::string& out, const List& list) {
  put(out, "policy-options {\nreplace:\n as-list-group ", list.name, " {\n");
  unsigned number = 0;
  if (has_neighbour(list)) put(out, "  as-list a", number++, " members ", list.neighbour, ";\n");
  for (const std::string& group : groups_of_asns(list, " "))
    put(out, "  as-list a", number++, " members [ ", group, " ];\n");
  put(out, " }\n}\n");
}

}  // namespace

const Vendor kJunos{.name = "junos",
                    .letters = "J",
                    .summary = "Juniper Junos",
                    .writers = {put_prefix_list, put_policy_statement, put_route_filter_list, put_as_path_group<false>,
                                put_as_path_group<true>, put_as_list_group},
                    .ranges = false};

}  // namespace fairway::routerconfig
