#include "apps/fairway/options.h"

#include <gtest/gtest.h>

namespace fairway {
namespace {

struct Fixture : ::testing::Test {
  bool each = false;
  std::string format = "text", first;
  std::optional<std::string> table;
  unsigned depth = 7;
  std::vector<std::string> irr, files;
  std::string out_text, err_text;

  std::optional<ExitCode> parse(std::vector<std::string> arguments) {
    Options options("judge", "fairway judge --irr a.txt first rib.bz2");
    options.flag("-e,--each", each, "one line a route");
    options.choice("--format", format, {"text", "json"}, "form");
    options.group("Tables");
    options.text("--table", table, "FILE", "a table");
    options.number("--depth", depth, "N", "how deep", 1u, 9u);
    options.list("--irr", irr, "FILE", "route objects");
    options.positional("FIRST", first, "the first");
    options.positionals("FILE", files, "the others", 0);
    Output out(out_text), err(err_text);
    return options.parse(arguments, out, err);
  }
};

TEST_F(Fixture, ValuesLandInTheirVariables) {
  EXPECT_EQ(parse({"a", "--irr", "x", "b", "--each", "--irr=y", "-", "--depth", "3", "--table", "t", "--format=json"}),
            std::nullopt)
      << err_text;
  EXPECT_TRUE(each);
  EXPECT_EQ(format, "json");
  EXPECT_EQ(table, "t");
  EXPECT_EQ(depth, 3u);
  EXPECT_EQ(irr, (std::vector<std::string>{"x", "y"}));
  EXPECT_EQ(first, "a");
  EXPECT_EQ(files, (std::vector<std::string>{"b", "-"}));
}

TEST_F(Fixture, AbsentOptionsKeepTheirDefaults) {
  EXPECT_EQ(parse({"a"}), std::nullopt) << err_text;
  EXPECT_EQ(format, "text");
  EXPECT_EQ(depth, 7u);
  EXPECT_EQ(table, std::nullopt);
  EXPECT_TRUE(files.empty());
}

TEST_F(Fixture, AMisspeltOptionIsNamedWithTheRightOne) {
  EXPECT_EQ(parse({"a", "--fromat=json"}), ExitCode::failure);
  EXPECT_NE(err_text.find("fairway judge: there is no option --fromat=json; did you mean --format?"), std::string::npos)
      << err_text;
}

TEST_F(Fixture, AWrongValueIsNamedWithWhatIsWanted) {
  EXPECT_EQ(parse({"a", "--depth", "12"}), ExitCode::failure);
  EXPECT_NE(err_text.find("--depth: '12' is not a number from 1 to 9"), std::string::npos) << err_text;
  err_text.clear();
  EXPECT_EQ(parse({"a", "--format", "xml"}), ExitCode::failure);
  EXPECT_NE(err_text.find("--format: 'xml' is not one of text|json"), std::string::npos) << err_text;
}

TEST_F(Fixture, AMissingPositionalIsNamed) {
  EXPECT_EQ(parse({"--each"}), ExitCode::failure);
  EXPECT_NE(err_text.find("FIRST"), std::string::npos) << err_text;
}

TEST_F(Fixture, AMissingValueIsNamed) {
  EXPECT_EQ(parse({"a", "--table"}), ExitCode::failure);
  EXPECT_NE(err_text.find("--table"), std::string::npos) << err_text;
}

TEST_F(Fixture, HelpHasGroupsDefaultsAndTheExample) {
  EXPECT_EQ(parse({"--help"}), ExitCode::fine);
  for (const char* part : {"Usage: fairway judge [OPTIONS] FIRST [FILE...]", "Tables:", "--irr FILE", "(default text)",
                           "Example:\n  fairway judge --irr"}) {
    EXPECT_NE(out_text.find(part), std::string::npos) << part << " is not in\n" << out_text;
  }
}

}  // namespace
}  // namespace fairway
