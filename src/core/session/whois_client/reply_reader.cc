#include "core/session/whois_client/reply_reader.h"

#include <algorithm>

#include "base/text.h"

namespace fairway {

namespace {

constexpr std::size_t kLongest = 4096;

}  // namespace

Result<void> ReplyReader::read(std::string_view text, ReplySink& sink) {
  while (!text.empty()) {
    if (part_ == Part::data) {
      if (auto taken = read_data(text, sink); !taken) return taken;
      continue;
    }
    const std::size_t end = text.find('\n');
    const std::string_view piece = text.substr(0, end);
    if (held_.size() + piece.size() > kLongest) return fail(ErrorKind::malformed, "the server sent an endless line");
    if (end == std::string_view::npos) {
      held_ += piece;
      return {};
    }
    text.remove_prefix(end + 1);
    std::string line = std::move(held_);
    held_.clear();
    line += piece;
    if (line.ends_with('\r')) line.pop_back();
    if (auto taken = read_line(line, sink); !taken) return taken;
  }
  return {};
}

Result<void> ReplyReader::read_line(std::string_view line, ReplySink& sink) {
  const char code = line.empty() ? '\0' : line.front();
  if (part_ == Part::end_of_data) {
    if (line != "C") return fail(ErrorKind::malformed, "the server's data is not as long as it said");
    part_ = Part::line;
    return sink.on_reply('A', {});
  }
  switch (code) {
    case 'A': {
      const auto length = parse_number<std::uint64_t>(line.substr(1));
      if (!length) break;
      left_ = *length;
      sink.on_data(left_);
      part_ = left_ == 0 ? Part::end_of_data : Part::data;
      return {};
    }
    case 'C':
    case 'D':
      if (line.size() != 1) break;
      return sink.on_reply(code, {});
    case 'E':
    case 'F': return sink.on_reply(code, trim(line.substr(1)));
    default: break;
  }
  return fail(ErrorKind::malformed, "this is no reply of a whois server: '" + std::string(line.substr(0, 60)) + "'");
}

Result<void> ReplyReader::read_data(std::string_view& text, ReplySink& sink) {
  std::string_view data = text.substr(0, std::min<std::uint64_t>(left_, text.size()));
  text.remove_prefix(data.size());
  left_ -= data.size();
  while (!data.empty()) {
    std::size_t end = 0;
    while (end < data.size() && !is_blank(data[end])) ++end;
    const bool whole = end < data.size();
    if (held_.size() + end > kLongest) return fail(ErrorKind::malformed, "the server sent an endless word");
    if (!held_.empty() || !whole) held_ += data.substr(0, end);
    if (whole) {
      const std::string_view word = held_.empty() ? data.substr(0, end) : std::string_view(held_);
      if (!word.empty()) {
        if (auto taken = sink.on_word(word); !taken) return taken;
      }
      held_.clear();
    }
    data.remove_prefix(end + (whole ? 1 : 0));
  }
  if (left_ != 0) return {};
  part_ = Part::end_of_data;
  if (held_.empty()) return {};
  const std::string word = std::move(held_);  // data that does not end in a line feed
  held_.clear();
  return sink.on_word(word);
}

}  // namespace fairway
