#include "core/model/prefix.h"

#include "base/text.h"

namespace fairway {

std::optional<Prefix> parse_prefix(std::string_view text, bool lenient) {
  const char *at = text.data(), *const end = at + text.size();
  std::uint32_t bits = 0;
  if (at = read_ipv4(at, end, bits); at != nullptr && at != end && *at == '/') {
    unsigned length = 0;
    const auto digits = end - ++at;
    for (; at != end && *at >= '0' && *at <= '9'; ++at) length = 10 * length + static_cast<unsigned>(*at - '0');
    if (at != end || digits == 0 || digits > 9 || length > 32) return std::nullopt;
    const Prefix prefix(IpAddress::ipv4(bits), length);
    if (!lenient && prefix.high() >> 32 != bits) return std::nullopt;
    return prefix;
  }
  const std::size_t slash = text.find('/');
  const auto address = parse_ip(text.substr(0, slash));
  if (!address) return std::nullopt;
  if (slash == std::string_view::npos) return Prefix::host(*address);
  const auto length = parse_number<std::uint8_t>(text.substr(slash + 1));
  if (!length || *length > address_bits(address->family)) return std::nullopt;
  const Prefix prefix(*address, *length);
  if (!lenient && prefix.address() != *address) return std::nullopt;
  return prefix;
}

void append_to(std::string& out, const Prefix& prefix) {
  append_to(out, prefix.address());
  out += '/';
  append_number(out, prefix.length());
}

std::string to_string(const Prefix& prefix) {
  std::string out;
  append_to(out, prefix);
  return out;
}

}  // namespace fairway
