// uses: core/incident core/tables core/model base
//
// Any sequence of routes, sessions and gaps: the same incidents when it is played again; each id opens once, clears
// only while open, reopens only when cleared; time does not go back; the weights of the evidence add up to the
// confidence, which few full views cap.
#include <cstdint>
#include <cstdlib>
#include <map>
#include <vector>

#include "core/incident/engine.h"
#include "core/incident/engine_state.h"
#include "core/tables/aspa.h"
#include "core/tables/vrp.h"
#include "core/tables/world.h"
#include "hold.h"

namespace {

using namespace fairway;

class Witness final : public IncidentSink {
 public:
  void on_transition(Transition transition, Instant at, const Incident& incident) override {
    hold(at >= last_);
    last_ = at;
    const bool known = open_.contains(incident.id);
    switch (transition) {
      case Transition::opened: hold(!known); break;
      case Transition::changed: hold(known && open_[incident.id]); break;
      case Transition::cleared: hold(known && open_[incident.id]); break;
      case Transition::reopened: hold(known && !open_[incident.id]); break;
    }
    open_[incident.id] = transition != Transition::cleared;
    hold((incident.state == IncidentState::open) == open_[incident.id]);
    hold(incident.cleared.has_value() == (transition == Transition::cleared));
    hold(incident.opened <= at && (!incident.cleared || *incident.cleared >= incident.opened));
    hold(!incident.prefixes.empty() && !incident.evidence.empty() && incident.confidence >= 1);
    int sum = 0;
    for (const Evidence& evidence : incident.evidence) sum += evidence.weight;
    hold(sum == incident.confidence);
    if (incident.views_full < 3) hold(incident.confidence <= 3);
    told.emplace_back(transition, at, incident);
  }
  std::vector<std::tuple<Transition, Instant, Incident>> told;

 private:
  Instant last_{INT64_MIN};
  std::map<std::string, bool> open_;
};

World world() {
  World world;
  world.vrps = std::make_shared<const VrpTable>(
      VrpTable::build({{*parse_prefix("10.0.0.0/16"), 24, Asn{101}}, {*parse_prefix("11.0.0.0/16"), 16, Asn{102}}}));
  world.aspas = std::make_shared<const AspaTable>(AspaTable::build({{Asn{101}, {Asn{7}}}}));
  return world;
}

// What is counted as routes come and go is what a count of all of them gives.
void recount(const Engine::State& state) {
  for (const TableId table : {TableId::ipv4_unicast, TableId::ipv6_unicast}) {
    state.rib.prefixes(table).under(Prefix(table == TableId::ipv4_unicast ? Family::ipv4 : Family::ipv6, 0, 0, 0),
                                    [&](std::uint32_t index) {
                                      const PrefixId id(table, index);
                                      std::uint32_t held = 0;
                                      for (std::size_t v = 0; v < state.views.size(); ++v) {
                                        const ViewId view{static_cast<std::uint32_t>(v)};
                                        held += state.views.is_full(view, state.rib.prefix(id).family()) &&
                                                (state.rib.get(view, id).held() || state.rib.more_paths(view, id) != 0);
                                      }
                                      hold(state.baseline.memory(id).held_full == held);
                                      return true;
                                    });
  }
}

void play(const World& world, const std::uint8_t* data, std::size_t size, Witness& witness) {
  Plan plan{data, data + size};
  EngineOptions options;
  options.reorigination_victims = 3;
  options.internal_burst = 4;
  Engine engine(world, options, witness);
  const SourceId sources[] = {engine.source("rrc00"), engine.source("rrc01")};
  std::int64_t now = 1'400'000'000;
  while (plan.at != plan.end) {
    const unsigned what = plan.next(), who = plan.next();
    const SourceId source = sources[who & 1];
    RouteEvent event;
    now += what >> 5 == 7 ? plan.next() * 40 : what >> 5;
    event.time = from_seconds(now - (what & 16 && who & 128 ? 5 : 0));
    event.peer = {IpAddress::ipv4(who >> 1 & 7), Asn{static_cast<std::uint32_t>(50 + (who >> 1 & 7))}};
    const unsigned where = plan.next();
    event.prefix = Prefix(Family::ipv4, std::uint64_t{10 + (where & 1)} << 56 | std::uint64_t{where >> 1 & 7} << 45, 0,
                          8 + (where >> 4) % 3 * 8);
    if (where & 128 && who & 64) event.path_id = where & 1;
    Attributes attributes;
    const unsigned path = plan.next();
    const Asn asns[] = {event.peer.asn, {7 + (path & 3)}, {100 + (path >> 2 & 15)}};
    attributes.as_path.add(path & 64 ? SegmentType::set : SegmentType::sequence,
                           std::span(asns).first(path & 128 ? 2 : 3));
    switch (what & 15) {
      case 0:
      case 1: event.kind = EventKind::rib; break;
      case 2:
      case 3: event.kind = EventKind::withdraw; break;
      case 4:
        event.kind = EventKind::state;
        event.old_state = path & 1 ? 6 : 3;
        event.new_state = path & 1 ? 1 : 6;
        break;
      case 5: engine.end_of_table(source); continue;
      case 6: engine.gap(source, event.time, event.time + seconds(path)); continue;
      case 7: engine.learn_until(source, event.time + seconds(path)); continue;
      case 8: engine.advance(event.time + seconds(path * 10)); continue;
      default: event.kind = EventKind::announce; break;
    }
    if (event.kind == EventKind::rib || event.kind == EventKind::announce) event.attributes = &attributes;
    engine.apply(source, event);
  }
  engine.advance(from_seconds(now + 400));
  engine.finish();
  recount(engine.state());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const World kWorld = world();
  Witness once, again;
  play(kWorld, data, size, once);
  play(kWorld, data, size, again);
  hold(once.told == again.told);
  return 0;
}
