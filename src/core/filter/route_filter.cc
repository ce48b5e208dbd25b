#include "core/filter/route_filter.h"

#include <algorithm>

namespace fairway {

namespace {

struct KindWord {
  std::string_view word, letter;
  EventKind kind;
};
constexpr KindWord kKinds[] = {
    {"announce", "A", EventKind::announce}, {"withdraw", "W", EventKind::withdraw},     {"rib", "B", EventKind::rib},
    {"state", "STATE", EventKind::state},   {"end-of-rib", "E", EventKind::end_of_rib},
};

struct CommunityWord {
  std::string_view word;
  Community community;
};
constexpr CommunityWord kCommunities[] = {
    {"no-export", kNoExport},         {"no-advertise", kNoAdvertise}, {"no-export-subconfed", kNoExportSubconfed},
    {"local-as", kNoExportSubconfed}, {"blackhole", kBlackhole},
};

std::unexpected<Error> wrong(std::string text) { return fail(ErrorKind::usage, std::move(text)); }

std::optional<PrefixMatch> parse_match(std::string_view text) {
  if (text == "exact") return PrefixMatch::exact;
  if (text == "more") return PrefixMatch::more;
  if (text == "less") return PrefixMatch::less;
  if (text == "any") return PrefixMatch::any;
  return std::nullopt;
}

bool matches(const CommunityPattern& pattern, std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  return pattern.parts[0].value_or(a) == a && pattern.parts[1].value_or(b) == b && pattern.parts[2].value_or(c) == c;
}

}  // namespace

std::optional<CommunityPattern> parse_community_pattern(std::string_view text) {
  for (const CommunityWord& known : kCommunities) {
    if (equal_ignoring_case(text, known.word))
      return CommunityPattern{false, {known.community.value >> 16, known.community.value & 0xFFFF, {}}};
  }
  CommunityPattern pattern;
  const auto parts = split(text, ':');
  if (parts.size() != 2 && parts.size() != 3) return std::nullopt;
  pattern.large = parts.size() == 3;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] == "*") continue;
    const auto number = parse_number<std::uint32_t>(parts[i]);
    if (!number || (!pattern.large && *number > 0xFFFF)) return std::nullopt;
    pattern.parts[i] = number;
  }
  return pattern;
}

Result<void> RouteFilter::add(std::string_view name, std::string_view value) {
  if (name == "prefix") {
    const auto prefix = parse_prefix(value);
    if (!prefix) return wrong("is not a prefix such as 192.0.2.0/24");
    prefixes_.push_back(*prefix);
  } else if (name == "match") {
    const auto match = parse_match(value);
    if (!match) return wrong("is not one of exact, more, less, any");
    match_ = *match;
    return {};
  } else if (name == "peer") {
    if (const auto address = parse_ip(value)) {
      peers_.push_back(*address);
    } else if (const auto asn = parse_asn(value)) {
      peers_.push_back(*asn);
    } else {
      return wrong("is neither an address nor an AS");
    }
  } else if (name == "type") {
    const auto known = std::find_if(std::begin(kKinds), std::end(kKinds),
                                    [&](const KindWord& kind) { return value == kind.word || value == kind.letter; });
    if (known == std::end(kKinds)) return wrong("is not one of announce, withdraw, rib, state, end-of-rib");
    kinds_ |= static_cast<std::uint8_t>(1u << static_cast<unsigned>(known->kind));
  } else if (name == "since" || name == "until") {
    const auto time = parse_instant(value);
    if (!time) return wrong("is not a time such as 2018-11-12T21:12:16Z");
    (name == "since" ? since_ : until_) = time;
  } else if (name == "origin") {
    const auto asn = parse_asn(value);
    if (!asn) return wrong("is not an AS such as AS64500");
    origins_.push_back(*asn);
    asks_attributes_ = true;
    return {};
  } else if (name == "as-path") {
    auto pattern = PathPattern::parse(value);
    if (!pattern) return std::unexpected(pattern.error());
    paths_.push_back(*std::move(pattern));
    asks_attributes_ = true;
    return {};
  } else if (name == "community") {
    const auto pattern = parse_community_pattern(value);
    if (!pattern) return wrong("is not a community such as 64500:1, 64500:* or 64500:1:2");
    communities_.push_back(*pattern);
    asks_attributes_ = true;
    return {};
  } else {
    return wrong("belongs to no filter: there are prefix, match, origin, peer, as-path, community, type, since, until");
  }
  asks_event_ = true;
  return {};
}

bool RouteFilter::accepts_event(const RouteEvent& event) const {
  if (!asks_event_) return true;
  if (kinds_ != 0 && (kinds_ >> static_cast<unsigned>(event.kind) & 1) == 0) return false;
  if (since_ && event.time < *since_) return false;
  if (until_ && event.time >= *until_) return false;
  return (peers_.empty() || accepts_peer(event.peer)) && (prefixes_.empty() || accepts_prefix(event));
}

bool RouteFilter::accepts_peer(const Peer& peer) const {
  return std::any_of(peers_.begin(), peers_.end(), [&peer](const auto& wanted) {
    if (const auto* asn = std::get_if<Asn>(&wanted)) return *asn == peer.asn;
    return std::get<IpAddress>(wanted) == peer.address;
  });
}

bool RouteFilter::accepts_prefix(const RouteEvent& event) const {
  if (event.kind == EventKind::state || event.kind == EventKind::end_of_rib) return false;
  return std::any_of(prefixes_.begin(), prefixes_.end(), [&](const Prefix& wanted) {
    switch (match_) {
      case PrefixMatch::exact: return wanted == event.prefix;
      case PrefixMatch::more: return wanted.covers(event.prefix);
      case PrefixMatch::less: return event.prefix.covers(wanted);
      case PrefixMatch::any: return wanted.covers(event.prefix) || event.prefix.covers(wanted);
    }
    return false;
  });
}

bool RouteFilter::accepts_attributes(const RouteEvent& event) const {
  if (!asks_attributes_) return true;
  if (event.attributes == nullptr) return false;
  const Attributes& attributes = *event.attributes;
  return (origins_.empty() || accepts_origin(attributes.as_path)) &&
         (communities_.empty() || accepts_community(attributes)) &&
         (paths_.empty() || accepts_path(attributes.as_path));
}

bool RouteFilter::accepts_origin(const AsPath& path) const {
  const auto wanted = [this](Asn asn) { return std::find(origins_.begin(), origins_.end(), asn) != origins_.end(); };
  const PathOrigin origin = path.origin();
  if (origin.kind == PathOrigin::Kind::as) return wanted(origin.asn);
  if (origin.kind != PathOrigin::Kind::none) return false;
  std::size_t last = path.segments().size();
  while (path.asns_of(last - 1).empty()) --last;
  const auto members = path.asns_of(last - 1);
  return std::any_of(members.begin(), members.end(), wanted);
}

bool RouteFilter::accepts_path(const AsPath& path) const {
  const std::string text = to_string(path);
  return std::any_of(paths_.begin(), paths_.end(),
                     [&text](const PathPattern& pattern) { return pattern.matches(text); });
}

bool RouteFilter::accepts_community(const Attributes& attributes) const {
  return std::any_of(communities_.begin(), communities_.end(), [&attributes](const CommunityPattern& pattern) {
    if (pattern.large) {
      return std::any_of(
          attributes.large_communities.begin(), attributes.large_communities.end(),
          [&](const LargeCommunity& one) { return matches(pattern, one.global, one.local1, one.local2); });
    }
    return std::any_of(attributes.communities.begin(), attributes.communities.end(),
                       [&](Community one) { return matches(pattern, one.value >> 16, one.value & 0xFFFF, 0); });
  });
}

}  // namespace fairway
