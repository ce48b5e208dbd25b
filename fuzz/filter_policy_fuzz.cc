// uses: core/report/filterconfig core/report/routerconfig core/wire/routerconfig core/actions/filtering core/filter
// core/verdict core/tables core/model base
//
// Whatever a network announces and its neighbours may announce: what is written for BIRD, OpenBGPD and FRR, read back
// by readers that share nothing with the writers, decides about every probe as the document does. What a target says it
// lacks is not asked.
#include <algorithm>

#include "core/actions/filtering/compose.h"
#include "core/actions/filtering/probes.h"
#include "core/model/aggregate.h"
#include "core/report/filterconfig/targets.h"
#include "core/wire/routerconfig/configuration.h"
#include "hold.h"

using namespace fairway;
using namespace fairway::filtering;

namespace {

// Ranges in 5.0.0.0/8 or 2a00::/12, as registries have them: exact prefixes and some ranges.
std::vector<PrefixRange> ranges(Plan& plan, Family family) {
  std::vector<PrefixRange> all;
  const unsigned shortest = family == Family::ipv4 ? 12 : 20, longest = family == Family::ipv4 ? 24 : 48;
  for (unsigned count = plan.next() % 6; count != 0; --count) {
    const std::uint64_t bits = std::uint64_t{plan.next()} << 8 | plan.next();
    const unsigned length = shortest + plan.next() % (longest - shortest + 1);
    const Prefix block = family == Family::ipv4 ? Prefix(Family::ipv4, (0x05000000ull << 32) | bits << 40, 0, length)
                                                : Prefix(Family::ipv6, (0x2a00ull << 48) | bits << 32, 0, length);
    const unsigned least = length + plan.next() % (longest - length + 1);
    const unsigned most = least + plan.next() % (longest - least + 1);
    all.push_back({block, static_cast<std::uint8_t>(least), static_cast<std::uint8_t>(most)});
  }
  return fewest_ranges(all);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Plan plan{data, data + size};
  Network network;
  network.asns = {Asn{64500}};
  for (const Family family : {Family::ipv4, Family::ipv6}) {
    for (const PrefixRange& range : ranges(plan, family)) {
      network.prefixes.push_back({.prefix = range.prefix, .origins = {Asn{64500}}, .max_length = range.most});
    }
  }
  static constexpr Role kRoles[] = {Role::customer, Role::provider, Role::peer, Role::rs, Role::sibling};
  std::vector<Allowed> allowed;
  for (std::uint32_t i = 0; i < 3; ++i) {
    Neighbour neighbour;
    neighbour.asn = Asn{3000 + i};
    neighbour.role = kRoles[plan.next() % std::size(kRoles)];
    neighbour.blackhole = plan.next() % 2 == 0;
    neighbour.sessions = {{.address = IpAddress::ipv4(0x0A000002 + 256 * i)}};
    if (plan.next() % 2 == 0) neighbour.sessions.push_back({.address = IpAddress::ipv6(0xFD00ull << 48, i + 2)});
    Allowed made;
    if (neighbour.role == Role::customer || (neighbour.role == Role::peer && plan.next() % 2 == 0)) {
      neighbour.as_sets = {"AS-X"};
      made.objects = {"AS-X"};
      made.ranges = {ranges(plan, Family::ipv4), ranges(plan, Family::ipv6)};
      made.origins = {{neighbour.asn, neighbour.asn}};
      if (plan.next() % 2 == 0) made.origins.push_back({Asn{3400}, Asn{3400 + plan.next() % 3}});
      for (const auto& family : made.ranges) {
        for (const PrefixRange& range : family) made.pairs.push_back({range.prefix, neighbour.asn});
      }
      std::ranges::sort(made.pairs);
      made.pairs.erase(std::ranges::unique(made.pairs).begin(), made.pairs.end());
    }
    network.neighbours.push_back(std::move(neighbour));
    allowed.push_back(std::move(made));
  }
  const World world;
  const auto document = compose(network, world, allowed, {});
  hold(document.has_value(), "a network with roles has a document");
  const auto probes = probes_for(*document, world, {.entries = 8});
  for (const auto& [name, dialect] : {std::pair{"bird", reader::Dialect::bird2},
                                      {"openbgpd", reader::Dialect::openbgpd},
                                      {"frr", reader::Dialect::frr}}) {
    const auto made = filterconfig::write(*filterconfig::find_target(name), *document);
    const auto configuration = reader::Configuration::read(made.text, dialect);
    hold(configuration.has_value(), "what was written can be read");
    for (const RouteProbe& probe : probes) {
      const NeighbourPolicy& neighbour = document->neighbours[probe.neighbour];
      const filtering::Decision wanted = expected(*document, probe);
      const auto& clauses = probe.is_export ? neighbour.export_ : neighbour.import;
      if (clauses[wanted.clause].kind == Kind::aspa) continue;
      for (const RouterSession& session : configuration->sessions()) {
        if (session.remote_asn != neighbour.asn || !session.family(probe.route.prefix.family()).active) continue;
        const auto found =
            configuration->decide(session, probe.is_export ? Direction::export_ : Direction::import, probe.route);
        if (found.outcome == (wanted.accepted ? Outcome::accept : Outcome::reject)) continue;
        std::fprintf(stderr, "%s: %s %s of %s: %s, line %u: %s\n", name, probe.what.c_str(),
                     to_string(probe.route.prefix).c_str(), neighbour.name.c_str(),
                     std::string(row_of(clauses[wanted.clause].kind).name).c_str(), found.line, found.why.c_str());
        hold(false, "the configuration decides as the document does");
      }
    }
  }
  return 0;
}
