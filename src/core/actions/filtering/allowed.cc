#include "core/actions/filtering/allowed.h"

#include <algorithm>

#include "core/model/aggregate.h"
#include "core/tables/irr.h"
#include "core/tables/self_description.h"
#include "core/tables/vrp.h"

namespace fairway::filtering {

namespace {

// PeeringDB's field may hold several, separated by blanks, commas or slashes ("RIPE::AS-A, AS-B").
std::vector<std::string> described_sets(const World& world, Asn asn) {
  std::vector<std::string> sets;
  const SelfDescription* self = world.self_descriptions ? world.self_descriptions->of(asn) : nullptr;
  if (self == nullptr) return sets;
  std::string_view text = self->as_set;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" ,/;\t\n"), text.size());
    if (end > 0) sets.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return sets;
}

void add_origin(std::vector<AsnRange>& ranges, Asn asn) {
  if (!ranges.empty() && ranges.back().last.value + 1 >= asn.value) {
    ranges.back().last = asn;
  } else {
    ranges.push_back({asn, asn});
  }
}

}  // namespace

bool asks_registry(const Neighbour& neighbour) {
  if (!neighbour.role) return false;
  switch (*neighbour.role) {
    case Role::customer:
    case Role::rs_client: return true;
    case Role::peer: return !neighbour.as_sets.empty();
    default: return false;
  }
}

Allowed allowed_for(const Neighbour& neighbour, const World& world, const ExpandOptions& options) {
  Allowed allowed;
  if (!asks_registry(neighbour)) return allowed;
  allowed.objects = neighbour.as_sets;
  if (allowed.objects.empty()) {
    allowed.objects = described_sets(world, neighbour.asn);
    if (!allowed.objects.empty()) allowed.remarks.push_back("its as-sets are those it names in PeeringDB");
  }
  if (allowed.objects.empty()) {
    allowed.remarks.push_back("it has no as-set: its own AS alone counts");
    allowed.objects.push_back("AS" + to_string(neighbour.asn));
  }
  if (world.irr == nullptr && world.vrps == nullptr) {
    allowed.refused =
        "neither registries nor VRPs are loaded, so that nothing says what it may announce: name them with --irr and "
        "--rpki, or fetch them with `fairway data update`";
    return allowed;
  }
  const Expansion expansion = expand_asns(world, allowed.objects, options);
  std::string missing;
  for (const SetFinding& finding : expansion.findings) {
    std::string text = std::string(to_string(finding.kind)) + (finding.where.empty() ? "" : " in ") + finding.where +
                       ": " + finding.what;
    if (finding.kind == SetFinding::Kind::missing && finding.where.empty()) missing += " " + finding.what;
    allowed.remarks.push_back(std::move(text));
  }
  if (!expansion.complete) {
    allowed.refused = missing.empty() ? "its as-sets hold more than could be meant: an incomplete list is no filter"
                                      : "no registry at hand has" + missing;
    return allowed;
  }
  for (const ExpandedAsn& member : expansion.asns) add_origin(allowed.origins, member.asn);
  for (const Family family : {Family::ipv4, Family::ipv6}) {
    auto prefixes = expand_prefixes(world, expansion, family, options);
    if (!prefixes) {
      allowed = {.objects = std::move(allowed.objects), .remarks = std::move(allowed.remarks)};
      allowed.refused = prefixes.error().text;
      return allowed;
    }
    std::vector<PrefixRange> ranges;
    ranges.reserve(prefixes->size());
    for (const ExpandedPrefix& found : *prefixes) {
      if (neighbour.blackhole && found.object != kMember) allowed.pairs.push_back({found.prefix, found.origin});
      const unsigned least = std::max<unsigned>(found.least, kShortest[family == Family::ipv6]);
      const unsigned most = std::min<unsigned>(found.most, kLongest[family == Family::ipv6]);
      if (least > most) continue;
      ranges.push_back({found.prefix, static_cast<std::uint8_t>(least), static_cast<std::uint8_t>(most)});
    }
    allowed.ranges[family == Family::ipv6] = fewest_ranges(ranges);
  }
  std::sort(allowed.pairs.begin(), allowed.pairs.end());
  allowed.pairs.erase(std::unique(allowed.pairs.begin(), allowed.pairs.end()), allowed.pairs.end());
  return allowed;
}

}  // namespace fairway::filtering
