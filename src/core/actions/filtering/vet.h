// Vetting: the due diligence that MANRS asks for before a customer's announcements are let in (network action 1 (c)):
// does it hold its AS number and the address space it would announce, do the RPKI and the registries agree, how old is
// what they say, and has it been seen among those who hijack?
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/actions/filtering/allowed.h"
#include "core/model/instant.h"
#include "core/tables/world.h"

namespace fairway::filtering {

struct VetFinding {
  enum class Grade : std::uint8_t {
    problem,   // do not let it in before this is settled
    question,  // ask the customer
    note,      // good to know
  } grade{};
  std::string about;   // "AS64510", "192.0.2.0/24 AS64510"
  std::string what;    // a sentence without a full stop
  std::string source;  // who says so: "RIPE", "RPKI", "DROP list"
};
std::string_view to_string(VetFinding::Grade grade);  // "problem", "question", "note"

// Networks that nobody should carry, as Spamhaus publishes them: "192.0.2.0/24 ; SBL1" and "AS64510 ; NAME", or one
// JSON object a line with "cidr" or "asn".
struct DropList {
  std::vector<Prefix> prefixes;
  std::vector<Asn> asns;
};
// Lines that are neither are left out and counted. Refused where nothing is left.
Result<DropList> read_drop_list(std::string_view text, std::size_t& left_out);

// What a registry says of the age of an object.
struct ObjectDates {
  std::optional<Instant> created, changed;
};
using DatesOf = std::function<ObjectDates(std::string_view registry, const Prefix& prefix, Asn origin)>;

struct VetOptions {
  Instant now{};
  Duration old = days(5 * 365);  // an object that nobody touched for so long is a question
  const DropList* drop = nullptr;
  DatesOf dates{};          // may be empty: ages are not known
  std::size_t most = 1000;  // findings about prefixes at most; beyond, the last one says how many there were
};

struct Vetting {
  std::vector<VetFinding> findings;      // of the AS first, then of its prefixes in order; problems are not sorted out
  std::size_t prefixes = 0, agreed = 0;  // agreed: ROA or authoritative route object, and nothing against it
  bool clean() const;                    // no problem
};

// `allowed`: what it would be let announce.
Vetting vet(const World& world, Asn asn, const Allowed& allowed, const VetOptions& options);

}  // namespace fairway::filtering
