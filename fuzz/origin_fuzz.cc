// uses: core/verdict core/tables core/model base
//
// Origin verdicts, hot, in batches and explained, are what RFC 6811 says when every VRP is looked at
// (definitions_for_tests.h).
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "core/verdict/definitions_for_tests.h"
#include "core/verdict/origin.h"
#include "hold.h"

namespace {

using namespace fairway;

// Four octets of bits and a length: near one another, or the same, or far apart.
Prefix prefix_from(Plan& plan) {
  const std::uint64_t head = plan.next();
  const Family family = head & 1 ? Family::ipv6 : Family::ipv4;
  const std::uint64_t first = plan.next(), second = plan.next(), third = plan.next();
  const std::uint64_t high = first << 56 | second << 40 | third << (head & 2 ? 32 : 8);
  const std::uint64_t low = head & 4 ? ~std::uint64_t{0} : third << 20;
  return {family, head & 8 ? ~high : high, low, static_cast<unsigned>(plan.next() % (address_bits(family) + 1))};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 4096) return 0;  // every VRP is looked at for every route
  Plan plan{data, data + size};
  std::vector<Vrp> vrps;
  std::vector<PrefixOrigin> routes;
  while (plan.at != plan.end) {
    const std::uint64_t what = plan.next();
    const Prefix prefix = prefix_from(plan);
    const Asn asn{static_cast<std::uint32_t>(what >> 2 & 3) * 0x55555555};
    if (what & 1) {
      vrps.push_back({prefix, static_cast<std::uint8_t>(prefix.length() + (what >> 4)), asn, 0});
    } else {
      const auto kind = what & 2 ? static_cast<PathOrigin::Kind>((what >> 4) % 3) : PathOrigin::Kind::as;
      routes.push_back({prefix, {kind, asn}});
    }
  }
  for (const Vrp& vrp : vrps) routes.push_back({vrp.prefix, {PathOrigin::Kind::as, vrp.asn}});

  const VrpTable table = VrpTable::build(vrps);
  std::vector<OriginVerdict> batched(routes.size());
  judge_origins(table, routes, batched);
  for (std::size_t i = 0; i < routes.size(); ++i) {
    const auto& [prefix, origin] = routes[i];
    const OriginVerdict hot = judge_origin(table, prefix, origin);
    hold(hot == batched[i]);
    hold(hot == explain_origin(&table, prefix, origin).verdict);
    hold(hot.state == definition::origin_state(vrps, prefix, origin));
  }
  return 0;
}
