// The lines of `check --batch`: one question a line.
//
//   PREFIX<TAB>ORIGIN[<TAB>PATH[<TAB>FROM]]     PATH: ASNs separated by blanks, neighbour first
//   PREFIX ORIGIN
//   <TAB><TAB>PATH[<TAB>FROM]                   a path alone
//
// FROM is what the neighbour is to the judging router: customer, provider, peer, rs, rs-client, sibling; absent, or
// "collector": a collector, whose sessions have no roles. The path's origin counts unless ORIGIN is given.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "core/report/verdict.h"

namespace fairway {

// Reads one line, without its end. Nothing for an empty line and a comment ('#'). Error: `malformed`, what is wrong.
Result<std::optional<RouteQuestion>> parse_batch_line(std::string_view line);

// The same for lines as they usually are (fields between tabs, decimal ASNs, no sets), several times as fast. False: it
// is none of them, ask parse_batch_line; `question` is then unspecified. The memory of `question` is used again.
bool parse_usual_line(std::string_view line, RouteQuestion& question);

// Nothing if there is no such role.
std::optional<Vantage> parse_vantage(std::string_view from);

}  // namespace fairway
