#include "core/session/nrtm/version3.h"

#include <utility>

#include "base/text.h"

namespace fairway::nrtm {

namespace {

// "1-4370184"
std::optional<SerialRange> parse_range(std::string_view text) {
  const auto first = parse_number<std::uint64_t>(trim(cut(text, '-')));
  const auto last = parse_number<std::uint64_t>(trim(text));
  constexpr std::uint64_t kHighest = ~std::uint64_t{0} >> 1;
  if (!first || !last || *first > kHighest || *last > kHighest) return std::nullopt;
  return SerialRange{*first, *last};
}

// "ADD 4370183"
struct Operation {
  Change::Action action;
  std::uint64_t serial;
};
std::optional<Operation> parse_operation(std::string_view text) {
  const std::string_view word = next_word(text);
  if (word != "ADD" && word != "DEL") return std::nullopt;
  const auto serial = parse_number<std::uint64_t>(trim(text));
  if (!serial) return std::nullopt;
  return Operation{word == "ADD" ? Change::Action::add : Change::Action::remove, *serial};
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

std::optional<SourceStatus> status_of(std::string_view answer, std::string_view source) {
  while (!answer.empty()) {
    std::string_view line = trim(cut(answer, '\n'));
    if (!equal_ignoring_case(trim(cut(line, ':')), source)) continue;
    const std::string_view version = cut(line, ':'), open = trim(cut(line, ':'));
    const auto serials = parse_range(line);
    if (trim(version) != "3" || !serials) continue;
    return SourceStatus{equal_ignoring_case(open, "Y"), *serials};
  }
  return std::nullopt;
}

std::string changes_query(std::string_view source, std::uint64_t from) {
  return "-g " + std::string(source) + ":3:" + std::to_string(from) + "-LAST\n";
}

Version3Reader::Version3Reader(std::string source, std::optional<std::uint64_t> from)
    : source_(std::move(source)), from_(from) {}

std::unexpected<Error> Version3Reader::wrong(std::string_view what, std::string_view text) const {
  constexpr std::size_t kShown = 80;
  return fail(ErrorKind::malformed, std::string(what) + ": '" + std::string(text.substr(0, kShown)) + "'", number_);
}

Result<void> Version3Reader::receive(std::string_view octets) {
  octets_ += octets.size();
  if (octets_ > kMostOctets) return fail(ErrorKind::refused, "the answer is larger than 2 GiB");
  while (!octets.empty() && !finished()) {
    const std::size_t end = octets.find('\n');
    const std::string_view piece = octets.substr(0, end);
    if (waiting_.size() + piece.size() > kLongestObject) return wrong("a line is longer than 16 MiB", piece);
    if (end == std::string_view::npos) {
      waiting_ += piece;
      return {};
    }
    octets.remove_prefix(end + 1);
    ++number_;
    Result<void> read;
    if (waiting_.empty()) {
      read = line(piece);
    } else {
      waiting_ += piece;
      read = line(waiting_);
      waiting_.clear();
    }
    if (!read) return read;
  }
  return {};
}

Result<void> Version3Reader::line(std::string_view text) {
  while (text.ends_with('\r')) text.remove_suffix(1);
  const bool blank = trim(text).empty();
  if (state_ == State::object) {
    if (blank) {
      state_ = State::between;
    } else if (text.front() == '%') {
      state_ = State::between;
      return remark(text);
    } else if (parse_operation(text)) {
      return wrong("there is no empty line behind an object", text);
    } else {
      std::string& object = result_.changes.back().object;
      if (object.size() + text.size() > kLongestObject) return wrong("an object is longer than 16 MiB", text);
      object.append(text).append("\n");
    }
    return {};
  }
  if (blank) return {};
  if (text.front() == '%' || text.front() == '#') {
    if (state_ == State::before_object) return wrong("there is no object behind ADD or DEL", text);
    return remark(text);
  }
  if (state_ == State::before_object) {
    if (parse_operation(text)) return wrong("there is no object behind ADD or DEL", text);
    state_ = State::object;
    return line(text);
  }
  return operation(text);
}

Result<void> Version3Reader::remark(std::string_view text) {
  std::string_view rest = text;
  while (rest.starts_with('%')) rest.remove_prefix(1);
  rest = trim(rest);
  const std::string word = to_upper(rest.substr(0, 7));
  if (word.starts_with("START")) return start(rest);
  if (word.starts_with("END")) {
    rest.remove_prefix(3);
    if (state_ == State::head) return wrong("the answer ends before it has begun", text);
    if (!equal_ignoring_case(trim(rest), source_)) return wrong("the answer ends with another source", text);
    state_ = State::end;
    return {};
  }
  if (word.starts_with("ERROR")) {
    return fail(ErrorKind::refused, "the server says: " + std::string(rest), number_);
  }
  if (word == "WARNING" && from_ && state_ == State::head &&
      (contains(rest, "no newer updates") || contains(rest, "no updates"))) {
    const std::uint64_t from = *from_;
    result_.serials = {from, from - 1};
    state_ = State::end;
  }
  return {};
}

// "START Version: 3 RADB 4370183-4370184", with " FILTERED" behind it perhaps.
Result<void> Version3Reader::start(std::string_view text) {
  if (state_ != State::head) return wrong("the answer begins a second time", text);
  std::string_view rest = text;
  next_word(rest);
  std::string_view version = next_word(rest);
  if (version.starts_with("Version:")) version.remove_prefix(8);
  if (version.empty()) version = next_word(rest);
  const std::string_view source = next_word(rest);
  const auto serials = parse_range(next_word(rest));
  if (version != "3") return wrong("the answer is not of NRTM version 3", text);
  if (!equal_ignoring_case(source, source_)) return wrong("the answer is of another source than " + source_, text);
  if (!serials || serials->first == 0 || serials->last + 1 < serials->first) return wrong("the serials cannot be read", text);
  if (from_ && serials->first != *from_) {
    return wrong("the answer does not begin with serial " + std::to_string(*from_), text);
  }
  result_.serials = *serials;
  state_ = State::between;
  return {};
}

Result<void> Version3Reader::operation(std::string_view text) {
  if (state_ == State::head) return wrong("this is no answer of NRTM", text);
  const auto next = parse_operation(text);
  if (!next) return wrong("this is neither ADD nor DEL with a serial", text);
  const std::uint64_t least = result_.changes.empty() ? result_.serials.first : result_.changes.back().serial + 1;
  if (next->serial < least || next->serial > result_.serials.last) return wrong("this serial is out of order", text);
  result_.changes.push_back({next->action, next->serial, {}, {}});
  state_ = State::before_object;
  return {};
}

Result<Version3Changes> Version3Reader::take() {
  if (!finished()) {
    // A last line without its end is one, too.
    if (!waiting_.empty()) {
      const std::string last = std::exchange(waiting_, {});
      ++number_;
      if (auto read = line(last); !read) return std::unexpected(read.error());
    }
    if (!finished()) {
      return fail(ErrorKind::truncated, state_ == State::head ? "there was no answer" : "the answer has no %END",
                  number_);
    }
  }
  return std::move(result_);
}

}  // namespace fairway::nrtm
