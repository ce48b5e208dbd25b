// AsnExpression: a regular expression over the ASNs of a whole path, as Junos has it: "64500 .* (1|2)?
// 64512-65534{1,3}", [64500 64510-64519], "()" for the empty path. Run as an automaton: linear in path and expression.
// An AS_SET is one place that any of its members can fill.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "core/model/as_path.h"

namespace fairway::reader {

class AsnExpression {
 public:
  static Result<AsnExpression> parse(std::string_view text);
  bool matches(const AsPath& path) const;

 private:
  friend class AsnExpressionParser;
  static constexpr std::uint32_t kEnd = ~std::uint32_t{0};
  struct State {
    // An ASN of `ranges` leads to `next`; without ranges both `next` and `other` follow at once.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges;
    std::uint32_t next = kEnd, other = kEnd;
  };
  void follow(std::uint32_t state, std::vector<std::uint32_t>& set, std::vector<char>& seen) const;

  std::vector<State> states_;
  std::uint32_t start_ = kEnd;  // kEnd is where it has matched
};

}  // namespace fairway::reader
