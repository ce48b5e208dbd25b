#include "core/actions/filtering/audit.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/tables/bogon.h"
#include "core/tables/peerlock.h"

namespace fairway::filtering {

namespace {

constexpr std::size_t kMostLikely = 2000;  // routes that are tried until one is let in
constexpr std::size_t kMostNamed = 4;      // examples in a finding
constexpr Asn kSomebody{25152};

// Blocks of root name servers: nobody's customer announces them.
constexpr std::string_view kForeign[2][3] = {{"193.0.14.0/24", "198.41.0.0/24", "192.112.36.0/24"},
                                             {"2001:7fd::/32", "2001:503:c27::/48", "2001:500:12::/48"}};

class Auditor {
 public:
  Auditor(const AuditedRouter& router, const AuditedSession& session) : router_(router), session_(session) {}

  std::vector<AuditFinding> run() {
    const RouterSession& facts = *session_.facts;
    for (const Family family : {Family::ipv4, Family::ipv6}) {
      if (facts.family(family).active) one_family(family);
    }
    finding(AuditCheck::gtsm, facts.gtsm, facts.line, "");
    finding(AuditCheck::authentication, facts.authentication, facts.line, "");
    if (session_.role != Role::sibling) {
      finding(AuditCheck::role, facts.local_role.has_value(), facts.line, "");
    }
    std::ranges::stable_sort(findings_, {}, &AuditFinding::check);
    return std::move(findings_);
  }

 private:
  bool role_is(std::initializer_list<Role> roles) const {
    return session_.role && std::ranges::find(roles, *session_.role) != roles.end();
  }

  void add(AuditCheck check, AuditState state, std::uint32_t line, std::string fact) {
    findings_.push_back({.check = check,
                         .family = family_,
                         .state = state,
                         .required = is_required(check, session_.role),
                         .line = line,
                         .fact = std::move(fact)});
  }
  // Of a fact, not of a probe.
  void finding(AuditCheck check, bool fine, std::uint32_t line, std::string fact) {
    const auto family = family_;
    if (check == AuditCheck::gtsm || check == AuditCheck::authentication || check == AuditCheck::role) family_.reset();
    add(check, fine ? AuditState::filtered : AuditState::open, line, std::move(fact));
    family_ = family;
  }

  AsPath path(std::initializer_list<Asn> behind = {}) const {
    std::vector<Asn> asns;
    if (session_.facts->remote_asn) asns.push_back(*session_.facts->remote_asn);
    for (const Asn asn : behind) asns.push_back(asn);
    if (asns.empty()) asns.push_back(kSomebody);
    return AsPath(asns);
  }

  Prefix foreign(Family family) const {
    const auto& blocks = kForeign[family == Family::ipv4 ? 0 : 1];
    for (const std::string_view text : blocks) {
      const Prefix prefix = *parse_prefix(text);
      const auto known = [&](const Prefix& other) { return other.covers(prefix) && other.length() > 1; };
      if (std::ranges::none_of(router_.likely_prefixes, known)) return prefix;
    }
    return *parse_prefix(blocks[0]);
  }

  // Asks with several spoilt routes; each should be refused.
  struct Spoilt {
    Probe probe;
    std::string name;
  };
  void refuses(AuditCheck check, Direction direction, const std::vector<Spoilt>& probes) {
    std::size_t passed = 0, unclear = 0;
    std::string names;
    fairway::Decision last_refusal, first_pass, first_unclear;
    for (const Spoilt& spoilt : probes) {
      fairway::Decision decision = session_.ask(direction, spoilt.probe);
      if (decision.outcome == Outcome::accept) {
        if (passed++ == 0) first_pass = decision;
        if (passed <= kMostNamed) names.append(names.empty() ? "" : ", ").append(spoilt.name);
      } else if (decision.outcome == Outcome::unknown) {
        if (unclear++ == 0) first_unclear = std::move(decision);
      } else {
        last_refusal = std::move(decision);
      }
    }
    if (passed > 0) {
      if (passed > kMostNamed) names += " and " + std::to_string(passed - kMostNamed) + " more";
      add(check, AuditState::open, first_pass.line, names + (passed == 1 ? " passes" : " pass"));
    } else if (unclear > 0) {
      add(check, AuditState::unknown, first_unclear.line, first_unclear.why);
    } else if (!probes.empty()) {
      add(check, AuditState::filtered, last_refusal.line, last_refusal.why);
    }
  }

  // A route that the session lets in, to be spoilt; nothing: none was found.
  std::optional<Probe> fine_route(Family family) const {
    Probe probe;
    probe.origin = Validation::valid;
    probe.providers = Validation::valid;
    std::size_t tried = 0;
    const auto let_in = [&](const Prefix& prefix, AsPath path) {
      probe.prefix = prefix;
      probe.path = std::move(path);
      ++tried;
      return session_.ask(Direction::import, probe).outcome == Outcome::accept;
    };
    if (let_in(foreign(family), path({kSomebody}))) return probe;
    for (const Prefix& prefix : router_.likely_prefixes) {
      if (prefix.family() != family || tried > kMostLikely) continue;
      if (let_in(prefix, path())) return probe;
      for (const Asn origin : router_.likely_origins) {
        if (tried > kMostLikely) break;
        if (origin != session_.facts->remote_asn && bogon_asn(origin) == nullptr && let_in(prefix, path({origin}))) {
          return probe;
        }
      }
    }
    return std::nullopt;
  }

  void one_family(Family family) {
    family_ = family;
    const SessionFamily& facts = session_.facts->family(family);
    Probe neutral{.prefix = foreign(family), .path = path({kSomebody})};
    neutral.origin = Validation::valid;
    policy(AuditCheck::import_policy, Direction::import, facts, neutral);
    prefixes(family, neutral);
    attributes(family);
    if (session_.role != Role::sibling) {
      finding(AuditCheck::max_prefix, facts.max_prefix.has_value(), facts.max_prefix_line,
              facts.max_prefix ? std::to_string(*facts.max_prefix) : "no limit");
    }
    policy(AuditCheck::export_policy, Direction::export_, facts, neutral);
    exports(family, neutral);
    family_.reset();
  }

  void policy(AuditCheck check, Direction direction, const SessionFamily& facts, const Probe& neutral) {
    const fairway::SessionPolicy& policy = facts.policy(direction);
    if (policy.present) return finding(check, true, policy.line, policy.name.empty() ? "in place" : policy.name);
    const fairway::Decision decision = session_.ask(direction, neutral);
    const AuditState state = decision.outcome == Outcome::accept   ? AuditState::open
                             : decision.outcome == Outcome::reject ? AuditState::filtered
                                                                   : AuditState::unknown;
    add(check, state, decision.line, "no policy: " + decision.why);
  }

  std::vector<Spoilt> bogons(Family family, const Probe& neutral) const {
    std::vector<Spoilt> probes;
    for (const BogonPrefix& row : bogon_prefixes()) {
      if (row.prefix.family() != family || row.announced == BogonPrefix::Announced::freely) continue;
      // The block, and a route of ordinary length in it, which a filter of lengths would not catch.
      const unsigned ordinary = family == Family::ipv4 ? 24 : 48;
      for (const unsigned length : {row.prefix.length(), ordinary}) {
        if (length < row.prefix.length()) continue;
        if (length == row.prefix.length() && row.announced == BogonPrefix::Announced::itself) continue;
        const Prefix block(row.prefix.address(), length);
        if (!probes.empty() && probes.back().probe.prefix == block) continue;
        if (bogon_prefix(block) == nullptr) continue;
        Probe probe = neutral;
        probe.prefix = block;
        probes.push_back({probe, to_string(block)});
      }
    }
    return probes;
  }

  void prefixes(Family family, const Probe& neutral) {
    const auto with = [&](const Prefix& prefix) {
      Probe probe = neutral;
      probe.prefix = prefix;
      return Spoilt{std::move(probe), to_string(prefix)};
    };
    refuses(AuditCheck::bogon_prefix, Direction::import, bogons(family, neutral));
    if (router_.network != nullptr) {
      std::vector<Spoilt> own;
      for (const OwnPrefix& mine : router_.network->network().prefixes) {
        if (mine.prefix.family() != family || mine.ignore) continue;
        if (session_.facts->remote_asn && std::ranges::binary_search(mine.origins, *session_.facts->remote_asn))
          continue;
        own.push_back(with(mine.prefix));
        if (mine.prefix.length() < (family == Family::ipv4 ? 24u : 48u)) own.push_back(with(mine.prefix.half(1)));
      }
      refuses(AuditCheck::own_prefix, Direction::import, own);
    }
    if (!role_is({Role::provider, Role::sibling})) {  // a provider may be asked for a default route
      refuses(AuditCheck::default_route, Direction::import, {with(Prefix(family, 0, 0, 0))});
    }
    const Prefix block = foreign(family);
    const unsigned longest = family == Family::ipv4 ? 24 : 48;
    refuses(AuditCheck::prefix_length, Direction::import,
            {with(Prefix(block.address(), longest + 1)), with(Prefix::host(block.address()))});
    if (role_is({Role::customer, Role::rs_client, Role::peer})) {
      refuses(AuditCheck::registered_only, Direction::import, {with(block)});
    }
    Spoilt blackhole = with(Prefix::host(block.address()));
    blackhole.probe.communities = {kBlackhole};
    blackhole.name += " with BLACKHOLE";
    refuses(AuditCheck::foreign_blackhole, Direction::import, {blackhole});
  }

  void attributes(Family family) {
    const auto fine = fine_route(family);
    const auto check = [&](AuditCheck which, std::vector<Spoilt> probes) {
      if (fine) return refuses(which, Direction::import, probes);
      add(which, AuditState::unknown, 0, "no route was found that the session lets in");
    };
    const auto spoilt = [&](std::string name, auto change) {
      Probe probe = fine.value_or(Probe{});
      change(probe);
      return Spoilt{std::move(probe), std::move(name)};
    };
    // The path with something behind the neighbour and before the origin.
    const auto through = [&](Asn asn) {
      std::vector<Asn> asns;
      if (fine) asns.assign(fine->path.asns().begin(), fine->path.asns().end());
      if (asns.size() == 1) asns.push_back(asns[0]);
      asns.insert(asns.begin() + (asns.empty() ? 0 : 1), asn);
      return AsPath(asns);
    };
    std::vector<Spoilt> probes;
    for (const BogonAsn& row : bogon_asns()) {
      for (const Asn asn : {row.first, row.last}) {
        if (asn == session_.facts->remote_asn || asn == session_.facts->local_asn) continue;
        if (row.first == row.last && asn.value == row.last.value && !probes.empty() &&
            probes.back().name == "AS" + to_string(asn)) {
          continue;
        }
        probes.push_back(spoilt("AS" + to_string(asn), [&](Probe& probe) { probe.path = through(asn); }));
      }
    }
    check(AuditCheck::bogon_asn, probes);
    check(AuditCheck::as_set, {spoilt("an AS_SET", [&](Probe& probe) {
            const Asn origin = probe.path.empty() ? kSomebody : probe.path.asns().back();
            probe.path.add(SegmentType::set, std::array{origin});
          })});
    check(AuditCheck::long_path, {spoilt("a path of 101 ASNs", [&](Probe& probe) {
            const Asn first = probe.path.empty() ? kSomebody : probe.path.asns().front();
            std::vector<Asn> asns(probe.path.asns().begin(), probe.path.asns().end());
            asns.insert(asns.begin(), 101 - std::min<std::size_t>(asns.size(), 100), first);
            probe.path = AsPath(asns);
          })});
    if (role_is({Role::customer, Role::peer, Role::rs_client})) {
      probes.clear();
      for (const Asn asn : transit_free_networks()) {
        if (asn == session_.facts->remote_asn) continue;
        probes.push_back(spoilt("AS" + to_string(asn), [&](Probe& probe) { probe.path = through(asn); }));
      }
      const auto remote = session_.facts->remote_asn;
      if (!remote || !std::ranges::binary_search(transit_free_networks(), *remote))
        check(AuditCheck::transit_free, probes);
    }
    if (session_.role != Role::rs && session_.facts->remote_asn) {  // route servers do not put themselves into paths
      check(AuditCheck::first_as,
            {spoilt("a path without AS" + to_string(*session_.facts->remote_asn), [&](Probe& probe) {
              probe.path = AsPath(std::array{kSomebody, probe.path.empty() ? kSomebody : probe.path.asns().back()});
            })});
    }
    check(AuditCheck::rov_invalid,
          {spoilt("an invalid route", [](Probe& probe) { probe.origin = Validation::invalid; })});
    const bool invalid_refused = fine && !findings_.empty() && findings_.back().check == AuditCheck::rov_invalid &&
                                 findings_.back().state == AuditState::filtered;
    finding(AuditCheck::rov_source, router_.validates, router_.validates_line,
            router_.validates ? "" : "no RTR session");
    if (invalid_refused) {
      const SessionFamily& facts = session_.facts->family(family);
      finding(AuditCheck::keep_rejected, facts.keeps_rejected, facts.import.line, "");
    }
    if (fine) drains(*fine);
  }

  void drains(Probe probe) {
    probe.communities.push_back(kGracefulShutdown);
    const fairway::Decision decision = session_.ask(Direction::import, probe);
    if (decision.outcome == Outcome::reject) return;
    if (decision.outcome == Outcome::unknown || !decision.changes_known) {
      return add(AuditCheck::graceful_shutdown, AuditState::unknown, decision.line, decision.why);
    }
    finding(AuditCheck::graceful_shutdown, decision.route.local_pref == 0u, decision.line, "");
  }

  void exports(Family family, const Probe& neutral) {
    refuses(AuditCheck::export_bogon, Direction::export_, bogons(family, neutral));
    if (role_is({Role::customer, Role::rs_client, Role::sibling})) return;  // they may be sent everything
    if (!session_.role) {
      add(AuditCheck::export_foreign, AuditState::unknown, 0, "what the neighbour is to this network is not known");
      return;
    }
    refuses(AuditCheck::export_foreign, Direction::export_, {{neutral, to_string(neutral.prefix)}});
    std::vector<Spoilt> probes;
    for (const AuditedSession& other : router_.sessions) {
      if (other.facts == session_.facts || other.facts->internal || !other.facts->family(family).active) continue;
      if (other.role != Role::provider && other.role != Role::peer && other.role != Role::rs) continue;
      Probe probe = neutral;
      probe.path = AsPath(std::array{other.facts->remote_asn.value_or(kSomebody), kSomebody});
      const fairway::Decision learned = other.ask(Direction::import, probe);
      if (learned.outcome == Outcome::accept) probe = learned.route;
      probe.learned_from = other.facts->name;
      probes.push_back({std::move(probe), "a route of " + other.facts->name});
    }
    refuses(AuditCheck::export_leak, Direction::export_, probes);
  }

  const AuditedRouter& router_;
  const AuditedSession& session_;
  std::optional<Family> family_;
  std::vector<AuditFinding> findings_;
};

}  // namespace

std::vector<AuditFinding> audit(const AuditedRouter& router, const AuditedSession& session) {
  if (session.facts->internal) return {};
  return Auditor(router, session).run();
}

}  // namespace fairway::filtering
