#include "shell/feed/signature.h"

#include <gtest/gtest.h>

#include "shell/feed/signer_for_tests.h"

namespace fairway {
namespace {

// FIPS 180-2, appendix B.1 and the empty text.
TEST(Sha256, KnownTexts) {
  EXPECT_EQ(sha256(as_bytes("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256({}), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

// RFC 7515 appendix A.3 (ES256) and RFC 8037 appendix A.4 (Ed25519).
TEST(PublicKey, VectorsOfTheStandards) {
  const auto curve = PublicKey::parse(
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEXH8UTNG72bfocs3+257rn0s2ldbqkLJK2K"
      "RiMohYjlrQ==");
  ASSERT_TRUE(curve) << curve.error().text;
  const auto a3 = nrtm::parse_jws(
      "eyJhbGciOiJFUzI1NiJ9."
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
      "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");
  ASSERT_TRUE(a3) << a3.error().text;
  EXPECT_TRUE(curve->verifies(*a3));
  const auto edwards = PublicKey::parse("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
  ASSERT_TRUE(edwards) << edwards.error().text;
  const auto a4 = nrtm::parse_jws(
      "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
      "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
  ASSERT_TRUE(a4) << a4.error().text;
  EXPECT_TRUE(edwards->verifies(*a4));
  EXPECT_FALSE(edwards->verifies(*a3));
  EXPECT_FALSE(curve->verifies(*a4));
}

TEST(PublicKey, VerifiesWhatItsPrivateKeySignedAndNothingElse) {
  for (const char* algorithm : {"Ed25519", "ES256", "ES384", "ES512"}) {
    const Signer signer(algorithm), stranger(algorithm);
    const auto key = PublicKey::parse(signer.public_pem());
    ASSERT_TRUE(key) << key.error().text;
    EXPECT_EQ(PublicKey::parse(key->text())->text(), key->text());
    const std::string text = signer.sign("{\"version\": 4}");
    EXPECT_TRUE(key->verifies(*nrtm::parse_jws(text))) << algorithm;
    EXPECT_FALSE(key->verifies(*nrtm::parse_jws(stranger.sign("{\"version\": 4}"))));
    EXPECT_FALSE(key->verifies(*nrtm::parse_jws(signer.sign("{}", "RS256")))) << "the key says which algorithm it is";
    // No octet of it may change.
    for (std::size_t i = 0; i < text.size(); ++i) {
      std::string forged = text;
      forged[i] = forged[i] == 'A' ? 'B' : 'A';
      const auto jws = nrtm::parse_jws(forged);
      EXPECT_FALSE(jws && key->verifies(*jws)) << algorithm << " " << i;
    }
    auto shorter = *nrtm::parse_jws(text);
    shorter.signature.pop_back();
    EXPECT_FALSE(key->verifies(shorter));
    shorter.signature.clear();
    EXPECT_FALSE(key->verifies(shorter));
  }
}

TEST(PublicKey, RefusesWhatIsNone) {
  EXPECT_EQ(PublicKey::parse("").error().kind, ErrorKind::malformed);
  EXPECT_EQ(PublicKey::parse("key.pem").error().kind, ErrorKind::malformed);
  EXPECT_EQ(PublicKey::parse("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n").error().kind,
            ErrorKind::malformed);
  EXPECT_EQ(PublicKey::parse(Signer().private_pem()).error().kind, ErrorKind::refused);
  EVP_PKEY* rsa = EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{2048});
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(rsa, &der);
  std::string text(4 * static_cast<std::size_t>(size), '\0');
  text.resize(static_cast<std::size_t>(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), der, size)));
  OPENSSL_free(der);
  EVP_PKEY_free(rsa);
  EXPECT_EQ(PublicKey::parse(text).error().kind, ErrorKind::refused);
}

}  // namespace
}  // namespace fairway
