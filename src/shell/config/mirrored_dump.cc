#include "shell/config/mirrored_dump.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "core/read/object_text.h"
#include "core/session/nrtm/journal.h"
#include "core/wire/rpsl/objects.h"
#include "shell/config/fetch_source.h"
#include "shell/config/replace_file.h"
#include "shell/feed/source.h"

namespace fairway::config {

namespace {

constexpr std::string_view kJournalSuffix = ".journal";

// As it may be told on: without secrets.
std::string told(const std::string& text) {
  RpslObjects objects(as_bytes(text));
  RpslObject object;
  return objects.next(object) ? object_text(object) : std::string();
}

std::size_t count_objects(std::string_view text) {
  RpslObjects objects(as_bytes(text));
  RpslObject object;
  std::size_t count = 0;
  while (objects.next(object)) ++count;
  return count;
}

}  // namespace

Result<MirroredDump> MirroredDump::open(const MirrorSource& source, const MirrorOptions& options) {
  MirroredDump dump;
  dump.registry_ = source.registry;
  dump.path_ = options.directory + "/" + source.file;
  dump.journal_path_ = options.directory + "/." + source.file + std::string(kJournalSuffix);
  std::error_code none;
  if (!std::filesystem::exists(dump.path_, none)) return dump;
  const auto read = read_all(dump.path_);
  if (!read) return fail(read.error().kind, dump.path_ + ": " + read.error().text);
  dump.text_ = as_text(read->bytes());
  dump.before_ = count_objects(dump.text_);
  dump.position_ = nrtm::position_of(dump.text_);
  if (dump.position_ && dump.position_->source != source.registry) dump.position_.reset();
  return dump;
}

void MirroredDump::clear(std::string why, std::uint64_t serial) {
  text_.clear();
  reloaded_ = std::move(why);
  begun_ = serial;
}

void MirroredDump::fill(Bytes dump) {
  nrtm::Applied applied = nrtm::apply(dump, {}, registry_);
  text_ += applied.text;
  add_up(std::move(applied));
}

void MirroredDump::fill(std::vector<nrtm::Change> additions) {
  nrtm::Applied applied = nrtm::apply({}, additions, registry_);
  text_ += applied.text;
  add_up(std::move(applied));
}

void MirroredDump::change(std::vector<nrtm::Change> changes) {
  nrtm::Applied applied = nrtm::apply(as_bytes(text_), changes, registry_);
  text_ = std::move(applied.text);
  for (nrtm::Change& change : changes) {
    change.object = told(change.object);
    changes_.push_back(std::move(change));
  }
  add_up(std::move(applied));
}

void MirroredDump::add_up(nrtm::Applied applied) {
  sum_.added += applied.added;
  sum_.replaced += applied.replaced;
  sum_.removed += applied.removed;
  sum_.unreadable += applied.unreadable;
  sum_.foreign += applied.foreign;
  if (sum_.absent == 0) sum_.first_absent = std::move(applied.first_absent);
  sum_.absent += applied.absent;
}

Result<MirrorOutcome> MirroredDump::save(const nrtm::Position& position, bool force) {
  MirrorOutcome outcome{.reloaded = reloaded_, .position = position};
  outcome.objects = count_objects(text_);
  if (outcome.objects == 0) return fail(ErrorKind::refused, "nothing would be left of it");
  if (!force && static_cast<double>(outcome.objects) < kSmallest * static_cast<double>(before_)) {
    return fail(ErrorKind::refused, fmt::format("it would shrink from {} to {} objects: --force takes it nevertheless",
                                                before_, outcome.objects));
  }
  // The journal first: where it is ahead of the dump, the same changes will come again and are in it already.
  nrtm::Journal journal(registry_, reloaded_.empty() ? position_->serial : begun_);
  if (reloaded_.empty()) {
    auto before = read_journal(journal_path_);
    if (before && before->source() == registry_ && before->serials().last >= position_->serial) {
      journal = *std::move(before);
    } else {
      outcome.remarks.push_back(journal_path_ + " cannot be used, and begins anew");
    }
  }
  journal.append(changes_, position.serial);
  if (auto saved = replace_file(journal_path_, journal.text()); !saved) return std::unexpected(saved.error());
  std::string_view objects = text_;
  if (objects.starts_with('%')) cut(objects, '\n');
  if (auto saved = replace_file(path_, nrtm::to_string(position) + std::string(objects)); !saved) {
    return std::unexpected(saved.error());
  }
  if (sum_.absent != 0) {
    outcome.remarks.push_back(
        fmt::format("{} objects were to be removed that are not there, the first is {}: our copy was not the server's",
                    sum_.absent, sum_.first_absent));
  }
  if (sum_.unreadable != 0) {
    outcome.remarks.push_back(fmt::format("{} objects without a key that can be read are left out", sum_.unreadable));
  }
  if (sum_.foreign != 0) {
    outcome.remarks.push_back(fmt::format("{} objects of another source are left out", sum_.foreign));
  }
  outcome.added = sum_.added;
  outcome.replaced = sum_.replaced;
  outcome.removed = sum_.removed;
  return outcome;
}

Result<Buffer> bring(const std::string& address, std::uint64_t most, const MirrorOptions& options) {
  const auto about = [&](const Error& error) { return fail(error.kind, address + ": " + error.text); };
  if (!is_url(address)) {
    auto read = read_all(address);
    if (!read) return about(read.error());
    return read;
  }
  FetchRequest request;
  request.url = address;
  request.most = most;
  request.connect_seconds = options.connect_seconds;
  request.stall_seconds = options.stall_seconds;
  request.total_seconds = options.total_seconds;
  Buffer octets;
  const auto fetched = fetch(request, [&](Bytes piece) {
    octets.append(piece);
    return true;
  });
  if (!fetched) return about(fetched.error());
  return octets;
}

Result<Buffer> unpack(Bytes octets) {
  constexpr std::size_t kMost = std::size_t{4} << 30;
  auto stream = open_stream(Input::of_memory(octets), 2);
  if (!stream) return std::unexpected(stream.error());
  Buffer content;
  while (true) {
    auto block = (*stream)->next();
    if (!block) return std::unexpected(block.error());
    if (block->empty()) return content;
    if (content.size() + block->size() > kMost) return fail(ErrorKind::refused, "it is larger than 4 GiB");
    content.append(block->bytes());
  }
}

Result<nrtm::Journal> read_journal(const std::string& path) {
  const auto content = read_all(path, 1);
  if (!content) return fail(content.error().kind, path + ": " + content.error().text);
  auto journal = nrtm::Journal::read(as_text(content->bytes()));
  if (!journal) return fail(journal.error().kind, path + ": " + journal.error().text, journal.error().where);
  return journal;
}

std::vector<nrtm::Journal> journals_in(const std::string& directory, std::vector<std::string>& warnings) {
  std::vector<std::string> paths;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(directory, none)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with('.') && name.ends_with(kJournalSuffix)) paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<nrtm::Journal> journals;
  for (const std::string& path : paths) {
    auto journal = read_journal(path);
    if (journal) {
      journals.push_back(*std::move(journal));
    } else {
      warnings.push_back(journal.error().text);
    }
  }
  return journals;
}

Result<MirrorOutcome> mirror(const MirrorSource& source, const MirrorOptions& options) {
  if (source.nrtm3.empty() == source.nrtm4.empty()) {
    return fail(ErrorKind::usage, "a mirror has a server of NRTM version 3, or an address of version 4");
  }
  return source.nrtm4.empty() ? mirror_version3(source, options) : mirror_version4(source, options);
}

}  // namespace fairway::config
