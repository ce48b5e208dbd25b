#include "core/session/nrtm/jws.h"

#include <simdjson.h>

#include "base/text.h"

namespace fairway::nrtm {

std::optional<std::string> decode_base64url(std::string_view text) {
  std::string octets;
  octets.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    unsigned value;
    if (c >= 'A' && c <= 'Z') {
      value = static_cast<unsigned>(c - 'A');
    } else if (c >= 'a' && c <= 'z') {
      value = static_cast<unsigned>(c - 'a') + 26;
    } else if (c >= '0' && c <= '9') {
      value = static_cast<unsigned>(c - '0') + 52;
    } else if (c == '-' || c == '_') {
      value = c == '-' ? 62 : 63;
    } else {
      return std::nullopt;
    }
    bits = bits << 6 | value;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    octets += static_cast<char>(bits >> count & 0xFF);
  }
  // One sextet alone is no octet, and what is left over must be empty: one content has one spelling.
  if (text.size() % 4 == 1 || (bits & ((1u << count) - 1)) != 0) return std::nullopt;
  return octets;
}

Result<Jws> parse_jws(std::string_view text) {
  text = trim(text);
  if (text.starts_with('{')) {
    return fail(ErrorKind::refused, "it is plain JSON and not signed: a JSON Web Signature is wanted");
  }
  std::string_view rest = text;
  const std::string_view head = cut(rest, '.'), payload = cut(rest, '.');
  const auto header = decode_base64url(head);
  auto content = decode_base64url(payload), signature = decode_base64url(rest);
  if (head.empty() || payload.empty() || rest.empty() || !header || !content || !signature) {
    return fail(ErrorKind::malformed, "it is no JSON Web Signature in compact serialization");
  }
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  std::string_view algorithm;
  if (parser.parse(*header).get(object) != simdjson::SUCCESS || object["alg"].get(algorithm) != simdjson::SUCCESS) {
    return fail(ErrorKind::malformed, "the header of the signature names no algorithm");
  }
  if (object["crit"].error() != simdjson::NO_SUCH_FIELD || object["b64"].error() != simdjson::NO_SUCH_FIELD) {
    return fail(ErrorKind::refused, "the header of the signature asks for extensions that are not known here");
  }
  if (algorithm == "none" || algorithm.starts_with("HS")) {
    return fail(ErrorKind::refused, "the algorithm '" + std::string(algorithm) + "' proves nothing");
  }
  return Jws{std::string(algorithm), text.substr(0, head.size() + 1 + payload.size()), *std::move(content),
             *std::move(signature)};
}

}  // namespace fairway::nrtm
