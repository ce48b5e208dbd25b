#include <fmt/format.h>

#include <algorithm>

#include "core/incident/incident.h"
#include "shell/scenario/scenario.h"

namespace fairway::scenario {

namespace {

using config::Fields;
using config::Node;
using config::Problem;

constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kMaxRoutes = 200'000;  // of the table and the events, over all views

std::vector<AsPath> paths_of(const Fields& fields, std::string_view key) {
  std::vector<AsPath> paths;
  for (const std::string& text : fields.texts(key)) paths.push_back(parse_as_path(text).value_or(AsPath()));
  return paths;
}

// Scenarios are read in one pass: facts become values, and what the types of the keys cannot say is checked on the way.
class Reader {
 public:
  explicit Reader(const Node& tree) : top_(tree) {}

  Result<Scenario> read() {
    scenario_.name = top_.text("name");
    scenario_.title = top_.text("title");
    scenario_.summary = top_.text("summary");
    scenario_.collector = top_.text("collector");
    scenario_.start = top_.instant("start").value_or(Instant());
    scenario_.end = top_.instant("end").value_or(Instant());
    if (scenario_.end <= scenario_.start || scenario_.end - scenario_.start > days(7)) {
      complain(*top_.node().find("end"), "the end must be after the start, by at most seven days");
    }
    for (const Fields& map : top_.maps("sources"))
      scenario_.sources.push_back({map.text("id"), map.text("title"), map.text("url")});
    read_background();
    for (const Fields& map : top_.maps("views")) read_view(map);
    for (const Fields& map : top_.maps("names")) {
      scenario_.names.push_back(
          {map.asn("asn").value_or(Asn()), map.text("name"), map.text("organisation"), map.text("country"), mark(map)});
    }
    for (const Fields& map : top_.maps("relationships")) read_relationship(map);
    for (const Fields& map : top_.maps("table"))
      scenario_.table.push_back({map.prefixes("prefixes"), route(map), mark(map)});
    for (const Fields& map : top_.maps("events")) read_event(map);
    for (const Fields& map : top_.maps("then")) scenario_.then = tables(map);
    for (const Fields& map : top_.maps("now")) scenario_.now = tables(map);
    for (const Fields& map : top_.maps("expected")) read_expected(map);
    if (routes_ > kMaxRoutes) complain(top_.node(), fmt::format("more than {} routes", kMaxRoutes));
    if (!problems_.empty()) return config::refuse(problems_);
    return std::move(scenario_);
  }

 private:
  void complain(const Node& node, std::string text) { problems_.push_back({node.line, node.column, std::move(text)}); }

  Mark mark(const Fields& map) {
    Mark mark{map.text("source"), map.flag("recalled"), map.flag("synthetic"), map.text("note")};
    if (!mark.source.empty() + mark.recalled + mark.synthetic != 1) {
      complain(map.node(), "a fact needs exactly one of source, recalled, synthetic");
    } else if (!mark.source.empty() && std::none_of(scenario_.sources.begin(), scenario_.sources.end(),
                                                    [&](const Source& source) { return source.id == mark.source; })) {
      complain(*map.node().find("source"), fmt::format("there is no source '{}'", mark.source.substr(0, 60)));
    }
    return mark;
  }

  void read_background() {
    for (const Fields& map : top_.maps("background")) {
      Background& background = scenario_.background;
      background.prefixes = map.number("prefixes").value_or(0);
      background.pool = map.prefix("pool").value_or(Prefix());
      background.tops = map.asns("tops");
      background.interval = map.number("interval").value_or(0);
      background.seed = map.number("seed").value_or(0);
      const unsigned bits = background.pool.family() == Family::ipv4 ? 20 : 40;
      const unsigned length = background.pool.length();
      if (length > bits || (bits - length < 20 && background.prefixes > 1u << (bits - length))) {
        complain(*map.node().find("pool"), "the pool is too small for so many prefixes");
      }
    }
  }

  void read_view(const Fields& map) {
    View view;
    const AsPath chain = parse_as_path(map.text("chain")).value_or(AsPath());
    view.chain.assign(chain.asns().begin(), chain.asns().end());
    view.mark = mark(map);
    const auto& tops = scenario_.background.tops;
    if (!chain.is_plain() || std::find(tops.begin(), tops.end(), view.chain.back()) == tops.end()) {
      complain(*map.node().find("chain"), "a chain ends with one of the tops");
    }
    if (knows_view(view.asn())) complain(map.node(), "there is another view of that AS");
    if (scenario_.views.size() >= 100) return complain(map.node(), "more than 100 views");
    scenario_.views.push_back(std::move(view));
  }

  bool knows_view(Asn asn) const {
    return std::any_of(scenario_.views.begin(), scenario_.views.end(),
                       [&](const View& view) { return view.asn() == asn; });
  }

  void read_relationship(const Fields& map) {
    RelationshipFact fact{map.asn("provider"), map.asns("customers"), map.asns("peers"), mark(map)};
    const bool transit = fact.provider && !fact.customers.empty() && fact.peers.empty();
    const bool peering = !fact.provider && fact.customers.empty() && fact.peers.size() >= 2 && fact.peers.size() <= 100;
    if (!transit && !peering) complain(map.node(), "a relationship is a provider with customers, or two or more peers");
    scenario_.relationships.push_back(std::move(fact));
  }

  PathFact route(const Fields& map) {
    PathFact fact{paths_of(map, "paths"), paths_of(map, "tails"), map.asns("views")};
    for (const AsPath& path : fact.paths) {
      const auto neighbour = path.neighbour();
      if (!neighbour || !knows_view(*neighbour))
        complain(*map.node().find("paths"), "a path begins with the AS of a view");
    }
    for (const AsPath& tail : fact.tails) {
      if (!tail.is_plain()) complain(*map.node().find("tails"), "a tail is a plain sequence of ASNs");
    }
    for (const Asn view : fact.views) {
      if (!knows_view(view)) complain(*map.node().find("views"), fmt::format("there is no view of AS{}", view.value));
    }
    const std::size_t views = fact.paths.size() + scenario_.views.size();
    for (const char* key : {"prefixes", "announce", "withdraw", "restore"}) routes_ += map.prefixes(key).size() * views;
    return fact;
  }

  void read_event(const Fields& map) {
    EventFact event;
    event.at = map.instant("at").value_or(Instant());
    event.within = map.number("within").value_or(0);
    event.route = route(map);
    event.mark = mark(map);
    unsigned acts = 0;
    for (const auto& [key, act] : {std::pair{"announce", EventFact::Act::announce},
                                   {"withdraw", EventFact::Act::withdraw},
                                   {"restore", EventFact::Act::restore}}) {
      if (map.prefixes(key).empty()) continue;
      ++acts;
      event.act = act;
      event.prefixes = map.prefixes(key);
    }
    const bool has_route = !event.route.paths.empty() || !event.route.tails.empty();
    if (acts != 1) complain(map.node(), "an event is one of announce, withdraw, restore");
    if (acts == 1 && has_route != (event.act == EventFact::Act::announce)) {
      complain(map.node(), "an announcement has paths or tails, and only an announcement");
    }
    if (event.at < scenario_.start || event.at + seconds(event.within) > scenario_.end) {
      complain(*map.node().find("at"), "this is not between start and end");
    }
    scenario_.events.push_back(std::move(event));
  }

  Tables tables(const Fields& map) {
    Tables tables;
    tables.at = map.instant("at");
    tables.rpki = map.flag("rpki");
    tables.note = map.text("note");
    for (const Fields& vrp : map.maps("vrps")) {
      VrpFact fact{vrp.prefix("prefix").value_or(Prefix()), {}, vrp.asn("asn").value_or(Asn()), mark(vrp)};
      if (const auto length = vrp.number("max_length")) {
        fact.max_length = static_cast<std::uint8_t>(*length);
        if (*length < fact.prefix.length() || *length > address_bits(fact.prefix.family())) {
          complain(*vrp.node().find("max_length"), "max_length is not from the prefix's length to the family's");
        }
      }
      tables.vrps.push_back(std::move(fact));
    }
    if (!tables.vrps.empty() && !tables.rpki)
      complain(*map.node().find("vrps"), "there are VRPs only where rpki is true");
    for (const Fields& aspa : map.maps("aspas")) {
      tables.aspas.push_back({aspa.asn("customer").value_or(Asn()), aspa.asns("providers"), mark(aspa)});
    }
    for (const Fields& object : map.maps("route_objects")) {
      tables.route_objects.push_back({object.prefix("prefix").value_or(Prefix()), object.asn("origin").value_or(Asn()),
                                      object.text("registry"), mark(object)});
    }
    return tables;
  }

  void read_expected(const Fields& map) {
    Expected expected{map.text("kind"),       map.text("type"),         map.asns("offenders"),
                      map.asns("victims"),    map.prefixes("prefixes"), map.instant("opened"),
                      map.text("confidence"), map.text("origin"),       map.text("note")};
    if (!parse_incident_type(expected.kind, expected.type)) {
      complain(*map.node().find("type"),
               fmt::format("a {} has no type '{}'", expected.kind, expected.type.substr(0, 60)));
    }
    scenario_.expected.push_back(std::move(expected));
  }

  Fields top_;
  Scenario scenario_;
  std::vector<Problem> problems_;
  std::size_t routes_ = 0;
};

}  // namespace

Result<Scenario> read_scenario(std::string_view text) {
  const Result<Node> tree = config::parse_yaml(text);
  if (!tree) return std::unexpected(tree.error());
  if (const auto version = Fields(*tree).number("version"); version && *version != kVersion) {
    const Node& node = *tree->find("version");
    return config::refuse(
        {{node.line, node.column, fmt::format("this is version {}; version {} is read here", *version, kVersion)}});
  }
  if (const auto problems = config::check(*tree, scenario_schema()); !problems.empty()) return config::refuse(problems);
  return Reader(*tree).read();
}

}  // namespace fairway::scenario
