// uses: core/session/nrtm core/wire/rpsl core/model base
//
// Whatever a server sends by NRTM, version 3 or 4, in whatever pieces: it is read or refused, the same however it is
// cut; what is read keeps what the headers promise; a journal of it is read as it is written; and changes put into a
// dump leave as many objects as they say. The first octet chooses what the rest is, the second how large the pieces
// are.
#include <algorithm>
#include <string>

#include "core/session/nrtm/apply.h"
#include "core/session/nrtm/journal.h"
#include "core/session/nrtm/jws.h"
#include "core/session/nrtm/notification.h"
#include "core/session/nrtm/version3.h"
#include "core/session/nrtm/version4.h"
#include "core/wire/rpsl/objects.h"
#include "hold.h"

using namespace fairway;
using namespace fairway::nrtm;

namespace {

constexpr const char* kSession = "ca128382-78d9-41d1-8927-1ecef15275be";

void hold_applied(std::string_view dump, std::vector<Change> changes) {
  const Applied applied = apply(as_bytes(dump), changes, "RADB");
  RpslObjects objects(as_bytes(applied.text));
  RpslObject object;
  std::size_t count = 0;
  while (objects.next(object)) ++count;
  hold(count == applied.objects, "as many objects as it says");
  for (const Change& change : changes) hold(change.object.find("\n\n") == std::string::npos || change.key.empty());
}

Result<Version3Changes> read3(std::string_view text, std::size_t piece) {
  Version3Reader reader("RADB", 11);
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
    if (auto received = reader.receive(text.substr(0, piece)); !received) return std::unexpected(received.error());
  }
  return reader.take();
}

void version3(std::string_view text, std::size_t piece) {
  const auto read = read3(text, piece), whole = read3(text, std::max<std::size_t>(text.size(), 1));
  hold(read.has_value() == whole.has_value(), "the same however it is cut");
  status_of(text, "RADB");
  position_of(text);
  if (auto journal = Journal::read(text)) hold(Journal::read(journal->text()).has_value(), "a journal is one");
  if (!read) return hold(!read.error().text.empty());
  hold(read->changes == whole->changes && read->serials == whole->serials);
  std::uint64_t last = read->serials.first - 1;
  for (const Change& change : read->changes) {
    hold(change.serial > last && change.serial <= read->serials.last, "serials grow, in their range");
    last = change.serial;
    hold(!change.object.empty());
  }
  Journal journal("RADB", read->serials.first - 1);
  journal.append(read->changes, read->serials.last);
  const auto again = Journal::read(journal.text());
  hold(again && again->text() == journal.text() && again->size() == read->changes.size(),
       "a journal is read as written");
  hold_applied(text, read->changes);
}

Result<std::vector<Change>> read4(std::string_view text, std::size_t piece, bool snapshot) {
  std::vector<Change> changes;
  Version4Reader reader({snapshot, "EXAMPLE", kSession, 3},
                        [&](Change&& change) { changes.push_back(std::move(change)); });
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
    if (auto received = reader.receive(as_bytes(text.substr(0, piece))); !received) {
      return std::unexpected(received.error());
    }
  }
  if (auto ended = reader.finish(); !ended) return std::unexpected(ended.error());
  return changes;
}

void version4(std::string_view text, std::size_t piece, bool snapshot) {
  const auto read = read4(text, piece, snapshot), whole = read4(text, std::max<std::size_t>(text.size(), 1), snapshot);
  hold(read.has_value() == whole.has_value(), "the same however it is cut");
  if (!read) return hold(read.error() == whole.error());
  hold(*read == *whole && (snapshot || !read->empty()));
  hold_applied({}, *read);
}

void notification(std::string_view text) {
  const auto read = parse_notification(text);
  if (!read) return hold(!read.error().text.empty());
  const auto first = plan(*read, read->source, std::nullopt, *read, read->timestamp);
  hold(first && !first->reload.empty(), "a beginning needs the snapshot");
  std::uint64_t version = read->snapshot.version;
  for (const FileReference& delta : first->deltas) hold(delta.version == ++version, "deltas lead on");
  hold(version == read->version, "to its version");
  const Position reached{read->source, 4, 1, read->session, read->version};
  const auto again = plan(*read, read->source, reached, *read, read->timestamp);
  hold(again && again->reload.empty() && again->deltas.empty(), "who is there has nothing to do");
  hold(address_of("https://example.net/a/b", read->snapshot).starts_with("https://example.net/a/"));
}

void jws(std::string_view text) {
  const auto read = parse_jws(text);
  if (!read) return hold(!read.error().text.empty());
  hold(read->algorithm != "none" && !read->signature.empty());
  hold(text.find(read->covered) != std::string_view::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t piece = data[1] % 32 + 1u;
  const std::string_view text(reinterpret_cast<const char*>(data + 2), size - 2);
  switch (data[0] % 5) {
    case 0: version3(text, piece); break;
    case 1: version4(text, piece, true); break;
    case 2: version4(text, piece, false); break;
    case 3: notification(text); break;
    default: jws(text);
  }
  return 0;
}
