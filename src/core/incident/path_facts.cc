#include "core/incident/path_facts.h"

#include <algorithm>

namespace fairway {
namespace {

// ASes that collect routes and pass none on: RouteViews and RIPE RIS put theirs at the head of some archives' paths.
constexpr Asn kCollectors[] = {{6447}, {12654}};

}  // namespace

void handed_on(std::span<const Asn> asns, const Facts& facts, std::vector<Asn>& out) {
  out.clear();
  for (std::size_t i = 0; i < asns.size(); ++i) {
    const Asn asn = asns[i];
    if (i == 0 && asns.size() > 1 && std::ranges::find(kCollectors, asn) != std::end(kCollectors)) continue;
    if (!out.empty() && out.back() == asn) continue;
    if (i + 1 < asns.size() && !out.empty() && facts.is_route_server(asn)) continue;
    out.push_back(asn);
  }
}

const PathFacts& PathMemory::get(PathId path, Since since) {
  const auto at = static_cast<std::size_t>(path);
  if (at >= facts_of_.size()) facts_of_.resize(std::max(at + 1, store_.path_ids()));
  PathFacts& facts = facts_of_[at];
  if (!facts.known) return work_out(path, facts, since);
  return facts;
}

const PathFacts& PathMemory::work_out(PathId path, PathFacts& facts, Since since) {
  facts = {};
  facts.known = true;
  const AsPath whole = store_.path(path);
  facts.origin = whole.origin();
  facts.plain = whole.is_plain();
  if (!facts.plain) return facts;
  handed_on(whole.asns(), facts_, scratch_);
  if (scratch_.size() >= 2) facts.before_origin = scratch_[scratch_.size() - 2];
  for (std::size_t i = 0; i + 1 < scratch_.size(); ++i) {
    if (since != 0 && !baseline_.knows_link(scratch_[i], scratch_[i + 1], since)) facts.may_have_new_link = true;
    baseline_.learn_link(scratch_[i], scratch_[i + 1], since);
  }
  facts.leak = facts_.leak(AsPath(scratch_), std::nullopt).key;
  if (facts.leak.type != 0) baseline_.learn_leak(facts.leak, since);
  return facts;
}

std::span<const Asn> PathMemory::clean(PathId path) {
  handed_on(store_.asns(path), facts_, scratch_);
  return scratch_;
}

std::vector<std::pair<Asn, Asn>> PathMemory::new_links(PathId path, std::uint32_t now) {
  std::vector<std::pair<Asn, Asn>> links;
  clean(path);
  for (std::size_t i = scratch_.size(); i-- > 1;) {
    if (!baseline_.knows_link(scratch_[i - 1], scratch_[i], now)) links.emplace_back(scratch_[i - 1], scratch_[i]);
  }
  return links;
}

}  // namespace fairway
