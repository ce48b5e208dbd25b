// VRPs and ASPAs as JSON, as relying parties write them:
//
//   rpki-client   metadata.buildtime; roas: asn (a number, or "AS1"), prefix, maxLength, ta, expires; aspas:
//                 customer_asid, providers, expires
//   Routinator    metadata.generatedTime (json, jsonext); roas: asn "AS1", prefix, maxLength, ta or source[] (tal,
//                 chainValidity.notAfter); aspas: customer "AS1", providers ["AS2"]
//
// and what others write in the same form (metadata.generated in seconds; Cloudflare's and the RIPE NCC's). Members that
// are not named here are passed over. A VRP without maxLength has that of its prefix.
//
// What had expired when the export was judged is left out and counted. It is judged at `now` if that is given, else at
// its own build time: yesterday's export is no emptier in a replay than it was yesterday. Without either nothing
// expires.
#pragma once

#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "core/model/instant.h"
#include "core/read/rpki_export.h"

namespace fairway {

bool is_rpki_json(Bytes head);

// A difference between two exports (Routinator's json-delta, rpkilog): looks alike, is no table.
bool is_rpki_difference(Bytes head);

// Errors: malformed with the byte offset; refused if it has no VRPs at all, or all of them had expired. Skips tell byte
// offsets. `bytes` with kPadding readable octets behind it; at most 2 GiB.
Result<RpkiExport> read_rpki_json(Bytes bytes, std::optional<Instant> now = {});

}  // namespace fairway
