#include "core/model/number_range.h"

#include "base/text.h"

namespace fairway {

namespace {

NumberRange::Number number_of(const IpAddress& address) {
  if (address.family == Family::ipv4) return address.ipv4_bits();
  return NumberRange::Number{address.high} << 64 | address.low;
}

NumberRange::Kind kind_of(Family family) {
  return family == Family::ipv4 ? NumberRange::Kind::ipv4 : NumberRange::Kind::ipv6;
}

}  // namespace

NumberRange NumberRange::of(const Prefix& prefix) {
  return {kind_of(prefix.family()), number_of(prefix.address()), number_of(prefix.last_address())};
}

std::optional<NumberRange> parse_address_range(std::string_view text) {
  if (const auto prefix = parse_prefix(trim(text))) return NumberRange::of(*prefix);
  std::string_view rest = text;
  const auto first = parse_ip(trim(cut(rest, '-'))), last = parse_ip(trim(rest));
  if (!first || !last || first->family != last->family || *last < *first) return std::nullopt;
  return NumberRange{kind_of(first->family), number_of(*first), number_of(*last)};
}

std::optional<NumberRange> parse_as_block(std::string_view text) {
  std::string_view rest = text;
  const auto first = parse_asn(trim(cut(rest, '-'))), last = parse_asn(trim(rest));
  if (!first || !last || *last < *first) return std::nullopt;
  return NumberRange{NumberRange::Kind::asn, first->value, last->value};
}

}  // namespace fairway
