#include "apps/fairway/expand_source.h"

#include <algorithm>

#include "core/tables/irr.h"
#include "core/tables/irr_expand.h"
#include "core/tables/irr_rpki.h"
#include "shell/config/registries.h"

namespace fairway {

namespace {

// Which route-set holds a prefix that no route object brought.
std::uint32_t holder_of(const Expansion& expansion, const SetTable& sets, const Prefix& prefix) {
  for (std::uint32_t i = 0; i < expansion.sets.size(); ++i) {
    if (expansion.sets[i].id == SetTable::kNone) continue;
    const auto held = sets.prefixes(expansion.sets[i].id);
    if (std::any_of(held.begin(), held.end(), [&](const auto& member) { return member.prefix == prefix; })) return i;
  }
  return kNoSet;
}

class LocalAnswer {
 public:
  LocalAnswer(const World& world, const SetQuery& query) : world_(world), query_(query) {
    options_.sources = query.sources;
    options_.depth = query.depth;
    options_.except = query.except;
    options_.allow_private = query.allow_special;
    options_.most_asns = query.most_asns;
    options_.most_prefixes = query.most_prefixes;
    std::vector<std::string> objects = query.sets;
    objects.insert(objects.end(), query.route_sets.begin(), query.route_sets.end());
    for (const Asn asn : query.asns) objects.push_back("AS" + to_string(asn));
    expansion_ = expand_asns(world, objects, options_);
  }

  Result<SetAnswer> answer() {
    take_findings();
    if (cut_off_) return fail(ErrorKind::refused, "there is more in these sets than could be meant: no list is made");
    for (const ExpandedAsn& found : expansion_.asns) {  // sorted; one AS with several ranges stands several times
      if (!answer_.asns.empty() && answer_.asns.back() == found.asn) continue;
      answer_.asns.push_back(found.asn);
      if (query_.provenance) answer_.asn_via.push_back(found.via);
    }
    if (query_.provenance) {
      for (const ExpandedSet& set : expansion_.sets) {
        answer_.sets.push_back({set.source.empty() ? set.name : set.source + "::" + set.name, set.via});
      }
    }
    if (query_.prefixes || query_.routed_only) {
      if (query_.ipv4) {
        if (const auto taken = take_prefixes(Family::ipv4); !taken) return std::unexpected(taken.error());
      }
      if (query_.ipv6) {
        if (const auto taken = take_prefixes(Family::ipv6); !taken) return std::unexpected(taken.error());
      }
    }
    if (query_.routed_only) leave_out_silent();
    return std::move(answer_);
  }

 private:
  void take_findings() {
    for (const SetFinding& finding : expansion_.findings) {
      cut_off_ = cut_off_ || finding.kind == SetFinding::Kind::too_many;
      if (finding.kind == SetFinding::Kind::missing && finding.where.empty()) {
        answer_.missing.push_back(finding.what);
      } else {
        answer_.remarks.push_back(std::string(to_string(finding.kind)) + ": " + finding.where +
                                  (finding.where.empty() ? "" : ": ") + finding.what);
      }
    }
  }

  Result<void> take_prefixes(Family family) {
    auto prefixes = expand_prefixes(world_, expansion_, family, options_);
    if (!prefixes) return std::unexpected(prefixes.error());
    for (const ExpandedPrefix& found : *prefixes) {
      if (found.object != kMember) routed_.push_back(found.origin);
      if (!query_.prefixes) continue;
      answer_.ranges.push_back({found.prefix, found.least, found.most});
      if (query_.provenance) answer_.origins.push_back(origin_of(found));
    }
    return {};
  }

  SetAnswer::Origin origin_of(const ExpandedPrefix& found) const {
    if (found.object == kMember) return {Asn{}, holder_of(expansion_, *world_.sets, found.prefix), {}};
    if (found.object == kRoa) return {found.origin, kNoSet, std::string(kRpkiSource)};
    return {found.origin, kNoSet, world_.irr->registries()[world_.irr->objects()[found.object].registry]};
  }

  void leave_out_silent() {
    std::sort(routed_.begin(), routed_.end());
    std::vector<std::uint32_t> via;
    std::vector<Asn> asns;
    for (std::size_t i = 0; i < answer_.asns.size(); ++i) {
      if (!std::binary_search(routed_.begin(), routed_.end(), answer_.asns[i])) continue;
      asns.push_back(answer_.asns[i]);
      if (query_.provenance) via.push_back(answer_.asn_via[i]);
    }
    answer_.asns = std::move(asns);
    answer_.asn_via = std::move(via);
  }

  const World& world_;
  const SetQuery& query_;
  ExpandOptions options_;
  Expansion expansion_;
  SetAnswer answer_;
  std::vector<Asn> routed_;
  bool cut_off_ = false;  // a limit was reached
};

}  // namespace

std::expected<SetAnswer, ExitCode> answer_from_registries(const WorldOptions& known, const SetQuery& query,
                                                          Output& err) {
  const auto loaded = load_world(known, "expand", err);
  if (!loaded) return std::unexpected(loaded.error());
  World world = *loaded->world;
  if (!world.irr && !world.sets) {
    err.line("fairway expand: there is no registry at hand: --irr FILE, or -h HOST to ask a whois server");
    return std::unexpected(ExitCode::failure);
  }
  config::join_rpki(world, known.keep_invalid);
  auto answer = LocalAnswer(world, query).answer();
  if (answer) return *std::move(answer);
  err.line("fairway expand: " + answer.error().text);
  return std::unexpected(ExitCode::refused);
}

}  // namespace fairway
