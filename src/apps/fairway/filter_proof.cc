#include "apps/fairway/filter_proof.h"

#include <algorithm>
#include <filesystem>

#include "core/report/filterconfig/targets.h"
#include "shell/feed/source.h"

namespace fairway {

namespace {

using filtering::Document;
using filtering::NeighbourPolicy;
using filtering::RouteProbe;

constexpr std::size_t kMostTold = 100;

class Prover {
 public:
  Prover(const Document& document, const reader::Configuration& configuration, const std::vector<std::string>& lacks)
      : document_(document), configuration_(configuration), lacks_(lacks) {
    find_sessions();
  }

  void ask(const RouteProbe& asked) {
    const NeighbourPolicy& policy = document_.neighbours[asked.neighbour];
    const filtering::Decision wanted = filtering::expected(document_, asked);
    const auto& clauses = asked.is_export ? policy.export_ : policy.import;
    const std::string word =
        (asked.is_export ? "export " : "") + std::string(filtering::row_of(clauses[wanted.clause].kind).name);
    if (std::ranges::find(lacks_, word) != lacks_.end()) {
      ++proof_.not_asked;
      return;
    }
    const Probe& probe = asked.route;
    const Direction direction = asked.is_export ? Direction::export_ : Direction::import;
    for (const RouterSession* session : sessions_[asked.neighbour]) {
      if (!session->family(probe.prefix.family()).active) continue;
      ++proof_.probes;
      const Decision found = configuration_.decide(*session, direction, probe);
      const bool same = wanted.accepted ? found.outcome == Outcome::accept : found.outcome == Outcome::reject;
      if (same && (!wanted.accepted || same_communities(wanted, found))) continue;
      tell(asked, policy, wanted, found, same);
    }
  }

  // The edges of what the configuration itself lists, asked of every neighbour as its own.
  void ask_edges(std::size_t most) {
    for (const reader::NamedPrefixSet& set : configuration_.prefix_sets()) {
      const std::size_t step = std::max<std::size_t>(1, set.entries.size() / std::max<std::size_t>(1, most));
      for (std::size_t i = 0; i < set.entries.size(); i += step) {
        for (const Prefix& prefix : edges(set.entries[i].range)) ask_of_owner(set.name, prefix);
      }
    }
  }

  Proof take() { return std::move(proof_); }

 private:
  void find_sessions() {
    sessions_.resize(document_.neighbours.size());
    for (std::size_t i = 0; i < document_.neighbours.size(); ++i) {
      const NeighbourPolicy& policy = document_.neighbours[i];
      for (const filtering::SessionPolicy& wanted : policy.sessions) {
        const auto sessions = configuration_.sessions();
        const auto found = std::ranges::find_if(
            sessions, [&](const RouterSession& session) { return session.remote == wanted.session.address; });
        if (found == sessions.end() || (found->remote_asn && *found->remote_asn != policy.asn)) {
          proof_.absent.push_back(policy.name + " at " + to_string(wanted.session.address));
          continue;
        }
        sessions_[i].push_back(&*found);
        ++proof_.sessions;
      }
    }
  }

  static bool same_communities(const filtering::Decision& wanted, const Decision& found) {
    if (!found.changes_known) return false;
    auto standard = wanted.communities, standard_found = found.route.communities;
    auto large = wanted.large_communities, large_found = found.route.large_communities;
    for (auto* list : {&standard, &standard_found}) std::ranges::sort(*list);
    for (auto* list : {&large, &large_found}) std::ranges::sort(*list);
    const bool last = found.route.local_pref == std::optional<std::uint32_t>(0);
    return standard == standard_found && large == large_found && last == wanted.last_resort;
  }

  void tell(const RouteProbe& asked, const NeighbourPolicy& policy, const filtering::Decision& wanted,
            const Decision& found, bool same) {
    ++proof_.differing;
    if (proof_.differences.size() == kMostTold) return;
    Proof::Difference difference;
    difference.neighbour = policy.name;
    difference.what = asked.what;
    difference.is_export = asked.is_export;
    difference.prefix = asked.route.prefix;
    const auto& clauses = asked.is_export ? policy.export_ : policy.import;
    difference.wanted = wanted.accepted ? "accept" : "reject";
    if (wanted.clause != filtering::kNone) {
      difference.wanted += " (" + std::string(filtering::row_of(clauses[wanted.clause].kind).name) + ")";
    }
    static constexpr std::string_view kOutcomes[] = {"accept", "reject", "unknown"};
    difference.found = kOutcomes[static_cast<std::size_t>(found.outcome)];
    if (same) difference.found += " with other communities or preference";
    if (!found.why.empty()) difference.found += ": " + found.why;
    difference.line = found.line;
    difference.unknown = found.outcome == Outcome::unknown;
    proof_.differences.push_back(std::move(difference));
  }

  static std::vector<Prefix> edges(const PrefixRange& range) {
    const Prefix& block = range.prefix;
    std::vector<Prefix> all{Prefix(block.address(), range.least), Prefix(block.last_address(), range.most)};
    if (range.least > 0) all.emplace_back(block.address(), range.least - 1u);
    if (range.most < address_bits(block.family())) all.emplace_back(block.last_address(), range.most + 1u);
    if (block.length() > 0) {
      const Prefix parent = block.parent(block.length() - 1);
      all.emplace_back((parent.half(0) == block ? parent.half(1) : parent.half(0)).address(), range.least);
    }
    return all;
  }

  // A list named after a neighbour is asked of that one, any other of all (a few will do: it is the same list).
  void ask_of_owner(std::string_view list, const Prefix& prefix) {
    constexpr std::size_t kFew = 4;
    std::size_t asked = 0;
    const bool owned = std::ranges::any_of(document_.neighbours,
                                           [&](const NeighbourPolicy& policy) { return belongs(list, policy.name); });
    for (std::size_t i = 0; i < document_.neighbours.size() && asked < kFew; ++i) {
      if (owned && !belongs(list, document_.neighbours[i].name)) continue;
      ++asked;
      ask_good(i, prefix);
    }
  }
  static bool belongs(std::string_view list, std::string_view neighbour) {
    const std::size_t at = list.find(neighbour);
    return at != std::string_view::npos && list.substr(at + neighbour.size()).starts_with("_");
  }

  void ask_good(std::size_t neighbour, const Prefix& prefix) {
    const NeighbourPolicy& policy = document_.neighbours[neighbour];
    RouteProbe probe{neighbour, false, {}, "edge of a list in the configuration"};
    probe.route.prefix = prefix;
    std::vector<Asn> path{policy.asn};
    for (const filtering::Clause& clause : policy.import) {
      if (clause.kind != filtering::Kind::origin || asns_of(document_, clause).ranges.empty()) continue;
      const Asn origin = asns_of(document_, clause).ranges.front().first;
      if (origin != policy.asn) path.push_back(origin);
    }
    probe.route.path = AsPath(path);
    for (const filtering::SessionPolicy& session : policy.sessions) {
      if (session.family == prefix.family()) probe.route.next_hop = session.session.address;
    }
    if (probe.route.next_hop) ask(probe);
  }

  const Document& document_;
  const reader::Configuration& configuration_;
  const std::vector<std::string>& lacks_;
  std::vector<std::vector<const RouterSession*>> sessions_;  // by neighbour
  Proof proof_;
};

}  // namespace

Proof prove(const Document& document, const World& world, const reader::Configuration& configuration,
            const filtering::ProbeOptions& options, const std::vector<std::string>& lacks) {
  Prover prover(document, configuration, lacks);
  for (const RouteProbe& probe : filtering::probes_for(document, world, options)) prover.ask(probe);
  prover.ask_edges(options.entries);
  return prover.take();
}

std::vector<std::string> lacking(reader::Dialect dialect, const Document& document) {
  std::vector<std::string> lacks;
  for (const filterconfig::Target& target : filterconfig::targets()) {
    if (dialect_of(target.name) != dialect) continue;
    for (const filterconfig::Coverage& covered : filterconfig::write(target, document).coverage) {
      if (covered.support == filterconfig::Support::unsupported) lacks.push_back(covered.what);
    }
  }
  return lacks;
}

std::optional<bool> accepted_by(const reader::Configuration& configuration, const NeighbourPolicy& policy,
                                const RouteProbe& asked) {
  std::optional<bool> accepted;
  const Probe& probe = asked.route;
  for (const RouterSession& session : configuration.sessions()) {
    const bool ours = std::ranges::any_of(policy.sessions, [&](const filtering::SessionPolicy& wanted) {
      return session.remote == wanted.session.address;
    });
    if (!ours || !session.family(probe.prefix.family()).active) continue;
    const Decision decision = configuration.decide(session, Direction::import, probe);
    if (decision.outcome == Outcome::unknown) return std::nullopt;
    accepted = accepted.value_or(true) && decision.outcome == Outcome::accept;
  }
  return accepted;
}

Result<reader::Configuration> read_configuration(const std::string& path, std::string_view language) {
  const Result<Buffer> octets = read_all(path);
  if (!octets) return fail(octets.error().kind, path + ": " + octets.error().text);
  const std::string_view text = as_text(octets->bytes());
  const auto dialect = language.empty() ? reader::guess_dialect(text) : reader::parse_dialect(language);
  if (!dialect) {
    return fail(ErrorKind::refused, path + ": in no language that is known; --dialect names it");
  }
  const auto include = [&](std::string_view name) -> std::optional<std::string> {
    const auto content = read_all((std::filesystem::path(path).parent_path() / name).string());
    if (!content) return std::nullopt;
    return std::string(as_text(content->bytes()));
  };
  auto configuration = reader::Configuration::read(text, *dialect, include);
  if (configuration) return configuration;
  Error error = configuration.error();
  error.text = path + ": line " + std::to_string(error.where) + ": " + error.text;
  return std::unexpected(std::move(error));
}

std::optional<reader::Dialect> dialect_of(std::string_view target) {
  return reader::parse_dialect(target.substr(0, target.find('-')));
}

}  // namespace fairway
