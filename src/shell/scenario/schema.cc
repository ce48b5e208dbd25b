#include "shell/scenario/scenario.h"

namespace fairway::scenario {

namespace {

using config::Key;
using enum config::ValueType;

constexpr std::string_view kKinds[] = {"hijack", "leak", "outage"};
constexpr std::string_view kConfidences[] = {"low", "medium", "high"};
constexpr std::string_view kOrigins[] = {"valid", "invalid", "not-found"};

// Every fact ends with its mark.
#define FAIRWAY_MARK                                                                                              \
  {.name = "source", .sentence = "the `id` of the source that says so", .example = "ripe", .unset = "see below"}, \
      {.name = "recalled",                                                                                        \
       .type = boolean,                                                                                           \
       .sentence = "from memory, no source at hand",                                                              \
       .example = "false",                                                                                        \
       .unset = "false"},                                                                                         \
      {.name = "synthetic",                                                                                       \
       .type = boolean,                                                                                           \
       .sentence = "made up for the replay",                                                                      \
       .example = "false",                                                                                        \
       .unset = "false"},                                                                                         \
      {.name = "note", .sentence = "what a reader should know about it", .example = "as published", .unset = "empty"}

constexpr Key kSource[] = {
    {.name = "id", .sentence = "what the facts call it", .example = "ripe", .required = true},
    {.name = "title", .sentence = "what it is", .example = "RIPE NCC RIS case study", .required = true},
    {.name = "url", .sentence = "where it is", .example = "\"https://www.ripe.net/\"", .unset = "no address known"},
};

constexpr Key kView[] = {
    {.name = "chain",
     .type = as_path,
     .sentence = "the router's AS, and upwards from it to one of the tops",
     .example = "64500 64510",
     .required = true},
    FAIRWAY_MARK,
};

constexpr Key kBackground[] = {
    {.name = "prefixes",
     .type = number,
     .sentence = "how many",
     .example = "2000",
     .required = true,
     .highest = 100'000},
    {.name = "pool",
     .type = prefix,
     .sentence = "the block they are cut from, in /20 (IPv4) or /40 (IPv6)",
     .example = "22.0.0.0/8",
     .required = true},
    {.name = "tops",
     .type = asn,
     .sentence = "ASes at the top of the hierarchy, peers of each other",
     .example = "[64510, 64511]",
     .required = true,
     .list = true},
    {.name = "interval",
     .type = number,
     .sentence = "seconds between two changes",
     .example = "5",
     .unset = "no changes",
     .highest = 86'400},
    {.name = "seed", .type = number, .sentence = "another one makes other routes", .example = "1", .unset = "0"},
};

constexpr Key kName[] = {
    {.name = "asn", .type = asn, .sentence = "the AS", .example = "64500", .required = true},
    {.name = "name", .sentence = "what people call it", .example = "Example Net", .required = true},
    {.name = "organisation",
     .sentence = "whose it is: ASes with the same one belong together",
     .example = "EXAMPLE",
     .unset = "not known"},
    {.name = "country", .sentence = "ISO 3166 code", .example = "NL", .unset = "not known"},
    FAIRWAY_MARK,
};

constexpr Key kRelationship[] = {
    {.name = "provider", .type = asn, .sentence = "of the customers", .example = "64510", .unset = "then peers"},
    {.name = "customers",
     .type = asn,
     .sentence = "of the provider",
     .example = "[64500]",
     .unset = "none",
     .list = true},
    {.name = "peers",
     .type = asn,
     .sentence = "of each other",
     .example = "[64520, 64530]",
     .unset = "none",
     .list = true},
    FAIRWAY_MARK,
};

constexpr Key kTable[] = {
    {.name = "prefixes",
     .type = prefix,
     .sentence = "what is announced",
     .example = "[192.0.2.0/24]",
     .required = true,
     .list = true},
    {.name = "paths",
     .type = as_path,
     .sentence = "as published, each of the view that it begins with",
     .example = "[64500 64510 64501]",
     .unset = "none",
     .list = true},
    {.name = "tails",
     .type = as_path,
     .sentence = "for the other views: what their chains are joined to",
     .example = "[64510 64501]",
     .unset = "none",
     .list = true},
    {.name = "views",
     .type = asn,
     .sentence = "only these views have it by a tail",
     .example = "[64500]",
     .unset = "all",
     .list = true},
    FAIRWAY_MARK,
};

constexpr Key kEvent[] = {
    {.name = "at",
     .type = instant,
     .sentence = "when the first view hears it",
     .example = "2008-02-24T18:47:57Z",
     .required = true},
    {.name = "within",
     .type = number,
     .sentence = "seconds until the last view has heard it",
     .example = "30",
     .unset = "all at once",
     .highest = 86'400},
    {.name = "announce",
     .type = prefix,
     .sentence = "prefixes",
     .example = "[192.0.2.0/25]",
     .unset = "none",
     .list = true},
    {.name = "withdraw",
     .type = prefix,
     .sentence = "prefixes",
     .example = "[192.0.2.0/25]",
     .unset = "none",
     .list = true},
    {.name = "restore",
     .type = prefix,
     .sentence = "prefixes whose route is again that of the table before, or gone",
     .example = "[192.0.2.0/25]",
     .unset = "none",
     .list = true},
    {.name = "paths",
     .type = as_path,
     .sentence = "of an announcement, as published, each of the view that it begins with",
     .example = "[64500 64510 64666]",
     .unset = "none",
     .list = true},
    {.name = "tails",
     .type = as_path,
     .sentence = "of an announcement, for the other views",
     .example = "[64510 64666]",
     .unset = "none",
     .list = true},
    {.name = "views",
     .type = asn,
     .sentence = "only these views hear it by a tail, or lose it",
     .example = "[64500]",
     .unset = "all",
     .list = true},
    FAIRWAY_MARK,
};

constexpr Key kVrp[] = {
    {.name = "prefix", .type = prefix, .sentence = "of the ROA", .example = "192.0.2.0/24", .required = true},
    {.name = "max_length",
     .type = number,
     .sentence = "of the ROA",
     .example = "24",
     .unset = "the prefix's own",
     .highest = 128},
    {.name = "asn", .type = asn, .sentence = "that it authorises", .example = "64501", .required = true},
    FAIRWAY_MARK,
};

constexpr Key kAspa[] = {
    {.name = "customer", .type = asn, .sentence = "who says it", .example = "64501", .required = true},
    {.name = "providers",
     .type = asn,
     .sentence = "its providers",
     .example = "[64510]",
     .required = true,
     .list = true},
    FAIRWAY_MARK,
};

constexpr Key kRouteObject[] = {
    {.name = "prefix", .type = prefix, .sentence = "of the route object", .example = "192.0.2.0/24", .required = true},
    {.name = "origin", .type = asn, .sentence = "of the route object", .example = "64501", .required = true},
    {.name = "registry", .sentence = "that holds it", .example = "RADB", .required = true},
    FAIRWAY_MARK,
};

constexpr Key kTables[] = {
    {.name = "at",
     .type = instant,
     .sentence = "when that was so",
     .example = "2025-07-20T10:01:00Z",
     .unset = "not said"},
    {.name = "rpki",
     .type = boolean,
     .sentence = "there was an RPKI: a table is loaded, even with nothing about these prefixes",
     .example = "true",
     .unset = "false: the origin of every route is unknown"},
    {.name = "note", .sentence = "what a reader should know about it", .example = "no ROA then", .unset = "empty"},
    {.name = "vrps",
     .type = map,
     .sentence = "what the RPKI held about these prefixes",
     .unset = "nothing",
     .list = true,
     .keys = kVrp},
    {.name = "aspas",
     .type = map,
     .sentence = "what the RPKI held about these ASes",
     .unset = "nothing",
     .list = true,
     .keys = kAspa},
    {.name = "route_objects",
     .type = map,
     .sentence = "what the IRR held",
     .unset = "not known",
     .list = true,
     .keys = kRouteObject},
};

constexpr Key kExpected[] = {
    {.name = "kind",
     .type = choice,
     .sentence = "of the incident",
     .example = "hijack",
     .required = true,
     .choices = kKinds},
    {.name = "type", .sentence = "of the incident", .example = "sub-prefix", .required = true},
    {.name = "offenders",
     .type = asn,
     .sentence = "exactly these",
     .example = "[64666]",
     .required = true,
     .list = true},
    {.name = "victims", .type = asn, .sentence = "exactly these", .example = "[64501]", .unset = "any", .list = true},
    {.name = "prefixes",
     .type = prefix,
     .sentence = "at least these",
     .example = "[192.0.2.0/25]",
     .unset = "any",
     .list = true},
    {.name = "opened",
     .type = instant,
     .sentence = "opens then, or up to five minutes later",
     .example = "2008-02-24T18:47:57Z",
     .unset = "any time"},
    {.name = "confidence",
     .type = choice,
     .sentence = "at least",
     .example = "medium",
     .unset = "any",
     .choices = kConfidences},
    {.name = "origin",
     .type = choice,
     .sentence = "the origin verdict of its routes, by the tables of then",
     .example = "not-found",
     .unset = "any",
     .choices = kOrigins},
    {.name = "note", .sentence = "what a reader should know about it", .example = "the whole story", .unset = "empty"},
};

constexpr Key kScenario[] = {
    {.name = "version", .type = number, .sentence = "of this format: 1", .example = "1", .required = true},
    {.name = "name",
     .sentence = "the file's name without .yaml: what `fairway demo` calls it",
     .example = "example-2008",
     .required = true},
    {.name = "title",
     .sentence = "one line for people",
     .example = "Somebody announces what is not theirs",
     .required = true},
    {.name = "summary",
     .sentence = "the story for people; nothing of it reaches the engine",
     .example = "It happened.",
     .required = true},
    {.name = "sources",
     .type = map,
     .sentence = "where the facts come from",
     .unset = "none",
     .list = true,
     .keys = kSource},
    {.name = "collector", .sentence = "whose peers the views are", .example = "rrc00", .required = true},
    {.name = "start",
     .type = instant,
     .sentence = "the time of the table before",
     .example = "2008-02-24T16:00:00Z",
     .required = true},
    {.name = "end",
     .type = instant,
     .sentence = "when the updates end",
     .example = "2008-02-24T21:30:00Z",
     .required = true},
    {.name = "views",
     .type = map,
     .sentence = "the routers that feed the collector a full table",
     .required = true,
     .list = true,
     .keys = kView},
    {.name = "background",
     .type = map,
     .sentence = "synthetic routes and ordinary noise",
     .required = true,
     .keys = kBackground},
    {.name = "names", .type = map, .sentence = "who the ASes are", .unset = "not known", .list = true, .keys = kName},
    {.name = "relationships",
     .type = map,
     .sentence = "what the ASes are to each other",
     .unset = "not known",
     .list = true,
     .keys = kRelationship},
    {.name = "table", .type = map, .sentence = "the routes before", .unset = "none", .list = true, .keys = kTable},
    {.name = "events", .type = map, .sentence = "what happened", .required = true, .list = true, .keys = kEvent},
    {.name = "then", .type = map, .sentence = "what was registered then", .unset = "nothing", .keys = kTables},
    {.name = "now",
     .type = map,
     .sentence = "what was registered years later, for comparison",
     .unset = "nothing",
     .keys = kTables},
    {.name = "expected",
     .type = map,
     .sentence = "what must be found; whatever else is found is a mistake",
     .required = true,
     .list = true,
     .keys = kExpected},
};

}  // namespace

config::Schema scenario_schema() { return kScenario; }

}  // namespace fairway::scenario
