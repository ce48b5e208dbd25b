#include "core/rib/octet_store.h"

#include <cstring>

#include "base/hash.h"

namespace fairway {
namespace {

constexpr std::size_t kMaxChunks = std::size_t{1} << 14;

std::size_t rounded(std::size_t size) { return (size + 7) & ~std::size_t{7}; }

}  // namespace

OctetStore::OctetStore() : free_places_(kClasses), index_(0, Hash{this}, Equal{this}) {}

bool OctetStore::Equal::operator()(const Key& key, std::uint32_t id) const {
  const Slot& slot = store->slots_[id];
  return slot.hash == key.hash && slot.size == key.octets.size() &&
         (slot.size == 0 || std::memcmp(store->at(slot.place), key.octets.data(), slot.size) == 0);
}

OctetStore::Interned OctetStore::intern(Bytes octets) {
  const std::uint64_t hash = hash_bytes(octets);
  const Key key{octets, static_cast<std::uint32_t>(hash ^ hash >> 32)};
  if (const auto found = index_.find(key); found != index_.end()) {
    ++slots_[*found].references;
    return {*found, false};
  }
  std::uint32_t id;
  if (free_ids_.empty()) {
    id = static_cast<std::uint32_t>(slots_.size());
    slots_.emplace_back();
  } else {
    id = free_ids_.back();
    free_ids_.pop_back();
  }
  const std::uint32_t place = allocate(octets.size());
  if (!octets.empty()) std::memcpy(const_cast<std::uint8_t*>(at(place)), octets.data(), octets.size());
  slots_[id] = {place, static_cast<std::uint32_t>(octets.size()), 1, key.hash};
  index_.insert(id);
  ++live_;
  return {id, true};
}

bool OctetStore::release(std::uint32_t id) {
  Slot& slot = slots_[id];
  if (--slot.references != 0) return false;
  index_.erase(id);
  free(slot.place, slot.size);
  slot = {};
  free_ids_.push_back(id);
  --live_;
  return true;
}

std::uint32_t OctetStore::allocate(std::size_t size) {
  const std::size_t octets = rounded(size);
  const std::size_t kind = octets / 8;
  if (kind < kClasses) {
    if (!free_places_[kind].empty()) {
      const std::uint32_t place = free_places_[kind].back();
      free_places_[kind].pop_back();
      return place;
    }
    if (used_ + octets > kChunk && chunks_.size() < kMaxChunks) {
      chunks_.push_back(std::make_unique_for_overwrite<std::uint8_t[]>(kChunk));
      used_ = 0;
    }
    if (used_ + octets <= kChunk) {
      const auto place = static_cast<std::uint32_t>((chunks_.size() - 1) << 17 | used_ / 8);
      used_ += octets;
      return place;
    }
  }
  std::uint32_t number;
  if (free_long_.empty()) {
    number = static_cast<std::uint32_t>(long_.size());
    long_.emplace_back();
  } else {
    number = free_long_.back();
    free_long_.pop_back();
  }
  long_[number] = std::make_unique_for_overwrite<std::uint8_t[]>(octets);
  long_octets_ += octets;
  return number | kLong;
}

void OctetStore::free(std::uint32_t place, std::size_t size) {
  if (place & kLong) {
    long_[place & ~kLong].reset();
    long_octets_ -= rounded(size);
    free_long_.push_back(place & ~kLong);
  } else {
    free_places_[rounded(size) / 8].push_back(place);
  }
}

std::size_t OctetStore::memory() const {
  std::size_t total = slots_.capacity() * sizeof(Slot) + free_ids_.capacity() * 4 + chunks_.size() * kChunk +
                      long_octets_ + index_.bucket_count() * 5;  // an id and an octet of metadata
  for (const auto& places : free_places_) total += places.capacity() * 4;
  return total;
}

}  // namespace fairway
