// uses: core/filter core/model base
//
// "_A_B_" is in a path as printed where A and B stand side by side, no bracket apart; "^A_" where it begins with A,
// "_A$" where it ends with it. Any other text is an expression or is refused, and asking it ends.
#include <algorithm>

#include "core/filter/path_pattern.h"
#include "core/model/as_path.h"
#include "hold.h"

using namespace fairway;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 200) return 0;  // a long expression is slow to compile, and no harder
  Plan plan{data, data + size};
  std::vector<Asn> asns;
  for (unsigned count = plan.next() % 8; count != 0; --count) asns.push_back(Asn{plan.next() % 16 * 7u});
  const std::string path = to_string(AsPath(asns));
  const Asn a{plan.next() % 16 * 7u}, b{plan.next() % 16 * 7u};
  const auto matches = [](const std::string& expression, const std::string& text) {
    const auto pattern = PathPattern::parse(expression);
    hold(pattern.has_value(), "an expression of ASNs");
    return pattern->matches(text);
  };
  const Asn both[] = {a, b};
  hold(matches("_" + to_string(a) + "_", path) == (std::ranges::count(asns, a) != 0), "an AS");
  hold(matches("_" + to_string(a) + "_" + to_string(b) + "_", path) == !std::ranges::search(asns, both).empty(),
       "two side by side");
  hold(matches("^" + to_string(a) + "_", path) == (!asns.empty() && asns.front() == a), "the neighbour");
  hold(matches("_" + to_string(a) + "$", path) == (!asns.empty() && asns.back() == a), "the origin");
  hold(matches("^$", path) == asns.empty(), "the empty path");

  const std::string rest(reinterpret_cast<const char*>(plan.at), static_cast<std::size_t>(plan.end - plan.at));
  const auto pattern = PathPattern::parse(rest);
  if (!pattern) {
    hold(pattern.error().kind == ErrorKind::usage && !pattern.error().text.empty(), "refused with a reason");
    return 0;
  }
  pattern->matches(path);
  pattern->matches("(64512 64513) 1 {2,3}");
  if (rest.find_first_not_of("0123456789 ") == std::string::npos) {
    hold(pattern->matches(path) == (path.find(rest) != std::string::npos), "plain text is searched for");
  }
  return 0;
}
