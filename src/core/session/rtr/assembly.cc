#include "core/session/rtr/assembly.h"

#include <algorithm>
#include <map>

namespace fairway::rtr {

namespace {

Vrp vrp_of(const PrefixPdu& pdu) { return {pdu.prefix, pdu.max_length, pdu.asn, 0}; }
Pdu pdu_of(const Vrp& vrp, bool announce) { return PrefixPdu{announce, vrp.prefix, vrp.max_length, vrp.asn}; }

constexpr Fault kDuplicate{ErrorCode::duplicate_announcement, "it is there already"};
constexpr Fault kUnknown{ErrorCode::unknown_withdrawal, "it was not there"};

}  // namespace

std::expected<void, Fault> Assembly::add(const Pdu& pdu) {
  const bool announced = std::visit(
      [](const auto& one) {
        if constexpr (requires { one.announce; }) return one.announce;
        return false;
      },
      pdu);
  if (!incremental_ && !announced) {
    return std::unexpected(Fault{ErrorCode::corrupt_data, "a withdrawal among everything"});
  }
  if (const auto* prefix = std::get_if<PrefixPdu>(&pdu)) {
    if (announced_.size() + changes_.size() >= limits_.most_vrps) {
      return std::unexpected(Fault{ErrorCode::internal_error, "more VRPs than are taken here"});
    }
    if (incremental_) {
      changes_.push_back(*prefix);
    } else {
      announced_.push_back(vrp_of(*prefix));
    }
  } else if (const auto* aspa = std::get_if<AspaPdu>(&pdu)) {
    providers_ += 1 + aspa->providers.size();
    if (providers_ > limits_.most_providers) {
      return std::unexpected(Fault{ErrorCode::internal_error, "more ASPAs than are taken here"});
    }
    aspas_.push_back(*aspa);
  }
  return {};
}

std::expected<Payload, Assembly::Flaw> Assembly::finish(const Payload& before, bool& changed) && {
  Payload after;
  if (auto applied = apply_vrps(before, after); !applied) return std::unexpected(std::move(applied.error()));
  if (auto applied = apply_aspas(before, after); !applied) return std::unexpected(std::move(applied.error()));
  const bool same_vrps = after.vrps == before.vrps || difference(*before.vrps, *after.vrps).empty();
  const bool same_aspas = after.aspas == before.aspas || difference(*before.aspas, *after.aspas).empty();
  if (same_vrps) after.vrps = before.vrps;
  if (same_aspas) after.aspas = before.aspas;
  changed = !same_vrps || !same_aspas;
  return after;
}

std::expected<void, Assembly::Flaw> Assembly::apply_vrps(const Payload& before, Payload& after) {
  if (!incremental_) {
    const std::size_t told = announced_.size();
    std::vector<Vrp> checked = announced_;
    auto table = std::make_shared<const VrpTable>(VrpTable::build(std::move(announced_)));
    if (table->size() != told) {
      std::ranges::sort(checked);
      return std::unexpected(Flaw{kDuplicate, pdu_of(*std::ranges::adjacent_find(checked), true)});
    }
    after.vrps = std::move(table);
    return {};
  }
  if (changes_.empty()) {
    after.vrps = before.vrps;
    return {};
  }
  // In the table's order, and of one VRP in the order in which it was told.
  std::ranges::stable_sort(changes_, {}, vrp_of);
  std::vector<Vrp> vrps;
  vrps.reserve(before.vrps->size() + changes_.size());
  const auto held = before.vrps->vrps();
  std::size_t next = 0;
  for (auto change = changes_.begin(); change != changes_.end();) {
    const Vrp vrp = vrp_of(*change);
    for (; next < held.size() && held[next] < vrp; ++next) vrps.push_back(held[next]);
    bool there = next < held.size() && held[next] == vrp;
    if (there) ++next;
    for (; change != changes_.end() && vrp_of(*change) == vrp; ++change) {
      if (change->announce == there) return std::unexpected(Flaw{there ? kDuplicate : kUnknown, *change});
      there = change->announce;
    }
    if (there) vrps.push_back(vrp);
  }
  for (; next < held.size(); ++next) vrps.push_back(held[next]);
  after.vrps = std::make_shared<const VrpTable>(VrpTable::build(std::move(vrps)));
  return {};
}

std::expected<void, Assembly::Flaw> Assembly::apply_aspas(const Payload& before, Payload& after) {
  if (incremental_ && aspas_.empty()) {
    after.aspas = before.aspas;
    return {};
  }
  std::map<Asn, std::vector<Asn>> providers;
  if (incremental_) {
    for (const Aspa& aspa : before.aspas->aspas()) providers.emplace(aspa.customer, aspa.providers);
  }
  for (AspaPdu& aspa : aspas_) {
    if (aspa.announce) {
      providers[aspa.customer] = std::move(aspa.providers);
    } else if (providers.erase(aspa.customer) == 0) {
      return std::unexpected(Flaw{kUnknown, aspa});
    }
  }
  std::vector<Aspa> aspas;
  for (auto& [customer, all] : providers) aspas.push_back({customer, std::move(all)});
  after.aspas = std::make_shared<const AspaTable>(AspaTable::build(std::move(aspas)));
  return {};
}

}  // namespace fairway::rtr
