#include "core/verdict/route.h"

#include <algorithm>

namespace fairway {

namespace {

// Memory stays bounded whatever the input: with more than this many words of paths, all is forgotten.
constexpr std::size_t kMostWords = std::size_t{1} << 26;
constexpr std::uint32_t kMostKeys = 1u << 26;  // keys beyond are not remembered

// OTC, then each segment with its type and size: one path, one run of words.
void write_words(const AsPath& path, std::optional<Asn> otc, std::vector<std::uint32_t>& words) {
  words.assign({otc.has_value(), otc.value_or(Asn{}).value});
  for (std::size_t i = 0; i < path.segments().size(); ++i) {
    const auto asns = path.asns_of(i);
    words.push_back(static_cast<std::uint32_t>(path.segments()[i].type));
    words.push_back(static_cast<std::uint32_t>(asns.size()));
    for (const Asn asn : asns) words.push_back(asn.value);
  }
}

}  // namespace

Procedure Vantage::procedure() const {
  if (!from || *from == Role::provider || *from == Role::sibling) return Procedure::downstream;
  return Procedure::upstream;
}

LeakTables leak_tables(const World& world) {
  return {world.relationships.get(), world.organisations.get(), world.exchanges.get(), nullptr};
}

RouteJudge::RouteJudge(const World& world, Vantage vantage)
    : world_(world), vantage_(vantage), leak_tables_(leak_tables(world)) {}

PathPart RouteJudge::judge_part(const AsPath& path, std::optional<Asn> otc) const {
  PathPart part;
  part.origin = path.origin();
  if (world_.aspas) part.path = judge_path(*world_.aspas, path, vantage_.procedure(), vantage_.neighbour);
  part.leak = judge_leak(leak_tables_, path, otc, vantage_.from);
  part.sanity = judge_sanity(path);
  return part;
}

void RouteJudge::forget() {
  known_.clear();
  words_.clear();
  places_.clear();
  of_key_.clear();
}

std::uint32_t RouteJudge::find(const AsPath& path, std::optional<Asn> otc) {
  write_words(path, otc, asked_);
  const auto octets = std::as_bytes(std::span(asked_));
  const std::uint64_t hash = hash_bytes({reinterpret_cast<const std::uint8_t*>(octets.data()), octets.size()});
  if (const auto found = places_.find(hash); found != places_.end()) {
    const Known& known = known_[found->second];
    if (std::equal(asked_.begin(), asked_.end(), words_.begin() + static_cast<std::ptrdiff_t>(known.first),
                   words_.begin() + static_cast<std::ptrdiff_t>(known.end))) {
      return found->second;
    }
  }
  if (words_.size() + asked_.size() > kMostWords) forget();
  const auto place = static_cast<std::uint32_t>(known_.size());
  const std::size_t first = words_.size();
  words_.insert(words_.end(), asked_.begin(), asked_.end());
  known_.push_back({judge_part(path, otc), first, words_.size()});
  places_.insert_or_assign(hash, place);
  return place;
}

const PathPart& RouteJudge::part(const AsPath& path, std::optional<Asn> otc) { return known_[find(path, otc)].part; }

RouteVerdict RouteJudge::judge(const Prefix& prefix, const Attributes& attributes, std::uint32_t key) {
  if (key == 0 || key >= kMostKeys) return judge(prefix, part(attributes.as_path, attributes.otc));
  if (key < of_key_.size() && of_key_[key] != 0) return judge(prefix, known_[of_key_[key] - 1].part);
  const std::uint32_t place = find(attributes.as_path, attributes.otc);
  if (key >= of_key_.size()) of_key_.resize(std::max<std::size_t>(key + 1, 2 * of_key_.size()));
  of_key_[key] = place + 1;
  return judge(prefix, known_[place].part);
}

RouteVerdict RouteJudge::judge(const Prefix& prefix, const PathPart& part) {
  if (!has_last_ || part.origin != last_origin_ || prefix != last_prefix_) {
    if (world_.vrps) last_.origin = judge_origin(*world_.vrps, prefix, part.origin);
    last_.registry = judge_registry(world_.irr.get(), prefix, part.origin);
    last_.bogon = judge_bogon(world_.delegations.get(), prefix, part.origin);
    last_prefix_ = prefix;
    last_origin_ = part.origin;
    has_last_ = true;
  }
  last_.of_path = part;
  return last_;
}

void RouteJudge::judge(std::span<const Route> routes, std::span<RouteVerdict> verdicts) {
  pairs_.clear();
  for (const Route& route : routes) pairs_.push_back({route.prefix, route.part.origin});
  origins_.assign(routes.size(), {});
  if (world_.vrps) judge_origins(*world_.vrps, pairs_, origins_);
  for (std::size_t i = 0; i < routes.size(); ++i) {
    verdicts[i] = {origins_[i], judge_registry(world_.irr.get(), routes[i].prefix, routes[i].part.origin),
                   judge_bogon(world_.delegations.get(), routes[i].prefix, routes[i].part.origin), routes[i].part};
  }
}

}  // namespace fairway
