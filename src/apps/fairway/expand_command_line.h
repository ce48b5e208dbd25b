// The command line of `fairway expand`: bgpq4's, letter for letter, with long options beside it. It has its own parser,
// because there -h is a host, letters are bundled (-Ab4), and -K7 and -n2 are one thing of two letters.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "apps/fairway/command.h"
#include "apps/fairway/world_options.h"
#include "core/report/routerconfig/router_config.h"
#include "core/session/whois_client/set_query.h"

namespace fairway {

struct ExpandCommandLine {
  // What is asked, and whom.
  SetQuery query;
  std::vector<PrefixRange> prefixes;  // named as they are
  std::optional<std::string> host;    // a whois server; nothing: the registries at hand
  bool pipelining = true;
  WorldOptions world;

  // What is made of it.
  const routerconfig::Vendor* vendor = nullptr;
  routerconfig::Generation generation = routerconfig::Generation::prefix_list;
  std::string name = "NN", match, format;
  Asn neighbour{};
  unsigned width = 8;
  bool sequence = false;
  unsigned longest = 0;         // -m; 0: any
  unsigned from = 0, upto = 0;  // -r, -R; 0: not asked
  bool aggregate = false, optimal = false;
  bool both = false;  // families
  bool why = false;   // say where it comes from instead
  bool allow_empty = false;
  bool verbose = false;

  Family family() const { return query.ipv6 && !both ? Family::ipv6 : Family::ipv4; }
};

// Answers --help and -v on `out`, mistakes on `err`; then the exit code is returned. `sources` stand for -S where it is
// absent.
std::expected<ExpandCommandLine, ExitCode> parse_expand(Arguments arguments, const char* sources, Output& out,
                                                        Output& err);

// The page that --help prints.
std::string expand_help();

// What cannot be together, as a sentence; nothing if all fits. Settles what depends on the others (width, -R with -r).
std::optional<std::string> settle(ExpandCommandLine& options, bool width_is_given);

}  // namespace fairway
