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
  for (const PairList& list : document.pair_lists) {
    text += "pairs " + list.name + "\n";
    for (const PairList::Pair& pair : list.pairs) {
      append_to(text, pair.prefix);
      text += ' ';
      append_to(text, pair.origin);
      text += '\n';
    }
  }
  return text;
}

Result<KeptLists> read_lists(std::string_view text) {
  KeptLists lists;
  enum class Of { nothing, prefixes, asns, pairs } of = Of::nothing;
  std::uint64_t number = 0;
  while (!text.empty()) {
    const std::string_view line = cut(text, '\n');
    const auto wrong = [&](std::string_view what) {
      return fail(ErrorKind::malformed, "line " + std::to_string(number) + ": " + std::string(what), number);
    };
    if (++number == 1) {
      if (line != kHead) return wrong("this is no list that `fairway filter build` kept");
      continue;
    }
    if (line.empty()) continue;
    const std::size_t blank = line.find(' ');
    const std::string_view word = line.substr(0, blank);
    const std::string name(blank == std::string_view::npos ? std::string_view() : line.substr(blank + 1));
    if (word == "prefixes") {
      lists.prefixes.push_back({name, {}, {}});
      of = Of::prefixes;
    } else if (word == "asns") {
      lists.asns.push_back({name, {}, {}});
      of = Of::asns;
    } else if (word == "pairs") {
      lists.pairs.push_back({name, {}, {}});
      of = Of::pairs;
    } else if (of == Of::prefixes) {
      const auto range = parse_prefix_range(line);
      if (!range) return wrong("no prefix");
      lists.prefixes.back().ranges[range->prefix.family() == Family::ipv6].push_back(*range);
    } else if (of == Of::asns) {
      const auto range = parse_range(line);
      if (!range) return wrong("no ASN");
      lists.asns.back().ranges.push_back(*range);
    } else if (of == Of::pairs) {
      const auto prefix = parse_prefix(word);
      const auto origin = parse_asn(name);
      if (!prefix || !origin) return wrong("no prefix and origin");
      lists.pairs.back().pairs.push_back({*prefix, *origin});
    } else {
      return wrong("an entry that is of no list");
    }
  }
  if (number == 0) return fail(ErrorKind::malformed, "the kept lists are empty: the file is damaged");
  for (PrefixList& list : lists.prefixes) {
    for (auto& ranges : list.ranges) sort_ranges(ranges);
  }
  for (AsnList& list : lists.asns) std::sort(list.ranges.begin(), list.ranges.end());
  for (PairList& list : lists.pairs) std::sort(list.pairs.begin(), list.pairs.end());
  return lists;
}

}  // namespace fairway::filtering
