#include "core/verdict/path.h"

#include <algorithm>
#include <span>

namespace fairway {

namespace {

using Auth = AspaTable::Auth;

// What the checks before the ramps say (steps 1 to 3 of sections 5.4 and 5.5); `none` if they let it pass.
PathReason precheck(const AsPath& path, std::optional<Asn> neighbour) {
  if (path.empty()) return PathReason::empty_path;
  if (neighbour && path.neighbour() != neighbour) return PathReason::neighbour;
  if (!path.is_plain()) return PathReason::as_set;
  return PathReason::none;
}

// A hop that ends a ramp: I of A(I) for the up-ramp, J of A(J) for the down-ramp (0: there is none), and its customer.
struct End {
  std::uint32_t at = 0;
  std::uint32_t place = 0;  // of the customer in path.asns()
  std::uint32_t aspa = AspaTable::kNone;
};

struct Ramps {
  std::uint32_t length = 0;   // N
  End up_not, up_unsure;      // the first not-provider hop; the first that is not provider
  End down_not, down_unsure;  // the last, likewise

  std::uint32_t max_up() const { return up_not.at != 0 ? up_not.at : length; }
  std::uint32_t min_up() const { return up_unsure.at != 0 ? up_unsure.at : length; }
  std::uint32_t max_down() const { return down_not.at != 0 ? length - down_not.at + 1 : length; }
  std::uint32_t min_down() const { return down_unsure.at != 0 ? length - down_unsure.at + 1 : length; }
};

// Walks from the origin to the neighbour; `see(from, to, up, down)` is told every hop.
template <class See>
Ramps walk(const AspaTable& aspas, std::span<const Asn> asns, Procedure procedure, See see) {
  Ramps ramps;
  std::size_t at = asns.size() - 1;
  Asn from = asns[at];
  std::uint32_t from_aspa = aspas.find(from);
  ramps.length = 1;
  while (at-- != 0) {
    const Asn to = asns[at];
    if (to == from) continue;
    const std::uint32_t to_aspa = aspas.find(to);
    const Auth up = aspas.authorised_by(from_aspa, to);
    if (up != Auth::provider && ramps.up_unsure.at == 0)
      ramps.up_unsure = {ramps.length, static_cast<std::uint32_t>(at + 1), from_aspa};
    if (up == Auth::not_provider && ramps.up_not.at == 0)
      ramps.up_not = {ramps.length, static_cast<std::uint32_t>(at + 1), from_aspa};
    ++ramps.length;
    Auth down = Auth::no_attestation;
    if (procedure == Procedure::downstream) {
      down = aspas.authorised_by(to_aspa, from);
      if (down != Auth::provider) ramps.down_unsure = {ramps.length, static_cast<std::uint32_t>(at), to_aspa};
      if (down == Auth::not_provider) ramps.down_not = ramps.down_unsure;
    }
    see(from, to, up, down);
    from = to;
    from_aspa = to_aspa;
  }
  return ramps;
}

PathVerdict decide(const Ramps& ramps, Procedure procedure) {
  const bool both = procedure == Procedure::downstream;
  const auto ended_by = [](PathState state, PathReason reason, const End& end) {
    const auto hop = static_cast<std::uint16_t>(std::min<std::uint32_t>(end.place, PathVerdict::kNoHop - 1));
    return PathVerdict{state, reason, hop, end.aspa};
  };
  if (ramps.max_up() + (both ? ramps.max_down() : 0) < ramps.length)
    return ended_by(PathState::invalid, PathReason::not_provider, ramps.up_not);
  if (ramps.min_up() + (both ? ramps.min_down() : 0) < ramps.length)
    return ended_by(PathState::unknown, PathReason::no_attestation, ramps.up_unsure);
  return {PathState::valid, PathReason::none, PathVerdict::kNoHop, AspaTable::kNone};
}

std::string_view describe(PathReason reason, Procedure procedure) {
  switch (reason) {
    case PathReason::none:
      return procedure == Procedure::upstream
                 ? "Every hop goes from a customer to a provider that it attests."
                 : "Attested providers lead up from the origin and down to the neighbour, with nothing between.";
    case PathReason::no_table: return "No ASPAs are loaded.";
    case PathReason::no_attestation:
      return procedure == Procedure::upstream
                 ? "No attested hop contradicts the path, but not every hop is attested."
                 : "No attested hop contradicts the path, but the attested ramps do not meet.";
    case PathReason::not_provider:
      return procedure == Procedure::upstream
                 ? "A hop leads from a customer to an AS that is none of its attested providers."
                 : "Between the ramps lies an AS that neither side attests as its provider: a route leak or a forged "
                   "path.";
    case PathReason::empty_path: return "The path is empty.";
    case PathReason::neighbour: return "The first AS of the path is not the neighbour.";
    case PathReason::as_set: return "The path holds a segment that is no AS_SEQUENCE.";
  }
  return "";
}

}  // namespace

std::string_view to_string(PathState state) {
  switch (state) {
    case PathState::unknown: return "unknown";
    case PathState::valid: return "valid";
    case PathState::invalid: return "invalid";
  }
  return "";
}

std::string_view to_string(PathReason reason) {
  switch (reason) {
    case PathReason::none: return "";
    case PathReason::no_table: return "no-table";
    case PathReason::no_attestation: return "no-attestation";
    case PathReason::not_provider: return "not-provider";
    case PathReason::empty_path: return "empty-path";
    case PathReason::neighbour: return "neighbour-as";
    case PathReason::as_set: return "as-set";
  }
  return "";
}

std::string_view to_string(Procedure procedure) { return procedure == Procedure::upstream ? "upstream" : "downstream"; }

PathVerdict judge_path(const AspaTable& aspas, const AsPath& path, Procedure procedure, std::optional<Asn> neighbour) {
  if (const PathReason reason = precheck(path, neighbour); reason != PathReason::none) {
    return {PathState::invalid, reason, PathVerdict::kNoHop, AspaTable::kNone};
  }
  return decide(walk(aspas, path.asns(), procedure, [](Asn, Asn, Auth, Auth) {}), procedure);
}

PathExplanation explain_path(const AspaTable* aspas, const AsPath& path, Procedure procedure,
                             std::optional<Asn> neighbour) {
  PathExplanation result;
  result.procedure = procedure;
  result.rule = procedure == Procedure::upstream ? "draft-ietf-sidrops-aspa-verification-28 section 5.4"
                                                 : "draft-ietf-sidrops-aspa-verification-28 section 5.5";
  if (aspas != nullptr) {
    const PathReason reason = precheck(path, neighbour);
    if (reason != PathReason::none) {
      result.verdict = {PathState::invalid, reason, PathVerdict::kNoHop, AspaTable::kNone};
    } else {
      result.path.push_back(path.asns().back());
      const Ramps ramps = walk(*aspas, path.asns(), procedure, [&](Asn from, Asn to, Auth up, Auth down) {
        result.path.push_back(to);
        result.hops.push_back({from, to, up, down});
      });
      result.verdict = decide(ramps, procedure);
      result.max_up = ramps.max_up();
      result.min_up = ramps.min_up();
      if (procedure == Procedure::downstream) {
        result.max_down = ramps.max_down();
        result.min_down = ramps.min_down();
      }
      const bool invalid = result.verdict.state == PathState::invalid;
      if (result.verdict.state != PathState::valid) {
        const auto& up = result.hops[(invalid ? ramps.up_not : ramps.up_unsure).at - 1];
        result.failing_hop = {up.from, up.to};
        if (procedure == Procedure::downstream) {
          const auto& down = result.hops[(invalid ? ramps.down_not : ramps.down_unsure).at - 2];
          result.failing_down_hop = {down.to, down.from};
        }
      }
    }
  }
  result.description = describe(result.verdict.reason, procedure);
  return result;
}

}  // namespace fairway
