// VRPs as comma-separated values. The header names the columns, in any order and case:
//
//   ASN,IP Prefix,Max Length,Trust Anchor[,Expires]      rpki-client and Routinator; Expires in seconds since 1970
//   URI,ASN,IP Prefix,Max Length,Not Before,Not After    roas.csv of the RIPE NCC's archive: one file a trust anchor,
//                                                        whose name is taken from the URI's host; times are UTC
//
// An empty Max Length is that of the prefix. Such a file does not say when it was made, so nothing in it has expired
// unless `now` is given: then what is over by then, or has not begun, is left out and counted. ASPAs are not in it.
#pragma once

#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "core/model/instant.h"
#include "core/read/rpki_export.h"

namespace fairway {

bool is_rpki_csv(Bytes head);

// `where` of errors and skips is a line.
Result<RpkiExport> read_rpki_csv(Bytes bytes, std::optional<Instant> now = {});

}  // namespace fairway
