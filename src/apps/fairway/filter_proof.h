// The proof of a configuration: a reader that shares nothing with its writer is asked what it does with every probe of
// the document, and with probes at the edges of every list that the configuration has; the document says what it should
// do. Lists are unions of blocks with lengths: two that agree at all edges of both agree everywhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/actions/filtering/probes.h"
#include "core/wire/routerconfig/configuration.h"

namespace fairway {

struct Proof {
  struct Difference {
    std::string neighbour, what;  // "AS64510", "one bit longer"
    bool is_export = false;
    Prefix prefix;
    std::string wanted, found;  // "reject (prefix)", "accept"
    std::uint32_t line = 0;     // of the configuration; 0: none decided
    bool unknown = false;       // the reader does not understand what decided
  };
  std::size_t probes = 0, sessions = 0, not_asked = 0;  // not_asked: what the configuration says it lacks (ASPA)
  std::size_t differing = 0;
  std::vector<Difference> differences;  // the first of them
  std::vector<std::string> absent;      // neighbours' sessions that the configuration has not

  bool holds() const { return differing == 0 && absent.empty() && sessions != 0; }
};

// `lacks`: what the configuration says it has not, as clauses are called ("otc", "export rov"): not asked.
Proof prove(const filtering::Document& document, const World& world, const reader::Configuration& configuration,
            const filtering::ProbeOptions& options, const std::vector<std::string>& lacks = {});

// What a target whose configuration is of this dialect says it lacks.
std::vector<std::string> lacking(reader::Dialect dialect, const filtering::Document& document);

// Whether the filter of the neighbour's session lets the route in (every session's, if there are several); nothing: it
// is not known, or there is no session.
std::optional<bool> accepted_by(const reader::Configuration& configuration, const filtering::NeighbourPolicy& policy,
                                const filtering::RouteProbe& probe);

// A configuration from a file; `language` is a dialect's name, or empty: by its words. Files that it includes are read
// beside it. Errors name the file.
Result<reader::Configuration> read_configuration(const std::string& path, std::string_view language);

// The dialect in which a target's configuration can be read back; nothing: no reader knows it.
std::optional<reader::Dialect> dialect_of(std::string_view target);

}  // namespace fairway
