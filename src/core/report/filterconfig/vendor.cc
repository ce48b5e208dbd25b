#include "core/report/filterconfig/vendor.h"

#include <algorithm>

#include "core/report/routerconfig/asn_pattern.h"

namespace fairway::filterconfig {

namespace {

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

}  // namespace

std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' && out.ends_with(' ')) continue;
    if (is_alphanumeric(c) || std::string_view(" .,:_/+()@-").find(c) != std::string_view::npos) out += c;
  }
  return out;
}

bool is_writable(std::string_view secret, std::string_view forbidden) {
  return !secret.empty() && std::ranges::all_of(secret, [&](char c) {
    return c > ' ' && c < 0x7F && forbidden.find(c) == std::string_view::npos;
  });
}

std::map<Asn, std::vector<PrefixRange>> by_origin(const PairList& list, Family family) {
  std::map<Asn, std::vector<PrefixRange>> origins;
  for (const PairList::Pair& pair : list.pairs) {
    if (pair.prefix.family() == family) origins[pair.origin].push_back(PrefixRange::all_of(pair.prefix));
  }
  return origins;
}

std::string pairs_name(const PairList& list, Asn origin, Family family) {
  return list.name + "_" + to_string(origin) + "_" + std::string(v4_or_v6(family));
}

std::vector<PrefixRange> for_longest_match(const std::vector<PrefixRange>& ranges) {
  std::vector<PrefixRange> out;
  std::vector<PrefixRange> around;  // those that cover the current one, outermost first
  for (const PrefixRange& range : ranges) {
    while (!around.empty() && !around.back().prefix.covers(range.prefix)) around.pop_back();
    for (const PrefixRange& outer : around) {
      // Where the block came before, what lies around it came with it.
      if (around.back().prefix == range.prefix || outer.most < range.prefix.length()) continue;
      out.push_back(
          {range.prefix, std::max(outer.least, static_cast<std::uint8_t>(range.prefix.length())), outer.most});
    }
    out.push_back(range);
    around.push_back(range);
  }
  return out;
}

std::string decimals(std::uint32_t first, std::uint32_t last) {
  std::string out;
  for (const std::string& pattern : routerconfig::patterns_of(Asn{first}, Asn{last})) {
    out += (out.empty() ? "" : "|") + pattern;
  }
  return out;
}

std::vector<IpAddress> addresses_of(const NeighbourPolicy& policy, Family family) {
  std::vector<IpAddress> addresses;
  for (const SessionPolicy& session : policy.sessions) {
    if (session.family == family) addresses.push_back(session.session.address);
  }
  return addresses;
}

bool is_asked_by(const Document& document, Kind kind, std::size_t list) {
  return std::ranges::any_of(document.neighbours, [&](const NeighbourPolicy& policy) {
    return std::ranges::any_of(policy.import,
                               [&](const Clause& clause) { return clause.kind == kind && clause.list == list; });
  });
}

}  // namespace fairway::filterconfig
