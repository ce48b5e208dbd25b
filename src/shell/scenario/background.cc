// The background: an orderly little Internet behind the tops, and its ordinary noise.
#include <algorithm>

#include "base/hash.h"
#include "shell/scenario/plan.h"

namespace fairway::scenario {

namespace {

// ASNs that no registry has given out: nobody real is told of.
constexpr std::uint32_t kFirstAsn = 1'000'000;
constexpr std::uint32_t kPrefixesPerOrigin = 3;

// A choice that depends on the seed and on what it is about, not on what was chosen before.
std::uint64_t choice(std::uint32_t seed, std::uint64_t what, std::uint64_t which, std::uint64_t among) {
  return mix(mix(seed, what), which) % among;
}

// Block number `index` of the pool, cut to a length from 20 to 24 (40 to 48 for IPv6).
Prefix block(const Background& background, std::uint32_t index) {
  const bool v4 = background.pool.family() == Family::ipv4;
  const std::uint64_t high = background.pool.high() | std::uint64_t{index} << (v4 ? 44 : 24);
  const unsigned length =
      static_cast<unsigned>(v4 ? 20 + choice(background.seed, 1, index, 5) : 40 + choice(background.seed, 1, index, 9));
  return {background.pool.family(), high, 0, length};
}

Hops background_route(const View& view, const BackgroundOrigin& origin, bool second) {
  // A customer's route is preferred: one's own top, where it is a provider of the origin.
  const Asn top = view.chain.back();
  const bool own = std::find(origin.providers.begin(), origin.providers.end(), top) != origin.providers.end();
  const Asn via = own && !second ? top : origin.providers[second ? origin.providers.size() - 1 : 0];
  const Asn tail[] = {via, origin.asn};
  return join(view.chain, tail);
}

class Noise {
 public:
  Noise(const Scenario& scenario, Plan& plan) : scenario_(scenario), background_(scenario.background), plan_(plan) {}

  void make() {
    session_reset();
    if (background_.interval == 0 || plan_.origins.empty()) return;
    const std::int64_t span = (scenario_.end - scenario_.start).microseconds / 1'000'000;
    for (std::int64_t second = kQuiet; second + kFlap < span; second += background_.interval) {
      change(static_cast<std::uint64_t>(second));
    }
  }

 private:
  static constexpr std::int64_t kQuiet = 60;  // after the table
  static constexpr std::int64_t kFlap = 25;   // how long a route that flaps is gone
  static constexpr std::int64_t kReset = 40;  // how long a session that resets is down
  static constexpr std::int64_t kFill = 20;   // until it has told its whole table again

  // One of the views loses its session once and tells its whole table again.
  void session_reset() {
    const std::size_t view = choice(background_.seed, 2, 0, scenario_.views.size());
    const Instant down = scenario_.start + seconds(2 * kQuiet);
    plan_.told.push_back({down, view, Told::What::session_down});
    plan_.told.push_back({down + seconds(kReset), view, Told::What::session_up});
    std::size_t count = 0;
    for (const auto& [prefix, row] : plan_.table) {
      if (row[view].empty()) continue;
      const auto wait = static_cast<std::int64_t>(count++) * kFill / static_cast<std::int64_t>(plan_.table.size() + 1);
      plan_.told.push_back({down + seconds(kReset + 1 + wait), view, Told::What::announce, {prefix}, row[view]});
    }
  }

  // One view changes its mind about one origin: it goes the other way, sees prepending, flaps, or says the same again.
  void change(std::uint64_t second) {
    const std::uint32_t seed = background_.seed;
    const BackgroundOrigin& origin = plan_.origins[choice(seed, 3, second, plan_.origins.size())];
    const std::size_t view = choice(seed, 4, second, scenario_.views.size());
    const Instant at = scenario_.start + seconds(static_cast<std::int64_t>(second));
    Hops path = background_route(scenario_.views[view], origin, choice(seed, 5, second, 2) == 1);
    switch (choice(seed, 6, second, 4)) {
      case 0: path.push_back(origin.asn); break;
      case 1: {
        const Prefix& prefix = origin.prefixes[choice(seed, 7, second, origin.prefixes.size())];
        plan_.told.push_back({at, view, Told::What::withdraw, {prefix}});
        plan_.told.push_back({at + seconds(kFlap), view, Told::What::announce, {prefix}, path});
        return;
      }
      default: break;
    }
    plan_.told.push_back({at, view, Told::What::announce, origin.prefixes, std::move(path)});
  }

  const Scenario& scenario_;
  const Background& background_;
  Plan& plan_;
};

}  // namespace

std::vector<BackgroundOrigin> background_origins(const Background& background) {
  std::vector<BackgroundOrigin> origins;
  const std::size_t tops = background.tops.size();
  if (tops == 0) return origins;
  for (std::uint32_t first = 0; first < background.prefixes; first += kPrefixesPerOrigin) {
    const auto number = static_cast<std::uint32_t>(origins.size());
    BackgroundOrigin origin;
    origin.asn = {kFirstAsn + number};
    const std::size_t provider = choice(background.seed, 8, number, tops);
    origin.providers = {background.tops[provider]};
    if (tops > 1 && choice(background.seed, 9, number, 3) != 0) {
      origin.providers.push_back(
          background.tops[(provider + 1 + choice(background.seed, 10, number, tops - 1)) % tops]);
    }
    origin.has_roas = choice(background.seed, 11, number, 3) == 0;
    for (std::uint32_t i = first; i < std::min(first + kPrefixesPerOrigin, background.prefixes); ++i) {
      origin.prefixes.push_back(block(background, i));
    }
    origins.push_back(std::move(origin));
  }
  return origins;
}

void add_background(const Scenario& scenario, Plan& plan) {
  plan.origins = background_origins(scenario.background);
  for (const BackgroundOrigin& origin : plan.origins) {
    for (std::size_t view = 0; view < scenario.views.size(); ++view) {
      // One view in four came to prefer the second way, so that both are known from the table.
      const bool second = (view + origin.asn.value) % 4 == 0;
      const Hops path = background_route(scenario.views[view], origin, second);
      for (const Prefix& prefix : origin.prefixes) {
        Row& row = plan.table[prefix];
        row.resize(scenario.views.size());
        row[view] = path;
      }
    }
  }
  Noise(scenario, plan).make();
}

}  // namespace fairway::scenario
