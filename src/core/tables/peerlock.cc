#include "core/tables/peerlock.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include <boost/unordered/unordered_flat_map.hpp>

namespace fairway {

namespace {

Peerlock row(std::uint32_t network, const char* holder, std::initializer_list<std::uint32_t> own,
             bool carries_customers = false) {
  Peerlock lock{Asn{network}, holder, {}, carries_customers};
  for (const std::uint32_t asn : own) lock.own.push_back(Asn{asn});
  return lock;
}

// The networks: those that a public study of the leak of 2017 names as never in transit, and large content networks of
// their kind. Their further ASes: by the names under which the registries list them (June 2026). Akamai (Prolexic,
// Linode) and Cloudflare (Magic Transit) sell protection, so others' ASes stand behind theirs rightly.
std::vector<Peerlock> known_rows() {
  return {
      row(714, "Apple", {6185, 31128}),
      row(2906, "Netflix", {40027, 55095}),
      row(8075, "Microsoft", {3598,  5761,  6584,  8068,  8069,  8070,  12076, 13443, 14413, 17144,
                              35106, 40793, 45139, 46182, 54396, 55163, 58593, 58862, 59067, 63314}),
      row(10310, "Yahoo", {5779,  7233,  7280,  10229, 10880, 14196, 14776, 14777, 14778, 14779, 14780, 16515, 24236,
                           24376, 24506, 24572, 26101, 28122, 34010, 36088, 36229, 36646, 36647, 43428, 45501}),
      row(13335, "Cloudflare", {14789, 132892, 139242, 202623, 203898, 209242}, true),
      row(13414, "X (Twitter)", {35995, 63179}),
      row(15169, "Google",
          {16550, 16591, 19527,  22577,  32381,  33715,  36040,  36383,  36384,  36385,  36411,  36492, 41264,
           43515, 45566, 139070, 139190, 151231, 214609, 214611, 394089, 394725, 395973, 396178, 396982}),
      row(16509, "Amazon", {801, 7224, 8987, 14618, 21664, 36263, 38895, 55960, 62785, 135629, 401395}),
      row(20940, "Akamai",
          {12222, 16625, 17204, 21342, 24319, 26008, 31108, 31110, 32787, 33905, 34164, 35994, 36183, 49846, 63949},
          true),
      row(32934, "Meta (Facebook)", {34825, 54115, 63293}),
  };
}

constexpr Asn kTransitFree[] = {Asn{174},  Asn{701},  Asn{1299}, Asn{2914}, Asn{3257}, Asn{3320}, Asn{3356},
                                Asn{5511}, Asn{6453}, Asn{6461}, Asn{6762}, Asn{7018}, Asn{12956}};

// {an AS, the network that it is of}: further ASes of transit-free networks.
constexpr std::pair<std::uint32_t, std::uint32_t> kFurther[] = {
    {209, 3356}, {702, 701},   {703, 701},   {2685, 7018}, {2686, 7018}, {2687, 7018}, {2688, 7018},
    {2828, 701}, {3549, 3356}, {3561, 3356}, {3910, 3356}, {4755, 6453}, {5580, 3257}, {6421, 6453},
};

// The AS by which a holder is known here; the AS itself if it is not.
Asn holder_of(Asn asn) {
  static const auto holders = [] {
    boost::unordered_flat_map<Asn, Asn> map;
    for (const auto& [further, network] : kFurther) map.emplace(Asn{further}, Asn{network});
    for (const Peerlock& lock : PeerlockTable::built_in().rows()) {
      for (const Asn own : lock.own) map.emplace(own, lock.network);
    }
    return map;
  }();
  const auto found = holders.find(asn);
  return found == holders.end() ? asn : found->second;
}

}  // namespace

PeerlockTable PeerlockTable::build(std::vector<Peerlock> rows) {
  PeerlockTable table;
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Peerlock& a, const Peerlock& b) { return a.network < b.network; });
  for (Peerlock& next : rows) {
    std::sort(next.own.begin(), next.own.end());
    if (!table.rows_.empty() && table.rows_.back().network == next.network) {
      table.rows_.back() = std::move(next);
    } else {
      table.rows_.push_back(std::move(next));
    }
  }
  return table;
}

const PeerlockTable& PeerlockTable::built_in() {
  static const PeerlockTable table = build(known_rows());
  return table;
}

const Peerlock* PeerlockTable::of(Asn network) const {
  const auto at =
      std::lower_bound(rows_.begin(), rows_.end(), network, [](const Peerlock& r, Asn asn) { return r.network < asn; });
  return at != rows_.end() && at->network == network ? &*at : nullptr;
}

std::span<const Asn> transit_free_networks() { return kTransitFree; }

bool known_siblings(Asn a, Asn b) { return holder_of(a) == holder_of(b); }

}  // namespace fairway
