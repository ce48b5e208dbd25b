#include "core/session/nrtm/version4.h"

#include <simdjson.h>

#include <utility>

#include "base/text.h"
#include "core/wire/rpsl/object_key.h"

namespace fairway::nrtm {

namespace {

constexpr char kRecordSeparator = '\x1E';

using simdjson::SUCCESS;

}  // namespace

struct Version4Reader::Parser {
  simdjson::dom::parser parser;
  simdjson::dom::object object;

  bool parse(std::string_view text) { return parser.parse(text.data(), text.size()).get(object) == SUCCESS; }
  // Empty if it is not there, or no text.
  std::string_view text(const char* name) const {
    std::string_view found;
    return object[name].get(found) == SUCCESS ? found : std::string_view();
  }
  std::uint64_t number(const char* name) const {
    std::uint64_t found = 0;
    return object[name].get(found) == SUCCESS ? found : 0;
  }
};

Version4Reader::Version4Reader(Version4Header expected, Take take)
    : expected_(std::move(expected)), take_(std::move(take)), parser_(std::make_unique<Parser>()) {}
Version4Reader::~Version4Reader() = default;

std::unexpected<Error> Version4Reader::wrong(std::string_view what) const {
  return fail(ErrorKind::malformed, "record " + std::to_string(records_) + " " + std::string(what), records_);
}

Result<void> Version4Reader::receive(Bytes octets) {
  std::string_view rest = as_text(octets);
  while (!rest.empty()) {
    const std::size_t end = rest.find(kRecordSeparator);
    const std::string_view piece = rest.substr(0, end);
    if (!begun_ && !trim(piece).empty()) return fail(ErrorKind::malformed, "it is no sequence of JSON texts", 0);
    if (waiting_.size() + piece.size() > kLongestRecord)
      return fail(ErrorKind::malformed, "a record is too long", records_);
    if (begun_) waiting_ += piece;
    if (end == std::string_view::npos) return {};
    rest.remove_prefix(end + 1);
    if (begun_) {
      // RFC 7464 section 2.1: empty ones between separators are passed over.
      if (auto read = trim(waiting_).empty() ? Result<void>() : record(waiting_); !read) return read;
      waiting_.clear();
    }
    begun_ = true;
  }
  return {};
}

Result<void> Version4Reader::finish() {
  if (!trim(waiting_).empty()) {
    if (auto read = record(std::exchange(waiting_, {})); !read) return read;
  }
  if (records_ == 0) return fail(ErrorKind::truncated, "it has no header", 0);
  if (!expected_.snapshot && records_ == 1) return fail(ErrorKind::malformed, "the delta holds no change", 1);
  return {};
}

Result<void> Version4Reader::record(std::string_view text) {
  ++records_;
  if (!parser_->parse(text)) return wrong("is no JSON object");
  if (records_ == 1) return header();
  const std::string_view object = parser_->text("object");
  std::string_view action = expected_.snapshot ? "add_modify" : parser_->text("action");
  Change change;
  if (action == "add_modify") {
    if (object.empty()) return wrong("has no object");
    change.object = object;
    if (!change.object.ends_with('\n')) change.object += '\n';
  } else if (action == "delete") {
    const std::string_view name = parser_->text("object_class"), key = parser_->text("primary_key");
    if (name.empty() || key.empty()) return wrong("does not say what is deleted");
    change.action = Change::Action::remove;
    change.key = primary_key(to_lower(name), key);
  } else {
    return wrong("has an action that is not known here");
  }
  take_(std::move(change));
  return {};
}

Result<void> Version4Reader::header() {
  const auto other = [](std::string_view what, std::string_view has, std::string_view wanted) {
    return fail(
        ErrorKind::refused,
        "its header says " + std::string(what) + " '" + std::string(has) + "' instead of '" + std::string(wanted) + "'",
        1);
  };
  const std::string_view type = expected_.snapshot ? "snapshot" : "delta";
  if (parser_->number("nrtm_version") != 4) return wrong("is no header of NRTM version 4");
  if (parser_->text("type") != type) return other("type", parser_->text("type"), type);
  if (!equal_ignoring_case(parser_->text("source"), expected_.source)) {
    return other("source", parser_->text("source"), expected_.source);
  }
  if (!equal_ignoring_case(parser_->text("session_id"), expected_.session)) {
    return other("session", parser_->text("session_id"), expected_.session);
  }
  const std::uint64_t version = parser_->number("version");
  if (version != expected_.version) return other("version", std::to_string(version), std::to_string(expected_.version));
  return {};
}

}  // namespace fairway::nrtm
