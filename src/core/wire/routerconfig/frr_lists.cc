#include "core/wire/routerconfig/frr_lists.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace fairway::reader::frr {

namespace {

constexpr std::pair<std::string_view, std::uint32_t> kWellKnown[] = {{"graceful-shutdown", kGracefulShutdown},
                                                                     {"blackhole", kBlackhole},
                                                                     {"no-export", kNoExport},
                                                                     {"no-advertise", kNoAdvertise},
                                                                     {"local-AS", kNoExportSubconfed},
                                                                     {"no-peer", kNoPeer},
                                                                     {"accept-own", community(65535, 1)},
                                                                     {"llgr-stale", community(65535, 6)},
                                                                     {"no-llgr", community(65535, 7)},
                                                                     {"accept-own-nexthop", community(65535, 8)}};

template <class Map, class Entry>
void insert(Map& entries, std::uint32_t sequence, Entry entry) {
  if (sequence == 0) sequence = entries.empty() ? 5 : (entries.rbegin()->first / 5 + 1) * 5;
  entries.insert_or_assign(sequence, std::move(entry));
}

void append_text(std::string& out, std::uint32_t value) {
  append_number(out, value >> 16);
  out += ':';
  append_number(out, value & 0xffff);
}

void append_text(std::string& out, const LargeCommunity& value) {
  append_number(out, value[0]);
  out += ':';
  append_number(out, value[1]);
  out += ':';
  append_number(out, value[2]);
}

}  // namespace

void PrefixList::add(std::uint32_t sequence, const Entry& entry) { insert(entries_, sequence, entry); }

void PrefixList::close() {
  ranges_ = {};
  permit_.clear();
  for (const auto& [sequence, entry] : entries_) {
    ranges_.add(entry.range, static_cast<std::uint32_t>(permit_.size()));
    permit_.push_back(entry.permit);
  }
}

bool PrefixList::permits(const Prefix& prefix) const {
  if (entries_.empty()) return true;
  const auto first = ranges_.first(prefix);
  return first && permit_[*first];
}

void PathList::add(std::uint32_t sequence, Entry entry) { insert(entries_, sequence, std::move(entry)); }

Truth PathList::permits(const std::string& path) const {
  for (const auto& [sequence, entry] : entries_) {
    if (!entry.pattern) return std::nullopt;
    if (entry.pattern->matches(path)) return entry.permit;
  }
  return false;
}

template <class Community>
void CommunityList<Community>::add(std::uint32_t sequence, Entry entry) {
  insert(entries_, sequence, std::move(entry));
}

template <class Community>
Truth CommunityList<Community>::permits(const std::vector<Community>& held, bool exact) const {
  const auto has = [&](const Community& one) { return std::ranges::find(held, one) != held.end(); };
  for (const auto& [sequence, entry] : entries_) {
    if (!entry.understood) return std::nullopt;
    bool matches = false;
    if (entry.pattern) {
      std::string text;
      for (const Community& one : held) {
        if (!text.empty()) text += ' ';
        append_text(text, one);
      }
      matches = entry.pattern->matches(text);
    } else {
      matches = std::ranges::all_of(entry.members, has) && (!exact || held.size() == entry.members.size());
    }
    if (matches) return entry.permit;
  }
  return false;
}

std::optional<std::uint32_t> parse_community(std::string_view text) {
  for (const auto& [name, value] : kWellKnown) {
    if (name == text) return value;
  }
  const auto parts = split(text, ':');
  if (parts.size() == 1) return parse_number<std::uint32_t>(text);
  if (parts.size() != 2) return std::nullopt;
  const auto high = parse_number<std::uint16_t>(parts[0]), low = parse_number<std::uint16_t>(parts[1]);
  if (!high || !low) return std::nullopt;
  return community(*high, *low);
}

std::optional<LargeCommunity> parse_large_community(std::string_view text) {
  const auto parts = split(text, ':');
  if (parts.size() != 3) return std::nullopt;
  LargeCommunity result;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto number = parse_number<std::uint32_t>(parts[i]);
    if (!number) return std::nullopt;
    result[i] = *number;
  }
  return result;
}

template class CommunityList<std::uint32_t>;
template class CommunityList<LargeCommunity>;

}  // namespace fairway::reader::frr
