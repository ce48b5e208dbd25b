#include "core/read/reading.h"

#include <fmt/format.h>

namespace fairway {

void Skips::add(std::uint64_t where, std::string_view reason, std::string_view text) {
  constexpr std::size_t kLongest = 60;
  if (++count > kTold) return;
  std::string said(reason);
  if (!text.empty()) {
    said += ": '";
    for (const char c : text.substr(0, kLongest)) said += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    said += text.size() > kLongest ? "...'" : "'";
  }
  first.push_back({where, std::move(said)});
}

std::optional<Error> refusal(std::size_t entries, const Skips& skips, std::string_view what) {
  if (entries == 0 && skips.count == 0) {
    return Error{ErrorKind::refused, fmt::format("it holds no {}: an empty table is not used", what)};
  }
  if (skips.count <= entries) return std::nullopt;
  const Skips::Row& row = skips.first.front();
  return Error{
      ErrorKind::malformed,
      fmt::format("{} of {} {} cannot be read, the first at {}: {}; is the file what its beginning says, and whole?",
                  skips.count, skips.count + entries, what, row.where, row.reason),
      row.where};
}

Lines::Lines(Bytes text) : rest_(as_text(text)) {
  if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
}

bool Lines::next(std::string_view& line) {
  if (rest_.empty()) return false;
  ++number_;
  const std::size_t end = rest_.find('\n');
  line = rest_.substr(0, end);
  rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return true;
}

}  // namespace fairway
