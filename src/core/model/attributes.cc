#include "core/model/attributes.h"

#include "base/text.h"

namespace fairway {

void Attributes::clear() {
  origin.reset();
  has_as_path = false;
  as_path.clear();
  next_hop.reset();
  link_local_next_hop.reset();
  med.reset();
  local_pref.reset();
  atomic_aggregate = false;
  aggregator.reset();
  communities.clear();
  extended_communities.clear();
  large_communities.clear();
  originator_id.reset();
  cluster_list.clear();
  aigp.reset();
  otc.reset();
  unknown.clear();
}

std::string_view to_string(OriginCode code) {
  switch (code) {
    case OriginCode::igp: return "IGP";
    case OriginCode::egp: return "EGP";
    case OriginCode::incomplete: break;
  }
  return "INCOMPLETE";
}

void append_to(std::string& out, Community community) {
  append_number(out, community.value >> 16);
  out += ':';
  append_number(out, community.value & 0xFFFF);
}

void append_to(std::string& out, const LargeCommunity& community) {
  append_number(out, community.global);
  out += ':';
  append_number(out, community.local1);
  out += ':';
  append_number(out, community.local2);
}

std::optional<Community> parse_community(std::string_view text) {
  const auto high = parse_number<std::uint16_t>(cut(text, ':'));
  const auto low = parse_number<std::uint16_t>(text);
  if (!high || !low) return std::nullopt;
  return Community{std::uint32_t{*high} << 16 | *low};
}

std::optional<LargeCommunity> parse_large_community(std::string_view text) {
  const auto global = parse_number<std::uint32_t>(cut(text, ':'));
  const auto local1 = parse_number<std::uint32_t>(cut(text, ':'));
  const auto local2 = parse_number<std::uint32_t>(text);
  if (!global || !local1 || !local2) return std::nullopt;
  return LargeCommunity{*global, *local1, *local2};
}

}  // namespace fairway
