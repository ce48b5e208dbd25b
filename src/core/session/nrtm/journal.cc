#include "core/session/nrtm/journal.h"

#include <algorithm>

#include "base/text.h"

namespace fairway::nrtm {

Journal::Journal(std::string source, std::uint64_t serial) : source_(std::move(source)), serials_{serial + 1, serial} {}

Result<Journal> Journal::read(std::string_view text) {
  // Whose it is stands in its first line: "%START Version: 3 RADB 1-2".
  std::string_view head = text.substr(0, text.find('\n'));
  for (int i = 0; i < 3; ++i) next_word(head);
  const std::string source = to_upper(next_word(head));
  Version3Reader reader(source, std::nullopt);
  if (const auto received = reader.receive(text); !received) return std::unexpected(received.error());
  const auto read = reader.take();
  if (!read) return std::unexpected(read.error());
  Journal journal(source, read->serials.first - 1);
  journal.append(read->changes, read->serials.last);
  return journal;
}

void Journal::append(std::span<const Change> changes, std::uint64_t last) {
  for (const Change& change : changes) {
    if (change.serial <= serials_.last || change.object.empty()) continue;
    entries_.push_back({change.serial, operations_.size()});
    operations_ += change.action == Change::Action::add ? "ADD " : "DEL ";
    append_number(operations_, change.serial);
    operations_.append("\n\n").append(change.object).append("\n");
  }
  serials_.last = std::max(serials_.last, last);
  if (operations_.size() <= kMostOctets) return;
  // Half of it goes at once, so that this is not done for each change.
  const auto kept = std::ranges::find_if(
      entries_, [&](const Entry& entry) { return operations_.size() - entry.begin <= kMostOctets / 2; });
  const std::size_t gone = kept == entries_.end() ? operations_.size() : kept->begin;
  serials_.first = kept == entries_.end() ? serials_.last + 1 : kept->serial;
  entries_.erase(entries_.begin(), kept);
  for (Entry& entry : entries_) entry.begin -= gone;
  operations_.erase(0, gone);
}

std::string Journal::between(std::uint64_t from, std::uint64_t to) const {
  const auto begin_of = [&](std::uint64_t serial) {
    const auto at = std::ranges::lower_bound(entries_, serial, {}, &Entry::serial);
    return at == entries_.end() ? operations_.size() : at->begin;
  };
  const std::size_t begin = begin_of(from), end = to == ~std::uint64_t{0} ? operations_.size() : begin_of(to + 1);
  std::string text = "%START Version: 3 " + source_ + " " + std::to_string(from) + "-" + std::to_string(to) + "\n\n";
  text.append(operations_, begin, end - begin);
  return text.append("%END ").append(source_);
}

std::string Journal::answer(std::uint64_t from, std::optional<std::uint64_t> to) const {
  if (!to && from == serials_.last + 1) return "% Warning: there are no newer updates available";
  const std::uint64_t end = to.value_or(serials_.last);
  if (from < serials_.first || end > serials_.last || end < from) {
    return "%ERROR:401: invalid range: Not within " + std::to_string(std::min(serials_.first, serials_.last)) + "-" +
           std::to_string(serials_.last);
  }
  return between(from, end);
}

std::string Journal::text() const { return between(serials_.first, serials_.last) + "\n"; }

}  // namespace fairway::nrtm
