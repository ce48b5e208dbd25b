// uses: core/rib core/model base
//
// The RIB does what a plain map does: routes by (view, prefix, path id), their counts, the prefixes over and under
// another; and when all views are gone, no attribute set is left.
#include <cstdint>
#include <cstdlib>
#include <map>
#include <tuple>

#include "core/rib/rib.h"
#include "hold.h"

namespace {

using namespace fairway;

// Few bits, so that prefixes are the same again, and cover one another.
Prefix prefix_of(unsigned a, unsigned b) {
  const Family family = a & 1 ? Family::ipv6 : Family::ipv4;
  const std::uint64_t bits = std::uint64_t{a >> 1 & 7} << 61 | std::uint64_t{b & 3} << 40;
  return {family, bits, b & 4, (b >> 3) % (address_bits(family) + 1) * (b & 1 ? 1 : 3) % (address_bits(family) + 1)};
}

using Key = std::tuple<unsigned, Prefix, std::optional<std::uint32_t>>;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Plan plan{data, data + size};
  Rib rib;
  std::map<Key, std::pair<std::uint32_t, std::uint32_t>> naive;  // origin, time
  ViewId views[4];
  for (unsigned i = 0; i < 4; ++i) views[i] = rib.view({i, IpAddress::ipv4(i), Asn{i}});
  std::uint32_t time = 1;
  while (plan.at != plan.end) {
    const unsigned what = plan.next(), view = plan.next() % 4;
    const unsigned first = plan.next(), second = plan.next();
    const Prefix prefix = prefix_of(first, second);
    const std::optional<std::uint32_t> path_id = what & 8 ? std::optional<std::uint32_t>(what >> 4 & 1) : std::nullopt;
    const Key key{view, prefix, path_id};
    ++time;
    switch (what % 8) {
      case 0:
      case 1:
      case 2: {
        Attributes attributes;
        const std::uint32_t origin = plan.next() % 16;
        const Asn path[] = {{view}, {origin}};
        attributes.as_path.add(SegmentType::sequence, path);
        if (origin & 1) attributes.communities = {{origin}};
        const AttributesId set = rib.attributes().intern(attributes).id;
        const Cell before = rib.announce(views[view], rib.prefix(prefix), path_id, set, time);
        hold(before.held() == naive.contains(key));
        rib.release(before);
        naive[key] = {origin, time};
        break;
      }
      case 3:
      case 4: {
        const auto id = rib.find(prefix);
        if (!id) break;
        const Cell before = rib.withdraw(views[view], *id, path_id, time);
        hold(before.held() == (naive.erase(key) == 1));
        rib.release(before);
        break;
      }
      case 5:
        if (plan.next() % 8 != 0) break;
        rib.clear(views[view]);
        std::erase_if(naive, [&](const auto& entry) { return std::get<0>(entry.first) == view; });
        break;
      case 6: {
        const auto id = rib.find(prefix);
        if (id && rib.routes(*id) == 0) {
          rib.forget(*id);
          hold(!rib.find(prefix));
        }
        break;
      }
      default: {
        std::size_t routes = 0;
        for (const auto& [k, value] : naive) routes += std::get<1>(k) == prefix;
        const auto id = rib.find(prefix);
        hold(id ? rib.routes(*id) == routes : routes == 0);
        const TableId table = table_of(prefix.family(), Safi::unicast);
        std::size_t covering = 0, under = 0, want_covering = 0, want_under = 0;
        const PrefixTable& prefixes = rib.prefixes(table);
        prefixes.covering(prefix, [&](std::uint32_t index) { covering += rib.routes({table, index}) != 0; });
        Prefix last;
        prefixes.under(prefix, [&](std::uint32_t index) {
          if (under != 0) hold(last < prefixes.prefix(index));
          last = prefixes.prefix(index);
          under += rib.routes({table, index}) != 0;
          return true;
        });
        std::map<Prefix, int> distinct;
        for (const auto& [k, value] : naive) distinct[std::get<1>(k)];
        for (const auto& [p, unused] : distinct) {
          want_covering += p.covers(prefix);
          want_under += prefix.covers(p);
        }
        hold(covering == want_covering && under == want_under);
      }
    }
    hold(rib.routes() == naive.size());
  }
  std::map<unsigned, std::size_t> held;
  for (const auto& [key, value] : naive) {
    const auto& [view, prefix, path_id] = key;
    ++held[view];
    const Cell cell = rib.get(views[view], *rib.find(prefix), path_id);
    hold(cell.held() && cell.time == value.second);
    hold(rib.attributes().attributes(cell.attributes).as_path.origin().asn.value == value.first);
  }
  for (unsigned view = 0; view < 4; ++view) {
    std::size_t seen = 0;
    rib.for_each_route_of(views[view], [&](PrefixId, std::optional<std::uint32_t>, const Cell&) { ++seen; });
    hold(seen == held[view]);
    rib.clear(views[view]);
  }
  hold(rib.routes() == 0 && rib.attributes().sets() == 0 && rib.attributes().paths() == 0);
  return 0;
}
