#include "core/read/rpki_csv.h"

#include <fmt/format.h>

#include "base/text.h"
#include "core/read/csv.h"

namespace fairway {

namespace {

constexpr std::size_t kAbsent = ~std::size_t{0};

struct Columns {
  std::size_t asn = kAbsent, prefix = kAbsent, max_length = kAbsent, trust_anchor = kAbsent, uri = kAbsent;
  std::size_t expires = kAbsent, not_before = kAbsent, not_after = kAbsent;

  bool complete() const { return asn != kAbsent && prefix != kAbsent && max_length != kAbsent; }
};

Columns columns_of(const CsvLine& header) {
  Columns columns;
  const std::pair<std::string_view, std::size_t Columns::*> names[] = {
      {"ASN", &Columns::asn},
      {"IP Prefix", &Columns::prefix},
      {"Prefix", &Columns::prefix},
      {"URI", &Columns::uri},
      {"Max Length", &Columns::max_length},
      {"maxLength", &Columns::max_length},
      {"Expires", &Columns::expires},
      {"Trust Anchor", &Columns::trust_anchor},
      {"TA", &Columns::trust_anchor},
      {"Not Before", &Columns::not_before},
      {"Not After", &Columns::not_after},
  };
  for (std::size_t i = 0; i < header.size(); ++i) {
    for (const auto& [name, column] : names) {
      if (equal_ignoring_case(header[i], name) && columns.*column == kAbsent) columns.*column = i;
    }
  }
  return columns;
}

// "rsync://rpki.afrinic.net/repository/...": the registry in the host's name, or nothing.
std::string_view registry_in(std::string_view uri) {
  const std::size_t begin = uri.find("://");
  const std::string_view host =
      begin == std::string_view::npos ? uri : uri.substr(begin + 3, uri.find('/', begin + 3) - begin - 3);
  for (const std::string_view name : {"afrinic", "apnic", "arin", "lacnic", "ripe"}) {
    for (std::size_t at = host.find(name); at != std::string_view::npos; at = host.find(name, at + 1)) {
      const std::size_t end = at + name.size();
      if ((at == 0 || host[at - 1] == '.') && (end == host.size() || host[end] == '.')) return name;
    }
  }
  return {};
}

class Reader {
 public:
  Reader(Columns columns, std::optional<Instant> now) : columns_(columns), now_(now) {
    result_.format = "CSV";
    result_.lists_vrps = true;
  }

  void row(const CsvLine& line, std::string_view text, std::uint64_t number) {
    const auto skip = [&](std::string_view reason) { result_.skips.add(number, reason, text); };
    const auto asn = parse_asn(line[columns_.asn]);
    if (!asn) return skip("its ASN is none");
    const auto prefix = parse_prefix(line[columns_.prefix]);
    if (!prefix) return skip("its prefix is none");
    const std::string_view length_text = line[columns_.max_length];
    const auto max_length =
        length_text.empty() ? static_cast<std::uint8_t>(prefix->length()) : parse_number<std::uint8_t>(length_text);
    if (!max_length || *max_length < prefix->length() || *max_length > address_bits(prefix->family())) {
      return skip("its Max Length does not fit its prefix");
    }
    if (now_) {
      const std::size_t until = columns_.expires != kAbsent ? columns_.expires : columns_.not_after;
      for (const bool end : {false, true}) {
        const std::string_view written = line[end ? until : columns_.not_before];
        if (written.empty()) continue;
        const auto time = parse_instant(written);
        if (!time) return skip("its time is none");
        if (end ? *time < *now_ : *time > *now_) {
          ++result_.expired_vrps;
          return;
        }
      }
    }
    const auto anchor =
        index_of_name(result_.trust_anchors,
                      columns_.trust_anchor != kAbsent ? line[columns_.trust_anchor] : registry_in(line[columns_.uri]));
    if (!anchor) return skip("more than 256 trust anchors");
    result_.vrps.push_back({*prefix, *max_length, *asn, *anchor});
  }

  Result<RpkiExport> finish() {
    if (result_.vrps.empty() && result_.expired_vrps != 0) {
      return fail(ErrorKind::refused, fmt::format("all of its {} VRPs had expired at {}: fetch a newer export",
                                                  result_.expired_vrps, to_string(*now_)));
    }
    if (auto error = refusal(result_.vrps.size() + result_.expired_vrps, result_.skips, "VRPs")) {
      return std::unexpected(*std::move(error));
    }
    return std::move(result_);
  }

 private:
  Columns columns_;
  std::optional<Instant> now_;
  RpkiExport result_;
};

}  // namespace

bool is_rpki_csv(Bytes head) {
  return first_lines_are(head, [](std::string_view line) -> std::optional<bool> {
    CsvLine fields;
    fields.set(line);
    return columns_of(fields).complete();
  });
}

Result<RpkiExport> read_rpki_csv(Bytes bytes, std::optional<Instant> now) {
  Lines lines(bytes);
  std::string_view line;
  CsvLine fields;
  std::optional<Reader> reader;
  while (lines.next(line)) {
    if (trim(line).empty() || line.front() == '#') continue;
    fields.set(line);
    if (!reader) {
      const Columns columns = columns_of(fields);
      if (!columns.complete()) {
        return fail(ErrorKind::malformed,
                    fmt::format("line {} should be the header and name at least 'ASN', 'IP Prefix' and 'Max Length'",
                                lines.number()),
                    lines.number());
      }
      reader.emplace(columns, now);
      continue;
    }
    reader->row(fields, line, lines.number());
  }
  if (!reader) return fail(ErrorKind::refused, "it is empty: an empty table is not used");
  return reader->finish();
}

}  // namespace fairway
