#include "core/notify/template.h"

#include <gtest/gtest.h>

#include "core/notify/incidents_for_tests.h"

namespace fairway::notify {
namespace {

std::string filled(std::string_view text, Stage stage = Stage::update) {
  const auto parsed = Template::parse(text);
  return parsed ? parsed->fill(told(stage)) : "error: " + parsed.error().text;
}

TEST(Template, PlaceholdersBecomeWhatTheyStandFor) {
  EXPECT_EQ(filled(""), "");
  EXPECT_EQ(filled("{\"a\": 1}"), "{\"a\": 1}");
  EXPECT_EQ(filled("{{transition}} {{ incident }}"), "update 41a6f8a1f1c1a2d3");
  EXPECT_EQ(filled("{{id}}{{id}}"), "41a6f8a1f1c1a2d3-241a6f8a1f1c1a2d3-2");
  EXPECT_EQ(filled("{{prefixes}} {{json:prefixes}}"),
            "192.0.2.0/24 2001:db8::/32 [\"192.0.2.0/24\", \"2001:db8::/32\"]");
  EXPECT_EQ(filled("{{offenders}} {{json:offenders}} {{json:score}} {{json:kind}}"), "64511 [64511] 8 \"hijack\"");
  EXPECT_EQ(filled("<{{cleared}}>"), "<>");
  EXPECT_EQ(filled("{{cleared}}", Stage::clear), "2026-07-07T00:10:00Z");
  EXPECT_EQ(filled("}} { {"), "}} { {");
}

TEST(Template, TextIsSafeInsideAJsonString) {
  EXPECT_NE(filled("{{evidence}}").find("only \\\"route-views2\\\\rrc00\\\" <AS64496> & no other [view]"),
            std::string::npos)
      << filled("{{evidence}}");
  EXPECT_EQ(filled("{{text}}").find('\n'), std::string::npos);
}

TEST(Template, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(filled("{{prefxes}}"), "error: there is no placeholder 'prefxes'; did you mean 'prefixes'?");
  EXPECT_EQ(filled("{{zzzzzzzzzz}}"), "error: there is no placeholder 'zzzzzzzzzz'");
  EXPECT_EQ(filled("x {{id"), "error: '{{' is not followed by '}}'");
  EXPECT_EQ(Template::parse("x {{id").error().where, 2u);
}

}  // namespace
}  // namespace fairway::notify
