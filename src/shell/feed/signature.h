// Hashes and signatures, by OpenSSL: SHA-256 of a file, and whether a JSON Web Signature is true (RFC 7515, RFC 7518,
// RFC 8037).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "core/session/nrtm/jws.h"

namespace fairway {

// Hexadecimal, lower case.
std::string sha256(Bytes bytes);

// A public key. It decides which algorithm a signature must be of: what the signature says of itself is only compared.
//   Ed25519: "EdDSA" or "Ed25519"; P-256: "ES256"; P-384: "ES384"; P-521: "ES512". There are no others.
class PublicKey {
 public:
  // PEM ("-----BEGIN PUBLIC KEY-----"), or the same without the lines around it, or the 32 octets of an Ed25519 key in
  // base64. Error: malformed (no such key), refused (a private key, or of another kind).
  static Result<PublicKey> parse(std::string_view text);

  // The base64 of its PEM, one line: two keys are the same if this is. parse() reads it.
  const std::string& text() const { return text_; }
  bool verifies(const nrtm::Jws& jws) const;

 private:
  struct Handle;
  std::shared_ptr<const Handle> handle_;
  std::string text_;
};

}  // namespace fairway
