// The questions of tests/golden/report/questions.tsv answered in every form, and counted. FAIRWAY_WRITE_GOLDEN=1 writes
// the answers instead of comparing.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "core/report/batch_check.h"
#include "core/report/reasons.h"
#include "core/report/small_world_for_tests.h"
#include "core/report/tally.h"

namespace fairway {
namespace {

const std::string kFolder = std::string(FAIRWAY_SOURCE_DIR) + "/tests/golden/report/";

std::string content_of(const std::string& name) {
  std::ifstream file(kFolder + name, std::ios::binary);
  EXPECT_TRUE(file) << name;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

void expect_golden(const std::string& name, const std::string& text) {
  if (std::getenv("FAIRWAY_WRITE_GOLDEN") != nullptr) {
    std::ofstream(kFolder + name, std::ios::binary) << text;
    return;
  }
  EXPECT_EQ(text, content_of(name)) << name;
}

std::string answers(const World& world, BatchFormat format) {
  std::string out;
  std::vector<BatchCheck::Wrong> wrong;
  BatchCheck(world, format).answer(content_of("questions.tsv"), out, wrong);
  EXPECT_EQ(wrong.size(), 1u);
  return out;
}

std::vector<RouteQuestion> questions() {
  std::vector<RouteQuestion> all;
  const std::string text = content_of("questions.tsv");
  for (std::string_view rest = text; !rest.empty();) {
    const auto question = parse_batch_line(cut(rest, '\n'));
    if (question && *question) all.push_back(**question);
  }
  return all;
}

TEST(ReportGolden, AnswersForPeople) { expect_golden("answers.txt", answers(small_world(), BatchFormat::text)); }
TEST(ReportGolden, AnswersAsJson) { expect_golden("answers.json", answers(small_world(), BatchFormat::json)); }
TEST(ReportGolden, AnswersAsTsv) {
  expect_golden("answers.tsv", std::string(kVerdictTsvHeader) + answers(small_world(), BatchFormat::tsv));
}
TEST(ReportGolden, AnswersOfAnEmptyWorld) { expect_golden("unknown.txt", answers(World(), BatchFormat::text)); }

// OTC is an attribute: no line of a batch has it.
TEST(ReportGolden, AnswersAboutOnlyToCustomer) {
  const World world = small_world();
  std::string text;
  for (const auto& [path, from] :
       std::initializer_list<std::pair<const char*, std::optional<Role>>>{{"10 1 20", {}}, {"1", Role::customer}}) {
    RouteQuestion question;
    question.path = parse_as_path(path);
    question.otc = Asn{20};
    question.vantage.from = from;
    append_verdict_text(text, world, question, judge_question(world, question));
  }
  expect_golden("only_to_customer.txt", text);
}

TEST(ReportGolden, Tallies) {
  const World world = small_world();
  Tally tally, first, second;
  bool odd = false;
  for (const RouteQuestion& question : questions()) {
    if (!question.prefix) continue;
    const RouteVerdict verdict = judge_question(world, question);
    tally.add(question.prefix->family(), verdict);
    (odd ? second : first).add(question.prefix->family(), verdict);
    odd = !odd;
  }
  std::string text, json, of_parts;
  append_tally_text(text, tally, 3);
  append_tally_json(json, tally, 3, world.version);
  expect_golden("tally.txt", text);
  expect_golden("tally.json", json);
  second.add(first);
  append_tally_json(of_parts, second, 3, world.version);
  EXPECT_EQ(json, of_parts) << "tallies of parts add up";
}

// Every check that was asked for gives a reason, with a rule; the states are those of the verdict.
TEST(Reasons, NameTheVerdictsStates) {
  const World world = small_world();
  for (const RouteQuestion& question : questions()) {
    const RouteVerdict verdict = judge_question(world, question);
    bool origin = false, aspa = false, irr = false, leak = false, bogon = false;
    for (const Reason& reason : reasons(world, question, verdict)) {
      EXPECT_FALSE(reason.rule.empty() || reason.fact.empty()) << reason.check;
      if (reason.check == "origin") origin = reason.state == to_string(verdict.origin.state);
      if (reason.check == "aspa") aspa = reason.state == to_string(verdict.of_path.path.state);
      if (reason.check == "irr") irr = reason.state == to_string(verdict.registry.state);
      if (reason.check == "leak") leak = reason.state == to_string(verdict.of_path.leak.state);
      if (reason.check == "bogon") bogon = reason.state == to_string(verdict.bogon.state);
    }
    EXPECT_EQ(origin && irr, question.prefix.has_value());
    EXPECT_EQ(aspa && leak, question.path.has_value());
    EXPECT_EQ(bogon, verdict.bogon.state != BogonState::none);
  }
}

}  // namespace
}  // namespace fairway
