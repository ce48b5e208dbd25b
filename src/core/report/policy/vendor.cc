#include "core/report/policy/vendor.h"

#include <algorithm>

namespace fairway::policy {

namespace {

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

}  // namespace

std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' && out.ends_with(' ')) continue;
    if (is_alphanumeric(c) || std::string_view(" .,:_/+()@-").find(c) != std::string_view::npos) out += c;
  }
  return out;
}

bool is_writable(std::string_view secret, std::string_view forbidden) {
  return !secret.empty() && std::ranges::all_of(secret, [&](char c) {
    return c > ' ' && c < 0x7F && forbidden.find(c) == std::string_view::npos;
  });
}

std::map<Asn, std::vector<Prefix>> by_origin(const PairList& list, Family family) {
  std::map<Asn, std::vector<Prefix>> origins;
  for (const PairList::Pair& pair : list.pairs) {
    if (pair.prefix.family() == family) origins[pair.origin].push_back(pair.prefix);
  }
  return origins;
}

std::vector<PrefixRange> for_longest_match(const std::vector<PrefixRange>& ranges) {
  std::vector<PrefixRange> out;
  std::vector<PrefixRange> around;  // those that cover the current one, outermost first
  for (const PrefixRange& range : ranges) {
    while (!around.empty() && !around.back().prefix.covers(range.prefix)) around.pop_back();
    for (const PrefixRange& outer : around) {
      // Where the block came before, what lies around it came with it.
      if (around.back().prefix == range.prefix || outer.most < range.prefix.length()) continue;
      out.push_back(
          {range.prefix, std::max(outer.least, static_cast<std::uint8_t>(range.prefix.length())), outer.most});
    }
    out.push_back(range);
    around.push_back(range);
  }
  return out;
}

std::string decimals(std::uint32_t first, std::uint32_t last) {
  std::string out;
  // Pieces in which the numbers have a common beginning, one digit that differs, and then any digits.
  for (std::uint64_t from = first; from <= last;) {
    std::uint64_t size = 1;
    while (from % (size * 10) == 0 && from >= size * 10 && from + size * 10 - 1 <= last) size *= 10;
    const std::uint64_t digit = from / size % 10;
    std::uint64_t end = from + size - 1;
    // Further pieces of the same size, up to the digit 9.
    for (std::uint64_t next = digit + 1; next <= 9 && end + size <= last; ++next) end += size;
    if (!out.empty()) out += '|';
    if (from >= size * 10) out += std::to_string(from / size / 10);
    const std::uint64_t last_digit = end / size % 10;
    if (last_digit == digit) {
      out += static_cast<char>('0' + digit);
    } else {
      out.append("[").append(std::to_string(digit)).append("-").append(std::to_string(last_digit)).append("]");
    }
    for (; size > 1; size /= 10) out += "[0-9]";
    from = end + 1;
  }
  return out;
}

std::vector<IpAddress> addresses_of(const NeighbourPolicy& policy, Family family) {
  std::vector<IpAddress> addresses;
  for (const SessionPolicy& session : policy.sessions) {
    if (session.family == family) addresses.push_back(session.session.address);
  }
  return addresses;
}

bool is_asked_by(const Document& document, Kind kind, std::size_t list) {
  return std::ranges::any_of(document.neighbours, [&](const NeighbourPolicy& policy) {
    return std::ranges::any_of(policy.import,
                               [&](const Clause& clause) { return clause.kind == kind && clause.list == list; });
  });
}

}  // namespace fairway::policy
