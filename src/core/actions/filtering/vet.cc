#include "core/actions/filtering/vet.h"

#include <algorithm>

#include "base/text.h"
#include "core/tables/bogon.h"
#include "core/tables/delegation.h"
#include "core/tables/name.h"
#include "core/tables/organisation.h"
#include "core/verdict/bogon.h"
#include "core/verdict/origin.h"
#include "core/verdict/registry.h"

namespace fairway::filtering {

namespace {

using Grade = VetFinding::Grade;

// The registries in which only the holder of addresses can write.
bool is_authoritative(std::string_view registry) {
  for (const std::string_view name : {"RIPE", "APNIC", "AFRINIC", "ARIN", "LACNIC", "RPKI"}) {
    if (equal_ignoring_case(registry, name)) return true;
  }
  return false;
}

class Vetter {
 public:
  Vetter(const World& world, Asn asn, const Allowed& allowed, const VetOptions& options)
      : world_(world), asn_(asn), allowed_(allowed), options_(options) {}

  Vetting vet() {
    vet_asn();
    if (!allowed_.refused.empty()) tell(Grade::problem, name(asn_), allowed_.refused, "registries");
    for (const std::string& remark : allowed_.remarks) tell(Grade::question, name(asn_), remark, "registries");
    if (allowed_.refused.empty() && allowed_.pairs.empty()) {
      tell(Grade::problem, name(asn_), "nothing is registered that it may announce", "registries");
    }
    for (const PairList::Pair& pair : allowed_.pairs) vet_pair(pair.prefix, pair.origin);
    if (left_out_ != 0) {
      tell(Grade::note, name(asn_), std::to_string(left_out_) + " more findings are not told", "this report");
    }
    return std::move(vetting_);
  }

 private:
  static std::string name(Asn asn) { return "AS" + to_string(asn); }

  void tell(Grade grade, std::string about, std::string what, std::string source) {
    vetting_.findings.push_back({grade, std::move(about), std::move(what), std::move(source)});
  }

  void vet_asn() {
    if (const BogonAsn* bogon = bogon_asn(asn_)) {
      tell(Grade::problem, name(asn_), "nobody may use it in public: " + std::string(bogon->name),
           std::string(bogon->rule));
    }
    if (world_.delegations != nullptr) {
      const Delegation* delegation = world_.delegations->of(asn_);
      if (delegation == nullptr) {
        tell(Grade::question, name(asn_), "no delegation file at hand speaks of it", "delegations");
      } else {
        const std::string registry = world_.delegations->registries()[delegation->registry];
        const bool free = delegation->unallocated();
        tell(free ? Grade::problem : Grade::note, name(asn_),
             free ? "its registry has not given it to anybody" : "held, in " + std::string(delegation->country_code()),
             registry);
      }
    }
    if (world_.organisations != nullptr) {
      if (const Organisation* organisation = world_.organisations->of(asn_)) {
        tell(Grade::note, name(asn_), "its holder is " + organisation->name, "organisations");
      }
    } else if (world_.names != nullptr && !world_.names->of(asn_).empty()) {
      tell(Grade::note, name(asn_), "it is called " + std::string(world_.names->of(asn_)), "names");
    }
    if (options_.drop != nullptr && std::ranges::find(options_.drop->asns, asn_) != options_.drop->asns.end()) {
      tell(Grade::problem, name(asn_), "it is on the list of networks that nobody should carry", "DROP list");
    }
    for (const AsnRange& range : allowed_.origins) {
      for (std::uint64_t asn = range.first.value; asn <= range.last.value; ++asn) {
        const Asn member{static_cast<std::uint32_t>(asn)};
        if (member == asn_ || options_.drop == nullptr) continue;
        if (std::ranges::find(options_.drop->asns, member) != options_.drop->asns.end()) {
          tell(Grade::problem, name(member),
               "a member of its as-sets is on the list of networks that nobody should carry", "DROP list");
        }
      }
    }
  }

  void vet_pair(const Prefix& prefix, Asn origin) {
    ++vetting_.prefixes;
    const std::size_t before = vetting_.findings.size();
    const std::string about = to_string(prefix) + " " + name(origin);
    const PathOrigin by{PathOrigin::Kind::as, origin};
    const BogonVerdict bogon = judge_bogon(world_.delegations.get(), prefix, by);
    if (bogon.special_prefix != nullptr) {
      tell(Grade::problem, about, "it is not for the public Internet: " + std::string(bogon.special_prefix->name),
           std::string(bogon.special_prefix->rule));
    }
    if (bogon.unallocated_prefix != nullptr) {
      tell(Grade::problem, about, "its registry has not given the block to anybody",
           world_.delegations->registries()[bogon.unallocated_prefix->registry]);
    }
    if (options_.drop != nullptr) {
      for (const Prefix& bad : options_.drop->prefixes) {
        if (!bad.covers(prefix) && !prefix.covers(bad)) continue;
        tell(Grade::problem, about, "it touches " + to_string(bad) + ", which nobody should carry", "DROP list");
      }
    }
    const bool agreed = vet_origin(about, prefix, by);
    vet_objects(about, prefix, by, agreed);
    const auto first = vetting_.findings.begin() + static_cast<std::ptrdiff_t>(before);
    const bool against =
        std::any_of(first, vetting_.findings.end(), [](const VetFinding& f) { return f.grade != Grade::note; });
    if (!against && (agreed || authoritative_)) ++vetting_.agreed;
    if (vetting_.findings.size() > options_.most) {
      left_out_ += vetting_.findings.size() - std::max(options_.most, before);
      vetting_.findings.resize(std::max(options_.most, before));
    }
  }

  // Whether a ROA says the same.
  bool vet_origin(const std::string& about, const Prefix& prefix, const PathOrigin& by) {
    if (world_.vrps == nullptr) return false;
    const OriginVerdict verdict = judge_origin(*world_.vrps, prefix, by);
    if (verdict.state != OriginState::invalid) return verdict.state == OriginState::valid;
    std::string what = verdict.as_zero                          ? "its holder wants nothing of it routed"
                       : verdict.reason == OriginReason::length ? "it is longer than its ROAs allow"
                                                                : "its ROAs name another AS";
    if (verdict.vrp != OriginVerdict::kNone) {
      const Vrp vrp = world_.vrps->vrp(verdict.vrp);
      what += ": " + to_string(vrp.prefix) + "-" + std::to_string(vrp.max_length) + " " + name(vrp.asn);
    }
    tell(Grade::problem, about, std::move(what), "RPKI");
    return false;
  }

  void vet_objects(const std::string& about, const Prefix& prefix, const PathOrigin& by, bool agreed) {
    authoritative_ = false;
    if (world_.irr == nullptr) return;
    const RegistryExplanation found = explain_registry(world_.irr.get(), prefix, by);
    for (const RouteObject& object : found.matching) {
      if (object.prefix != prefix) continue;
      const std::string& registry = world_.irr->registries()[object.registry];
      authoritative_ = authoritative_ || is_authoritative(registry);
      vet_age(about, registry, prefix, by.asn);
    }
    if (!authoritative_ && !agreed) {
      tell(Grade::question, about, "no ROA, and no registry in which only the holder can write, says so", "registries");
    }
    for (const RouteObject& object : found.others) {
      if (object.prefix != prefix) continue;
      const std::string& registry = world_.irr->registries()[object.registry];
      tell(is_authoritative(registry) && !agreed ? Grade::problem : Grade::question, about,
           "a route object names " + name(object.origin) + " for the same prefix", registry);
    }
  }

  void vet_age(const std::string& about, const std::string& registry, const Prefix& prefix, Asn origin) {
    if (!options_.dates) return;
    const ObjectDates dates = options_.dates(registry, prefix, origin);
    const auto last = dates.changed ? dates.changed : dates.created;
    if (last && options_.now - *last > options_.old) {
      tell(Grade::question, about, "the route object was last touched on " + day_of(*last), registry);
    }
  }

  const World& world_;
  const Asn asn_;
  const Allowed& allowed_;
  const VetOptions& options_;
  Vetting vetting_;
  std::size_t left_out_ = 0;
  bool authoritative_ = false;  // of the pair in hand: such a registry has it
};

// The value of a member of a JSON object on one line; empty: it has none.
std::string_view member_of(std::string_view line, std::string_view name) {
  const std::string quoted = "\"" + std::string(name) + "\"";
  std::size_t at = line.find(quoted);
  if (at == std::string_view::npos) return {};
  at = line.find(':', at + quoted.size());
  if (at == std::string_view::npos) return {};
  std::string_view value = trim(line.substr(at + 1));
  if (value.starts_with('"')) return value.substr(1, value.find('"', 1) - 1);
  return value.substr(0, value.find_first_of(",} "));
}

}  // namespace

std::string_view to_string(VetFinding::Grade grade) {
  switch (grade) {
    case Grade::problem: return "problem";
    case Grade::question: return "question";
    case Grade::note: return "note";
  }
  return "";
}

bool Vetting::clean() const {
  return std::ranges::none_of(findings, [](const VetFinding& finding) { return finding.grade == Grade::problem; });
}

Result<DropList> read_drop_list(std::string_view text, std::size_t& left_out) {
  DropList list;
  left_out = 0;
  while (!text.empty()) {
    const std::string_view line = trim(cut(text, '\n'));
    if (line.empty() || line.starts_with(';') || line.starts_with('#')) continue;
    const bool json = line.starts_with('{');
    if (json && !member_of(line, "type").empty()) continue;  // the list's own data
    const std::string_view word = json ? std::string_view() : trim(line.substr(0, line.find_first_of(";#")));
    const std::string_view prefix_text = json ? member_of(line, "cidr") : word;
    const std::string_view asn_text = json ? member_of(line, "asn") : word;
    if (const auto prefix = parse_prefix(prefix_text)) {
      list.prefixes.push_back(*prefix);
    } else if (const auto asn = parse_asn(asn_text)) {
      list.asns.push_back(*asn);
    } else {
      ++left_out;
    }
  }
  if (list.prefixes.empty() && list.asns.empty()) {
    return fail(ErrorKind::refused, "there is no prefix and no AS in it: this is no DROP list");
  }
  return list;
}

Vetting vet(const World& world, Asn asn, const Allowed& allowed, const VetOptions& options) {
  return Vetter(world, asn, allowed, options).vet();
}

}  // namespace fairway::filtering
