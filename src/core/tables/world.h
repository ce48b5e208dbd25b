// World: everything that is known about routing at one moment, all tables of one version. Immutable once published, and
// shared as a whole: every verdict and every incident names the version of the World it was made with.
//
// A null table was not loaded: what it would answer is unknown, never "invalid" or "bogon". IANA's special-purpose
// registries are built in (core/tables/bogon.h) and always known.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/model/instant.h"
#include "core/tables/trust.h"

namespace fairway {

class VrpTable;
class AspaTable;
class IrrTable;
class SetTable;
class PolicyTable;
class RegistryRpki;
class RelationshipTable;
class OrganisationTable;
class DelegationTable;
class ExchangeTable;
class SelfDescriptionTable;
class NameTable;
class Expectation;

// Where a table's entries came from. A table may have several sources.
struct TableSource {
  std::string kind;    // "vrps", "aspas", "irr", "sets", "policies", "relationships", "organisations", "delegations",
                       // "exchanges", "names"
  std::string source;  // the registry or publisher within the kind: "RIPE-NONAUTH", "lacnic"; may be empty
  std::string file;    // its path, as given
  std::string format;  // "rpki-client JSON", "serial-1", ...
  std::optional<Instant> date;  // of the data: embedded, from the name, or the file's
  std::size_t entries = 0;
  bool date_is_guess = false;  // the date is the file's: when it was copied, perhaps
};

struct World {
  std::shared_ptr<const VrpTable> vrps;
  std::shared_ptr<const AspaTable> aspas;
  std::shared_ptr<const IrrTable> irr;
  std::shared_ptr<const SetTable> sets;
  std::shared_ptr<const PolicyTable> policies;        // made only for what judges by them
  std::shared_ptr<const RegistryRpki> registry_rpki;  // of `irr` and `vrps`; made only for what expands sets
  std::shared_ptr<const RelationshipTable> relationships;
  std::shared_ptr<const OrganisationTable> organisations;
  std::shared_ptr<const DelegationTable> delegations;
  std::shared_ptr<const ExchangeTable> exchanges;
  std::shared_ptr<const SelfDescriptionTable> self_descriptions;
  std::shared_ptr<const NameTable> names;
  std::shared_ptr<const Expectation> expectation;  // my network

  Trust trust;  // in the registries, where sets are expanded
  std::vector<TableSource> sources;
  std::string version;  // a digest of the sources: equal files, equal version
};

// The World for routes of `when`: without the tables of what changes from day to day (VRPs, ASPAs, IRR, relationships,
// delegations) that are further than `reach` from it by their own date, so that what they would say of it is unknown.
// `left_out` names those: "vrps of 2025-07-20".
World within_reach(const World& world, Instant when, Duration reach, std::vector<std::string>& left_out);

}  // namespace fairway
