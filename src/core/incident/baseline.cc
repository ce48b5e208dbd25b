#include "core/incident/baseline.h"

#include <algorithm>

namespace fairway {

void Baseline::learn_origin(PrefixId id, Asn origin, Since since) {
  PrefixMemory& m = memory(id);
  if (!m.has_origin) {
    m.has_origin = true;
    m.origin = origin;
    m.since = since;
    return;
  }
  if (m.origin == origin) return;
  std::vector<Known>& more = more_[id.value];
  m.has_more = true;
  if (std::ranges::find(more, origin, &Known::origin) == more.end()) more.push_back({origin, since});
}

bool Baseline::knows_origin(PrefixId id, Asn origin, std::uint32_t now) const {
  const PrefixMemory& m = memory(id);
  if (!m.has_origin) return false;
  if (m.origin == origin) return counts(m.since, now);
  if (!m.has_more) return false;
  const std::vector<Known>& more = more_.find(id.value)->second;
  const auto found = std::ranges::find(more, origin, &Known::origin);
  return found != more.end() && counts(found->since, now);
}

bool Baseline::knows_prefix(PrefixId id, std::uint32_t now) const {
  bool known = false;
  for_each_origin(id, [&](Asn, Since since) { known |= counts(since, now); });
  return known;
}

std::vector<Asn> Baseline::origins(PrefixId id, std::uint32_t now) const {
  std::vector<Asn> origins;
  for_each_origin(id, [&](Asn origin, Since since) {
    if (counts(since, now)) origins.push_back(origin);
  });
  std::ranges::sort(origins);
  return origins;
}

void Baseline::learn_link(Asn a, Asn b, Since since) { links_.try_emplace(link(a, b), since); }

bool Baseline::knows_link(Asn a, Asn b, std::uint32_t now) const {
  const auto found = links_.find(link(a, b));
  return found != links_.end() && counts(found->second, now);
}

void Baseline::learn_leak(const LeakKey& leak, Since since) { leaks_.try_emplace(leak, since); }

bool Baseline::knows_leak(const LeakKey& leak, std::uint32_t now) const {
  const auto found = leaks_.find(leak);
  return found != leaks_.end() && counts(found->second, now);
}

void Baseline::renew_origin(PrefixId id, Asn origin, std::uint32_t now) {
  PrefixMemory& m = memory(id);
  if (!m.has_origin) return;
  if (m.origin == origin) {
    if (m.since != 0) m.since = now;
  } else if (m.has_more) {
    for (Known& known : more_.find(id.value)->second) {
      if (known.origin == origin && known.since != 0) known.since = now;
    }
  }
}

void Baseline::renew_link(Asn a, Asn b, std::uint32_t now) {
  if (const auto found = links_.find(link(a, b)); found != links_.end() && found->second != 0) found->second = now;
}

void Baseline::renew_leak(const LeakKey& leak, std::uint32_t now) {
  if (const auto found = leaks_.find(leak); found != leaks_.end() && found->second != 0) found->second = now;
}

void Baseline::unlearn_origin(PrefixId id, Asn origin) {
  PrefixMemory& m = memory(id);
  if (!m.has_origin) return;
  const auto more = m.has_more ? more_.find(id.value) : more_.end();
  if (m.origin != origin) {
    if (more != more_.end()) {
      std::erase_if(more->second, [&](const Known& known) { return known.origin == origin && known.since != 0; });
    }
  } else if (m.since != 0) {
    m.has_origin = more != more_.end() && !more->second.empty();
    if (m.has_origin) {  // the next one takes its place
      m.origin = more->second.front().origin;
      m.since = more->second.front().since;
      more->second.erase(more->second.begin());
    }
  }
  if (more != more_.end() && more->second.empty()) {
    more_.erase(more);
    m.has_more = false;
  }
}

void Baseline::unlearn_link(Asn a, Asn b) {
  if (const auto found = links_.find(link(a, b)); found != links_.end() && found->second != 0) links_.erase(found);
}

void Baseline::unlearn_leak(const LeakKey& leak) {
  if (const auto found = leaks_.find(leak); found != leaks_.end() && found->second != 0) leaks_.erase(found);
}

void Baseline::forget(PrefixId id) {
  more_.erase(id.value);
  memory(id) = {};
}

}  // namespace fairway
