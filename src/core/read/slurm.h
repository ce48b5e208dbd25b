// SLURM: an operator's local exceptions to the RPKI (RFC 8416), version 1, and version 2, which adds ASPAs
// (draft-ietf-sidrops-aspa-slurm-04). Unknown, missing, doubled and wrongly typed members are errors, as section 3.1
// demands. The draft's members have had several names, all of which are read:
//
//   customer    customerAsn, customerAsid, customer_asid
//   providers   providerAsns, providers, providerSet, provider_asids; their elements numbers, or objects with
//               providerAsid or providerAsn and an afiLimit, which is passed over (the profile has had none since
//               version 16)
//
// Version 2 may leave the two lists out. BGPsec entries are checked for their form and kept for nobody.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "core/tables/aspa.h"
#include "core/tables/vrp.h"

namespace fairway {

struct Slurm {
  // A VRP is removed if its prefix is the filter's or lies under it, and its ASN is the filter's; what the filter does
  // not name matches everything. It names at least one.
  struct PrefixFilter {
    std::optional<Prefix> prefix;
    std::optional<Asn> asn;
    std::string comment;
    friend bool operator==(const PrefixFilter&, const PrefixFilter&) = default;
  };
  struct PrefixAssertion {
    Prefix prefix;
    Asn asn;
    std::uint8_t max_length = 0;  // the prefix's own where the file gives none
    std::string comment;
    friend bool operator==(const PrefixAssertion&, const PrefixAssertion&) = default;
  };
  struct AspaFilter {
    Asn customer;
    std::string comment;
    friend bool operator==(const AspaFilter&, const AspaFilter&) = default;
  };
  struct AspaAssertion {
    Aspa aspa;
    std::string comment;
    friend bool operator==(const AspaAssertion&, const AspaAssertion&) = default;
  };

  std::vector<PrefixFilter> prefix_filters;
  std::vector<PrefixAssertion> prefix_assertions;
  std::vector<AspaFilter> aspa_filters;
  std::vector<AspaAssertion> aspa_assertions;
  std::vector<Asn> bgpsec_asns;  // that its BGPsec entries name: only for overlaps between files

  std::size_t size() const {
    return prefix_filters.size() + prefix_assertions.size() + aspa_filters.size() + aspa_assertions.size();
  }
  friend bool operator==(const Slurm&, const Slurm&) = default;
};

bool is_slurm(Bytes head);

// Errors: malformed, `where` a byte offset; the text names the member. A file without any entry is fine.
Result<Slurm> read_slurm(Bytes bytes);

// All of them as one. Error (refused) if an address, or the ASN of an ASPA or BGPsec entry, is touched by two of them:
// then the whole set must not be used (RFC 8416 section 4.2). `names` are those of the files, for the error.
Result<Slurm> merge(std::span<const Slurm> files, std::span<const std::string> names);

// Filters first, then assertions, which no filter removes (RFC 8416 section 3.2). Asserted VRPs get the trust anchor
// index `local`. Returns how many VRPs or ASPAs were removed.
std::size_t apply(const Slurm& slurm, std::vector<Vrp>& vrps, std::uint8_t local);
std::size_t apply(const Slurm& slurm, std::vector<Aspa>& aspas);

}  // namespace fairway
