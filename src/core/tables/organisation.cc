#include "core/tables/organisation.h"

#include <utility>

namespace fairway {

OrganisationTable OrganisationTable::build(std::vector<Organisation> organisations,
                                           const std::vector<Holder>& holders) {
  OrganisationTable table;
  table.organisations_ = std::move(organisations);
  boost::unordered_flat_map<std::string, std::uint32_t> by_id;
  for (std::uint32_t i = 0; i < table.organisations_.size(); ++i) by_id.try_emplace(table.organisations_[i].id, i);
  for (const Holder& holder : holders) {
    const auto [found, added] =
        by_id.try_emplace(holder.organisation, static_cast<std::uint32_t>(table.organisations_.size()));
    if (added) table.organisations_.push_back({holder.organisation, {}, {}});
    table.holders_.insert_or_assign(holder.asn, found->second);
  }
  return table;
}

const Organisation* OrganisationTable::of(Asn asn) const {
  const auto found = holders_.find(asn);
  return found == holders_.end() ? nullptr : &organisations_[found->second];
}

bool OrganisationTable::same(Asn a, Asn b) const {
  const auto of_a = holders_.find(a), of_b = holders_.find(b);
  return of_a != holders_.end() && of_b != holders_.end() && of_a->second == of_b->second;
}

}  // namespace fairway
