#include "shell/feed/signature.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <array>
#include <optional>
#include <vector>

#include "base/text.h"

namespace fairway {

namespace {

template <auto release>
struct Release {
  void operator()(auto* pointer) const { release(pointer); }
};
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using Context = std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Release<ECDSA_SIG_free>>;

struct Kind {
  int type;
  std::string_view group;  // of elliptic curves
  std::string_view algorithm, also;
  const EVP_MD* (*digest)();
  std::size_t half;  // octets of r and of s
};
constexpr Kind kKinds[] = {
    {EVP_PKEY_ED25519, "", "EdDSA", "Ed25519", nullptr, 0},
    {EVP_PKEY_EC, "prime256v1", "ES256", "ES256", EVP_sha256, 32},
    {EVP_PKEY_EC, "secp384r1", "ES384", "ES384", EVP_sha384, 48},
    {EVP_PKEY_EC, "secp521r1", "ES512", "ES512", EVP_sha512, 66},
};

const Kind* kind_of(const EVP_PKEY* key) {
  std::array<char, 64> group{};
  std::size_t size = 0;
  if (EVP_PKEY_get_base_id(key) == EVP_PKEY_EC &&
      EVP_PKEY_get_group_name(key, group.data(), group.size(), &size) != 1) {
    return nullptr;
  }
  for (const Kind& kind : kKinds) {
    if (EVP_PKEY_get_base_id(key) == kind.type && std::string_view(group.data(), size) == kind.group) return &kind;
  }
  return nullptr;
}

// What stands in a text in base64, blanks left out.
std::optional<std::string> decode(std::string_view text) {
  std::string url;
  for (const char c : text) {
    if (!is_blank(c)) url += c == '+' ? '-' : c == '/' ? '_' : c;
  }
  while (url.ends_with('=')) url.pop_back();
  return nrtm::decode_base64url(url);
}

std::string encode(const std::vector<unsigned char>& octets) {
  std::string text(4 * ((octets.size() + 2) / 3) + 1, '\0');
  const int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), octets.data(), static_cast<int>(octets.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

// Of PEM what stands between its lines.
std::string_view without_armour(std::string_view text, std::string_view label) {
  const std::string begin = "-----BEGIN " + std::string(label) + "-----",
                    end = "-----END " + std::string(label) + "-----";
  const std::size_t from = text.find(begin), to = text.find(end);
  if (from == std::string_view::npos || to == std::string_view::npos || to < from) return text;
  return text.substr(from + begin.size(), to - from - begin.size());
}

// JWS writes r and s one behind the other (RFC 7518 section 3.4), OpenSSL wants them in DER.
std::vector<unsigned char> der_of(std::string_view signature, std::size_t half) {
  if (signature.size() != 2 * half) return {};
  const auto* octets = reinterpret_cast<const unsigned char*>(signature.data());
  const EcdsaSignature pair(ECDSA_SIG_new());
  if (!pair || ECDSA_SIG_set0(pair.get(), BN_bin2bn(octets, static_cast<int>(half), nullptr),
                              BN_bin2bn(octets + half, static_cast<int>(half), nullptr)) != 1) {
    return {};
  }
  unsigned char* at = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &at);
  if (size <= 0) return {};
  std::vector<unsigned char> der(at, at + size);
  OPENSSL_free(at);
  return der;
}

}  // namespace

std::string sha256(Bytes bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    text += kDigits[digest[i] >> 4];
    text += kDigits[digest[i] & 15];
  }
  return text;
}

struct PublicKey::Handle {
  Key key;
  const Kind* kind = nullptr;
};

Result<PublicKey> PublicKey::parse(std::string_view text) {
  if (text.find("PRIVATE KEY") != std::string_view::npos) {
    return fail(ErrorKind::refused, "this is a private key: the public one is wanted");
  }
  const auto octets = decode(without_armour(text, "PUBLIC KEY"));
  constexpr std::size_t kEd25519 = 32;
  Key key;
  if (octets) {
    const auto* at = reinterpret_cast<const unsigned char*>(octets->data());
    if (octets->size() == kEd25519) {
      key.reset(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, at, kEd25519));
    } else {
      key.reset(d2i_PUBKEY(nullptr, &at, static_cast<long>(octets->size())));
    }
  }
  if (!key) return fail(ErrorKind::malformed, "this is no public key in PEM");
  const Kind* kind = kind_of(key.get());
  if (kind == nullptr) {
    return fail(ErrorKind::refused, "this key is neither Ed25519 nor of the curves P-256, P-384 and P-521");
  }
  unsigned char* at = nullptr;
  const int size = i2d_PUBKEY(key.get(), &at);
  if (size <= 0) return fail(ErrorKind::malformed, "this key cannot be written");
  PublicKey parsed;
  parsed.text_ = encode(std::vector<unsigned char>(at, at + size));
  OPENSSL_free(at);
  parsed.handle_ = std::make_shared<const Handle>(Handle{std::move(key), kind});
  return parsed;
}

bool PublicKey::verifies(const nrtm::Jws& jws) const {
  const Kind& kind = *handle_->kind;
  if (jws.algorithm != kind.algorithm && jws.algorithm != kind.also) return false;
  std::vector<unsigned char> signature(jws.signature.begin(), jws.signature.end());
  if (kind.half != 0) signature = der_of(jws.signature, kind.half);
  if (signature.empty()) return false;
  const Context context(EVP_MD_CTX_new());
  return context &&
         EVP_DigestVerifyInit(context.get(), nullptr, kind.digest == nullptr ? nullptr : kind.digest(), nullptr,
                              handle_->key.get()) == 1 &&
         EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                          reinterpret_cast<const unsigned char*>(jws.covered.data()), jws.covered.size()) == 1;
}

}  // namespace fairway
