#include <algorithm>

#include "core/incident/engine_state.h"
#include "core/tables/expectation.h"

namespace fairway {
namespace {

void add_known(const Engine::State& state, PrefixId id, std::uint32_t now, std::vector<KnownOrigin>& known) {
  state.baseline.for_each_origin(id, [&](Asn origin, Since since) {
    KnownOrigin entry{state.rib.prefix(id), origin, {}, state.baseline.knows_origin(id, origin, now)};
    if (since != 0) entry.since = from_seconds(since);
    known.push_back(entry);
  });
}

void add_routes(const Engine::State& state, PrefixId id, std::vector<SeenRoute>& routes) {
  const Prefix& prefix = state.rib.prefix(id);
  const auto seen = [&](ViewId view, const Cell& cell) {
    const ViewKey& key = state.rib.key(view);
    SeenRoute route;
    route.prefix = prefix;
    route.collector = state.collectors[key.source].name;
    route.peer = key.peer;
    route.peer_asn = key.asn;
    route.full = state.views.is_full(view, prefix.family());
    const bool settling = state.watermark && *state.watermark < state.collectors[key.source].settled;
    route.state = settling ? "settling" : std::string(to_string(state.views.at(view).condition));
    if (cell.held())
      route.path = to_string(state.rib.attributes().path(state.rib.attributes().path_of(cell.attributes)));
    route.time = from_seconds(cell.time);
    routes.push_back(std::move(route));
  };
  state.rib.for_each_route(id, [&](ViewId view, std::optional<std::uint32_t>, const Cell& cell) { seen(view, cell); });
  for (std::size_t v = 0; v < state.views.size(); ++v) {
    const Cell cell = state.rib.get(ViewId{static_cast<std::uint32_t>(v)}, id);
    if (!cell.held() && cell.time != 0) seen(ViewId{static_cast<std::uint32_t>(v)}, cell);
  }
}

void remark(const Engine::State& state, const Prefix& prefix, std::vector<std::string>& remarks) {
  const std::uint32_t full = state.views.full(prefix.family());
  if (full == 0) {
    remarks.emplace_back(
        "No full table is known: whether the prefix, or one over or under it, was announced before is unknown.");
  } else if (full < 3) {
    remarks.push_back("Only " + std::to_string(full) + (full == 1 ? " view carries" : " views carry") +
                      " a full table: confidence is at most 3.");
  }
  const std::pair<bool, std::string_view> missing[] = {{state.facts.has_rpki(), "RPKI"},
                                                       {state.facts.has_irr(), "IRR"},
                                                       {state.facts.has_aspas(), "ASPA"},
                                                       {state.facts.knows_relationships(), "AS relationships"},
                                                       {state.facts.has_organisations(), "organisations"}};
  std::string list;
  for (const auto& [there, name] : missing) {
    if (!there) list += (list.empty() ? "" : ", ") + std::string(name);
  }
  if (!list.empty()) remarks.push_back("Not loaded, so unknown: " + list + ".");
}

}  // namespace

Explanation Engine::explain(const Prefix& prefix) const {
  const State& state = *state_;
  Explanation e;
  e.prefix = prefix;
  e.at = watermark();
  const auto now = static_cast<std::uint32_t>(std::max<std::int64_t>(e.at.whole_seconds(), 1));
  const TableId table = table_of(prefix.family(), Safi::unicast);
  const PrefixTable& prefixes = state.rib.prefixes(table);
  constexpr std::size_t kMost = 256;  // of prefixes under it
  std::optional<PrefixId> above;
  prefixes.covering(prefix, [&](std::uint32_t index) {
    if (prefixes.prefix(index) == prefix) return;
    above = PrefixId(table, index);
    add_known(state, *above, now, e.known);
  });
  std::size_t under = 0;
  prefixes.under(prefix, [&](std::uint32_t index) {
    add_known(state, PrefixId(table, index), now, e.known);
    add_routes(state, PrefixId(table, index), e.routes);
    return ++under < kMost;
  });
  if (under == kMost) e.remarks.emplace_back("Of the prefixes under it only the first 256 are shown.");
  if (under == 0 && above) add_routes(state, *above, e.routes);
  e.suspicions = state.book.suspicions();
  e.judged = state.watched_judged;
  e.not_judged = state.watched_not_judged;
  remark(state, prefix, e.remarks);
  return e;
}

}  // namespace fairway
