#include "core/read/as_names.h"

#include "base/text.h"

namespace fairway {

namespace {

constexpr std::string_view kDash = " - ";

bool is_code(std::string_view text) {
  return text.size() == 2 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'A' && text[1] <= 'Z';
}

// "AS2 - name", where the AS has its letters.
bool is_dashed(std::string_view line) { return line.starts_with("AS") && line.find(kDash) != std::string_view::npos; }

std::optional<AsNames::Name> name_of(std::string_view line) {
  if (is_dashed(line)) {
    const std::size_t dash = line.find(kDash);
    const auto asn = parse_asn(line.substr(0, dash));
    const std::string_view name = trim(line.substr(dash + kDash.size()));
    if (!asn || name.empty()) return std::nullopt;
    return AsNames::Name{*asn, std::string(name), {}};
  }
  const auto asn = parse_number<std::uint32_t>(next_word(line));
  const std::size_t comma = line.rfind(',');
  if (!asn || comma == std::string_view::npos) return std::nullopt;
  const std::string_view name = trim(line.substr(0, comma)), country = trim(line.substr(comma + 1));
  if (name.empty() || !is_code(country)) return std::nullopt;
  return AsNames::Name{Asn{*asn}, std::string(name), std::string(country)};
}

}  // namespace

bool is_as_names(Bytes head) {
  return first_lines_are(head, [](std::string_view line) -> std::optional<bool> { return name_of(line).has_value(); });
}

Result<AsNames> read_as_names(Bytes bytes) {
  AsNames result;
  Lines lines(bytes);
  std::string_view line;
  while (lines.next(line)) {
    if (trim(line).empty() || line.front() == '#') continue;
    auto name = name_of(line);
    if (!name) {
      result.skips.add(lines.number(), "it should be 'AS2 - name' or '2 name, CC'", line);
      continue;
    }
    if (result.format.empty()) result.format = is_dashed(line) ? "AS - name" : "asn.txt";
    result.names.push_back(*std::move(name));
  }
  if (auto error = refusal(result.names.size(), result.skips, "AS names")) return std::unexpected(*std::move(error));
  return result;
}

}  // namespace fairway
