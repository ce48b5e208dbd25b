#include "core/session/rtr/change.h"

#include <algorithm>
#include <iterator>

#include "core/wire/rtr/pdu.h"

namespace fairway::rtr {

namespace {

constexpr std::size_t kMostProviders = (kMostOctets - 12) / 4;

std::vector<Vrp> without(const std::vector<Vrp>& all, const std::vector<Vrp>& those) {
  std::vector<Vrp> left;
  std::ranges::set_difference(all, those, std::back_inserter(left));
  return left;
}

std::vector<Vrp> both(const std::vector<Vrp>& one, const std::vector<Vrp>& other) {
  std::vector<Vrp> all;
  std::ranges::set_union(one, other, std::back_inserter(all));
  return all;
}

// Walks two lists that are sorted by customer; `visit` gets what each has of a customer, or null.
void side_by_side(const auto& one, const auto& other, const auto& visit) {
  auto a = one.begin();
  auto b = other.begin();
  while (a != one.end() || b != other.end()) {
    const bool take_a = a != one.end() && (b == other.end() || a->customer <= b->customer);
    const bool take_b = b != other.end() && (a == one.end() || b->customer <= a->customer);
    visit(take_a ? &*a : nullptr, take_b ? &*b : nullptr);
    if (take_a) ++a;
    if (take_b) ++b;
  }
}

std::optional<std::vector<Asn>> providers_of(const Aspa* aspa) {
  return aspa == nullptr ? std::nullopt : std::optional(aspa->providers);
}

}  // namespace

bool can_tell(const Vrp& vrp) {
  return vrp.max_length >= vrp.prefix.length() && vrp.max_length <= address_bits(vrp.prefix.family());
}

std::vector<Aspa> aspas_to_tell(const AspaTable& aspas) {
  std::vector<Aspa> told;
  for (const Aspa& aspa : aspas.aspas()) {
    Aspa one = aspa;
    if (one.providers.size() > 1) std::erase(one.providers, Asn{0});
    if (one.providers.empty()) one.providers.push_back(Asn{0});
    if (one.providers.size() <= kMostProviders) told.push_back(std::move(one));
  }
  return told;
}

Change difference(const VrpTable& vrps_before, const VrpTable& vrps_after, const std::vector<Aspa>& before,
                  const std::vector<Aspa>& after) {
  Change change{fairway::difference(vrps_before, vrps_after), {}};
  std::erase_if(change.vrps.added, [](const Vrp& vrp) { return !can_tell(vrp); });
  std::erase_if(change.vrps.removed, [](const Vrp& vrp) { return !can_tell(vrp); });
  side_by_side(before, after, [&](const Aspa* old, const Aspa* now) {
    if (old != nullptr && now != nullptr && old->providers == now->providers) return;
    change.aspas.push_back({(old != nullptr ? old : now)->customer, providers_of(old), providers_of(now)});
  });
  return change;
}

Change merge(const Change& first, const Change& then) {
  Change merged;
  merged.vrps.added = both(without(first.vrps.added, then.vrps.removed), without(then.vrps.added, first.vrps.removed));
  merged.vrps.removed =
      both(without(first.vrps.removed, then.vrps.added), without(then.vrps.removed, first.vrps.added));
  side_by_side(first.aspas, then.aspas, [&](const AspaChange* a, const AspaChange* b) {
    AspaChange whole{(a != nullptr ? a : b)->customer, (a != nullptr ? a : b)->before, (b != nullptr ? b : a)->after};
    if (whole.before != whole.after) merged.aspas.push_back(std::move(whole));
  });
  return merged;
}

}  // namespace fairway::rtr
