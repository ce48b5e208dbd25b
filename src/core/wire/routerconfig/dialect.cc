// The dialects: one row each, and the words that give them away.
#include <array>
#include <utility>

#include "base/text.h"
#include "core/wire/routerconfig/configuration.h"
#include "core/wire/routerconfig/reading.h"

namespace fairway::reader {

namespace {

struct Row {
  Dialect dialect;
  std::string_view name;
  Result<Reading> (*read)(std::string_view text, const Includes& includes);
};

constexpr Row kRows[] = {
    {Dialect::bird2, "bird", read_bird},
    {Dialect::openbgpd, "openbgpd", read_openbgpd},
    {Dialect::junos, "junos", [](std::string_view text, const Includes&) { return read_junos(text); }},
    {Dialect::iosxr, "iosxr", [](std::string_view text, const Includes&) { return read_iosxr(text); }},
    {Dialect::frr, "frr", [](std::string_view text, const Includes&) { return read_frr(text); }},
};

// What lines of a dialect, and of no other, begin with.
constexpr std::pair<Dialect, std::string_view> kBeginnings[] = {
    {Dialect::bird2, "protocol "},
    {Dialect::bird2, "template bgp"},
    {Dialect::bird2, "define "},
    {Dialect::bird2, "filter "},
    {Dialect::bird2, "function "},
    {Dialect::bird2, "router id "},
    {Dialect::bird2, "roa4 table"},
    {Dialect::bird2, "roa6 table"},
    {Dialect::bird2, "import filter"},
    {Dialect::openbgpd, "AS "},
    {Dialect::openbgpd, "allow from"},
    {Dialect::openbgpd, "allow to"},
    {Dialect::openbgpd, "deny from"},
    {Dialect::openbgpd, "deny to"},
    {Dialect::openbgpd, "deny quick"},
    {Dialect::openbgpd, "allow quick"},
    {Dialect::openbgpd, "match from"},
    {Dialect::openbgpd, "prefix-set "},
    {Dialect::openbgpd, "remote-as "},
    {Dialect::openbgpd, "group \""},
    {Dialect::frr, "frr "},
    {Dialect::frr, "router bgp "},
    {Dialect::frr, "route-map "},
    {Dialect::frr, "ip prefix-list "},
    {Dialect::frr, "ipv6 prefix-list "},
    {Dialect::frr, "bgp as-path access-list"},
    {Dialect::frr, "exit-address-family"},
    {Dialect::junos, "policy-options"},
    {Dialect::junos, "policy-statement "},
    {Dialect::junos, "protocols {"},
    {Dialect::junos, "set policy-options"},
    {Dialect::junos, "set protocols bgp"},
    {Dialect::junos, "route-filter "},
    {Dialect::junos, "routing-options"},
    {Dialect::junos, "from {"},
    {Dialect::junos, "then {"},
    {Dialect::iosxr, "prefix-set "},
    {Dialect::iosxr, "end-set"},
    {Dialect::iosxr, "route-policy "},
    {Dialect::iosxr, "end-policy"},
    {Dialect::iosxr, "neighbor-group "},
    {Dialect::iosxr, "RP/0/"},
};

}  // namespace

std::string_view to_string(Dialect dialect) {
  for (const Row& row : kRows) {
    if (row.dialect == dialect) return row.name;
  }
  return {};
}

std::optional<Dialect> parse_dialect(std::string_view text) {
  for (const Row& row : kRows) {
    if (row.name == text) return row.dialect;
  }
  return std::nullopt;
}

std::optional<Dialect> guess_dialect(std::string_view text) {
  std::array<std::size_t, std::size(kRows)> votes{};
  while (!text.empty()) {
    const std::string_view line = trim(cut(text, '\n'));
    for (const auto& [dialect, beginning] : kBeginnings) {
      if (line.starts_with(beginning)) ++votes[static_cast<std::size_t>(dialect)];
    }
  }
  std::optional<Dialect> best;
  for (const Row& row : kRows) {
    const std::size_t count = votes[static_cast<std::size_t>(row.dialect)];
    if (count > 0 && (!best || count > votes[static_cast<std::size_t>(*best)])) best = row.dialect;
  }
  return best;
}

Result<Reading> read_dialect(std::string_view text, Dialect dialect, const Includes& includes) {
  for (const Row& row : kRows) {
    if (row.dialect == dialect) return row.read(text, includes);
  }
  return fail(ErrorKind::usage, "there is no such dialect");
}

}  // namespace fairway::reader
