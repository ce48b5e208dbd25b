#include "core/read/delegations.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "base/text.h"
#include "core/read/dates.h"

namespace fairway {

namespace {

constexpr std::string_view kRegistries[] = {"afrinic", "apnic", "arin", "iana", "lacnic", "ripencc"};

bool is_registry(std::string_view name) {
  return std::any_of(std::begin(kRegistries), std::end(kRegistries),
                     [&](std::string_view r) { return equal_ignoring_case(r, name); });
}

// The fields of a line, at most nine; the rest is not looked at.
struct Fields {
  std::array<std::string_view, 9> at{};
  std::size_t count = 0;

  explicit Fields(std::string_view line) {
    while (count < at.size()) {
      const bool last = line.find('|') == std::string_view::npos;
      at[count++] = trim(cut(line, '|'));
      if (last) return;
    }
  }
  bool is_header() const {
    return count >= 6 && is_registry(at[1]) && !at[0].empty() && at[0][0] >= '1' && at[0][0] <= '9';
  }
  bool is_summary() const { return count >= 6 && is_registry(at[0]) && at[1] == "*" && at[5] == "summary"; }
  bool is_record() const {
    return count >= 7 && is_registry(at[0]) && (at[2] == "asn" || at[2] == "ipv4" || at[2] == "ipv6");
  }
};

std::optional<DelegationStatus> status_of(std::string_view text) {
  using enum DelegationStatus;
  if (text == "allocated") return allocated;
  if (text == "assigned") return assigned;
  if (text == "available") return available;
  if (text == "reserved") return reserved;
  return std::nullopt;
}

class Reader {
 public:
  Result<Delegations> read(Bytes bytes) {
    Lines lines(bytes);
    std::string_view line;
    while (lines.next(line)) {
      if (line.empty() || line.front() == '#') continue;
      const Fields fields(line);
      if (fields.is_header()) {
        read_header(fields);
      } else if (fields.is_summary()) {
        announced_ += parse_number<std::uint32_t>(fields.at[4]).value_or(0);
        name(fields.at[0]);
      } else {
        const char* wrong = fields.is_record() ? read_record(fields) : "it is no record";
        if (wrong != nullptr)
          result_.skips.add(lines.number(), wrong, line);
        else
          ++result_.records;
      }
    }
    if (auto error = refusal(result_.records, result_.skips, "delegations")) return std::unexpected(*std::move(error));
    const std::size_t there = result_.records + result_.skips.count;
    if (there < announced_ - announced_ / 10) {
      return fail(
          ErrorKind::truncated,
          fmt::format("it announces {} records and holds {}: it was cut off; fetch it again", announced_, there));
    }
    return std::move(result_);
  }

 private:
  void name(std::string_view registry) {
    if (result_.registry.empty()) result_.registry = to_lower(registry);
  }

  void read_header(const Fields& fields) {
    name(fields.at[1]);
    const auto end = parse_compact_date(fields.at[5]);
    result_.date = end ? end : parse_compact_date(fields.at[2]);
  }

  // What is wrong, or null.
  const char* read_record(const Fields& fields) {
    name(fields.at[0]);
    if (!equal_ignoring_case(fields.at[0], result_.registry)) return "it is of another registry";
    Delegation given;
    const auto status = status_of(fields.at[6]);
    if (!status) return "its status is unknown";
    given.status = *status;
    const std::string_view country = fields.at[1];
    given.country = country.size() == 2 ? std::array{country[0], country[1]} : std::array{' ', ' '};
    result_.extended =
        result_.extended || *status == DelegationStatus::available || *status == DelegationStatus::reserved;
    const std::string_view start = fields.at[3], value = fields.at[4];
    if (fields.at[2] == "asn") {
      const auto first = parse_asn(start);
      const auto count = parse_number<std::uint32_t>(value);
      if (!first || !count || *count == 0 || *count - 1 > 0xFFFFFFFF - first->value) return "its AS numbers are none";
      result_.as_ranges.push_back({*first, Asn{first->value + *count - 1}, given});
      return nullptr;
    }
    const auto address = parse_ip(start);
    if (!address || (address->family == Family::ipv4) != (fields.at[2] == "ipv4"))
      return "its start is no address of its kind";
    if (address->family == Family::ipv6) {
      const auto length = parse_number<std::uint8_t>(value);
      if (!length || *length > 128 || Prefix(*address, *length).address() != *address)
        return "its start and length make no prefix";
      result_.blocks.push_back({Prefix(*address, *length), given});
      return nullptr;
    }
    const auto count = parse_number<std::uint64_t>(value);
    if (!count || *count == 0 || *count > (std::uint64_t{1} << 32) - address->ipv4_bits())
      return "its count does not fit its start";
    cut_block(address->ipv4_bits(), *count, given);
    return nullptr;
  }

  // The largest aligned power of two first, then on.
  void cut_block(std::uint64_t start, std::uint64_t count, const Delegation& given) {
    while (count != 0) {
      const std::uint64_t aligned = start == 0 ? std::uint64_t{1} << 32 : start & (~start + 1);
      const std::uint64_t size = std::min(aligned, std::bit_floor(count));
      const auto length = 32u - static_cast<unsigned>(std::countr_zero(size));
      result_.blocks.push_back({Prefix(IpAddress::ipv4(static_cast<std::uint32_t>(start)), length), given});
      start += size;
      count -= size;
    }
  }

  std::size_t announced_ = 0;
  Delegations result_;
};

}  // namespace

bool is_delegations(Bytes head) {
  return first_lines_are(head, [](std::string_view line) -> std::optional<bool> {
    const Fields fields(line);
    return fields.is_header() || fields.is_summary() || fields.is_record();
  });
}

Result<Delegations> read_delegations(Bytes bytes) { return Reader().read(bytes); }

}  // namespace fairway
