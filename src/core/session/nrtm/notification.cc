#include "core/session/nrtm/notification.h"

#include <simdjson.h>

#include <algorithm>

#include "base/text.h"

namespace fairway::nrtm {

namespace {

using simdjson::SUCCESS;

bool is_hexadecimal(std::string_view text, std::string_view also = {}) {
  return std::ranges::all_of(text, [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') ||
           also.find(c) != std::string_view::npos;
  });
}

bool is_uuid(std::string_view text) {
  return text.size() == 36 && is_hexadecimal(text, "-") && text[8] == '-' && text[13] == '-' && text[18] == '-' &&
         text[23] == '-' && std::ranges::count(text, '-') == 4;
}

// Below the notification's own folder, and nothing else than a path.
bool is_relative(std::string_view url) {
  if (url.empty() || url.front() == '/' || url.find_first_of(":?#\\% \t\r\n") != std::string_view::npos) return false;
  return std::ranges::none_of(split(url, '/'), [](std::string_view part) { return part == ".." || part == "."; });
}

std::unexpected<Error> wrong(std::string_view what) {
  return fail(ErrorKind::malformed, "the notification file " + std::string(what));
}

// A positive whole number.
bool read_version(simdjson::dom::object object, std::uint64_t& version) {
  return object["version"].get(version) == SUCCESS && version != 0;
}

bool read_text(simdjson::dom::object object, const char* name, std::string& text) {
  std::string_view read;
  if (object[name].get(read) != SUCCESS || read.empty()) return false;
  text = read;
  return true;
}

std::optional<FileReference> read_reference(simdjson::dom::element element) {
  simdjson::dom::object object;
  FileReference file;
  if (element.get(object) != SUCCESS || !read_version(object, file.version) || !read_text(object, "url", file.url) ||
      !read_text(object, "hash", file.hash) || file.hash.size() != 64 || !is_hexadecimal(file.hash) ||
      !is_relative(file.url)) {
    return std::nullopt;
  }
  file.hash = to_lower(file.hash);
  return file;
}

// What changed under its version; empty: nothing.
std::string changed(const Notification& last, const Notification& next) {
  if (last.snapshot.version == next.snapshot.version && last.snapshot.hash != next.snapshot.hash) {
    return "snapshot " + std::to_string(next.snapshot.version);
  }
  for (const FileReference& delta : next.deltas) {
    const auto old = std::ranges::find(last.deltas, delta.version, &FileReference::version);
    if (old != last.deltas.end() && old->hash != delta.hash) return "delta " + std::to_string(delta.version);
  }
  return {};
}

}  // namespace

Result<Notification> parse_notification(std::string_view payload) {
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  if (parser.parse(payload.data(), payload.size()).get(object) != SUCCESS) return wrong("is no JSON object");
  std::uint64_t nrtm_version = 0;
  if (object["nrtm_version"].get(nrtm_version) != SUCCESS || nrtm_version != 4)
    return wrong("is not of NRTM version 4");
  std::string type, time;
  if (!read_text(object, "type", type) || type != "notification") return wrong("is of another type");
  Notification next;
  if (!read_text(object, "source", next.source)) return wrong("names no source");
  if (!read_text(object, "session_id", next.session) || !is_uuid(next.session)) return wrong("has no session");
  next.session = to_lower(next.session);
  if (!read_version(object, next.version)) return wrong("has no version");
  const auto timestamp = read_text(object, "timestamp", time) ? parse_instant(time) : std::nullopt;
  if (!timestamp || time.find_first_of("Tt ") == std::string::npos) return wrong("has no timestamp");
  next.timestamp = *timestamp;
  read_text(object, "next_signing_key", next.next_signing_key);
  simdjson::dom::element element;
  const auto snapshot =
      object["snapshot"].get(element) == SUCCESS ? read_reference(element) : std::optional<FileReference>();
  if (!snapshot) return wrong("has no snapshot that can be used");
  next.snapshot = *snapshot;
  if (object["deltas"].get(element) == SUCCESS) {
    simdjson::dom::array deltas;
    if (element.get(deltas) != SUCCESS) return wrong("has no list of deltas");
    for (const simdjson::dom::element each : deltas) {
      auto delta = read_reference(each);
      if (!delta) return wrong("has a delta that cannot be used");
      next.deltas.push_back(*std::move(delta));
    }
  }
  std::ranges::sort(next.deltas, {}, &FileReference::version);
  for (std::size_t i = 1; i < next.deltas.size(); ++i) {
    if (next.deltas[i].version != next.deltas[i - 1].version + 1) {
      return wrong("has a hole between its deltas, behind version " + std::to_string(next.deltas[i - 1].version));
    }
  }
  const std::uint64_t highest =
      next.deltas.empty() ? next.snapshot.version : std::max(next.snapshot.version, next.deltas.back().version);
  if (next.version != highest) {
    return wrong("says version " + std::to_string(next.version) + ", but its files reach to " +
                 std::to_string(highest));
  }
  if (!next.deltas.empty() && next.deltas.front().version > next.snapshot.version + 1) {
    return wrong("has a hole between its snapshot and its deltas");
  }
  return next;
}

Result<Plan> plan(const Notification& next, std::string_view source, const std::optional<Position>& position,
                  const std::optional<Notification>& last, Instant now) {
  const auto refuse = [](std::string why) {
    return fail(ErrorKind::refused, "the notification file " + std::move(why));
  };
  if (!equal_ignoring_case(next.source, source)) {
    return refuse("is of source " + next.source + ", not of " + std::string(source));
  }
  if (now - next.timestamp > kStale) return refuse("is stale: it was made on " + to_string(next.timestamp));
  const bool same = position && position->session == next.session;
  if (last && last->session != next.session && next.timestamp < last->timestamp) {
    return refuse("is a rollback: it is of another session, and older than the one before, of " +
                  to_string(last->timestamp));
  }
  if (same && next.version < position->version) {
    const std::uint64_t behind = position->version - next.version;
    return refuse("is a rollback: it says version " + std::to_string(next.version) + ", and we have " +
                  std::to_string(position->version) +
                  (behind == 1 ? " (one behind: a cache, perhaps)" : " of the same session"));
  }
  if (last && last->session == next.session) {
    if (const std::string what = changed(*last, next); !what.empty()) {
      return refuse("has another hash for " + what + " than before");
    }
  }
  Plan plan;
  std::uint64_t from = next.snapshot.version;
  if (!position) {
    plan.reload = "there is no mirror of it yet";
  } else if (!same) {
    plan.reload = "the session changed";
  } else if (const bool reached = position->version == next.version;
             !reached && (next.deltas.empty() || next.deltas.back().version != next.version ||
                          next.deltas.front().version > position->version + 1)) {
    plan.reload = "there is a gap: the deltas do not lead on from version " + std::to_string(position->version);
  } else {
    from = position->version;
  }
  for (const FileReference& delta : next.deltas) {
    if (delta.version > from) plan.deltas.push_back(delta);
  }
  return plan;
}

std::string address_of(std::string_view notification_url, const FileReference& file) {
  return std::string(notification_url.substr(0, notification_url.rfind('/') + 1)) + file.url;
}

}  // namespace fairway::nrtm
