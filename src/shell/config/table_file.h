// TableFile: one published file, known by its content, read, and taken apart into what it says of what. What belongs to
// which table is decided by data_directory.h, over many of them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "core/model/instant.h"
#include "core/read/as_names.h"
#include "core/read/as_organisations.h"
#include "core/read/as_relationships.h"
#include "core/read/delegations.h"
#include "core/read/peeringdb.h"
#include "core/read/registry_dump.h"
#include "core/read/rpki_export.h"
#include "core/read/slurm.h"

namespace fairway::config {

// What a table is made of. `rib` and `other` are known and shown, no table is made of them.
enum class Kind : std::uint8_t {
  vrps,
  aspas,
  slurm,
  irr,       // routes
  sets,      // as-sets and route-sets, and the aut-nums that claim to be members
  policies,  // aut-nums, filter-sets and peering-sets, where policies are asked for
  relationships,
  organisations,
  delegations,
  exchanges,
  names,
  rib,
  other,
};
std::string_view to_string(Kind kind);  // "vrps", ..., "exchanges", "names", "rib", "other"
std::optional<Kind> parse_kind(std::string_view text);

// What a file says of one kind, from one source: files of one kind and source replace each other, different sources
// add up.
struct TablePart {
  Kind kind{};
  std::string source;  // vrps, aspas: the trust anchor if there is one alone, else "all"; irr: "RIPE route"; ...
  std::size_t entries = 0;
  friend bool operator==(const TablePart&, const TablePart&) = default;
};

// Where a file's date comes from, the best first.
enum class DateFrom : std::uint8_t { nowhere, file, name, content };

struct TableFile {
  std::string path, format;  // "rpki-client JSON", "RPSL", "serial-1", ...
  std::optional<Instant> date;
  DateFrom date_from = DateFrom::nowhere;
  std::uint64_t octets = 0;  // decompressed; of a rib 0: it is not read
  std::uint64_t digest = 0;  // of the decompressed content
  std::vector<TablePart> parts;
  std::vector<std::string> remarks;  // rows left out, entries that had expired: whole sentences
  std::variant<std::monostate, RpkiExport, Slurm, RegistryDump, AsRelationships, AsOrganisations, Delegations,
               PeeringDb, AsNames>
      content;
  std::shared_ptr<ObjectStore> texts;  // of every RPSL object in it, if they were asked for
};

struct ReadOptions {
  std::optional<Instant> table_time;  // when expiry is judged, if not at the file's own build time
  unsigned threads = 2;               // to decompress with
  bool keep_texts = false;            // of RPSL objects: a whois server answers with them
  bool policies = false;              // of aut-nums, with what they name
  bool rpki_only = false;             // other files than exports of the RPKI and SLURM are known, and not read
};

// Reads a file, what an address names (shell/feed/url.h; "rtr://HOST[:PORT]" is asked once for everything), or standard
// input ("-"). Errors: system and truncated of the
// reading; not_found: nothing that we know begins like this; else the reader's own. The text does not name the file.
Result<TableFile> read_table_file(const std::string& path, const ReadOptions& options);

// The same of octets already in memory, compressed or not. `name` may hold a date.
Result<TableFile> read_table_octets(Bytes octets, const std::string& name, const ReadOptions& options);

}  // namespace fairway::config
