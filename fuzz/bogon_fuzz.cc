// uses: core/verdict core/tables core/model base
//
// Bogons are what looking at every row says: of the special-purpose registries, and of the delegations.
#include <algorithm>

#include "core/verdict/bogon.h"
#include "hold.h"

namespace {

using namespace fairway;

Prefix prefix_from(Plan& plan) {
  const unsigned head = plan.next();
  const Family family = head & 1 ? Family::ipv6 : Family::ipv4;
  std::uint64_t high = 0;
  for (int i = 0; i < 4; ++i) high = high << 8 | plan.next();
  high <<= 32;
  // Often near a row: one of its bits turned, its length or another.
  const unsigned length = plan.next();
  const auto rows = bogon_prefixes();
  if (head & 2) {
    const Prefix& row = rows[head / 4 % rows.size()].prefix;
    const std::uint64_t turned = high & 0x100000000 ? std::uint64_t{1} << (63 - (high >> 56) % 64) : 0;
    const unsigned near = length & 0x80 ? row.length() : length % (address_bits(row.family()) + 1);
    return {row.family(), row.high() ^ turned, row.low(), near};
  }
  return {family, high, 0, length % (address_bits(family) + 1)};
}

Asn asn_from(Plan& plan) {
  const unsigned head = plan.next();
  const auto rows = bogon_asns();
  const BogonAsn& row = rows[head / 4 % rows.size()];
  if (head & 1) return {row.first.value + (plan.next() - 1)};
  if (head & 2) return {row.last.value + (plan.next() - 1)};
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) value = value << 8 | plan.next();
  return {value};
}

// The longest row that covers it or, if none does, the first that lies under it and is never announced.
const BogonPrefix* plain_prefix(const Prefix& prefix) {
  using enum BogonPrefix::Announced;
  if (prefix.length() == 0) return nullptr;
  const BogonPrefix *longest = nullptr, *under = nullptr;
  for (const BogonPrefix& row : bogon_prefixes()) {
    if (row.prefix.covers(prefix)) longest = &row;  // a longer one stands behind a shorter
    if (prefix.covers(row.prefix) && row.announced == never && under == nullptr) under = &row;
  }
  if (longest == nullptr) return under;
  if (longest->announced == freely) return nullptr;
  return longest->announced == itself && longest->prefix == prefix ? nullptr : longest;
}

const BogonAsn* plain_asn(Asn asn) {
  for (const BogonAsn& row : bogon_asns()) {
    if (row.first <= asn && asn <= row.last) return &row;
  }
  return nullptr;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 1024) return 0;
  Plan plan{data, data + size};
  const Prefix prefix = prefix_from(plan);
  const Asn asn = asn_from(plan);
  const auto kind = static_cast<PathOrigin::Kind>(plan.next() % 8 == 0 ? plan.next() % 3 : 0);
  std::vector<DelegationTable::Block> blocks;
  std::vector<DelegationTable::AsRange> ranges;
  while (plan.at != plan.end) {
    const unsigned head = plan.next();
    const Delegation given{static_cast<DelegationStatus>(head % 5), {}, 0};
    if (head & 0x80) {
      const Asn first = asn_from(plan);
      const Asn last{std::max(first.value, first.value + plan.next())};
      const bool apart =
          std::ranges::none_of(ranges, [&](const auto& r) { return first <= r.last && r.first <= last; });
      if (apart) ranges.push_back({first, last, given});  // registries give an ASN once
    } else {
      const Prefix block =
          head & 0x40 && prefix.length() != 0 ? prefix.parent(plan.next() % prefix.length()) : prefix_from(plan);
      const bool fresh = std::ranges::none_of(blocks, [&](const auto& b) { return b.prefix == block; });
      if (fresh) blocks.push_back({block, given});
    }
  }
  const DelegationTable table = DelegationTable::build(blocks, ranges, {"test"});
  const Delegation *of_prefix = nullptr, *of_asn = nullptr;
  unsigned longest = 0;
  for (const auto& block : blocks) {
    if (!block.prefix.covers(prefix) || (of_prefix != nullptr && block.prefix.length() < longest)) continue;
    of_prefix = &block.delegation;
    longest = block.prefix.length();
  }
  for (const auto& range : ranges) {
    if (range.first <= asn && asn <= range.last) of_asn = &range.delegation;
  }
  const auto same = [](const Delegation* a, const Delegation* b) {
    return a == nullptr || b == nullptr ? a == b : *a == *b;
  };
  hold(same(table.of(prefix), of_prefix), "the longest block speaks");
  hold(same(table.of(asn), of_asn), "the range speaks");

  const BogonPrefix* row = plain_prefix(prefix);
  hold(bogon_prefix(prefix) == row, "the row of the prefix");
  hold(bogon_asn(asn) == plain_asn(asn), "the row of the AS");
  const BogonVerdict verdict = judge_bogon(&table, prefix, {kind, asn});
  const bool is_as = kind == PathOrigin::Kind::as;
  const bool prefix_is = row != nullptr || (of_prefix != nullptr && of_prefix->unallocated());
  const bool asn_is = is_as && (plain_asn(asn) != nullptr || (of_asn != nullptr && of_asn->unallocated()));
  hold(verdict.state == (prefix_is && asn_is ? BogonState::both
                         : prefix_is         ? BogonState::prefix
                         : asn_is            ? BogonState::asn
                                             : BogonState::none),
       "the verdict");
  hold((verdict.special_prefix != nullptr || verdict.unallocated_prefix != nullptr) == prefix_is, "with its fact");
  hold((verdict.special_asn != nullptr || verdict.unallocated_asn != nullptr) == asn_is, "with its fact");
  return 0;
}
