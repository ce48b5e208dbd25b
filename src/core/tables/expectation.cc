#include "core/tables/expectation.h"

#include <algorithm>
#include <array>

namespace fairway {

namespace {

constexpr std::array<std::string_view, 6> kRoles = {"customer", "provider", "peer", "rs", "rs-client", "sibling"};

template <class T>
void sort_unique(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

// What two lines about one prefix mean together: more origins are allowed, a flag that widens or quietens holds.
void merge(OwnPrefix& into, const OwnPrefix& other) {
  into.origins.insert(into.origins.end(), other.origins.begin(), other.origins.end());
  if (other.max_length && (!into.max_length || *into.max_length < *other.max_length)) {
    into.max_length = other.max_length;
  }
  into.occasional |= other.occasional;
  into.ignore |= other.ignore;
  if (into.description.empty()) into.description = other.description;
}

}  // namespace

std::string_view to_string(Role role) { return kRoles[static_cast<std::size_t>(role)]; }

std::optional<Role> parse_role(std::string_view text) {
  const auto at = std::find(kRoles.begin(), kRoles.end(), text);
  if (at == kRoles.end()) return std::nullopt;
  return static_cast<Role>(at - kRoles.begin());
}

Expectation Expectation::build(Network network) {
  sort_unique(network.asns);
  std::stable_sort(network.prefixes.begin(), network.prefixes.end(),
                   [](const OwnPrefix& a, const OwnPrefix& b) { return a.prefix < b.prefix; });
  std::vector<OwnPrefix> merged;
  for (OwnPrefix& own : network.prefixes) {
    if (!merged.empty() && merged.back().prefix == own.prefix) {
      merge(merged.back(), own);
    } else {
      merged.push_back(std::move(own));
    }
  }
  for (OwnPrefix& own : merged) sort_unique(own.origins);
  network.prefixes = std::move(merged);
  std::stable_sort(network.neighbours.begin(), network.neighbours.end(),
                   [](const Neighbour& a, const Neighbour& b) { return a.asn < b.asn; });
  Expectation result;
  result.network_ = std::move(network);
  return result;
}

bool Expectation::owns(Asn asn) const { return std::binary_search(network_.asns.begin(), network_.asns.end(), asn); }

const OwnPrefix* Expectation::covering(const Prefix& prefix) const {
  // A covering prefix stands at or before this one; those between that do not cover are passed over by asking for the
  // parents one by one, longest first.
  const auto& own = network_.prefixes;
  for (unsigned length = prefix.length() + 1; length-- > 0;) {
    const Prefix parent = prefix.parent(length);
    const auto at = std::lower_bound(own.begin(), own.end(), parent,
                                     [](const OwnPrefix& a, const Prefix& b) { return a.prefix < b; });
    if (at != own.end() && at->prefix == parent) return &*at;
  }
  return nullptr;
}

std::span<const OwnPrefix> Expectation::under(const Prefix& prefix) const {
  const auto& own = network_.prefixes;
  const auto begin = std::lower_bound(own.begin(), own.end(), prefix,
                                      [](const OwnPrefix& a, const Prefix& b) { return a.prefix < b; });
  auto end = begin;
  while (end != own.end() && prefix.covers(end->prefix)) ++end;
  return {begin, end};
}

Expectation::Fit Expectation::fit(const Prefix& prefix, Asn origin) const {
  const OwnPrefix* own = covering(prefix);
  if (own == nullptr || own->ignore) return Fit::elsewhere;
  if (!std::binary_search(own->origins.begin(), own->origins.end(), origin)) return Fit::wrong_origin;
  const unsigned longest = own->max_length ? *own->max_length : own->prefix.length();
  return prefix.length() == own->prefix.length() || prefix.length() <= longest ? Fit::intended : Fit::too_specific;
}

std::span<const Neighbour> Expectation::neighbours(Asn asn) const {
  const auto [begin, end] =
      std::equal_range(network_.neighbours.begin(), network_.neighbours.end(), Neighbour{.asn = asn},
                       [](const Neighbour& a, const Neighbour& b) { return a.asn < b.asn; });
  return {begin, end};
}

const OwnException* Expectation::excuse(std::string_view kind, const Prefix& prefix, Asn asn, Instant now) const {
  for (const OwnException& exception : network_.exceptions) {
    if (now >= exception.expires) continue;
    if (!exception.kind.empty() && exception.kind != kind) continue;
    if (exception.prefix && !exception.prefix->covers(prefix)) continue;
    if (exception.asn && *exception.asn != asn) continue;
    return &exception;
  }
  return nullptr;
}

}  // namespace fairway
