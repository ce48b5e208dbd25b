#include "core/read/as_organisations.h"

#include <simdjson.h>

#include <array>
#include <utility>

#include "base/text.h"
#include "core/read/dates.h"
#include "core/read/json_head.h"

namespace fairway {

namespace {

// "# format:aut|changed|..." without "# format:"; nothing if the line is another.
std::optional<std::string_view> format_of(std::string_view line) {
  if (!line.starts_with('#')) return std::nullopt;
  line = trim(line.substr(1));
  if (!line.starts_with("format")) return std::nullopt;
  line = trim(line.substr(6));
  if (!line.starts_with(':')) return std::nullopt;
  line = trim(line.substr(1));
  if (!line.starts_with("aut|") && !line.starts_with("org_id|")) return std::nullopt;
  return line;
}

class TextReader {
 public:
  explicit TextReader(AsOrganisations& result) : result_(result) {}

  void line(std::string_view line, std::uint64_t number) {
    if (line.empty()) return;
    if (line.front() == '#') return comment(line);
    std::vector<std::string_view> fields = split(line, '|');
    const auto field = [&](std::size_t column) {
      return column < fields.size() ? trim(fields[column]) : std::string_view();
    };
    if (columns_ == 0) return result_.skips.add(number, "it stands before any '# format:' line", line);
    if (fields.size() < columns_) return result_.skips.add(number, "it has too few fields", line);
    const std::string_view id = field(id_);
    if (id.empty()) return result_.skips.add(number, "it names no organisation", line);
    if (!of_ases_) {
      result_.organisations.push_back({std::string(id), std::string(field(name_)), std::string(field(country_))});
      return;
    }
    const auto asn = parse_number<std::uint32_t>(field(0));
    if (!asn) return result_.skips.add(number, "its AS number is none", line);
    result_.holders.push_back({Asn{*asn}, std::string(id)});
  }

 private:
  void comment(std::string_view line) {
    if (const auto format = format_of(line)) {
      const std::vector<std::string_view> names = split(*format, '|');
      columns_ = names.size();
      of_ases_ = names[0] == "aut";
      id_ = name_ = country_ = columns_;
      for (std::size_t i = 0; i < columns_; ++i) {
        if (names[i] == "org_id") id_ = i;
        if (names[i] == "org_name" || names[i] == "name") name_ = i;
        if (names[i] == "country") country_ = i;
      }
    } else if (const std::size_t colon = line.find("date:"); colon != std::string_view::npos && !result_.date) {
      result_.date = date_in_name(line.substr(colon + 5));
    }
  }

  AsOrganisations& result_;
  std::size_t columns_ = 0, id_ = 0, name_ = 0, country_ = 0;
  bool of_ases_ = false;
};

class JsonLineReader {
 public:
  explicit JsonLineReader(AsOrganisations& result) : result_(result) {}

  void line(std::string_view line, std::uint64_t number) {
    if (trim(line).empty() || line.front() == '#') return;
    using namespace simdjson;
    // The line's end is inside of the file, whose own padding lies behind it.
    ondemand::document document;
    ondemand::object object;
    if (parser_.iterate(line.data(), line.size(), line.size() + SIMDJSON_PADDING).get(document) != SUCCESS ||
        document.get_object().get(object) != SUCCESS) {
      return result_.skips.add(number, "it is no JSON object", line);
    }
    enum Member { kType, kAsn, kId, kName, kCountry };
    static constexpr std::string_view kMembers[] = {"type", "asn", "organizationId", "name", "country"};
    std::array<std::string, std::size(kMembers)> values;
    for (auto item : object) {
      ondemand::field field;
      if (std::move(item).get(field) != SUCCESS) return result_.skips.add(number, "its JSON breaks", line);
      for (std::size_t i = 0; i < std::size(kMembers); ++i) {
        if (!(field.key() == kMembers[i])) continue;
        std::string_view text;
        std::uint64_t count = 0;
        if (field.value().get_string().get(text) == SUCCESS)
          values[i] = text;
        else if (field.value().get_uint64().get(count) == SUCCESS)
          values[i] = std::to_string(count);
        break;
      }
    }
    if (document.current_location().error() != OUT_OF_BOUNDS) return result_.skips.add(number, "its JSON breaks", line);
    if (values[kId].empty()) return result_.skips.add(number, "it names no organisation", line);
    if (values[kType] == "Organization") {
      result_.organisations.push_back({values[kId], values[kName], values[kCountry]});
    } else if (const auto asn = parse_number<std::uint32_t>(values[kAsn]); asn && values[kType] == "ASN") {
      result_.holders.push_back({Asn{*asn}, values[kId]});
    } else {
      result_.skips.add(number, "it is neither an Organization nor an ASN", line);
    }
  }

 private:
  AsOrganisations& result_;
  simdjson::ondemand::parser parser_;
};

bool is_json_lines(Bytes head) { return JsonHead(head).has("{organizationId"); }

}  // namespace

bool is_as_organisations(Bytes head) {
  if (is_json_lines(head)) return true;
  Lines lines(head);
  std::string_view line;
  while (lines.next(line)) {
    if (format_of(line)) return true;
    if (!line.empty() && line.front() != '#') return false;
  }
  return false;
}

Result<AsOrganisations> read_as_organisations(Bytes bytes) {
  AsOrganisations result;
  Lines lines(bytes);
  std::string_view line;
  if (is_json_lines(bytes.first(std::min(bytes.size(), kHead)))) {
    JsonLineReader reader(result);
    while (lines.next(line)) reader.line(line, lines.number());
  } else {
    TextReader reader(result);
    while (lines.next(line)) reader.line(line, lines.number());
  }
  if (auto error = refusal(result.holders.size(), result.skips, "ASes with organisations"))
    return std::unexpected(*std::move(error));
  return result;
}

}  // namespace fairway
