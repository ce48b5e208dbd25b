#include "core/read/as_relationships.h"

#include "base/text.h"
#include "core/read/dates.h"

namespace fairway {

namespace {

constexpr std::string_view kCliques[] = {"input clique:", "inferred clique:", "clique:"};

struct Fields {
  std::string_view a, b, kind, how;
  bool more = false;
};

Fields fields_of(std::string_view line) {
  Fields fields;
  fields.a = cut(line, '|');
  fields.b = cut(line, '|');
  fields.kind = trim(cut(line, '|'));
  fields.more = line.find('|') != std::string_view::npos;
  fields.how = trim(line);
  return fields;
}

bool is_kind(std::string_view kind) { return kind == "-1" || kind == "0" || kind == "1" || kind == "2"; }

void add_asns(std::vector<Asn>& asns, std::string_view text) {
  for (std::string_view word = next_word(text); !word.empty(); word = next_word(text)) {
    if (const auto asn = parse_asn(word)) asns.push_back(*asn);
  }
}

void read_comment(std::string_view comment, AsRelationships& result) {
  comment = trim(comment.substr(1));
  for (const std::string_view name : kCliques) {
    if (comment.starts_with(name)) return add_asns(result.clique, comment.substr(name.size()));
  }
  if (comment.starts_with("IXP ASes:")) return add_asns(result.exchanges, comment.substr(9));
  if (!comment.starts_with("source:")) return;
  while (!comment.empty()) {
    const auto day = parse_compact_date(cut(comment, '|'));
    if (day && (!result.date || *day > *result.date)) result.date = day;
  }
}

}  // namespace

bool is_as_relationships(Bytes head) {
  return first_lines_are(head, [](std::string_view line) -> std::optional<bool> {
    const Fields fields = fields_of(line);
    return !fields.more && is_kind(fields.kind) && parse_number<std::uint32_t>(fields.a) &&
           parse_number<std::uint32_t>(fields.b);
  });
}

Result<AsRelationships> read_as_relationships(Bytes bytes) {
  AsRelationships result;
  result.format = "serial-1";
  Lines lines(bytes);
  std::string_view line;
  while (lines.next(line)) {
    if (line.empty()) continue;
    if (line.front() == '#') {
      read_comment(line, result);
      continue;
    }
    const Fields fields = fields_of(line);
    const auto a = parse_number<std::uint32_t>(fields.a), b = parse_number<std::uint32_t>(fields.b);
    if (!a || !b || fields.more || !is_kind(fields.kind)) {
      result.skips.add(lines.number(), "it should be AS|AS|-1 or AS|AS|0", line);
    } else if (*a == *b) {
      result.skips.add(lines.number(), "an AS beside itself", line);
    } else if (fields.kind == "1" || fields.kind == "2") {
      ++result.siblings;
    } else {
      if (!fields.how.empty()) result.format = "serial-2";
      result.links.push_back({Asn{*a}, Asn{*b}, fields.kind == "-1"});
    }
  }
  if (auto error = refusal(result.links.size(), result.skips, "AS relationships"))
    return std::unexpected(*std::move(error));
  return result;
}

}  // namespace fairway
