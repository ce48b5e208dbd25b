#include "core/model/range_operator.h"

#include "base/text.h"

namespace fairway {

std::optional<RangeOperator> parse_range_operator(std::string_view text) {
  if (text.empty()) return RangeOperator{};
  if (text.front() != '^') return std::nullopt;
  text.remove_prefix(1);
  if (text == "-") return RangeOperator{.plus = 1, .most = RangeOperator::kLongest};
  if (text == "+") return RangeOperator{.most = RangeOperator::kLongest};
  std::string_view rest = text;
  const auto least = parse_number<std::uint8_t>(cut(rest, '-'));
  const auto most = text.find('-') == std::string_view::npos ? least : parse_number<std::uint8_t>(rest);
  if (!least || !most || *least > *most || *most > 128) return std::nullopt;
  return RangeOperator{.least = *least, .most = *most};
}

void append_to(std::string& out, RangeOperator range) {
  if (range.is_none()) return;
  out += '^';
  if (range.least == 0 && range.most == RangeOperator::kLongest) {
    out += range.plus == 0 ? '+' : '-';
    return;
  }
  append_number(out, unsigned{range.least});
  if (range.least == range.most) return;
  out += '-';
  append_number(out, unsigned{range.most});
}

}  // namespace fairway
