// Change: what came and went between two states of a cache: the least that brings a router from the one to the other
// (RFC 8210 section 5.3). A value.
#pragma once

#include <optional>
#include <vector>

#include "core/tables/aspa.h"
#include "core/tables/vrp.h"

namespace fairway::rtr {

// Of one customer: all of its providers, before and after; none: it has no ASPA.
struct AspaChange {
  Asn customer;
  std::optional<std::vector<Asn>> before, after;
  friend bool operator==(const AspaChange&, const AspaChange&) = default;
};

struct Change {
  VrpDifference vrps;
  std::vector<AspaChange> aspas;  // sorted by customer

  bool empty() const { return vrps.empty() && aspas.empty(); }
};

// What a PDU can say. A VRP whose maximum length is none cannot be told, nor an ASPA of more providers than fit; an
// ASPA of none is told as one of AS 0 alone, and AS 0 beside others is left out, for it says nothing
// (draft-ietf-sidrops-aspa-verification-28 section 4).
bool can_tell(const Vrp& vrp);
std::vector<Aspa> aspas_to_tell(const AspaTable& aspas);

// `before` and `after` as aspas_to_tell() gives them.
Change difference(const VrpTable& vrps_before, const VrpTable& vrps_after, const std::vector<Aspa>& before,
                  const std::vector<Aspa>& after);
// The one, and then the other.
Change merge(const Change& first, const Change& then);

}  // namespace fairway::rtr
