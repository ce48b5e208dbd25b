#include "core/model/prefix_range.h"

#include <algorithm>
#include <limits>

#include "base/text.h"

namespace fairway {

std::optional<PrefixRange> parse_prefix_range(std::string_view text) {
  const std::size_t at = text.find('^');
  const auto prefix = parse_prefix(text.substr(0, at), true);
  if (!prefix) return std::nullopt;
  PrefixRange range = PrefixRange::only(*prefix);
  if (at == std::string_view::npos) return range;

  const auto bits = static_cast<std::uint8_t>(address_bits(prefix->family()));
  std::string_view operation = text.substr(at + 1);
  if (operation == "-" || operation == "+") {
    if (operation == "-") {
      if (range.least == bits) return std::nullopt;
      ++range.least;
    }
    range.most = bits;
    return range;
  }
  const bool has_most = operation.find('-') != std::string_view::npos;
  const auto least = parse_number<std::uint8_t>(cut(operation, '-'));
  const auto most = has_most ? parse_number<std::uint8_t>(operation) : least;
  if (!least || !most || *least < prefix->length() || *most < *least || *most > bits) return std::nullopt;
  range.least = *least;
  range.most = *most;
  return range;
}

void sort_ranges(std::vector<PrefixRange>& ranges) {
  if (!std::is_sorted(ranges.begin(), ranges.end())) std::sort(ranges.begin(), ranges.end());
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

Result<std::vector<PrefixRange>> enumerate(std::span<const PrefixRange> ranges, unsigned longest, std::size_t limit) {
  std::vector<PrefixRange> exact;
  exact.reserve(std::min(ranges.size(), limit));
  for (const PrefixRange& range : ranges) {
    const std::size_t size = size_of(range, longest);
    if (size == 0) continue;
    if (size > limit - exact.size()) {
      return fail(ErrorKind::refused,
                  "more than " + std::to_string(limit) + " prefixes, at " + to_string(range.prefix));
    }
    if (size == 1 && range.exact()) {
      exact.push_back(range);
    } else {
      append_all(range, range.prefix, std::min<unsigned>(range.most, longest), exact);
    }
  }
  sort_ranges(exact);
  return exact;
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
