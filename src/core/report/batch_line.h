// The lines of `check --batch`: one question a line.
//
//   PREFIX<TAB>ORIGIN[<TAB>PATH[<TAB>FROM]]     PATH: ASNs separated by blanks, neighbour first
//   PREFIX ORIGIN
//   <TAB><TAB>PATH[<TAB>FROM]                   a path alone
//
// FROM is what the neighbour is to the judging router: customer, provider, peer, rs, rs-client; absent: a collector.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "core/report/verdict.h"

namespace fairway {

// Reads one line, without its end. Nothing for an empty line and a comment ('#'). Error: `malformed`, what is wrong.
Result<std::optional<RouteQuestion>> parse_batch_line(std::string_view line);

// The procedure for a route from such a neighbour (draft-ietf-sidrops-aspa-verification-28 sections 5.4 and 5.5).
std::optional<Vantage> parse_vantage(std::string_view from);

}  // namespace fairway
