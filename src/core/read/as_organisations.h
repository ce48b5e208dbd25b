// CAIDA's as-org2info: which organisation holds an AS, inferred from the registries' WHOIS.
//
//   text    two sections, each after its "# format:" line, in any order:
//           # format:org_id|changed|org_name|country|source
//           # format:aut|changed|aut_name|org_id|opaque_id|source       (opaque_id since 2016)
//   jsonl   one object a line: {"type":"Organization","organizationId","name","country","source",...} and
//           {"type":"ASN","asn","name","organizationId","opaqueId","source",...}
//
// The format line says which column is which; an AS of an organisation that the file does not describe keeps its id.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "core/model/instant.h"
#include "core/read/reading.h"
#include "core/tables/organisation.h"

namespace fairway {

struct AsOrganisations {
  std::vector<Organisation> organisations;  // both in the file's order
  std::vector<OrganisationTable::Holder> holders;
  std::optional<Instant> date;  // "# date: 20230101" and its like, where a comment says so
  Skips skips;                  // where: the line
};

bool is_as_organisations(Bytes head);
// kPadding readable octets behind `bytes`.
Result<AsOrganisations> read_as_organisations(Bytes bytes);

}  // namespace fairway
