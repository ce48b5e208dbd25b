#include "core/tables/aspa.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace fairway {

AspaTable AspaTable::build(std::vector<Aspa> aspas, std::optional<Instant> built) {
  AspaTable table;
  table.built_ = built;
  std::sort(aspas.begin(), aspas.end(), [](const Aspa& a, const Aspa& b) { return a.customer < b.customer; });
  for (Aspa& aspa : aspas) {
    if (!table.aspas_.empty() && table.aspas_.back().customer == aspa.customer) {
      auto& providers = table.aspas_.back().providers;
      providers.insert(providers.end(), aspa.providers.begin(), aspa.providers.end());
    } else {
      table.aspas_.push_back(std::move(aspa));
    }
  }
  table.slots_.resize(std::bit_ceil(table.aspas_.size() * 4 + 1));
  table.mask_ = table.slots_.size() - 1;
  for (std::size_t i = 0; i < table.aspas_.size(); ++i) {
    auto& [customer, providers] = table.aspas_[i];
    std::sort(providers.begin(), providers.end());
    providers.erase(std::unique(providers.begin(), providers.end()), providers.end());
    std::size_t slot = hash_value(customer) & table.mask_;
    while (table.slots_[slot].index != kNone) slot = (slot + 1) & table.mask_;
    table.slots_[slot] = {customer, static_cast<std::uint32_t>(i)};
  }
  return table;
}

AspaTable::Auth AspaTable::authorised_by(std::uint32_t aspa, Asn provider) const {
  if (aspa == kNone) return Auth::no_attestation;
  const auto& providers = aspas_[aspa].providers;
  if (provider == Asn{0}) return Auth::not_provider;
  return std::binary_search(providers.begin(), providers.end(), provider) ? Auth::provider : Auth::not_provider;
}

std::vector<Asn> difference(const AspaTable& old, const AspaTable& next) {
  std::vector<Asn> changed;
  auto before = old.aspas().begin(), after = next.aspas().begin();
  while (before != old.aspas().end() || after != next.aspas().end()) {
    if (after == next.aspas().end() || (before != old.aspas().end() && before->customer < after->customer)) {
      changed.push_back(before++->customer);
    } else if (before == old.aspas().end() || after->customer < before->customer) {
      changed.push_back(after++->customer);
    } else {
      if (*before != *after) changed.push_back(before->customer);
      ++before, ++after;
    }
  }
  return changed;
}

}  // namespace fairway
