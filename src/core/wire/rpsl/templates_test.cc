#include "core/wire/rpsl/templates.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "core/wire/rpsl/object_key.h"

namespace fairway {
namespace {

// Each class begins with itself, ends with its source, has one primary key (a route two attributes of it), names
// nothing twice, and says "look-up key" of exactly what objects can be found by.
TEST(Templates, AreWhole) {
  EXPECT_EQ(template_classes().size(), 16u);
  for (const std::string_view name : template_classes()) {
    const std::string text = rpsl_template(name);
    std::string_view rest = text, last;
    std::vector<std::string_view> names;
    std::size_t keys = 0;
    while (!rest.empty()) {
      const std::string_view line = cut(rest, '\n');
      const std::string_view attribute = line.substr(0, line.find(':'));
      for (const std::string_view before : names) EXPECT_NE(before, attribute) << name;
      names.push_back(attribute);
      keys += line.find("[primary") != std::string_view::npos;
      const bool found = line.find("look-up key]") != std::string_view::npos;
      EXPECT_EQ(found, is_lookup_attribute(attribute)) << name << " " << attribute;
      EXPECT_EQ(line.find('['), 16u) << line;
      last = line;
    }
    EXPECT_EQ(names.front(), name);
    EXPECT_EQ(names.back(), "source");
    EXPECT_EQ(keys, name.starts_with("route") && name != "route-set" ? 2u : 1u) << name;
  }
  EXPECT_EQ(rpsl_template("poem"), "");
  EXPECT_EQ(rpsl_template(""), "");
}

}  // namespace
}  // namespace fairway
