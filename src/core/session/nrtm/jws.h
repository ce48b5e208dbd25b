// A JSON Web Signature in compact serialization (RFC 7515 section 7.1) taken apart: HEADER.PAYLOAD.SIGNATURE, each in
// base64url. Whether the signature is true is asked elsewhere; until then nothing of the payload is to be believed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace fairway::nrtm {

struct Jws {
  std::string algorithm;     // "ES256"; never "none" nor one with a shared secret (RFC 10063 section 5.4)
  std::string_view covered;  // what is signed, in the text that was read
  std::string payload;
  std::string signature;  // raw octets
};

// Errors: malformed; refused for an algorithm that proves nothing, or extensions that must be understood ("crit").
Result<Jws> parse_jws(std::string_view text);

// Without padding, nothing between. Nothing if it is not that.
std::optional<std::string> decode_base64url(std::string_view text);

}  // namespace fairway::nrtm
