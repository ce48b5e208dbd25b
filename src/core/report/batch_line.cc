#include "core/report/batch_line.h"

#include <algorithm>
#include <string>

#include "base/text.h"

namespace fairway {

std::optional<Vantage> parse_vantage(std::string_view from) {
  if (from == "collector") return Vantage{};
  const auto role = parse_role(from);
  if (!role) return std::nullopt;
  return Vantage{role, std::nullopt};
}

namespace {
std::unexpected<Error> wrong(std::string_view what, std::string_view value) {
  return fail(ErrorKind::malformed, "'" + std::string(value.substr(0, 80)) + "' is no " + std::string(what));
}
}  // namespace

Result<std::optional<RouteQuestion>> parse_batch_line(std::string_view line) {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  if (trim(line).empty() || line.front() == '#') return std::nullopt;
  std::string_view prefix, origin, path, from;
  if (line.find('\t') != std::string_view::npos) {
    prefix = trim(cut(line, '\t'));
    origin = trim(cut(line, '\t'));
    path = trim(cut(line, '\t'));
    from = trim(cut(line, '\t'));
  } else {
    prefix = next_word(line);
    origin = next_word(line);
  }
  if (!trim(line).empty()) return fail(ErrorKind::malformed, "more fields than PREFIX, ORIGIN, PATH and FROM");

  RouteQuestion question;
  if (!path.empty()) {
    question.path = parse_as_path(path);
    if (!question.path) return wrong("AS path", path);
  }
  if (!prefix.empty()) {
    question.prefix = parse_prefix(prefix);
    if (!question.prefix) return wrong("prefix (host bits must be zero)", prefix);
    if (!origin.empty()) {
      const auto asn = parse_asn(origin);
      if (!asn) return wrong("ASN", origin);
      question.origin = PathOrigin{PathOrigin::Kind::as, *asn};
    } else if (!question.path) {
      return fail(ErrorKind::malformed, "a prefix needs an origin or a path");
    }
  } else if (!origin.empty()) {
    return fail(ErrorKind::malformed, "an origin without a prefix");
  } else if (!question.path) {
    return fail(ErrorKind::malformed, "neither a prefix nor a path");
  }
  if (!from.empty()) {
    const auto vantage = parse_vantage(from);
    if (!vantage) return wrong("neighbour's role (customer, provider, peer, rs, rs-client, sibling, collector)", from);
    question.vantage = *vantage;
  }
  return question;
}

namespace {

// Reads ASCII digits off the front of `at`; false if there are none, a leading zero, or more than `most`.
bool read_decimal(const char*& at, const char* end, std::uint64_t most, std::uint32_t& value) {
  const char* const begin = at;
  std::uint64_t number = 0;
  while (at != end && static_cast<unsigned char>(*at - '0') < 10 && at - begin < 10)
    number = number * 10 + static_cast<unsigned char>(*at++ - '0');
  value = static_cast<std::uint32_t>(number);
  return at != begin && (*begin != '0' || at - begin == 1) && number <= most;
}

bool read_ipv4_prefix(const char*& at, const char* end, std::optional<Prefix>& prefix) {
  std::uint32_t bits = 0, part = 0;
  for (int i = 0; i < 4; ++i) {
    if (!read_decimal(at, end, 255, part) || at == end || *at != (i < 3 ? '.' : '/')) return false;
    ++at;
    bits = bits << 8 | part;
  }
  if (!read_decimal(at, end, 32, part)) return false;
  const IpAddress address = IpAddress::ipv4(bits);
  prefix.emplace(address, part);
  return prefix->address() == address;
}

bool read_prefix(const char*& at, const char* end, std::optional<Prefix>& prefix) {
  const char* const begin = at;
  if (read_ipv4_prefix(at, end, prefix)) return true;
  at = std::find(begin, end, '\t');
  prefix = parse_prefix({begin, at});
  return prefix.has_value();
}

bool read_path(const char*& at, const char* end, AsPath& path) {
  path.clear();
  std::uint32_t asn = 0;
  while (read_decimal(at, end, 0xFFFFFFFF, asn)) {
    path.raw_asns().push_back(Asn{asn});
    if (at == end || *at == '\t') {
      path.close_segment(SegmentType::sequence);
      return true;
    }
    if (*at++ != ' ') return false;
  }
  return false;
}

}  // namespace

bool parse_usual_line(std::string_view line, RouteQuestion& question) {
  const char *at = line.data(), *const end = at + line.size();
  std::uint32_t asn = 0;
  question.otc.reset();
  question.vantage = {};
  if (!read_prefix(at, end, question.prefix) || at == end || *at++ != '\t') return false;
  question.origin.reset();
  const bool has_origin = at != end && *at != '\t';
  if (has_origin) {
    if (!read_decimal(at, end, 0xFFFFFFFF, asn)) return false;
    question.origin = PathOrigin{PathOrigin::Kind::as, Asn{asn}};
  }
  if (at == end) {
    question.path.reset();
    return has_origin;
  }
  if (*at++ != '\t') return false;
  if (!question.path) question.path.emplace();
  if (!read_path(at, end, *question.path)) return false;
  if (at == end) return true;
  const auto vantage = parse_vantage({at + 1, end});
  if (vantage) question.vantage = *vantage;
  return vantage.has_value();
}

}  // namespace fairway
