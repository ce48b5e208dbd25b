#include "core/wire/routerconfig/bird_value.h"

#include <algorithm>
#include <utility>

namespace fairway::reader::bird {

namespace {

bool contains_any(const Set& set, std::span<const Asn> asns) {
  return std::ranges::any_of(asns, [&](Asn asn) { return set.contains({Key::Kind::number, 0, asn.value}); });
}

// "*" stands for any run of characters, "?" for any one.
bool matches_pattern(std::string_view text, std::string_view pattern) {
  std::size_t at = 0, in = 0, star = std::string_view::npos, retry = 0;
  while (at < text.size()) {
    if (in < pattern.size() && pattern[in] == '*') {
      star = in++;
      retry = at;
    } else if (in < pattern.size() && (pattern[in] == '?' || pattern[in] == text[at])) {
      ++in, ++at;
    } else if (star != std::string_view::npos) {
      in = star + 1;
      at = ++retry;
    } else {
      return false;
    }
  }
  while (in < pattern.size() && pattern[in] == '*') ++in;
  return in == pattern.size();
}

struct EnumeratedName {
  std::string_view name;
  Enumerated value;
};

using enum Enumerated::Kind;
constexpr EnumeratedName kEnumerated[] = {
    {"ROA_UNKNOWN", {roa, 0}},
    {"ROA_VALID", {roa, 1}},
    {"ROA_INVALID", {roa, 2}},
    {"ASPA_UNKNOWN", {aspa, 0}},
    {"ASPA_VALID", {aspa, 1}},
    {"ASPA_INVALID", {aspa, 2}},
    {"RTS_STATIC", {source, 1}},
    {"RTS_INHERIT", {source, 2}},
    {"RTS_DEVICE", {source, 3}},
    {"RTS_RIP", {source, 6}},
    {"RTS_OSPF", {source, 7}},
    {"RTS_OSPF_IA", {source, 8}},
    {"RTS_OSPF_EXT1", {source, 9}},
    {"RTS_OSPF_EXT2", {source, 10}},
    {"RTS_BGP", {source, 11}},
    {"RTS_PIPE", {source, 12}},
    {"RTS_BABEL", {source, 13}},
    {"RTS_RPKI", {source, 14}},
    {"RTS_PERF", {source, 15}},
    {"RTS_AGGREGATED", {source, 16}},
    {"NET_IP4", {net, 1}},
    {"NET_IP6", {net, 2}},
    {"NET_VPN4", {net, 3}},
    {"NET_VPN6", {net, 4}},
    {"NET_ROA4", {net, 5}},
    {"NET_ROA6", {net, 6}},
    {"NET_FLOW4", {net, 7}},
    {"NET_FLOW6", {net, 8}},
    {"NET_IP6_SADR", {net, 9}},
    {"NET_MPLS", {net, 10}},
    {"ORIGIN_IGP", {origin, 0}},
    {"ORIGIN_EGP", {origin, 1}},
    {"ORIGIN_INCOMPLETE", {origin, 2}},
    {"SCOPE_HOST", {scope, 0}},
    {"SCOPE_LINK", {scope, 1}},
    {"SCOPE_SITE", {scope, 2}},
    {"SCOPE_ORGANIZATION", {scope, 3}},
    {"SCOPE_UNIVERSE", {scope, 4}},
    {"RTD_UNICAST", {destination, 1}},
    {"RTD_BLACKHOLE", {destination, 2}},
    {"RTD_UNREACHABLE", {destination, 3}},
    {"RTD_PROHIBIT", {destination, 4}},
};

}  // namespace

void Set::add(const Key& from, const Key& to) { spans_.push_back({from, to}); }

void Set::add_box(Pair from, Pair to) { boxes_.push_back({from, to}); }

void Set::add(const Prefix& prefix, unsigned least, unsigned most, std::uint32_t value) {
  const unsigned own = prefix.length();
  if (most >= own) {
    prefixes_.add({prefix, static_cast<std::uint8_t>(std::max(least, own)), static_cast<std::uint8_t>(most)}, value);
  }
  if (least < own) {
    shorter_.push_back({prefix, static_cast<std::uint8_t>(least), static_cast<std::uint8_t>(std::min(most, own - 1))});
  }
}

void Set::close() {
  std::ranges::sort(spans_, {}, &Span::from);
  std::size_t kept = 0;
  for (const Span& span : spans_) {
    if (span.from.kind != span.to.kind || span.to < span.from) continue;
    if (kept > 0 && spans_[kept - 1].to.kind == span.from.kind && span.from <= spans_[kept - 1].to) {
      spans_[kept - 1].to = std::max(spans_[kept - 1].to, span.to);
    } else {
      spans_[kept++] = span;
    }
  }
  spans_.resize(kept);
  std::ranges::sort(shorter_);
}

bool Set::contains(const Key& key) const {
  const auto behind = std::ranges::upper_bound(spans_, key, {}, &Span::from);
  if (behind != spans_.begin() && key <= std::prev(behind)->to) return true;
  if (key.kind != Key::Kind::pair) return false;
  const std::uint64_t first = key.low >> 16, second = key.low & 0xffff;
  return std::ranges::any_of(boxes_, [&](const Box& box) {
    return first >= box.from.first && first <= box.to.first && second >= box.from.second && second <= box.to.second;
  });
}

bool Set::contains(const Prefix& prefix) const {
  if (prefixes_.accepts(prefix)) return true;
  for (auto at = std::ranges::lower_bound(shorter_, prefix, {}, &PrefixRange::prefix);
       at != shorter_.end() && prefix.covers(at->prefix); ++at) {
    if (prefix.length() >= at->least && prefix.length() <= at->most) return true;
  }
  return false;
}

std::optional<Key> key_of(const Value& value) {
  if (const auto* number = std::get_if<std::uint32_t>(&value)) return Key{Key::Kind::number, 0, *number};
  if (const auto* pair = std::get_if<Pair>(&value)) return Key{Key::Kind::pair, 0, pair->first << 16 | pair->second};
  if (const auto* large = std::get_if<LargeCommunity>(&value)) {
    return Key{Key::Kind::large, large->global, std::uint64_t{large->local1} << 32 | large->local2};
  }
  if (const auto* ip = std::get_if<IpAddress>(&value)) {
    return Key{ip->family == Family::ipv4 ? Key::Kind::ipv4 : Key::Kind::ipv6, ip->high, ip->low};
  }
  if (const auto* word = std::get_if<Enumerated>(&value)) {
    return Key{Key::Kind::enumerated, static_cast<std::uint64_t>(word->kind), word->value};
  }
  return std::nullopt;
}

std::optional<Enumerated> parse_enumerated(std::string_view name) {
  for (const auto& [known, value] : kEnumerated) {
    if (known == name) return value;
  }
  return std::nullopt;
}

bool matches(const Mask& mask, const AsPath& path) {
  // The places of the path: one for each ASN of a sequence, one for a set.
  std::vector<std::span<const Asn>> places;
  for (std::size_t i = 0; i < path.segments().size(); ++i) {
    const auto asns = path.asns_of(i);
    if (path.segments()[i].type == SegmentType::sequence) {
      for (std::size_t k = 0; k < asns.size(); ++k) places.push_back(asns.subspan(k, 1));
    } else {
      places.push_back(asns);
    }
  }
  // reached[i]: the items so far can match the first i places.
  std::vector<char> reached(places.size() + 1), next;
  reached[0] = 1;
  for (std::size_t item = 0; item < mask.size(); ++item) {
    next.assign(places.size() + 1, 0);
    const auto fills = [&](const MaskItem& one, std::size_t place) {
      return one.kind == MaskItem::Kind::any_one || (one.set && contains_any(*one.set, places[place]));
    };
    switch (mask[item].kind) {
      case MaskItem::Kind::any_run: {
        char any = 0;
        for (std::size_t i = 0; i <= places.size(); ++i) next[i] = any |= reached[i];
        break;
      }
      case MaskItem::Kind::repeat:  // of the item before, which has matched once already
        next = reached;
        for (std::size_t i = 0; item > 0 && i < places.size(); ++i) next[i + 1] |= next[i] && fills(mask[item - 1], i);
        break;
      default:
        for (std::size_t i = 0; i < places.size(); ++i) next[i + 1] = reached[i] && fills(mask[item], i);
    }
    reached.swap(next);
  }
  return reached.back() != 0;
}

std::optional<bool> match(const Value& a, const Value& b) {
  if (const auto* set = std::get_if<std::shared_ptr<const Set>>(&b)) {
    if (const auto key = key_of(a)) return (*set)->contains(*key);
    if (const auto* prefix = std::get_if<Prefix>(&a)) return (*set)->contains(*prefix);
    if (const auto* path = std::get_if<AsPath>(&a)) return contains_any(**set, path->asns());
    const auto holds = [&](const auto& one) { return (*set)->contains(*key_of(one)); };
    if (const auto* list = std::get_if<Clist>(&a)) {
      return std::ranges::any_of(
          *list, [&](Community one) { return holds(Value(Pair{one.value >> 16, one.value & 0xffff})); });
    }
    if (const auto* list = std::get_if<LargeClist>(&a)) {
      return std::ranges::any_of(*list, [&](const LargeCommunity& one) { return holds(Value(one)); });
    }
    return std::nullopt;
  }
  if (const auto* block = std::get_if<Prefix>(&b)) {
    if (const auto* prefix = std::get_if<Prefix>(&a)) return block->covers(*prefix);
    if (const auto* ip = std::get_if<IpAddress>(&a)) return block->covers(*ip);
    return std::nullopt;
  }
  if (const auto* path = std::get_if<AsPath>(&b)) {
    if (const auto* number = std::get_if<std::uint32_t>(&a)) return path->contains(Asn{*number});
    return std::nullopt;
  }
  if (const auto* mask = std::get_if<Mask>(&b)) {
    if (const auto* path = std::get_if<AsPath>(&a)) return matches(*mask, *path);
    return std::nullopt;
  }
  if (const auto* list = std::get_if<Clist>(&b)) {
    if (const auto* pair = std::get_if<Pair>(&a)) {
      return std::ranges::find(*list, community(pair->first, pair->second)) != list->end();
    }
    return std::nullopt;
  }
  if (const auto* list = std::get_if<LargeClist>(&b)) {
    if (const auto* large = std::get_if<LargeCommunity>(&a)) return std::ranges::find(*list, *large) != list->end();
    return std::nullopt;
  }
  if (const auto* pattern = std::get_if<std::string>(&b)) {
    if (const auto* text = std::get_if<std::string>(&a)) return matches_pattern(*text, *pattern);
  }
  return std::nullopt;
}

std::optional<bool> equal(const Value& a, const Value& b) {
  if (std::holds_alternative<Unknown>(a) || std::holds_alternative<Unknown>(b)) return std::nullopt;
  const auto ka = key_of(a), kb = key_of(b);
  if (ka && kb) return *ka == *kb;
  if (a.index() != b.index()) return false;
  if (const auto* truth = std::get_if<bool>(&a)) return *truth == std::get<bool>(b);
  if (const auto* prefix = std::get_if<Prefix>(&a)) return *prefix == std::get<Prefix>(b);
  if (const auto* text = std::get_if<std::string>(&a)) return *text == std::get<std::string>(b);
  if (const auto* path = std::get_if<AsPath>(&a)) return *path == std::get<AsPath>(b);
  if (const auto* list = std::get_if<Clist>(&a)) return *list == std::get<Clist>(b);
  if (const auto* list = std::get_if<LargeClist>(&a)) return *list == std::get<LargeClist>(b);
  if (std::holds_alternative<Void>(a)) return true;
  return std::nullopt;
}

std::optional<bool> less(const Value& a, const Value& b) {
  const auto ka = key_of(a), kb = key_of(b);
  if (!ka || !kb || ka->kind != kb->kind || ka->kind == Key::Kind::enumerated) return std::nullopt;
  return *ka < *kb;
}

}  // namespace fairway::reader::bird
