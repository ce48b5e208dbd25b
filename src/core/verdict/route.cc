#include "core/verdict/route.h"

namespace fairway {

namespace {
constexpr std::size_t kMostParts = 1u << 20;  // more are not kept: memory stays bounded whatever the input
}

RouteJudge::RouteJudge(const World& world, Vantage vantage)
    : world_(world), vantage_(vantage), leak_tables_{world.relationships.get(), world.organisations.get(), world.exchanges.get()} {}

PathPart RouteJudge::judge_path(const AsPath& path, std::optional<Asn> otc) const {
  PathPart part;
  part.origin = path.origin();
  if (world_.aspas) part.path = fairway::judge_path(*world_.aspas, path, vantage_.procedure, vantage_.neighbour);
  part.leak = judge_leak(leak_tables_, path, otc);
  part.sanity = judge_sanity(path);
  return part;
}

RouteVerdict RouteJudge::judge(const Prefix& prefix, const PathPart& part) const {
  RouteVerdict verdict;
  if (world_.vrps) verdict.origin = judge_origin(*world_.vrps, prefix, part.origin);
  verdict.registry = judge_registry(world_.irr.get(), prefix, part.origin);
  verdict.bogon = judge_bogon(world_.delegations.get(), prefix, part.origin);
  verdict.of_path = part;
  return verdict;
}

RouteVerdict RouteJudge::judge(const Prefix& prefix, const Attributes& attributes, std::uint32_t key) {
  if (key == 0) return judge(prefix, judge_path(attributes.as_path, attributes.otc));
  if (key != last_key_) {
    const auto found = parts_.find(key);
    if (found != parts_.end()) {
      last_ = found->second;
    } else {
      last_ = judge_path(attributes.as_path, attributes.otc);
      if (parts_.size() < kMostParts) parts_.emplace(key, last_);
    }
    last_key_ = key;
  }
  return judge(prefix, last_);
}

}  // namespace fairway
