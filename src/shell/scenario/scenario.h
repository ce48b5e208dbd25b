// Scenario: a dated incident as sourced facts, from which MRT files and tables are built. docs/formats/scenario.md is
// the manual of the file; the files are in scenarios/ and inside the program (library.h). A value.
//
// Everything that a scenario says about routing carries a Mark: its source, or that it is recalled, or that it is
// synthetic.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/model/as_path.h"
#include "core/model/asn.h"
#include "core/model/instant.h"
#include "core/model/prefix.h"
#include "shell/config/schema.h"

namespace fairway::scenario {

// Where a fact comes from: exactly one of the three.
struct Mark {
  std::string source{};    // the id of one of the scenario's sources
  bool recalled = false;   // from memory: no source at hand
  bool synthetic = false;  // made up, so that there is something to route through
  std::string note{};

  friend bool operator==(const Mark&, const Mark&) = default;
};

struct Source {
  std::string id{}, title{}, url{};
  friend bool operator==(const Source&, const Source&) = default;
};

// A router that feeds the collector a full table. `chain` begins with its AS and ends with one of the background's
// tops.
struct View {
  std::vector<Asn> chain{};
  Mark mark{};
  Asn asn() const { return chain.empty() ? Asn{} : chain.front(); }
  friend bool operator==(const View&, const View&) = default;
};

// Synthetic routes that make the views full and give the engine ordinary noise: `prefixes` blocks out of `pool`, each
// of an AS behind one or two of the `tops` (which are peers of each other), and a change somewhere every `interval`
// seconds.
struct Background {
  std::uint32_t prefixes = 0;
  Prefix pool{};
  std::vector<Asn> tops{};
  std::uint32_t interval = 0;
  std::uint32_t seed = 0;
  friend bool operator==(const Background&, const Background&) = default;
};

struct NameFact {
  Asn asn{};
  std::string name{}, organisation{}, country{};  // organisation: ASes with the same one belong together
  Mark mark{};
  friend bool operator==(const NameFact&, const NameFact&) = default;
};

// Either a provider with customers, or peers of each other.
struct RelationshipFact {
  std::optional<Asn> provider{};
  std::vector<Asn> customers{}, peers{};
  Mark mark{};
  friend bool operator==(const RelationshipFact&, const RelationshipFact&) = default;
};

// How routes to prefixes look: whole paths as published, each for the view whose AS it begins with; for the views
// without one, `tails`, to which a view's own chain is joined (see join in build.h).
struct PathFact {
  std::vector<AsPath> paths{}, tails{};
  std::vector<Asn> views{};  // only these see it; empty: all (of a tail), or those of the paths
  friend bool operator==(const PathFact&, const PathFact&) = default;
};

// A route that stands in the table before.
struct TableFact {
  std::vector<Prefix> prefixes{};
  PathFact route{};
  Mark mark{};
  friend bool operator==(const TableFact&, const TableFact&) = default;
};

// What happens: prefixes are announced, withdrawn, or restored (as they were in the table before) at `at`; the views
// hear it one after the other within `within` seconds.
struct EventFact {
  enum class Act : std::uint8_t { announce, withdraw, restore };
  Instant at{};
  std::uint32_t within = 0;
  Act act = Act::announce;
  std::vector<Prefix> prefixes{};
  PathFact route{};  // of an announcement; else only its views count
  Mark mark{};
  friend bool operator==(const EventFact&, const EventFact&) = default;
};

struct VrpFact {
  Prefix prefix{};
  std::optional<std::uint8_t> max_length{};
  Asn asn{};
  Mark mark{};
  friend bool operator==(const VrpFact&, const VrpFact&) = default;
};

struct AspaFact {
  Asn customer{};
  std::vector<Asn> providers{};
  Mark mark{};
  friend bool operator==(const AspaFact&, const AspaFact&) = default;
};

struct RouteObjectFact {
  Prefix prefix{};
  Asn origin{};
  std::string registry{};
  Mark mark{};
  friend bool operator==(const RouteObjectFact&, const RouteObjectFact&) = default;
};

// What was registered at one time. A table that did not exist is not loaded: what it would say is unknown.
struct Tables {
  std::optional<Instant> at{};
  bool rpki = false;  // the RPKI existed: there is a table of VRPs, if only of others (the background)
  std::string note{};
  std::vector<VrpFact> vrps{};
  std::vector<AspaFact> aspas{};
  std::vector<RouteObjectFact> route_objects{};
  friend bool operator==(const Tables&, const Tables&) = default;
};

// What must be found. Every incident that is found must fit one of these, and each of these must be found.
struct Expected {
  std::string kind{}, type{};
  std::vector<Asn> offenders{}, victims{};
  std::vector<Prefix> prefixes{};   // at least these
  std::optional<Instant> opened{};  // by five minutes after this time, and not before
  std::string confidence{};         // at least: "low", "medium", "high"; empty: any
  std::string origin{};  // the origin verdict of its routes then: "valid", "invalid", "not-found"; empty: any
  std::string note{};
  friend bool operator==(const Expected&, const Expected&) = default;
};

struct Scenario {
  std::string name{}, title{}, summary{};
  std::vector<Source> sources{};
  std::string collector{};
  Instant start{}, end{};  // the table's time; the end of the updates
  std::vector<View> views{};
  Background background{};
  std::vector<NameFact> names{};
  std::vector<RelationshipFact> relationships{};
  std::vector<TableFact> table{};
  std::vector<EventFact> events{};
  Tables then{}, now{};
  std::vector<Expected> expected{};

  friend bool operator==(const Scenario&, const Scenario&) = default;
};

config::Schema scenario_schema();

// Error: malformed; `where` is the line; the text tells every problem, one a line, with line and column.
Result<Scenario> read_scenario(std::string_view text);

}  // namespace fairway::scenario
