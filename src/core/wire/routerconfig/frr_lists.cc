#include "core/wire/routerconfig/frr_lists.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace fairway::reader::frr {

namespace {

template <class Map, class Entry>
void insert(Map& entries, std::uint32_t sequence, Entry entry) {
  if (sequence == 0) sequence = entries.empty() ? 5 : (entries.rbegin()->first / 5 + 1) * 5;
  entries.insert_or_assign(sequence, std::move(entry));
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

template <class Value>
void CommunityList<Value>::add(std::uint32_t sequence, Entry entry) {
  insert(entries_, sequence, std::move(entry));
}

template <class Value>
Truth CommunityList<Value>::permits(const std::vector<Value>& held, bool exact) const {
  const auto has = [&](const Value& one) { return std::ranges::find(held, one) != held.end(); };
  for (const auto& [sequence, entry] : entries_) {
    if (!entry.understood) return std::nullopt;
    bool matches = false;
    if (entry.pattern) {
      std::string text;
      for (const Value& one : held) {
        if (!text.empty()) text += ' ';
        append_to(text, one);
      }
      matches = entry.pattern->matches(text);
    } else {
      matches = std::ranges::all_of(entry.members, has) && (!exact || held.size() == entry.members.size());
    }
    if (matches) return entry.permit;
  }
  return false;
}

template class CommunityList<Community>;
template class CommunityList<LargeCommunity>;

}  // namespace fairway::reader::frr
