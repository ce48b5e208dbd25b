// DelegationTable: what the regional Internet registries gave to whom (their extended statistics), frozen. Space of a
// registry whose file was not loaded is unknown: no file speaks of it.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/asn.h"
#include "core/model/prefix.h"

namespace fairway {

enum class DelegationStatus : std::uint8_t { unknown, allocated, assigned, available, reserved };
std::string_view to_string(DelegationStatus status);

struct Delegation {
  DelegationStatus status = DelegationStatus::unknown;
  std::array<char, 2> country{};  // blanks or zeros: none
  std::uint8_t registry = 0;      // an index into DelegationTable::registries()

  bool unallocated() const { return status == DelegationStatus::available || status == DelegationStatus::reserved; }
  std::string_view country_code() const {
    return country[0] > ' ' ? std::string_view(country.data(), 2) : std::string_view{};
  }

  friend bool operator==(const Delegation&, const Delegation&) = default;
};

class DelegationTable {
 public:
  struct Block {
    Prefix prefix;
    Delegation delegation;
  };
  struct AsRange {
    Asn first, last;
    Delegation delegation;
  };
  // Any order; where blocks overlap the longest speaks.
  static DelegationTable build(std::vector<Block> blocks, std::vector<AsRange> ranges,
                               std::vector<std::string> registries);

  // Of the longest block that covers the prefix; null: nothing is known of it as a whole.
  const Delegation* of(const Prefix& prefix) const;
  const Delegation* of(Asn asn) const;
  // A block inside `prefix` that is free or reserved, where no block covers all of it: it spans unallocated space.
  const Block* unallocated_inside(const Prefix& prefix) const;

  std::span<const std::string> registries() const { return registries_; }
  std::size_t size() const { return blocks_.size() + ranges_.size(); }

 private:
  std::vector<Block> blocks_;           // sorted
  std::vector<std::uint32_t> parents_;  // of blocks_: the next shorter that covers it, or itself
  std::vector<AsRange> ranges_;         // sorted
  std::vector<std::string> registries_;
};

}  // namespace fairway
