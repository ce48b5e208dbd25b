#include "core/read/slurm.h"

#include "core/read/golden_for_tests.h"

namespace fairway {
namespace {

Prefix prefix(std::string_view text) { return *parse_prefix(text); }
Vrp vrp(std::string_view text, std::uint8_t max_length, std::uint32_t asn) {
  return {prefix(text), max_length, Asn{asn}};
}

constexpr std::string_view kEmpty =
    R"({"slurmVersion": 1, "validationOutputFilters": {"prefixFilters": [], "bgpsecFilters": []},
  "locallyAddedAssertions": {"prefixAssertions": [], "bgpsecAssertions": []}})";

// The empty file with one piece of its text exchanged.
Result<Slurm> with(std::string_view piece, std::string_view by) {
  std::string text(kEmpty);
  const std::size_t at = text.find(piece);
  EXPECT_NE(at, std::string::npos);
  return read_slurm(buffer_of(text.replace(at, piece.size(), by)).bytes());
}

std::string error_of(const Result<Slurm>& result) {
  return result ? "read" : result.error().text.substr(0, result.error().text.find(" (near"));
}

TEST(Slurm, FiltersRemoveAndAssertionsAreNeverFiltered) {
  const Buffer file = golden("slurm.json");
  ASSERT_TRUE(is_slurm(file.bytes()));
  const auto slurm = read_slurm(file.bytes());
  ASSERT_TRUE(slurm) << slurm.error().text;
  std::vector<Vrp> vrps = {vrp("1.0.0.0/24", 24, 13335),
                           vrp("1.0.0.0/8", 8, 1),
                           vrp("0.0.0.0/1", 8, 2),
                           vrp("193.0.0.0/21", 21, 3333),
                           vrp("93.175.147.0/24", 24, 64496),
                           vrp("93.175.147.0/24", 24, 196615)};
  EXPECT_EQ(apply(*slurm, vrps, 7), 4u);
  EXPECT_EQ(vrps, (std::vector<Vrp>{vrp("0.0.0.0/1", 8, 2), vrp("93.175.147.0/24", 24, 196615),
                                    vrp("198.51.100.0/24", 24, 64496), vrp("1.2.0.0/16", 24, 64496)}))
      << "1.2.0.0/16 lies under a filter, and stays: RFC 8416 section 3.2";
  EXPECT_EQ(vrps.back().trust_anchor, 7);
  EXPECT_EQ(slurm->prefix_filters[2].comment, "only of this AS");
}

TEST(Slurm, AspasHaveManyNames) {
  const auto slurm = read_slurm(golden("slurm-aspa.json").bytes());
  ASSERT_TRUE(slurm) << slurm.error().text;
  std::vector<Aspa> aspas = {{Asn{945}, {Asn{1}}}, {Asn{947}, {Asn{1}}}, {Asn{946}, {}}};
  EXPECT_EQ(apply(*slurm, aspas), 2u);
  EXPECT_EQ(aspas, (std::vector<Aspa>{{Asn{947}, {Asn{1}}},
                                      {Asn{64496}, {Asn{64500}, Asn{64501}}},
                                      {Asn{64497}, {Asn{64500}, Asn{64502}}},
                                      {Asn{64498}, {Asn{64503}}}}));
}

TEST(Slurm, AnEmptyFileIsFine) {
  const auto slurm = read_slurm(buffer_of(kEmpty).bytes());
  ASSERT_TRUE(slurm) << slurm.error().text;
  EXPECT_EQ(slurm->size(), 0u);
}

TEST(Slurm, EveryDeviationIsAnError) {  // RFC 8416 section 3.1
  EXPECT_EQ(error_of(with("\"slurmVersion\": 1", "\"slurmVersion\": 3")), "slurmVersion: should be 1 or 2");
  EXPECT_EQ(error_of(with("\"slurmVersion\": 1", "\"slurmVersion\": \"1\"")), "slurmVersion: should be 1 or 2");
  EXPECT_EQ(error_of(with("\"slurmVersion\": 1, ", "")), "slurmVersion: is missing");
  EXPECT_EQ(error_of(with("\"slurmVersion\": 1, ", "\"slurmVersion\": 1, \"slurmVersion\": 1, ")),
            "slurmVersion: stands here a second time");
  EXPECT_EQ(error_of(with("\"slurmVersion\": 1", "\"slurmVersion\": 1, \"comment\": \"mine\"")),
            "comment: no such member is known");
  EXPECT_EQ(error_of(with(", \"bgpsecFilters\": []", "")), "validationOutputFilters.bgpsecFilters: is missing");
  EXPECT_EQ(error_of(with("\"prefixFilters\": [], ", "")), "validationOutputFilters.prefixFilters: is missing");
  EXPECT_EQ(error_of(with("\"prefixFilters\": []", "\"prefixFilters\": {}")),
            "validationOutputFilters.prefixFilters: should be a list");
  EXPECT_EQ(error_of(with("\"prefixFilters\": []", "\"prefixFilters\": [{}]")),
            "validationOutputFilters.prefixFilters[0]: needs a prefix, an asn, or both");
  EXPECT_EQ(error_of(with("\"prefixFilters\": []", "\"prefixFilters\": [{\"asn\": \"AS1\"}]")),
            "validationOutputFilters.prefixFilters[0].asn: should be an AS number, written as a number");
  EXPECT_EQ(error_of(with("\"prefixFilters\": []", "\"prefixFilters\": [{\"asn\": 1, \"prefix\": \"10.0.0.1/8\"}]")),
            "validationOutputFilters.prefixFilters[0].prefix: should be a prefix, as in \"192.0.2.0/24\"");
  EXPECT_EQ(error_of(with("\"prefixFilters\": []", "\"prefixFilters\": [{\"asn\": 1, \"maxPrefixLength\": 24}]")),
            "validationOutputFilters.prefixFilters[0].maxPrefixLength: no such member is known");
  EXPECT_EQ(error_of(with("\"prefixAssertions\": []", "\"prefixAssertions\": [{\"prefix\": \"10.0.0.0/8\"}]")),
            "locallyAddedAssertions.prefixAssertions[0]: has no asn");
  EXPECT_EQ(error_of(with("\"prefixAssertions\": []",
                          "\"prefixAssertions\": [{\"asn\": 1, \"prefix\": \"10.0.0.0/8\", \"maxPrefixLength\": 7}]")),
            "locallyAddedAssertions.prefixAssertions[0]: its maxPrefixLength 7 does not fit 10.0.0.0/8");
  EXPECT_EQ(error_of(with("\"bgpsecAssertions\": []", "\"bgpsecAssertions\": [{\"asn\": 1, \"SKI\": \"Zm9v\"}]")),
            "locallyAddedAssertions.bgpsecAssertions[0]: needs asn, SKI and routerPublicKey");
  EXPECT_EQ(error_of(with("\"bgpsecFilters\": []", "\"bgpsecFilters\": [{\"SKI\": \"!\"}]")),
            "validationOutputFilters.bgpsecFilters[0].SKI: should be Base64");
  EXPECT_EQ(error_of(with("\"bgpsecFilters\": []", "\"bgpsecFilters\": [], \"aspaFilters\": []")),
            "validationOutputFilters.aspaFilters: is no member of version 1; write \"slurmVersion\": 2");
  EXPECT_FALSE(read_slurm(buffer_of("[]").bytes()));
  EXPECT_FALSE(read_slurm(buffer_of(std::string(kEmpty) + " x").bytes()));
  EXPECT_FALSE(read_slurm(buffer_of("").bytes()));
}

TEST(Slurm, ATornFileIsAnError) {
  const Buffer whole = golden("slurm-aspa.json");
  const std::size_t end = as_text(whole.bytes()).rfind('}');
  expect_total_over_prefixes(Buffer::copy_of(whole.bytes().first(end)),
                             [](Bytes part) { EXPECT_FALSE(read_slurm(part)) << part.size(); });
}

TEST(Slurm, SeveralFilesMayNotSpeakAboutTheSame) {  // RFC 8416 section 4.2
  Slurm a, b;
  a.prefix_filters.push_back({prefix("10.0.0.0/8"), std::nullopt, ""});
  b.prefix_assertions.push_back({prefix("10.2.0.0/16"), Asn{1}, 16, ""});
  const std::string names[] = {"a.json", "b.json"};
  const auto both = [&] {
    const Slurm files[] = {a, b};
    return merge(files, names);
  };
  ASSERT_FALSE(both());
  EXPECT_EQ(both().error().kind, ErrorKind::refused);
  EXPECT_EQ(both().error().text.substr(0, 67), "the SLURM files a.json and b.json both speak about 10.2.0.0/16: RFC");
  b.prefix_assertions[0].prefix = prefix("11.0.0.0/8");
  ASSERT_TRUE(both());
  EXPECT_EQ(both()->size(), 2u);
  a.prefix_filters.push_back({std::nullopt, Asn{1}, ""});
  EXPECT_TRUE(both()) << "an ASN alone names no address";
  a.aspa_filters.push_back({Asn{5}, ""});
  b.aspa_assertions.push_back({{Asn{5}, {}}, ""});
  EXPECT_FALSE(both());
  b.aspa_assertions[0].aspa.customer = Asn{6};
  EXPECT_TRUE(both());
  a.bgpsec_asns = {Asn{9}};
  b.bgpsec_asns = {Asn{9}};
  EXPECT_FALSE(both());
  const Slurm one[] = {a};
  EXPECT_TRUE(merge(one, names)) << "within one file anything may overlap";
}

}  // namespace
}  // namespace fairway
