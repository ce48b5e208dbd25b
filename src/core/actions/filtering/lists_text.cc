#include "core/actions/filtering/lists_text.h"

#include <algorithm>

#include "base/text.h"

namespace fairway::filtering {

namespace {

constexpr std::string_view kHead = "fairway filter lists 1";

std::optional<AsnRange> parse_range(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto first = parse_asn(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : parse_asn(text.substr(dash + 1));
  if (!first || !last || *last < *first) return std::nullopt;
  return AsnRange{*first, *last};
}

}  // namespace

std::string print_lists(const Document& document) {
  std::string text(kHead);
  text += '\n';
  for (const PrefixList& list : document.prefix_lists) {
    text += "prefixes " + list.name + "\n";
    for (const auto& ranges : list.ranges) {
      for (const PrefixRange& range : ranges) {
        append_to(text, range.prefix);
        if (!range.exact()) {
          text += '^';
          append_number(text, range.least);
          text += '-';
          append_number(text, range.most);
        }
        text += '\n';
      }
    }
  }
  for (const AsnList& list : document.asn_lists) {
    text += "asns " + list.name + "\n";
    for (const AsnRange& range : list.ranges) {
      append_to(text, range.first);
      if (range.last != range.first) {
        text += '-';
        append_to(text, range.last);
      }
      text += '\n';
    }
  }
  return text;
}

Result<KeptLists> read_lists(std::string_view text) {
  KeptLists lists;
  bool of_prefixes = false, of_asns = false;
  std::uint64_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto wrong = [&](std::string_view what) {
      return fail(ErrorKind::malformed, "line " + std::to_string(number) + ": " + std::string(what), number);
    };
    if (++number == 1) {
      if (line != kHead) return wrong("this is no list that `fairway filter build` kept");
      continue;
    }
    if (line.empty()) continue;
    if (line.starts_with("prefixes ")) {
      lists.prefixes.push_back({std::string(line.substr(9)), {}, {}});
      of_prefixes = true, of_asns = false;
    } else if (line.starts_with("asns ")) {
      lists.asns.push_back({std::string(line.substr(5)), {}, {}});
      of_prefixes = false, of_asns = true;
    } else if (of_prefixes) {
      const auto range = parse_prefix_range(line);
      if (!range) return wrong("no prefix");
      lists.prefixes.back().ranges[range->prefix.family() == Family::ipv6].push_back(*range);
    } else if (of_asns) {
      const auto range = parse_range(line);
      if (!range) return wrong("no ASN");
      lists.asns.back().ranges.push_back(*range);
    } else {
      return wrong("an entry that is of no list");
    }
  }
  if (number == 0) return fail(ErrorKind::malformed, "the kept lists are empty: the file is damaged");
  for (PrefixList& list : lists.prefixes) {
    for (auto& ranges : list.ranges) sort_ranges(ranges);
  }
  return lists;
}

}  // namespace fairway::filtering
