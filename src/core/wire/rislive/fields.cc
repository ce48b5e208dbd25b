#include "core/wire/rislive/fields.h"

#include "base/text.h"

namespace fairway::rislive {

namespace {

using simdjson::SUCCESS;
using Field = simdjson::simdjson_result<element>;

std::unexpected<Error> malformed(std::string_view what) {
  return fail(ErrorKind::malformed, std::string(what) + " that cannot be read");
}

template <class T>
std::optional<T> as(const Field& field) {
  T value;
  return field.get(value) == SUCCESS ? std::optional(value) : std::nullopt;
}

std::optional<std::uint32_t> number_of(const Field& field) {
  const auto number = as<std::uint64_t>(field);
  if (!number || *number > 0xFFFFFFFF) return std::nullopt;
  return static_cast<std::uint32_t>(*number);
}

bool is_there(const Field& field) { return field.error() == SUCCESS && !field.is_null(); }

// [64500, 64501, [64502, 64503]]: an AS_SET is a list in the list.
std::optional<AsPath> path_of(const Field& field) {
  const auto hops = as<simdjson::dom::array>(field);
  if (!hops) return std::nullopt;
  AsPath path;
  std::vector<Asn> sequence;
  const auto flush = [&] {
    if (!sequence.empty()) path.add(SegmentType::sequence, sequence);
    sequence.clear();
  };
  for (const Field hop : *hops) {
    const auto members = as<simdjson::dom::array>(hop);
    if (!members) {
      const auto asn = read_asn(hop);
      if (!asn) return std::nullopt;
      sequence.push_back(*asn);
      continue;
    }
    flush();
    std::vector<Asn> set;
    for (const Field member : *members) {
      const auto asn = read_asn(member);
      if (!asn) return std::nullopt;
      set.push_back(*asn);
    }
    path.add(SegmentType::set, set);
  }
  flush();
  return path;
}

// [[64500, 1], [64500, 2]]
bool read_communities(const Field& field, std::vector<Community>& into) {
  const auto pairs = as<simdjson::dom::array>(field);
  if (!pairs) return false;
  for (const Field pair : *pairs) {
    const auto high = number_of(pair.at(0)), low = number_of(pair.at(1));
    if (!high || !low || *high > 0xFFFF || *low > 0xFFFF) return false;
    into.push_back({*high << 16 | *low});
  }
  return true;
}

// "64500:192.0.2.1", or with a blank.
std::optional<Aggregator> read_aggregator(const Field& field) {
  const auto text = as<std::string_view>(field);
  if (!text) return std::nullopt;
  const std::size_t at = text->find_first_of(": ");
  if (at == std::string_view::npos) return std::nullopt;
  const auto asn = parse_asn(text->substr(0, at));
  const auto address = parse_ip(text->substr(at + 1));
  if (!asn || !address) return std::nullopt;
  return Aggregator{*asn, *address};
}

std::optional<OriginCode> read_origin(const Field& field) {
  const auto text = as<std::string_view>(field);
  for (const OriginCode code : {OriginCode::igp, OriginCode::egp, OriginCode::incomplete}) {
    if (text && equal_ignoring_case(*text, to_string(code))) return code;
  }
  return std::nullopt;
}

std::optional<Prefix> read_prefix(const Field& field) {
  const auto text = as<std::string_view>(field);
  return text ? parse_prefix(*text, true) : std::nullopt;
}

}  // namespace

std::optional<Asn> read_asn(const Field& field) {
  if (const auto text = as<std::string_view>(field)) return parse_asn(*text);
  const auto number = number_of(field);
  return number ? std::optional(Asn{*number}) : std::nullopt;
}

Result<void> Fields::read_attributes(element data, Attributes& into) const {
  if (path) {
    into.has_as_path = true;
    into.as_path = *path;
  }
  if (const auto origin = data["origin"]; is_there(origin)) {
    if (!(into.origin = read_origin(origin))) return malformed("an origin");
  }
  if (const auto med = data["med"]; is_there(med)) {
    if (!(into.med = number_of(med))) return malformed("a MED");
  }
  if (const auto aggregator = data["aggregator"]; is_there(aggregator)) {
    if (!(into.aggregator = read_aggregator(aggregator))) return malformed("an aggregator");
  }
  if (const auto communities = data["community"]; is_there(communities)) {
    if (!read_communities(communities, into.communities)) return malformed("communities");
  }
  return {};
}

// The next hop may be two: "2001:db8::1,fe80::1" (RFC 2545).
Result<void> Fields::read_announcement(const Field& announcement, const Attributes& shared) {
  const auto hops = as<std::string_view>(announcement["next_hop"]);
  const auto prefixes = as<simdjson::dom::array>(announcement["prefixes"]);
  if (!hops || !prefixes) return malformed("an announcement");
  Attributes& attributes = attributes_.emplace_back(shared);
  std::string_view rest = *hops;
  attributes.next_hop = parse_ip(cut(rest, ','));
  if (!rest.empty()) attributes.link_local_next_hop = parse_ip(rest);
  if (!attributes.next_hop) return malformed("a next hop");
  for (const Field one : *prefixes) {
    const auto prefix = read_prefix(one);
    if (!prefix) return malformed("a prefix");
    announced_.push_back({*prefix, &attributes});
  }
  return {};
}

Result<void> Fields::read_path(element data) {
  path.reset();
  if (const auto field = data["path"]; is_there(field)) {
    path = path_of(field);
    if (!path) return malformed("a path");
  }
  return {};
}

Result<void> Fields::read(element data) {
  withdrawn_.clear();
  announced_.clear();
  attributes_.clear();
  if (auto read = read_path(data); !read) return read;
  Attributes shared;
  if (auto read = read_attributes(data, shared); !read) return read;
  if (const auto field = data["withdrawals"]; is_there(field)) {
    const auto prefixes = as<simdjson::dom::array>(field);
    if (!prefixes) return malformed("withdrawals");
    for (const Field one : *prefixes) {
      const auto prefix = read_prefix(one);
      if (!prefix) return malformed("a prefix");
      withdrawn_.push_back(*prefix);
    }
  }
  if (const auto field = data["announcements"]; is_there(field)) {
    const auto announcements = as<simdjson::dom::array>(field);
    if (!announcements) return malformed("announcements");
    for (const Field one : *announcements) {
      if (auto read = read_announcement(one, shared); !read) return read;
    }
  }
  return {};
}

void Fields::append_to(std::vector<RouteEvent>& events, RouteEvent like) const {
  like.kind = EventKind::withdraw;
  for (const Prefix& prefix : withdrawn_) {
    like.prefix = prefix;
    events.push_back(like);
  }
  like.kind = EventKind::announce;
  for (const Announced& one : announced_) {
    like.prefix = one.prefix;
    like.attributes = one.attributes;
    events.push_back(like);
  }
}

}  // namespace fairway::rislive
