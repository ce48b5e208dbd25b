// What stands behind a dot, and the attributes of a route.
#include <algorithm>
#include <array>
#include <utility>

#include "core/wire/routerconfig/bird_run.h"

namespace fairway::reader::bird {

namespace {

// The values that a filter can hold against a list: one of them, a set, or a list of the same kind.
std::optional<bool> listed(const Value& one, const Value& in) {
  if (std::holds_alternative<std::shared_ptr<const Set>>(in)) return match(one, in);
  if (in.index() == one.index()) return equal(one, in);
  if (std::holds_alternative<Clist>(in) || std::holds_alternative<LargeClist>(in)) return match(one, in);
  return std::nullopt;
}

Value member(Community one) { return Pair{one.value >> 16, one.value & 0xffff}; }
Value member(const LargeCommunity& one) { return one; }
Value member(Asn one) { return one.value; }

bool add_to(Clist& list, const Value& value) {
  const auto* pair = std::get_if<Pair>(&value);
  if (pair == nullptr) return false;
  const Community one = community(pair->first, pair->second);
  if (std::ranges::find(list, one) == list.end()) list.push_back(one);
  return true;
}

bool add_to(LargeClist& list, const Value& value) {
  const auto* large = std::get_if<LargeCommunity>(&value);
  if (large == nullptr) return false;
  if (std::ranges::find(list, *large) == list.end()) list.push_back(*large);
  return true;
}

// The path without the ASNs that are (`wanted` false) or are not (true) in `in`.
std::optional<AsPath> sieve(const AsPath& path, const Value& in, bool wanted) {
  AsPath result;
  for (std::size_t i = 0; i < path.segments().size(); ++i) {
    std::vector<Asn> kept;
    for (const Asn asn : path.asns_of(i)) {
      const auto found = listed(member(asn), in);
      if (!found) return std::nullopt;
      if (*found == wanted) kept.push_back(asn);
    }
    if (!kept.empty()) result.add(path.segments()[i].type, kept);
  }
  return result;
}

// What BIRD gives to `last`: 0 where the path ends in a set.
std::uint32_t last_of(const AsPath& path) {
  const PathOrigin origin = path.origin();
  return origin.kind == PathOrigin::Kind::as ? origin.asn.value : 0;
}

std::uint32_t last_nonaggregated(const AsPath& path) {
  std::uint32_t last = 0;
  for (std::size_t i = 0; i < path.segments().size(); ++i) {
    if (path.segments()[i].type != SegmentType::sequence) break;
    if (!path.asns_of(i).empty()) last = path.asns_of(i).back().value;
  }
  return last;
}

AsPath prepended(const AsPath& path, Asn asn) {
  AsPath result;
  for (std::size_t i = 0; i < path.segments().size(); ++i) {
    std::vector<Asn> asns(path.asns_of(i).begin(), path.asns_of(i).end());
    if (i == 0 && path.segments()[i].type == SegmentType::sequence) {
      asns.insert(asns.begin(), asn);
    } else if (i == 0) {
      result.add(SegmentType::sequence, std::array{asn});
    }
    result.add(path.segments()[i].type, asns);
  }
  if (path.segments().empty()) result.add(SegmentType::sequence, std::array{asn});
  return result;
}

}  // namespace

Value Run::property(const Node& property) {
  if (property.kids.empty()) return not_known(property.line, "a property of nothing");
  Value object = value(property.kids[0]);
  if (ended_) return Unknown{line_, why_};
  if (std::holds_alternative<Unknown>(object)) return object;
  const std::string_view name = program_.names[property.a];
  if (const auto* prefix = std::get_if<Prefix>(&object)) {
    if (name == "len") return std::uint32_t{prefix->length()};
    if (name == "ip") return prefix->address();
    if (name == "type") return Enumerated{Enumerated::Kind::net, prefix->family() == Family::ipv4 ? 1u : 2u};
  } else if (const auto* ip = std::get_if<IpAddress>(&object)) {
    if (name == "is_v4") return ip->family == Family::ipv4;
    if (name == "mask" && property.kids.size() == 2) {
      const Value length = value(property.kids[1]);
      const auto* bits = std::get_if<std::uint32_t>(&length);
      if (bits != nullptr && *bits <= address_bits(ip->family)) return Prefix(*ip, *bits).address();
    }
  } else if (const auto* path = std::get_if<AsPath>(&object)) {
    return path_property(property, *path);
  } else if (auto* list = std::get_if<Clist>(&object)) {
    return list_property(property, std::move(*list));
  } else if (auto* large = std::get_if<LargeClist>(&object)) {
    return list_property(property, std::move(*large));
  } else if (std::holds_alternative<ExtendedClist>(object)) {
    if (name == "add" || name == "delete" || name == "filter" || name == "empty") return object;
  } else if (const auto* pair = std::get_if<Pair>(&object)) {
    if (name == "asn") return pair->first;
    if (name == "data") return pair->second;
  } else if (const auto* community = std::get_if<LargeCommunity>(&object)) {
    if (name == "asn") return community->global;
    if (name == "data1") return community->local1;
    if (name == "data2") return community->local2;
  }
  return not_known(property.line, "not understood: ." + std::string(name));
}

Value Run::path_property(const Node& property, const AsPath& path) {
  const std::string_view name = program_.names[property.a];
  if (name == "len") return std::uint32_t{path.length()};
  if (name == "first") return path.neighbour().value_or(Asn{0}).value;
  if (name == "last") return last_of(path);
  if (name == "last_nonaggregated") return last_nonaggregated(path);
  if (name == "empty") return AsPath();
  if (property.kids.size() != 2) return not_known(property.line, "not understood: ." + std::string(name));
  const Value argument = value(property.kids[1]);
  if (std::holds_alternative<Unknown>(argument)) return argument;
  if (name == "prepend") {
    if (const auto* asn = std::get_if<std::uint32_t>(&argument)) return prepended(path, Asn{*asn});
  } else if (name == "delete" || name == "filter") {
    if (auto result = sieve(path, argument, name == "filter")) return *std::move(result);
  }
  return not_known(property.line, "not understood: ." + std::string(name));
}

template <class List>
Value Run::list_property(const Node& property, List list) {
  const std::string_view name = program_.names[property.a];
  if (name == "len") return static_cast<std::uint32_t>(list.size());
  if (name == "empty") return List();
  if (property.kids.size() == 2) {
    const Value argument = value(property.kids[1]);
    if (std::holds_alternative<Unknown>(argument)) return argument;
    if (name == "add") {
      bool fits = true;
      if (const auto* more = std::get_if<List>(&argument)) {
        for (const auto& one : *more) fits = add_to(list, member(one)) && fits;
      } else {
        fits = add_to(list, argument);
      }
      if (fits) return list;
    } else if (name == "delete" || name == "filter") {
      List kept;
      bool fits = true;
      for (const auto& one : list) {
        const auto found = listed(member(one), argument);
        fits = fits && found;
        if (found && *found == (name == "filter")) kept.push_back(one);
      }
      if (fits) return kept;
    }
  }
  return not_known(property.line, "not understood: ." + std::string(name));
}

Value Run::attribute(const Node& attribute) {
  if (surroundings_ == nullptr) return not_known(attribute.line, "there is no route");
  const std::string_view name = program_.names[attribute.a];
  const RouterSession* source =
      surroundings_->direction == Direction::import ? surroundings_->session : surroundings_->learned_from;
  if (name == "net") return route_.prefix;
  if (name == "bgp_path") return route_.path;
  if (name == "bgp_community") return route_.communities;
  if (name == "bgp_large_community") return route_.large_communities;
  if (name == "bgp_ext_community") return ExtendedClist();
  if (name == "source") return Enumerated{Enumerated::Kind::source, route_.own ? 1u : 11u};
  if (name == "scope") return Enumerated{Enumerated::Kind::scope, 4};
  if (name == "dest") return Enumerated{Enumerated::Kind::destination, 1};
  if (name == "bgp_local_pref") return route_.own ? Value(Void{}) : Value(route_.local_pref.value_or(100));
  if (name == "bgp_med") return route_.med ? Value(*route_.med) : Value(Void{});
  if (name == "bgp_otc") return route_.otc ? Value(route_.otc->value) : Value(Void{});
  if (name == "proto" && source != nullptr) return source->name;
  if ((name == "from" || name == "bgp_next_hop" || name == "gw") && name != "from" && route_.next_hop) {
    return *route_.next_hop;
  }
  if ((name == "from" || name == "bgp_next_hop" || name == "gw") && source != nullptr && source->remote) {
    return *source->remote;
  }
  if (const auto mark = route_.marks.find(std::string(name)); mark != route_.marks.end()) return mark->second;
  if (name == "preference") return std::uint32_t{100};
  // Attributes of the filter's own, as long as nothing has set them.
  if (!name.starts_with("bgp_") && name != "ifname" && name != "ifindex" && name != "weight" && name != "igp_metric" &&
      name != "proto" && name != "from" && name != "gw" && name != "gw_mpls" && name != "onlink") {
    return Void{};
  }
  if (name == "bgp_originator_id" || name == "bgp_cluster_list" || name == "bgp_atomic_aggr" ||
      name == "bgp_aggregator") {
    return Void{};
  }
  return not_known(attribute.line, "the probe does not say: " + std::string(name));
}

// False: it cannot be given that value.
bool Run::set_attribute(const Node& attribute, const Value& value) {
  const std::string_view name = program_.names[attribute.a];
  const auto* number = std::get_if<std::uint32_t>(&value);
  if (name == "bgp_path") {
    if (const auto* path = std::get_if<AsPath>(&value)) return route_.path = *path, true;
    return false;
  }
  if (name == "bgp_community") {
    if (const auto* list = std::get_if<Clist>(&value)) return route_.communities = *list, true;
    return false;
  }
  if (name == "bgp_large_community") {
    if (const auto* list = std::get_if<LargeClist>(&value)) return route_.large_communities = *list, true;
    return false;
  }
  if (name == "bgp_next_hop") {
    if (const auto* ip = std::get_if<IpAddress>(&value)) return route_.next_hop = *ip, true;
    return false;
  }
  if (name == "bgp_local_pref" || name == "bgp_med" || name == "bgp_otc") {
    if (number == nullptr) return false;
    if (name == "bgp_local_pref") route_.local_pref = *number;
    if (name == "bgp_med") route_.med = *number;
    if (name == "bgp_otc") route_.otc = Asn{*number};
    return true;
  }
  if (name == "net" || name == "bgp_path" || name == "source" || name == "proto") return false;
  if (number != nullptr) route_.marks[std::string(name)] = *number;
  if (const auto* truth = std::get_if<bool>(&value)) route_.marks[std::string(name)] = *truth;
  return true;  // others (dest, gw, origin, extended communities) decide nothing that is asked here
}

void Run::unset_attribute(std::string_view name) {
  if (name == "bgp_path") route_.path.clear();
  if (name == "bgp_community") route_.communities.clear();
  if (name == "bgp_large_community") route_.large_communities.clear();
  if (name == "bgp_local_pref") route_.local_pref.reset();
  if (name == "bgp_med") route_.med.reset();
  if (name == "bgp_otc") route_.otc.reset();
  if (name == "bgp_next_hop") route_.next_hop.reset();
  route_.marks.erase(std::string(name));
}

}  // namespace fairway::reader::bird
