#include "core/tables/relationship.h"

#include <algorithm>

namespace fairway {

std::string_view to_string(Relationship relationship) {
  switch (relationship) {
    case Relationship::provider: return "provider";
    case Relationship::customer: return "customer";
    case Relationship::peer: return "peer";
    case Relationship::unknown: break;
  }
  return "unknown";
}

RelationshipTable RelationshipTable::build(std::vector<RelationshipLink> links, std::vector<Asn> clique) {
  struct Edge {
    Asn from, to;
    Relationship relationship;
    auto operator<=>(const Edge&) const = default;  // provider and customer stand before peer
  };
  std::vector<Edge> edges;
  edges.reserve(links.size() * 2);
  for (const RelationshipLink& link : links) {
    if (link.a == link.b) continue;
    edges.push_back({link.a, link.b, link.transit ? Relationship::customer : Relationship::peer});
    edges.push_back({link.b, link.a, link.transit ? Relationship::provider : Relationship::peer});
  }
  std::sort(edges.begin(), edges.end());
  const auto same_pair = [](const Edge& a, const Edge& b) { return a.from == b.from && a.to == b.to; };
  edges.erase(std::unique(edges.begin(), edges.end(), same_pair), edges.end());

  RelationshipTable table;
  table.neighbours_.reserve(edges.size());
  for (const Edge& edge : edges) {
    if (table.places_.try_emplace(edge.from, static_cast<std::uint32_t>(table.first_.size())).second) {
      table.first_.push_back(static_cast<std::uint32_t>(table.neighbours_.size()));
    }
    table.neighbours_.push_back({edge.to, edge.relationship});
  }
  table.first_.push_back(static_cast<std::uint32_t>(table.neighbours_.size()));

  if (clique.empty()) {
    std::vector<std::pair<std::size_t, Asn>> tops;  // provider-free, by their number of customers
    for (const auto& [asn, place] : table.places_) {
      std::size_t customers = 0;
      bool free = true;
      for (const Neighbour& neighbour : table.neighbours(asn)) {
        customers += neighbour.relationship == Relationship::customer;
        free = free && neighbour.relationship != Relationship::provider;
      }
      if (free && customers != 0) tops.emplace_back(customers, asn);
    }
    std::sort(tops.begin(), tops.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    for (const auto& [customers, asn] : tops) {
      const bool joins = std::all_of(clique.begin(), clique.end(), [&, top = asn](Asn member) {
        return table.of(top, member) == Relationship::peer;
      });
      if (joins) clique.push_back(asn);
    }
    if (clique.size() < 2) clique.clear();  // one AS at the top is no clique
  }
  std::sort(clique.begin(), clique.end());
  table.clique_ = std::move(clique);
  table.count_cones();
  return table;
}

std::span<const RelationshipTable::Neighbour> RelationshipTable::neighbours(Asn asn) const {
  const auto found = places_.find(asn);
  if (found == places_.end()) return {};
  return std::span(neighbours_).subspan(first_[found->second], first_[found->second + 1] - first_[found->second]);
}

Relationship RelationshipTable::of(Asn a, Asn b) const {
  const auto around = neighbours(a);
  const auto at =
      std::lower_bound(around.begin(), around.end(), b, [](const Neighbour& n, Asn asn) { return n.asn < asn; });
  return at != around.end() && at->asn == b ? at->relationship : Relationship::unknown;
}

std::vector<Asn> RelationshipTable::all(Asn asn, Relationship relationship) const {
  std::vector<Asn> result;
  for (const Neighbour& neighbour : neighbours(asn)) {
    if (neighbour.relationship == relationship) result.push_back(neighbour.asn);
  }
  return result;
}

bool RelationshipTable::has(Asn asn, Relationship relationship) const {
  const auto around = neighbours(asn);
  return std::any_of(around.begin(), around.end(),
                     [relationship](const Neighbour& n) { return n.relationship == relationship; });
}

bool RelationshipTable::in_clique(Asn asn) const { return std::binary_search(clique_.begin(), clique_.end(), asn); }

std::uint32_t RelationshipTable::cone_size(Asn asn) const {
  const auto found = places_.find(asn);
  return found == places_.end() ? 1 : cones_[found->second];
}

bool RelationshipTable::doubts_peering(Asn a, Asn b) const {
  constexpr std::uint64_t kTimes = 10;
  const std::uint64_t size = std::max<std::uint64_t>(cone_size(b), neighbours(b).size());
  return cone_size(a) > kTimes * size;
}

// Walks each cone. A mark for each walk instead of a set. Chains and cycles of customers make that quadratic, so there
// is an end to it: the real Internet takes some ten million steps.
void RelationshipTable::count_cones() {
  const std::size_t count = places_.size();
  std::vector<std::uint32_t> customers, begins(count + 1);  // as places
  for (std::size_t place = 0; place < count; ++place) {
    begins[place] = static_cast<std::uint32_t>(customers.size());
    for (std::uint32_t i = first_[place]; i < first_[place + 1]; ++i) {
      if (neighbours_[i].relationship == Relationship::customer) customers.push_back(places_.at(neighbours_[i].asn));
    }
  }
  begins[count] = static_cast<std::uint32_t>(customers.size());
  cones_.assign(count, 1);
  std::vector<std::uint32_t> mark(count, 0), waiting;
  constexpr std::uint64_t kMostSteps = std::uint64_t{1} << 27;
  std::uint64_t steps = 0;
  for (std::uint32_t top = 0; top < count; ++top) {
    if (begins[top] == begins[top + 1]) continue;
    if (steps > kMostSteps) {
      cones_[top] = static_cast<std::uint32_t>(count);
      continue;
    }
    waiting.assign(1, top);
    mark[top] = top + 1;
    std::uint32_t size = 0;
    while (!waiting.empty()) {
      const std::uint32_t next = waiting.back();
      waiting.pop_back();
      ++size;
      steps += 1 + begins[next + 1] - begins[next];
      for (std::uint32_t i = begins[next]; i < begins[next + 1]; ++i) {
        if (mark[customers[i]] == top + 1) continue;
        mark[customers[i]] = top + 1;
        waiting.push_back(customers[i]);
      }
    }
    cones_[top] = size;
  }
}

}  // namespace fairway
