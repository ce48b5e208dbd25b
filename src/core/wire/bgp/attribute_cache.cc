#include "core/wire/bgp/attribute_cache.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>

#include "base/hash.h"
#include "core/wire/bgp/path_attributes.h"

namespace fairway::bgp {

namespace {

struct Kept : AttributeCache::Set {
  Buffer octets;         // `unknown` attributes borrow from here
  unsigned context = 0;  // how they were read
};

enum Context : unsigned { kFamily = 3, kFourOctetAsns = 4, kMultiprotocol = 8 };

struct AlreadyMixed {
  using is_avalanching = void;
  std::size_t operator()(std::uint64_t hash) const { return hash; }
};

}  // namespace

struct AttributeCache::State {
  std::size_t limit = 0;
  std::size_t kept_octets = 0;
  std::uint32_t next_key = 1;
  // Sets of a past life are used again for their memory: those from `used` on are free.
  std::vector<std::unique_ptr<Kept>> sets;
  std::size_t used = 0;
  boost::unordered_flat_map<std::uint64_t, Kept*, AlreadyMixed> by_hash;
  Reach reach;
  Unreach unreach;

  Kept& take() {
    if (used == sets.size()) sets.push_back(std::make_unique<Kept>());
    return *sets[used++];
  }
  void decode(Kept& set);
};

void AttributeCache::State::decode(Kept& set) {
  set.attributes.clear();
  set.findings.clear();
  Decoding decoding;
  decoding.encoding.four_octet_asns = (set.context & kFourOctetAsns) != 0;
  decoding.in_rib = true;
  decoding.attributes = &set.attributes;
  decoding.reach = &reach;
  decoding.unreach = &unreach;
  decoding.findings = &set.findings;
  decode_path_attributes(Cursor(set.octets.bytes()), decoding);
  if (!decoding.has_reach || !reach.next_hop) return;
  const bool of_this_family = reach.abbreviated || reach.afi == (set.context & kFamily);
  if (!of_this_family || (set.attributes.next_hop && (set.context & kMultiprotocol) == 0)) return;
  set.attributes.next_hop = reach.next_hop;
  set.attributes.link_local_next_hop = reach.link_local_next_hop;
}

AttributeCache::AttributeCache(std::size_t limit) : state_(std::make_unique<State>()) { state_->limit = limit; }
AttributeCache::~AttributeCache() = default;
AttributeCache::AttributeCache(AttributeCache&&) noexcept = default;
AttributeCache& AttributeCache::operator=(AttributeCache&&) noexcept = default;

const AttributeCache::Set& AttributeCache::get(Bytes run, bool four_octet_asns, Family family, bool multiprotocol) {
  const unsigned context =
      static_cast<unsigned>(family) | (four_octet_asns ? kFourOctetAsns : 0u) | (multiprotocol ? kMultiprotocol : 0u);
  const std::uint64_t hash = hash_bytes(run, context);
  Kept*& slot = state_->by_hash[hash];
  if (slot != nullptr && slot->context == context && std::ranges::equal(slot->octets.bytes(), run)) return *slot;
  Kept& set = state_->take();
  slot = &set;
  set.key = state_->next_key;
  if (state_->next_key != 0) ++state_->next_key;
  set.octets.clear();
  set.octets.append(run);
  set.context = context;
  state_->decode(set);
  // What decoding makes of octets is at most four times as large (ASNs and communities of four octets, addresses of
  // 24).
  state_->kept_octets += sizeof(Kept) + 5 * run.size() + 128;
  return set;
}

void AttributeCache::trim() {
  if (state_->kept_octets <= state_->limit) return;
  state_->by_hash.clear();
  state_->used = 0;
  state_->kept_octets = 0;
}

}  // namespace fairway::bgp
