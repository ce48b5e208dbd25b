#include "core/report/batch_line.h"

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
    if (!vantage) return wrong("neighbour's role (customer, provider, peer, rs, rs-client)", from);
    question.vantage = *vantage;
  }
  return question;
}

}  // namespace fairway
