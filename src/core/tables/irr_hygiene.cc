#include "core/tables/irr_hygiene.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <string>

#include "core/tables/bogon.h"
#include "core/tables/peerlock.h"

namespace fairway {

namespace {

using Kind = SetFinding::Kind;
constexpr std::uint32_t kNone = ~std::uint32_t{0};

std::string pinned(const ExpandedSet& set) { return set.source + "::" + set.name; }

// Tarjan's strongly connected components over the visited sets, without recursion.
class Knots {
 public:
  Knots(const SetTable& table, const Expansion& expansion) : table_(table), expansion_(expansion) {
    // Sets that were visited several times with different range operators are one here; so is what a name stands for.
    for (std::uint32_t at = 0; at < expansion.sets.size(); ++at) {
      node_of_name_.try_emplace(table.sets()[expansion.sets[at].id].name, at);
    }
    nodes_.resize(expansion.sets.size());
  }

  void find(std::vector<SetFinding>& findings) {
    for (std::uint32_t at = 0; at < nodes_.size(); ++at) {
      if (nodes_[at].index == kNone && node_of(name_of(at)) == at) search(at, findings);
    }
  }

 private:
  struct Node {
    std::uint32_t index = kNone, low = kNone;
    bool open = false;
  };
  struct Frame {
    std::uint32_t node;
    std::size_t next;
  };

  std::uint32_t name_of(std::uint32_t at) const { return table_.sets()[expansion_.sets[at].id].name; }
  std::uint32_t node_of(std::uint32_t name) const {
    const auto found = node_of_name_.find(name);
    return found == node_of_name_.end() ? kNone : found->second;
  }
  std::span<const SetTable::Member> members(std::uint32_t at) const { return table_.members(expansion_.sets[at].id); }

  void enter(std::uint32_t at) {
    nodes_[at] = {count_, count_, true};
    ++count_;
    open_.push_back(at);
    frames_.push_back({at, 0});
  }

  void search(std::uint32_t root, std::vector<SetFinding>& findings) {
    enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      const std::uint32_t at = frame.node;
      if (frame.next < members(at).size()) {
        const std::uint32_t next = node_of(members(at)[frame.next++].name);
        if (next == kNone) continue;
        if (nodes_[next].index == kNone) {
          enter(next);
        } else if (nodes_[next].open) {
          nodes_[at].low = std::min(nodes_[at].low, nodes_[next].index);
        }
        continue;
      }
      frames_.pop_back();
      if (!frames_.empty()) {
        Node& above = nodes_[frames_.back().node];
        above.low = std::min(above.low, nodes_[at].low);
      }
      if (nodes_[at].low == nodes_[at].index) close(at, findings);
    }
  }

  void close(std::uint32_t root, std::vector<SetFinding>& findings) {
    std::vector<std::uint32_t> knot;
    do {
      knot.push_back(open_.back());
      open_.pop_back();
      nodes_[knot.back()].open = false;
    } while (knot.back() != root);
    if (knot.size() == 1) {
      const auto own = members(root);
      if (std::none_of(own.begin(), own.end(),
                       [&](const SetTable::Member& member) { return member.name == name_of(root); })) {
        return;
      }
    }
    findings.push_back({Kind::cycle, pinned(expansion_.sets[root]), way_round(root, knot)});
  }

  // The shortest way from `root` back to itself, inside of the knot.
  std::string way_round(std::uint32_t root, const std::vector<std::uint32_t>& knot) const {
    boost::unordered_flat_map<std::uint32_t, std::uint32_t> from;
    for (const std::uint32_t at : knot) from.emplace(at, kNone);
    std::vector<std::uint32_t> queue{root};
    for (std::size_t i = 0; i < queue.size(); ++i) {
      for (const SetTable::Member& member : members(queue[i])) {
        const std::uint32_t next = node_of(member.name);
        const auto place = from.find(next);
        if (place == from.end()) continue;
        if (next == root) {
          std::string way = expansion_.sets[root].name;
          for (std::uint32_t at = queue[i]; at != root; at = from.find(at)->second) {
            way = expansion_.sets[at].name + " > " + way;
          }
          return expansion_.sets[root].name + " > " + way;
        }
        if (place->second != kNone) continue;
        place->second = queue[i];
        queue.push_back(next);
      }
    }
    return expansion_.sets[root].name;
  }

  const SetTable& table_;
  const Expansion& expansion_;
  boost::unordered_flat_map<std::uint32_t, std::uint32_t> node_of_name_;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> open_;
  std::vector<Frame> frames_;
  std::uint32_t count_ = 0;
};

}  // namespace

void find_cycles(const SetTable& table, const Expansion& expansion, std::vector<SetFinding>& findings) {
  Knots(table, expansion).find(findings);
}

void find_odd_members(const Expansion& expansion, std::vector<SetFinding>& findings) {
  const auto transit_free = transit_free_networks();
  for (const ExpandedAsn& found : expansion.asns) {
    const BogonAsn* bogon = bogon_asn(found.asn);
    const bool named = found.via == kNamed;
    if (bogon == nullptr && (named || !std::binary_search(transit_free.begin(), transit_free.end(), found.asn)))
      continue;
    const std::string where = named ? std::string() : pinned(expansion.sets[found.via]);
    const std::string what = "AS" + to_string(found.asn);
    if (bogon != nullptr) {
      findings.push_back({bogon->is_private ? Kind::private_member : Kind::reserved_member, where, what});
    } else if (!expansion.sets[found.via].name.starts_with(what + ":")) {
      // A set below the network's own name would be its own: AS1299:AS-TWELVE99.
      findings.push_back({Kind::transit_free_member, where, what});
    }
  }
}

}  // namespace fairway
