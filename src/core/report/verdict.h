// Verdicts as text: one route with all its reasons for people and as JSON, and many as a line each. The words are fixed
// by the states' to_string() functions; the validity object has the members of Routinator's.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/model/as_path.h"
#include "core/model/prefix.h"
#include "core/tables/world.h"
#include "core/verdict/route.h"

namespace fairway {

// What is asked about: a prefix with its origin, a path, or both. The origin of a path that is given counts unless an
// origin stands beside it.
struct RouteQuestion {
  std::optional<Prefix> prefix;
  std::optional<PathOrigin> origin;  // given with every prefix
  std::optional<AsPath> path;
  std::optional<Asn> otc;
  Vantage vantage;
};

// All verdicts, as the Judge gives them; what was not asked about stays unknown or clean.
RouteVerdict judge_question(const World& world, const RouteQuestion& question);

// Whether anything speaks against the route: invalid by ROV or ASPA, a leak, a bogon, a sanity finding; invalid by IRR
// where ROV does not say valid.
bool is_negative(const RouteVerdict& verdict);

// One JSON object of one line, without the line feed; `version` 1. `verdict`: the question's, by this World.
void append_verdict_json(std::string& out, const World& world, const RouteQuestion& question,
                         const RouteVerdict& verdict);

// A few lines for people.
void append_verdict_text(std::string& out, const World& world, const RouteQuestion& question,
                         const RouteVerdict& verdict);

// "origin\taspa\tirr\tleak\tbogon\tsanity\n", and the states of one verdict in that order, line feed included.
inline constexpr std::string_view kVerdictTsvHeader = "origin\taspa\tirr\tleak\tbogon\tsanity\n";
void append_verdict_tsv(std::string& out, const RouteVerdict& verdict);

// "loop+private-asn", or "clean".
void append_sanity(std::string& out, SanityVerdict verdict);

}  // namespace fairway
