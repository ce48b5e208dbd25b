#include "core/model/ip_address.h"

#include <array>
#include <cassert>

#include "base/text.h"

namespace fairway {

IpAddress IpAddress::from_octets(Bytes octets) {
  assert(octets.size() == 4 || octets.size() == 16);
  std::uint64_t words[2] = {0, 0};
  for (std::size_t i = 0; i < octets.size(); ++i) words[i / 8] |= std::uint64_t{octets[i]} << (56 - 8 * (i % 8));
  return {octets.size() == 4 ? Family::ipv4 : Family::ipv6, words[0], words[1]};
}

std::size_t IpAddress::to_octets(std::uint8_t* out) const {
  const std::size_t count = address_octets(family);
  for (std::size_t i = 0; i < count; ++i)
    out[i] = static_cast<std::uint8_t>((i < 8 ? high : low) >> (56 - 8 * (i % 8)));
  return count;
}

const char* read_ipv4(const char* at, const char* end, std::uint32_t& bits) {
  bits = 0;
  for (int part = 0; part < 4; ++part) {
    if (part != 0 && (at == end || *at++ != '.')) return nullptr;
    if (at == end) return nullptr;
    std::uint32_t octet = static_cast<std::uint32_t>(*at - '0');
    if (octet > 9) return nullptr;
    const bool zero = octet == 0;
    ++at;
    for (int more = 0; more < 2 && at != end; ++more, ++at) {
      const auto digit = static_cast<std::uint32_t>(*at - '0');
      if (digit > 9) break;
      if (zero) return nullptr;
      octet = 10 * octet + digit;
    }
    if (octet > 255) return nullptr;
    bits = bits << 8 | octet;
  }
  return at;
}

namespace {

std::optional<std::uint32_t> parse_quad(std::string_view text) {
  const char* const end = text.data() + text.size();
  std::uint32_t bits = 0;
  const char* const at = read_ipv4(text.data(), end, bits);
  return at != nullptr && at == end ? std::optional(bits) : std::nullopt;
}

std::optional<IpAddress> parse_ipv6(std::string_view text) {
  std::array<std::uint16_t, 8> groups{};
  std::size_t count = 0;
  std::optional<std::size_t> gap;  // the group before which "::" stands
  if (text.starts_with("::")) {
    gap = 0;
    text.remove_prefix(2);
  }
  while (!text.empty()) {
    if (count == 8) return std::nullopt;
    const std::size_t colon = text.find(':');
    const std::string_view field = text.substr(0, colon);
    if (field.find('.') != std::string_view::npos) {
      const auto quad = colon == std::string_view::npos && count <= 6 ? parse_quad(field) : std::nullopt;
      if (!quad) return std::nullopt;
      groups[count++] = static_cast<std::uint16_t>(*quad >> 16);
      groups[count++] = static_cast<std::uint16_t>(*quad);
      break;
    }
    const auto group = field.size() <= 4 ? parse_number<std::uint16_t>(field, 16) : std::nullopt;
    if (!group) return std::nullopt;
    groups[count++] = *group;
    if (colon == std::string_view::npos) break;
    text.remove_prefix(colon + 1);
    if (text.starts_with(':')) {
      if (gap) return std::nullopt;
      gap = count;
      text.remove_prefix(1);
    } else if (text.empty()) {
      return std::nullopt;  // a single colon at the end
    }
  }
  if (gap ? count == 8 : count != 8) return std::nullopt;
  if (gap) {
    for (std::size_t moved = count - *gap, i = 0; i < moved; ++i) {
      groups[7 - i] = groups[count - 1 - i];
      groups[count - 1 - i] = 0;
    }
  }
  const auto word = [&](std::size_t first) {
    return std::uint64_t{groups[first]} << 48 | std::uint64_t{groups[first + 1]} << 32 |
           std::uint64_t{groups[first + 2]} << 16 | groups[first + 3];
  };
  return IpAddress::ipv6(word(0), word(4));
}

void append_quad(std::string& out, std::uint32_t bits) {
  char text[16];
  char* at = text;
  for (int shift = 24; shift >= 0; shift -= 8) {
    const unsigned octet = bits >> shift & 255;
    if (octet >= 100) *at++ = static_cast<char>('0' + octet / 100);
    if (octet >= 10) *at++ = static_cast<char>('0' + octet / 10 % 10);
    *at++ = static_cast<char>('0' + octet % 10);
    if (shift != 0) *at++ = '.';
  }
  out.append(text, static_cast<std::size_t>(at - text));
}

void append_ipv6(std::string& out, std::uint64_t high, std::uint64_t low) {
  const auto group = [&](int i) { return static_cast<std::uint16_t>((i < 4 ? high : low) >> (48 - 16 * (i % 4))); };
  int best = -1, best_size = 1;
  for (int i = 0; i < 8;) {
    int size = 0;
    while (i + size < 8 && group(i + size) == 0) ++size;
    if (size > best_size) {
      best = i;
      best_size = size;
    }
    i += size == 0 ? 1 : size;
  }
  for (int i = 0; i < 8; ++i) {
    if (i == best) {
      out += "::";
      i += best_size - 1;
      continue;
    }
    if (i == 6 && best == 0 && (best_size == 5 && group(5) == 0xffff)) {
      if (out.back() != ':') out += ':';
      append_quad(out, static_cast<std::uint32_t>(low));
      return;
    }
    if (i != 0 && out.back() != ':') out += ':';
    char digits[4];
    const auto end = std::to_chars(digits, digits + 4, group(i), 16).ptr;
    out.append(digits, static_cast<std::size_t>(end - digits));
  }
}

}  // namespace

std::optional<IpAddress> parse_ip(std::string_view text) {
  if (text.find(':') != std::string_view::npos) return parse_ipv6(text);
  if (const auto bits = parse_quad(text)) return IpAddress::ipv4(*bits);
  return std::nullopt;
}

void append_to(std::string& out, const IpAddress& address) {
  if (address.family == Family::ipv4) {
    append_quad(out, address.ipv4_bits());
  } else {
    append_ipv6(out, address.high, address.low);
  }
}

std::string to_string(const IpAddress& address) {
  std::string out;
  append_to(out, address);
  return out;
}

}  // namespace fairway
