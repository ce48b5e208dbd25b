#include "core/model/prefix_range.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "core/model/range_operator.h"

namespace fairway {

std::optional<PrefixRange> parse_prefix_range(std::string_view text) {
  if (const auto prefix = parse_prefix(text, true)) return PrefixRange::only(*prefix);  // most are no more than that
  const std::size_t at = text.find('^');
  if (at == text.npos) return std::nullopt;
  const auto prefix = parse_prefix(text.substr(0, at), true);
  const auto range = parse_range_operator(text.substr(at));
  if (!prefix || !range) return std::nullopt;
  const auto length = static_cast<std::uint8_t>(prefix->length());
  const unsigned bits = address_bits(prefix->family());
  // Lengths that are written must be of this prefix; what is meant of a set of prefixes may be cut to each.
  const bool written = range->least != 0 || range->most < RangeOperator::kLongest;
  if (written && (range->least < length || range->most > bits)) return std::nullopt;
  const auto lengths = range->apply({length, length}, bits);
  if (!lengths) return std::nullopt;
  return PrefixRange{*prefix, lengths->least, lengths->most};
}

namespace {

// A range of IPv4 as a number that sorts as the range does; of an exact range, whose lengths are all one, a short one.
struct RangeKey {
  static constexpr std::array<unsigned, 5> kDigits{12, 6, 8, 12, 12};  // bits of each, from the last
  static std::uint64_t of(const PrefixRange& range) {
    return range.prefix.high() >> 32 << 18 | std::uint64_t{range.prefix.length()} << 12 |
           std::uint64_t{range.least} << 6 | range.most;
  }
  static PrefixRange range(std::uint64_t key) {
    return {{IpAddress::ipv4(static_cast<std::uint32_t>(key >> 18)), static_cast<unsigned>(key >> 12 & 63)},
            static_cast<std::uint8_t>(key >> 6 & 63),
            static_cast<std::uint8_t>(key & 63)};
  }
};
struct PrefixKey {
  static constexpr std::array<unsigned, 4> kDigits{6, 8, 12, 12};
  static std::uint64_t of(const PrefixRange& range) {
    return range.prefix.high() >> 32 << 6 | std::uint64_t{range.prefix.length()};
  }
  static PrefixRange range(std::uint64_t key) {
    return PrefixRange::only({IpAddress::ipv4(static_cast<std::uint32_t>(key >> 6)), static_cast<unsigned>(key & 63)});
  }
};

// By digits, the last first: a list of a million has no time to be compared. A digit that is the same in all of them is
// passed over: of prefixes not longer than /24 that is the last octet.
template <class Key>
void sort_ipv4(std::vector<PrefixRange>& ranges) {
  constexpr std::size_t kCount = Key::kDigits.size();
  std::vector<std::uint64_t> keys, other(ranges.size());
  keys.reserve(ranges.size());
  std::array<std::array<std::uint32_t, 1 << 12>, kCount> begin{};
  for (const PrefixRange& range : ranges) {
    const std::uint64_t key = Key::of(range);
    keys.push_back(key);
    unsigned shift = 0;
    for (std::size_t which = 0; which < kCount; shift += Key::kDigits[which++])
      ++begin[which][key >> shift & ((1u << Key::kDigits[which]) - 1)];
  }
  unsigned shift = 0;
  for (std::size_t which = 0; which < kCount; shift += Key::kDigits[which++]) {
    const std::uint64_t mask = (1u << Key::kDigits[which]) - 1;
    if (begin[which][keys.front() >> shift & mask] == keys.size()) continue;
    std::uint32_t at = 0;
    for (std::uint32_t& count : begin[which]) at += std::exchange(count, at);
    for (const std::uint64_t key : keys) other[begin[which][key >> shift & mask]++] = key;
    keys.swap(other);
  }
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  ranges.resize(keys.size());
  std::transform(keys.begin(), keys.end(), ranges.begin(), Key::range);
}

}  // namespace

std::size_t count_prefixes(std::span<const PrefixRange> ranges, std::size_t most) {
  std::size_t all = 0;
  for (const PrefixRange& range : ranges) {
    for (unsigned length = range.least; length <= range.most; ++length) {
      const unsigned bits = length - range.prefix.length();
      if (bits >= 48 || (std::size_t{1} << bits) >= most - all) return most;
      all += std::size_t{1} << bits;
    }
  }
  return all;
}

void sort_ranges(std::vector<PrefixRange>& ranges) {
  constexpr std::size_t kMany = 1000;  // fewer are as quickly compared
  if (!std::is_sorted(ranges.begin(), ranges.end())) {
    const auto is_ipv4 = [](const PrefixRange& range) { return range.prefix.family() == Family::ipv4; };
    if (ranges.size() >= kMany && ranges.size() <= UINT32_MAX && std::all_of(ranges.begin(), ranges.end(), is_ipv4)) {
      const bool exact = std::all_of(ranges.begin(), ranges.end(), [](const PrefixRange& r) { return r.exact(); });
      return exact ? sort_ipv4<PrefixKey>(ranges) : sort_ipv4<RangeKey>(ranges);
    }
    std::sort(ranges.begin(), ranges.end());
  }
  ranges.erase(std::unique(ranges.begin(), ranges.end()), ranges.end());
}

namespace {

// How many prefixes a range holds up to `longest`; the largest number where that does not fit.
std::size_t size_of(const PrefixRange& range, unsigned longest) {
  constexpr unsigned kBits = std::numeric_limits<std::size_t>::digits;
  std::size_t size = 0;
  for (unsigned length = range.least; length <= std::min<unsigned>(range.most, longest); ++length) {
    const unsigned depth = length - range.prefix.length();
    if (depth >= kBits - 1) return std::numeric_limits<std::size_t>::max();
    size += std::size_t{1} << depth;  // a sum of distinct powers below 2^(kBits - 1): fits
  }
  return size;
}

void append_all(const PrefixRange& range, const Prefix& at, unsigned most, std::vector<PrefixRange>& out) {
  if (at.length() >= range.least) out.push_back(PrefixRange::only(at));
  if (at.length() >= most) return;
  append_all(range, at.half(0), most, out);
  append_all(range, at.half(1), most, out);
}

}  // namespace

Result<std::vector<PrefixRange>> enumerate(std::vector<PrefixRange> ranges, unsigned longest, std::size_t limit) {
  std::size_t kept = 0;
  const std::size_t whole = ranges.size();  // what comes out of a range stands behind the given ones
  std::size_t size = 0;
  for (std::size_t i = 0; i < whole; ++i) {
    const PrefixRange range = ranges[i];
    const std::size_t more = size_of(range, longest);
    if (more > limit - size) {
      return fail(ErrorKind::refused,
                  "more than " + std::to_string(limit) + " prefixes, at " + to_string(range.prefix));
    }
    size += more;
    if (range.exact() && more == 1) {
      ranges[kept++] = range;
    } else if (more != 0) {
      append_all(range, range.prefix, std::min<unsigned>(range.most, longest), ranges);
    }
  }
  ranges.erase(ranges.begin() + static_cast<std::ptrdiff_t>(kept), ranges.begin() + static_cast<std::ptrdiff_t>(whole));
  sort_ranges(ranges);
  return ranges;
}

std::vector<PrefixRange> with_more_specifics(std::span<const PrefixRange> exact, unsigned from, unsigned upto) {
  std::vector<PrefixRange> out(exact.begin(), exact.end());
  // Keeps what no kept prefix before it covers, as far as `reach` of both says; `change` is called for those that
  // cover.
  const auto swallow = [&out](auto covers, auto swallowed, auto change) {
    std::optional<Prefix> over;
    std::size_t kept = 0;
    for (PrefixRange range : out) {
      if (over && over->covers(range.prefix) && swallowed(range.prefix.length())) continue;
      if (covers(range.prefix.length()) && !(over && over->covers(range.prefix))) {
        over = range.prefix;
        change(range);
      }
      out[kept++] = range;
    }
    out.resize(kept);
  };
  if (upto != 0) {
    swallow([&](unsigned length) { return length < upto; }, [&](unsigned length) { return length <= upto; },
            [&](PrefixRange& range) { range.most = static_cast<std::uint8_t>(upto); });
  }
  if (from != 0) {
    swallow([&](unsigned length) { return length <= from; }, [&](unsigned length) { return length <= from; },
            [&](PrefixRange& range) {
              if (range.exact()) range.most = static_cast<std::uint8_t>(address_bits(range.prefix.family()));
              range.least = static_cast<std::uint8_t>(from);
            });
  }
  return out;
}

}  // namespace fairway
