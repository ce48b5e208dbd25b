#include "core/incident/evidence.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

namespace fairway {
namespace {

TEST(Evidence, NamesAreUniqueAndSumsAreSums) {
  std::set<std::string_view> names;
  for (const EvidenceRow& row : evidence_table()) EXPECT_TRUE(names.insert(row.name).second) << row.name;
  std::vector<Evidence> list;
  add(list, evidence(EvidenceId::rpki_new_origin_invalid, "a"));
  add(list, evidence(EvidenceId::new_origin, "b"));
  add(list, evidence(EvidenceId::new_origin, "again"));
  add(list, evidence(EvidenceId::asrel_new_origin_provider, "c"));
  EXPECT_EQ(sum(list), 8 + 1 - 4);
  sort(list);
  EXPECT_EQ(list[0].name, "new_origin");
  EXPECT_EQ(list[0].fact, "b");
}

TEST(Evidence, CloudflaresTagsHaveCloudflaresWeights) {
  const std::pair<EvidenceId, int> published[] = {
      {EvidenceId::rpki_new_origin_invalid, 8},    {EvidenceId::irr_new_origin_invalid, 4},
      {EvidenceId::rpki_old_origin_invalid, -2},   {EvidenceId::irr_old_origin_invalid, -2},
      {EvidenceId::bogon_old_origin, -1},          {EvidenceId::irr_new_origin_valid, -4},
      {EvidenceId::asrel_new_origin_provider, -4}, {EvidenceId::asrel_sibling_origins, -4},
      {EvidenceId::asrel_new_origin_customer, -2}, {EvidenceId::asrel_new_origin_peer, -2},
  };
  for (const auto& [id, weight] : published) EXPECT_EQ(evidence_row(id).weight, weight) << evidence_row(id).name;
}

TEST(Evidence, ThePageSaysWhatTheTableSays) {
  std::ifstream file(FAIRWAY_SOURCE_DIR "/docs/formats/incidents.md");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  for (const EvidenceRow& row : evidence_table()) {
    const std::string weight = row.weight > 0   ? "+" + std::to_string(row.weight)
                               : row.weight < 0 ? "−" + std::to_string(-row.weight)
                                                : "0";
    EXPECT_NE(page.find("| `" + std::string(row.name) + "` | " + weight + " | " + std::string(row.meaning) + " |"),
              std::string::npos)
        << row.name;
  }
}

TEST(Incident, WordsAreReadAsTheyAreWritten) {
  for (int type = 0; type <= static_cast<int>(IncidentType::outage_country); ++type) {
    const auto t = static_cast<IncidentType>(type);
    EXPECT_EQ(parse_incident_type(to_string(kind_of(t)), to_string(t)), t);
  }
  EXPECT_EQ(parse_incident_type("leak", "7"), std::nullopt);
  EXPECT_EQ(confidence_band(3), Confidence::low);
  EXPECT_EQ(confidence_band(4), Confidence::medium);
  EXPECT_EQ(confidence_band(8), Confidence::high);
}

}  // namespace
}  // namespace fairway
