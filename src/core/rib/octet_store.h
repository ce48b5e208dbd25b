// OctetStore: runs of octets, each kept once (hash-consed) for as long as somebody holds a reference. Ids are dense and
// used again after release. Memory: 16 octets of bookkeeping and about 6 of index beside the octets, which are rounded
// up to 8.
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/bytes.h"

namespace fairway {

class OctetStore {
 public:
  OctetStore();
  OctetStore(const OctetStore&) = delete;  // the index knows where the store lives
  OctetStore& operator=(const OctetStore&) = delete;

  struct Interned {
    std::uint32_t id;
    bool fresh;  // nobody held these octets before: the id may have meant something else once
  };
  // Adds a reference. At most 2^26 octets a run.
  Interned intern(Bytes octets);
  void retain(std::uint32_t id) { ++slots_[id].references; }
  // Gives a reference back; true if it was the last: octets(id) must have been looked at before.
  bool release(std::uint32_t id);

  // Until the last reference is released. The first octet is aligned to 8.
  Bytes octets(std::uint32_t id) const { return {at(slots_[id].place), slots_[id].size}; }
  std::uint32_t references(std::uint32_t id) const { return slots_[id].references; }

  std::size_t size() const { return live_; }
  std::size_t ids() const { return slots_.size(); }  // every id is below
  std::size_t memory() const;                        // octets, bookkeeping included

 private:
  static constexpr std::size_t kChunk = std::size_t{1} << 20;
  static constexpr std::size_t kClasses =
      256;  // free runs of 8, 16 ... 2,040 octets are kept by size; longer ones by themselves

  struct Slot {
    std::uint32_t place = 0;  // chunk << 17 | octet / 8; or the number of a long run with kLong set
    std::uint32_t size = 0;
    std::uint32_t references = 0;
    std::uint32_t hash = 0;
  };
  static constexpr std::uint32_t kLong = std::uint32_t{1} << 31;

  struct Key {
    Bytes octets;
    std::uint32_t hash;
  };
  struct Hash {
    using is_transparent = void;
    using is_avalanching = void;
    const OctetStore* store;
    std::size_t operator()(std::uint32_t id) const { return spread(store->slots_[id].hash); }
    std::size_t operator()(const Key& key) const { return spread(key.hash); }
    static std::size_t spread(std::uint32_t hash) { return std::size_t{hash} * 0x9E3779B97F4A7C15ull; }
  };
  struct Equal {
    using is_transparent = void;
    const OctetStore* store;
    bool operator()(std::uint32_t a, std::uint32_t b) const { return a == b; }
    bool operator()(const Key& key, std::uint32_t id) const;
    bool operator()(std::uint32_t id, const Key& key) const { return (*this)(key, id); }
  };
  using Index = boost::unordered_flat_set<std::uint32_t, Hash, Equal>;

  const std::uint8_t* at(std::uint32_t place) const {
    if (place & kLong) return long_[place & ~kLong].get();
    return chunks_[place >> 17].get() + std::size_t{place & 0x1FFFF} * 8;
  }
  std::uint32_t allocate(std::size_t size);
  void free(std::uint32_t place, std::size_t size);
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_ids_;
  std::size_t live_ = 0;
  std::vector<std::unique_ptr<std::uint8_t[]>> chunks_;
  std::size_t used_ = kChunk;  // of the last chunk
  std::vector<std::vector<std::uint32_t>> free_places_;
  std::vector<std::unique_ptr<std::uint8_t[]>> long_;
  std::vector<std::uint32_t> free_long_;
  std::size_t long_octets_ = 0;
  Index index_;
};

}  // namespace fairway
