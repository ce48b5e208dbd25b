// AspaTable: who attests which providers (ASPA, draft-ietf-sidrops-aspa-profile;
// draft-ietf-sidrops-aspa-verification-28 section 4), frozen: sorted, indexed, const for ever, shareable between
// threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/model/asn.h"
#include "core/model/instant.h"

namespace fairway {

// The customer attests: these are all of my providers. An empty set and the set {0} say: I have none.
struct Aspa {
  Asn customer;
  std::vector<Asn> providers;

  friend auto operator<=>(const Aspa&, const Aspa&) = default;
};

class AspaTable {
 public:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  // Any order. Several of one customer count as one with the union of their providers (section 4); the providers are
  // sorted and made unique.
  static AspaTable build(std::vector<Aspa> aspas, std::optional<Instant> built = {});

  std::span<const Aspa> aspas() const { return aspas_; }  // sorted by customer
  std::optional<Instant> built() const { return built_; }

  // The answers of section 5.2's authorisation function.
  enum class Auth : std::uint8_t { no_attestation, not_provider, provider };

  // The place of the customer's ASPA in aspas(), or kNone.
  std::uint32_t find(Asn customer) const {
    std::size_t slot = hash_value(customer) & mask_;
    while (slots_[slot].index != kNone && slots_[slot].customer != customer) slot = (slot + 1) & mask_;
    return slots_[slot].index;
  }
  // `aspa` as find() returned it. AS 0 is nobody's provider.
  Auth authorised_by(std::uint32_t aspa, Asn provider) const;
  Auth authorised(Asn customer, Asn provider) const { return authorised_by(find(customer), provider); }

 private:
  struct Slot {
    Asn customer;
    std::uint32_t index = kNone;
  };
  std::vector<Aspa> aspas_;
  std::vector<Slot> slots_ = std::vector<Slot>(1);  // open addressing, at most a quarter full
  std::size_t mask_ = 0;
  std::optional<Instant> built_;
};

// The customers whose providers differ, sorted: only paths through one of them can be judged anew.
std::vector<Asn> difference(const AspaTable& old, const AspaTable& next);

}  // namespace fairway
