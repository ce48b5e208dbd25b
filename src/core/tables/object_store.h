// ObjectStore: the texts of registry objects as they were published, compressed in blocks, found by keys. Made for
// millions: an object costs its share of a compressed block, 6 octets, and 8 for each key. Frozen once it is built,
// shareable between threads; each reads with a Reader of its own.
//
// A key is found by a hash of 32 bits, so what is found only may have it: look at the text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/number_range.h"
#include "core/tables/range_index.h"

namespace fairway {

class ObjectStore {
 public:
  // Ids count from 0 in the order of add. Texts that are added together are read together. Nothing is kept of an
  // object of the 256th class or registry.
  void add(std::string_view class_name, std::string_view registry, std::string_view text,
           std::span<const std::string> keys);
  // The same of an object that is also found by a range.
  void add(std::string_view class_name, std::string_view registry, std::string_view text,
           std::span<const std::string> keys, const NumberRange& range);
  // After the last one.
  void freeze();
  // Objects of this class and registry are found no more: newer ones are elsewhere.
  void leave_out(std::string_view class_name, std::string_view registry);

  std::size_t size() const { return kinds_.size(); }
  std::string_view class_of(std::uint32_t id) const { return classes_[kinds_[id].class_name]; }
  std::string_view registry_of(std::uint32_t id) const { return registries_[kinds_[id].registry]; }
  std::span<const std::string> classes() const { return classes_; }
  std::span<const std::string> registries() const { return registries_; }
  // The ids of what may have this key, in order; `ids` is cleared first.
  void find(std::string_view key, std::vector<std::uint32_t>& ids) const;
  // Those of ranges that contain this one, or that lie in it: RangeIndex.
  template <class Take>
  void containing(const NumberRange& range, Take take) const {
    ranges_.containing(range, [&](const NumberRange& found, std::uint32_t id) {
      if (!left_out(id)) take(found, id);
    });
  }
  template <class Take>
  void within(const NumberRange& range, Take take) const {
    ranges_.within(range, [&](const NumberRange& found, std::uint32_t id) {
      if (!left_out(id)) take(found, id);
    });
  }
  std::size_t octets() const;  // everything

  class Reader {
   public:
    explicit Reader(const ObjectStore& store) : store_(store) {}
    // Until the next call.
    std::string_view text(std::uint32_t id);

   private:
    const ObjectStore& store_;
    std::string block_;
    std::size_t number_ = ~std::size_t{0};
  };

 private:
  static constexpr std::size_t kBlock = 48 << 10;  // octets, before they are compressed

  struct Block {
    std::vector<std::uint8_t> octets;
    std::uint32_t first_id = 0;
    std::uint32_t size = 0;  // as it was
  };
  struct Kind {
    std::uint8_t class_name, registry;
  };
  struct Key {
    std::uint32_t hash, id;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  void close_block();
  bool left_out(std::uint32_t id) const {
    return !left_out_.empty() && left_out_[std::size_t{kinds_[id].class_name} * 256 + kinds_[id].registry];
  }

  std::vector<std::string> classes_, registries_;
  std::vector<Kind> kinds_;
  std::vector<std::uint32_t> begins_;  // of each object in its block
  std::vector<Block> blocks_;
  std::vector<Key> keys_;
  RangeIndex ranges_;
  std::vector<bool> left_out_;  // by class and registry
  std::string pending_;         // the block that is being filled
  std::uint32_t pending_first_ = 0;
};

}  // namespace fairway
