#include "core/incident/prevention.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/tables/aspa.h"
#include "core/tables/irr.h"
#include "core/tables/relationship.h"
#include "core/tables/vrp.h"
#include "core/tables/world.h"
#include "core/verdict/origin.h"
#include "core/verdict/path.h"

namespace fairway {

std::string_view to_string(Check check) {
  constexpr std::array<std::string_view, 5> kNames = {"origin validation (ROV)", "filter per neighbour",
                                                      "path validation (ASPA)", "peer lock", "prefix limit"};
  return kNames[static_cast<std::size_t>(check)];
}

std::string_view to_string(Effect effect) {
  constexpr std::array<std::string_view, 4> kNames = {"stops it", "would stop it", "is blind", "is unknown"};
  return kNames[static_cast<std::size_t>(effect)];
}

namespace {

constexpr std::size_t kManyPrefixes = 10;  // more than before: a limit that is set with some room is hit
constexpr std::string_view kAction1 = "Action 1 (filtering)";

std::string as(Asn asn) { return fmt::format("AS{}", asn.value); }

// The routes of one incident as its paths show them, cut at the offender.
class Investigation {
 public:
  Investigation(const Incident& incident, const World& world, const RoutesBefore& before)
      : incident_(incident), world_(world), before_(before), offender_(incident.offenders.front()) {
    for (const std::string& text : incident.paths) {
      const auto path = parse_as_path(text);
      if (path && path->is_plain()) cut(*path);
    }
    std::map<Asn, int> votes;
    for (const Taken& taken : taken_) ++votes[taken.by];
    for (const auto& [asn, count] : votes) {
      if (!accomplice_ || votes[*accomplice_] < count) accomplice_ = asn;
    }
  }

  Prevention result() {
    Prevention prevention{accomplice_, {}};
    prevention.remedies.push_back(origin_validation());
    prevention.remedies.push_back(neighbour_filter());
    prevention.remedies.push_back(path_validation());
    for (auto& remedy : {peer_lock(), prefix_limit()}) {
      if (remedy) prevention.remedies.push_back(*remedy);
    }
    return prevention;
  }

 private:
  // A path at the border: what the offender told, and who took it.
  struct Taken {
    Asn by;
    std::vector<Asn> told;     // offender first, origin last
    std::vector<Asn> onwards;  // who has it from there, the accomplice last
  };

  void cut(const AsPath& path) {
    const auto asns = path.asns();
    const auto at = std::find(asns.begin(), asns.end(), offender_);
    if (at == asns.begin() || at == asns.end()) return;
    taken_.push_back({*(at - 1), {at, asns.end()}, {asns.begin(), at}});
  }

  // Whom the routes name as origin: the offender itself, or, where the origin is kept or forged, the last AS of the
  // paths.
  Asn told_origin() const { return taken_.empty() ? offender_ : taken_.front().told.back(); }
  bool is_own_origin() const { return told_origin() == offender_; }
  std::string victims() const {
    std::string text;
    for (const Asn victim : incident_.victims) {
      if (text.size() > 60) return text + " and others";
      text.append(text.empty() ? "" : ", ").append(as(victim));
    }
    return text.empty() ? "the holder" : text;
  }

  std::string poisoned_list() const;
  Remedy origin_validation();
  Remedy neighbour_filter();
  Remedy path_validation();
  std::optional<Remedy> peer_lock();
  std::optional<Remedy> prefix_limit();

  Remedy remedy(Check check, Effect effect, std::string reason, std::string action = std::string(kAction1)) const {
    return {check, effect, accomplice_, std::move(action), std::move(reason)};
  }

  const Incident& incident_;
  const World& world_;
  const RoutesBefore& before_;
  Asn offender_;
  std::vector<Taken> taken_;
  std::optional<Asn> accomplice_;
};

Remedy Investigation::origin_validation() {
  const PathOrigin origin{PathOrigin::Kind::as, told_origin()};
  std::map<OriginState, std::size_t> states;
  std::vector<Vrp> imagined;  // a ROA for each route that stood before
  for (const Prefix& prefix : incident_.prefixes) {
    ++states[world_.vrps ? judge_origin(*world_.vrps, prefix, origin).state : OriginState::unknown];
    const auto before = before_.covering(prefix);
    if (!before) continue;
    for (const Asn holder : before->second) {
      imagined.push_back({before->first, static_cast<std::uint8_t>(before->first.length()), holder, 0});
    }
  }
  std::string found;
  for (const auto& [state, count] : states) {
    found += fmt::format("{}{} {}", found.empty() ? "" : ", ", count, to_string(state));
  }
  const std::size_t all = incident_.prefixes.size();
  const std::string judged =
      fmt::format("of {} prefix{} with origin {}: {}", all, all == 1 ? "" : "es", as(origin.asn), found);
  if (states[OriginState::invalid] == all) {
    return remedy(Check::origin_validation, Effect::stops,
                  judged + "; whoever drops what is invalid never had these routes");
  }
  const VrpTable imaginary = VrpTable::build(imagined);
  const auto refused = static_cast<std::size_t>(std::ranges::count_if(incident_.prefixes, [&](const Prefix& prefix) {
    return judge_origin(imaginary, prefix, origin).state == OriginState::invalid;
  }));
  if (refused == 0) {
    return remedy(Check::origin_validation, Effect::blind,
                  judged + "; the origin is the right one, so no ROA can make these routes invalid");
  }
  return remedy(Check::origin_validation, Effect::would_stop,
                fmt::format("{}; with ROAs for what was announced before, {} would be invalid", judged, refused),
                fmt::format("{} together with Action 4 (publishing) by {}", kAction1, victims()));
}

Remedy Investigation::neighbour_filter() {
  // What may the offender announce? Its own prefixes and its customers': known from what stood before.
  const Asn origin = told_origin();
  std::size_t fits = 0;
  for (const Prefix& prefix : incident_.prefixes) fits += before_.announced(origin, prefix);
  if (is_own_origin()) {
    if (fits == incident_.prefixes.size()) {
      return remedy(
          Check::neighbour_filter, Effect::blind,
          fmt::format("{} announces a block around these prefixes itself: a filter that lets more-specifics of it "
                      "through lets them through",
                      as(offender_)));
    }
    return remedy(
        Check::neighbour_filter, Effect::stops,
        fmt::format(
            "{} announced neither {} of the {} prefixes nor what covers {} before: they are on no list of its own",
            as(offender_), incident_.prefixes.size() - fits, incident_.prefixes.size(),
            incident_.prefixes.size() == 1 ? "it" : "them"));
  }
  if (!world_.relationships) {
    return remedy(Check::neighbour_filter, Effect::unknown,
                  "no relationships are loaded: who the customers are is not known");
  }
  const Asn behind = *std::ranges::find_if(taken_.front().told, [&](Asn asn) { return asn != offender_; });
  const Relationship kin = world_.relationships->of(offender_, behind);
  if (kin == Relationship::customer) {
    return remedy(Check::neighbour_filter, Effect::blind,
                  fmt::format("{} is a customer of {}", as(behind), as(offender_)));
  }
  const std::string_view what = kin == Relationship::peer       ? "a peer"
                                : kin == Relationship::provider ? "a provider"
                                                                : "no known customer";
  return remedy(Check::neighbour_filter, Effect::stops,
                fmt::format("{} is {} of {}: its routes are on no list of what {} and its customers announce{}",
                            as(behind), what, as(offender_), as(offender_), poisoned_list()));
}

// A list is as good as what it is built from.
std::string Investigation::poisoned_list() const {
  if (!world_.irr) return {};
  std::vector<std::uint32_t> ids;
  for (const Prefix& prefix : incident_.prefixes) {
    world_.irr->covering(prefix, ids);
    for (const std::uint32_t id : ids) {
      const RouteObject object = world_.irr->objects()[id];
      if (object.prefix != prefix) continue;
      return fmt::format(
          "; but a route object for {} by {} stands in {}: a list from an as-set that names {} lets it through",
          to_string(prefix), as(object.origin), world_.irr->registries()[object.registry], as(object.origin));
    }
  }
  return {};
}

Remedy Investigation::path_validation() {
  if (taken_.empty() || is_own_origin()) {
    return remedy(
        Check::path_validation, Effect::blind,
        fmt::format("{} stands at the end of the path: there is no hop that an ASPA could deny", as(offender_)));
  }
  const Taken& taken = taken_.front();
  const AsPath path(taken.told);
  // Who takes routes from its customer or peer, or from a provider?
  const Relationship seen =
      world_.relationships ? world_.relationships->of(taken.by, offender_) : Relationship::unknown;
  const Procedure procedure = seen == Relationship::provider ? Procedure::downstream : Procedure::upstream;
  if (world_.aspas) {
    const PathVerdict then = judge_path(*world_.aspas, path, procedure, offender_);
    if (then.state == PathState::invalid) {
      return remedy(Check::path_validation, Effect::stops,
                    fmt::format("by the ASPAs that there were, \"{}\" is invalid", to_string(path)));
    }
  }
  if (!world_.relationships) {
    return remedy(Check::path_validation, Effect::unknown,
                  "no relationships are loaded: what the ASPAs would say is not known");
  }
  // The ASPAs that the ASes of the path could publish, the origin's first.
  for (auto customer = taken.told.rbegin(); customer != taken.told.rend(); ++customer) {
    const auto providers = world_.relationships->providers(*customer);
    if (providers.empty() || *customer == offender_) continue;
    const AspaTable imaginary = AspaTable::build({{*customer, {providers.begin(), providers.end()}}});
    const PathExplanation judged = explain_path(&imaginary, path, procedure, offender_);
    if (judged.verdict.state != PathState::invalid || !judged.failing_hop) continue;
    return remedy(
        Check::path_validation, Effect::would_stop,
        fmt::format("an ASPA of {} that names its providers does not name {}: \"{}\" is invalid where {} takes it",
                    as(judged.failing_hop->first), as(judged.failing_hop->second), to_string(path), as(taken.by)),
        fmt::format("{} together with an ASPA by {}", kAction1, as(*customer)));
  }
  return remedy(Check::path_validation, Effect::blind,
                fmt::format("no ASPA of an AS behind {} makes \"{}\" invalid where {} takes it", as(offender_),
                            to_string(path), as(taken.by)));
}

std::optional<Remedy> Investigation::peer_lock() {
  if (taken_.empty() || is_own_origin()) return std::nullopt;
  for (const Taken& taken : taken_) {
    const Asn victim = taken.told.back();
    for (std::size_t i = taken.onwards.size(); i-- > 0;) {
      const Asn locked = taken.onwards[i];
      if (!before_.adjacent(locked, victim)) continue;
      const Asn from = i + 1 < taken.onwards.size() ? taken.onwards[i + 1] : offender_;
      return Remedy{Check::peer_lock, Effect::stops, locked, std::string(kAction1),
                    fmt::format("{} is a neighbour of {} and needs nobody else for its routes, yet took them from {}",
                                as(victim), as(locked), as(from))};
    }
  }
  return std::nullopt;
}

std::optional<Remedy> Investigation::prefix_limit() {
  if (!accomplice_) return std::nullopt;
  const std::size_t before = before_.handed(offender_, *accomplice_), now = incident_.prefixes.size();
  if (now < kManyPrefixes || now < 2 * before) return std::nullopt;
  return remedy(Check::prefix_limit, Effect::stops,
                fmt::format("{} took {} prefixes more from {}, which told it {} before", as(*accomplice_), now,
                            as(offender_), before));
}

}  // namespace

Prevention prevention_of(const Incident& incident, const World& world, const RoutesBefore& before) {
  if (kind_of(incident.type) == IncidentKind::outage || incident.offenders.empty()) return {};
  return Investigation(incident, world, before).result();
}

}  // namespace fairway
