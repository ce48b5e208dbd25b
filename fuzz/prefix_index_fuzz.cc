// uses: core/tables core/model base
//
// The index of prefixes and the table of IRR objects that stands on it find what looking at every prefix finds: the
// longest one over an address, and all objects over a prefix, longest first. So does the set of addresses, which holds
// as few prefixes as can say the same.
#include <algorithm>
#include <vector>

#include "core/model/prefix_set.h"
#include "core/tables/irr.h"
#include "core/tables/prefix_index.h"
#include "hold.h"

namespace {

using namespace fairway;

// Near one another, at every depth; many under one block, so that nodes get wide.
Prefix prefix_from(Plan& plan) {
  const unsigned head = plan.next();
  const Family family = head & 1 ? Family::ipv6 : Family::ipv4;
  const std::uint64_t a = plan.next(), b = plan.next();
  std::uint64_t high = a << 56 | b << ((head >> 1 & 7) * 7), low = head & 0x40 ? ~std::uint64_t{0} : b << 32 | a;
  if (head & 0x80) high = ~high;
  return {family, high, low, plan.next() % (address_bits(family) + 1)};
}

std::vector<Prefix> sorted(std::vector<Prefix> prefixes) {
  std::sort(prefixes.begin(), prefixes.end());
  prefixes.erase(std::unique(prefixes.begin(), prefixes.end()), prefixes.end());
  return prefixes;
}

const Prefix* longest(const std::vector<Prefix>& prefixes, const Prefix& under, bool itself) {
  const Prefix* best = nullptr;
  for (const Prefix& one : prefixes) {
    if (!one.covers(under) || (!itself && one == under)) continue;
    if (best == nullptr || one.length() > best->length()) best = &one;
  }
  return best;
}

void check_index(const std::vector<Prefix>& prefixes, const std::vector<IpAddress>& addresses) {
  PrefixIndex::Builder builder;
  for (std::uint32_t id = 0; id < prefixes.size(); ++id) {
    const Prefix* parent = longest(prefixes, prefixes[id], false);
    const std::uint32_t said = builder.add(prefixes[id], id);
    hold(parent == nullptr ? said == PrefixIndex::kNone : said < id && prefixes[said] == *parent,
         "the next shorter one");
  }
  const PrefixIndex index = builder.build();
  for (const IpAddress& address : addresses) {
    const Prefix* best = longest(prefixes, Prefix::host(address), true);
    const std::uint32_t found = index.find(address);
    hold(best == nullptr ? found == PrefixIndex::kNone : found < prefixes.size() && prefixes[found] == *best,
         "the longest over an address");
  }
}

void check_irr(const std::vector<RouteObject>& objects, const std::vector<Prefix>& asked) {
  const IrrTable table = IrrTable::build(objects, {"TEST"});
  std::vector<std::uint32_t> ids;
  for (const Prefix& prefix : asked) {
    std::vector<RouteObject> want;
    for (const RouteObject& object : objects) {
      if (object.prefix.covers(prefix)) want.push_back(object);
    }
    std::sort(want.begin(), want.end());
    want.erase(std::unique(want.begin(), want.end()), want.end());
    table.covering(prefix, ids);
    std::vector<RouteObject> got;
    for (const std::uint32_t id : ids) {
      hold(got.empty() || got.back().prefix.length() >= table.objects()[id].prefix.length(), "longest first");
      got.push_back(table.objects()[id]);
    }
    std::sort(got.begin(), got.end());
    hold(got == want, "all objects over a prefix");
  }
}

// By one of them, or its halves by several.
bool is_covered(const std::vector<Prefix>& prefixes, const Prefix& asked) {
  if (longest(prefixes, asked, true) != nullptr) return true;
  const bool some = std::ranges::any_of(prefixes, [&](const Prefix& p) { return asked.covers(p); });
  return some && is_covered(prefixes, asked.half(0)) && is_covered(prefixes, asked.half(1));
}

void check_set(const std::vector<Prefix>& prefixes, const std::vector<Prefix>& asked) {
  const PrefixSet set(prefixes);
  const auto& kept = set.prefixes();
  for (std::size_t i = 1; i < kept.size(); ++i) {
    hold(kept[i - 1] < kept[i] && !kept[i - 1].covers(kept[i]), "sorted, none under another");
    const bool halves = kept[i].length() != 0 && kept[i].length() == kept[i - 1].length() &&
                        kept[i].parent(kept[i].length() - 1) == kept[i - 1].parent(kept[i].length() - 1);
    hold(!halves, "no two halves of one block");
  }
  for (const Prefix& one : kept) hold(is_covered(prefixes, one), "nothing was made up");
  for (const Prefix& one : asked) {
    hold(set.covers(one) == is_covered(prefixes, one), "all of it");
    const bool touches = std::ranges::any_of(prefixes, [&](const Prefix& p) { return p.covers(one) || one.covers(p); });
    hold(set.intersects(one) == touches, "any of it");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 256) return 0;  // every prefix is looked at for every address
  Plan plan{data, data + size};
  std::vector<Prefix> prefixes;
  std::vector<RouteObject> objects;
  while (plan.at != plan.end) {
    prefixes.push_back(prefix_from(plan));
    objects.push_back({prefixes.back(), Asn{prefixes.back().length() % 3u}, 0});
  }
  std::vector<Prefix> asked = prefixes;
  std::vector<IpAddress> addresses;
  for (const Prefix& prefix : prefixes) {
    if (prefix.length() != 0) asked.push_back(prefix.parent(prefix.length() - 1));
    if (prefix.length() < address_bits(prefix.family())) asked.push_back(prefix.half(1));
    // Its ends, and what stands right outside of them.
    const IpAddress first = prefix.address(), last = prefix.last_address();
    addresses.push_back(first);
    addresses.push_back(last);
    const std::uint64_t step = prefix.family() == Family::ipv4 ? std::uint64_t{1} << 32 : 1;
    if (prefix.family() == Family::ipv4) {
      addresses.push_back({first.family, first.high - step, 0});
      addresses.push_back({last.family, last.high + step, 0});
    } else {
      addresses.push_back({first.family, first.high - (first.low == 0), first.low - 1});
      addresses.push_back({last.family, last.high + (last.low + 1 == 0), last.low + 1});
    }
  }
  check_index(sorted(prefixes), addresses);
  check_irr(objects, asked);
  check_set(prefixes, asked);
  return 0;
}
