// A key pair made on the spot, and JSON Web Signatures by it, for tests of what checks them.
#pragma once

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fairway {

class Signer {
 public:
  // "Ed25519", "ES256", "ES384" or "ES512".
  explicit Signer(const std::string& algorithm = "ES256") : algorithm_(algorithm) {
    if (algorithm == "Ed25519") {
      key_ = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    } else {
      const char* curve = algorithm == "ES256" ? "P-256" : algorithm == "ES384" ? "P-384" : "P-521";
      key_ = EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve);
    }
  }
  ~Signer() { EVP_PKEY_free(key_); }
  Signer(const Signer&) = delete;
  Signer& operator=(const Signer&) = delete;

  std::string public_pem() const {
    return pem([this](BIO* bio) { PEM_write_bio_PUBKEY(bio, key_); });
  }
  std::string private_pem() const {
    return pem([this](BIO* bio) { PEM_write_bio_PrivateKey(bio, key_, nullptr, nullptr, 0, nullptr, nullptr); });
  }

  // HEADER.PAYLOAD.SIGNATURE; `claimed` is what the header says of the algorithm, if it lies.
  std::string sign(std::string_view payload, const std::string& claimed = "") const {
    const std::string covered =
        base64url(R"({"alg":")" + (claimed.empty() ? algorithm_ : claimed) + "\"}") + "." + base64url(payload);
    return covered + "." + base64url(signature(covered));
  }

 private:
  static std::string pem(auto write) {
    BIO* bio = BIO_new(BIO_s_mem());
    write(bio);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    std::string text(data, static_cast<std::size_t>(size));
    BIO_free(bio);
    return text;
  }
  static std::string base64url(std::string_view octets) {
    std::string text(4 * ((octets.size() + 2) / 3) + 1, '\0');
    text.resize(static_cast<std::size_t>(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                                         reinterpret_cast<const unsigned char*>(octets.data()),
                                                         static_cast<int>(octets.size()))));
    while (text.ends_with('=')) text.pop_back();
    for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
    return text;
  }
  std::string signature(std::string_view covered) const {
    const EVP_MD* digest = algorithm_ == "ES256"   ? EVP_sha256()
                           : algorithm_ == "ES384" ? EVP_sha384()
                           : algorithm_ == "ES512" ? EVP_sha512()
                                                   : nullptr;
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    EVP_DigestSignInit(context, nullptr, digest, nullptr, key_);
    std::vector<unsigned char> made(512);
    std::size_t size = made.size();
    EVP_DigestSign(context, made.data(), &size, reinterpret_cast<const unsigned char*>(covered.data()), covered.size());
    EVP_MD_CTX_free(context);
    made.resize(size);
    if (digest == nullptr) return std::string(made.begin(), made.end());
    const unsigned char* at = made.data();
    ECDSA_SIG* pair = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size));
    const int half = algorithm_ == "ES256" ? 32 : algorithm_ == "ES384" ? 48 : 66;
    std::vector<unsigned char> raw(static_cast<std::size_t>(2 * half));
    BN_bn2binpad(ECDSA_SIG_get0_r(pair), raw.data(), half);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair), raw.data() + half, half);
    ECDSA_SIG_free(pair);
    return std::string(raw.begin(), raw.end());
  }

  std::string algorithm_;
  EVP_PKEY* key_ = nullptr;
};

}  // namespace fairway
