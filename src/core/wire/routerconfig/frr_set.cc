// What `set` does to a route.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "core/wire/routerconfig/community_named.h"
#include "core/wire/routerconfig/frr_route_map.h"

namespace fairway::reader::frr {

namespace {

// "100", "+10", "-10": moves a number.
std::optional<std::uint32_t> moved(std::string_view text, std::uint32_t from) {
  const char sign = text.empty() ? ' ' : text[0];
  if (sign == '+' || sign == '-') text.remove_prefix(1);
  const auto number = parse_number<std::uint32_t>(text);
  if (!number) return std::nullopt;
  if (sign == '+') return from > ~*number ? ~std::uint32_t{0} : from + *number;
  if (sign == '-') return from < *number ? 0 : from - *number;
  return number;
}

}  // namespace

// set community 64500:1 64500:2 additive, set community none, set comm-list NAME delete
template <class Value, class Lists, class Parse>
bool Filters::set_communities(const Clause& clause, std::vector<Value>& held, const Lists& lists, Parse parse) const {
  const auto& words = clause.words;
  if (words[0].ends_with("comm-list") || words[0].ends_with("community-list")) {
    if (words.size() != 3 || words[2] != "delete") return false;
    const auto list = lists.find(words[1]);
    if (list == lists.end()) return true;
    bool understood = true;
    std::erase_if(held, [&](const Value& one) {
      const Truth permits = list->second.permits(one);
      understood = understood && permits;
      return permits.value_or(false);
    });
    return understood;
  }
  std::vector<Value> result;
  bool additive = false;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i] == "additive") {
      additive = true;
    } else if (words[i] != "none") {
      const auto one = parse(words[i]);
      if (!one) return false;
      result.push_back(*one);
    }
  }
  if (additive) result.insert(result.begin(), held.begin(), held.end());
  std::ranges::sort(result);  // FRR keeps them sorted, each once
  const auto twice = std::ranges::unique(result);
  result.erase(twice.begin(), twice.end());
  held = std::move(result);
  return true;
}

bool Filters::set_path(const Clause& clause, Asking& asking) const {
  const auto& words = clause.words;
  AsPath& path = asking.decision.route.path;
  if (words.size() < 3) return false;
  std::vector<Asn> asns;
  for (std::size_t i = 2; i < words.size(); ++i) {
    if (words[i] == "last-as") return false;
    const auto asn = parse_asn(words[i]);
    if (!asn) return false;
    asns.push_back(*asn);
  }
  AsPath result;
  if (words[1] == "prepend") {
    std::size_t next = 0;
    if (!path.segments().empty() && path.segments()[0].type == SegmentType::sequence) {
      asns.insert(asns.end(), path.asns_of(0).begin(), path.asns_of(0).end());
      next = 1;
    }
    result.add(SegmentType::sequence, asns);
    for (; next < path.segments().size(); ++next) result.add(path.segments()[next].type, path.asns_of(next));
  } else if (words[1] == "exclude") {
    for (std::size_t i = 0; i < path.segments().size(); ++i) {
      std::vector<Asn> kept;
      std::ranges::copy_if(path.asns_of(i), std::back_inserter(kept),
                           [&](Asn asn) { return std::ranges::find(asns, asn) == asns.end(); });
      if (!kept.empty()) result.add(path.segments()[i].type, kept);
    }
  } else {
    return false;
  }
  path = std::move(result);
  return true;
}

bool Filters::set(const Clause& clause, Asking& asking) const {
  const auto& words = clause.words;
  Probe& route = asking.decision.route;
  if (words.empty()) return false;
  const std::string_view last = words.back();
  if (words[0] == "as-path") return set_path(clause, asking);
  if (words[0] == "community" || words[0] == "comm-list") {
    return set_communities(clause, route.communities, community_lists, community_named);
  }
  if (words[0] == "large-community" || words[0] == "large-comm-list") {
    return set_communities(clause, route.large_communities, large_lists, parse_large_community);
  }
  if (words[0] == "local-preference") {
    const auto value = moved(last, route.local_pref.value_or(100));
    if (value) route.local_pref = *value;
    return value.has_value();
  }
  if (words[0] == "metric") {
    const auto value = moved(last, route.med.value_or(0));
    if (value) route.med = *value;
    return value.has_value();
  }
  if (words[0] == "tag" || words[0] == "weight") {
    const auto value = parse_number<std::uint32_t>(last);
    if (value) route.marks[words[0]] = *value;
    return value.has_value();
  }
  if ((words[0] == "ip" || words[0] == "ipv6") && words.size() >= 3 && words[1] == "next-hop") {
    if (const auto ip = parse_ip(last)) {
      route.next_hop = *ip;
    } else if (last == "peer-address") {
      route.next_hop = asking.session.remote;
    }
    return true;  // "unchanged", "prefer-global": not another address
  }
  // What is known to decide nothing that is asked here.
  for (const std::string_view other :
       {"origin", "atomic-aggregate", "aggregator", "originator-id", "src", "extcommunity", "extcomm-list", "table",
        "label-index", "sr-te", "distance", "metric-type"}) {
    if (words[0] == other) return true;
  }
  return false;
}

}  // namespace fairway::reader::frr
