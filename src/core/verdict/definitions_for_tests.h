// The verdicts once more, as slowly and plainly as their standards say it: what tests and fuzzers hold the hot ones
// against.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "core/verdict/origin.h"
#include "core/verdict/path.h"

namespace fairway::definition {

// RFC 6811 section 2, over all VRPs one by one. A local origin (whose AS is not known) is unknown if some AS could make
// it valid.
inline OriginState origin_state(std::span<const Vrp> vrps, const Prefix& prefix, PathOrigin origin) {
  bool is_covered = false, could_match = false;
  for (const Vrp& vrp : vrps) {
    const bool covered = vrp.prefix.covers(prefix);
    const bool length_allowed = prefix.length() <= vrp.max_length;
    is_covered |= covered;
    could_match |= covered && length_allowed && vrp.asn != Asn{0};
    if (covered && length_allowed && origin.kind == PathOrigin::Kind::as && origin.asn == vrp.asn &&
        vrp.asn != Asn{0}) {
      return OriginState::valid;
    }
  }
  if (!is_covered) return OriginState::not_found;
  return origin.kind == PathOrigin::Kind::local && could_match ? OriginState::unknown : OriginState::invalid;
}

// A(1) ... A(N) of a plain path.
inline std::vector<Asn> without_repetitions(const AsPath& path) {
  std::vector<Asn> asns(path.asns().rbegin(), path.asns().rend());
  asns.erase(std::unique(asns.begin(), asns.end()), asns.end());
  return asns;
}

inline AspaTable::Auth authorised(std::span<const Aspa> aspas, Asn customer, Asn provider) {
  AspaTable::Auth answer = AspaTable::Auth::no_attestation;
  for (const Aspa& aspa : aspas) {
    if (aspa.customer != customer) continue;
    if (answer == AspaTable::Auth::no_attestation) answer = AspaTable::Auth::not_provider;
    for (const Asn listed : aspa.providers) {
      if (listed == provider && provider != Asn{0}) answer = AspaTable::Auth::provider;
    }
  }
  return answer;
}

// Not the draft's counting of ramps, but what it is for: is there an AS at the top (or two neighbours that share it, as
// peers do) with nothing but customers handing to providers before it, and nothing but providers handing to customers
// after it? Valid: all of that is attested. Invalid: it cannot be, even if every AS without an ASPA attested it.
// Upstream: the top is the neighbour.
inline PathState path_state(std::span<const Aspa> aspas, const AsPath& path, Procedure procedure,
                            std::optional<Asn> neighbour) {
  if (path.empty() || !path.is_plain()) return PathState::invalid;
  if (neighbour && path.asns().front() != *neighbour) return PathState::invalid;
  const std::vector<Asn> a = without_repetitions(path);
  const std::size_t n = a.size();

  const auto has_top = [&](auto accepts) {
    const auto climbs_to = [&](std::size_t top) {
      for (std::size_t i = 0; i < top; ++i) {
        if (!accepts(authorised(aspas, a[i], a[i + 1]))) return false;
      }
      return true;
    };
    const auto descends_from = [&](std::size_t top) {
      for (std::size_t i = top; i + 1 < n; ++i) {
        if (!accepts(authorised(aspas, a[i + 1], a[i]))) return false;
      }
      return true;
    };
    if (procedure == Procedure::upstream) return climbs_to(n - 1);
    for (std::size_t top = 0; top < n; ++top) {
      if (climbs_to(top) && (descends_from(top) || (top + 1 < n && descends_from(top + 1)))) return true;
    }
    return false;
  };
  if (has_top([](AspaTable::Auth auth) { return auth == AspaTable::Auth::provider; })) return PathState::valid;
  if (!has_top([](AspaTable::Auth auth) { return auth != AspaTable::Auth::not_provider; })) return PathState::invalid;
  return PathState::unknown;
}

}  // namespace fairway::definition
