#include "core/tables/object_store.h"

#include <zstd.h>

#include <algorithm>

#include "base/hash.h"

namespace fairway {

namespace {

constexpr std::size_t kMostNames = 255;
constexpr int kLevel =
    1;  // of route objects, level 6 makes texts and keys smaller by 3 % and loading half as long again

std::uint32_t hash_of(std::string_view key) { return static_cast<std::uint32_t>(hash_bytes(as_bytes(key)) >> 32); }

std::size_t place_of(std::vector<std::string>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  const auto place = static_cast<std::size_t>(found - names.begin());
  if (found == names.end() && place < kMostNames) names.emplace_back(name);
  return place;
}

}  // namespace

void ObjectStore::add(std::string_view class_name, std::string_view registry, std::string_view text,
                      std::span<const std::string> keys) {
  const std::size_t place = place_of(classes_, class_name), of = place_of(registries_, registry);
  if (place >= kMostNames || of >= kMostNames || kinds_.size() == ~std::uint32_t{0}) return;
  if (!pending_.empty() && pending_.size() + text.size() > kBlock) close_block();
  const auto id = static_cast<std::uint32_t>(kinds_.size());
  kinds_.push_back({static_cast<std::uint8_t>(place), static_cast<std::uint8_t>(of)});
  begins_.push_back(static_cast<std::uint32_t>(pending_.size()));
  pending_ += text;
  for (const std::string& key : keys) keys_.push_back({hash_of(key), id});
}

void ObjectStore::add(std::string_view class_name, std::string_view registry, std::string_view text,
                      std::span<const std::string> keys, const NumberRange& range) {
  const std::size_t before = size();
  add(class_name, registry, text, keys);
  if (size() != before) ranges_.add(range, static_cast<std::uint32_t>(before));
}

void ObjectStore::close_block() {
  if (kinds_.size() == pending_first_) return;
  Block block;
  block.first_id = pending_first_;
  block.size = static_cast<std::uint32_t>(pending_.size());
  std::vector<std::uint8_t> room(ZSTD_compressBound(pending_.size()));
  const std::size_t size = ZSTD_compress(room.data(), room.size(), pending_.data(), pending_.size(), kLevel);
  if (!ZSTD_isError(size)) block.octets.assign(room.begin(), room.begin() + static_cast<std::ptrdiff_t>(size));
  blocks_.push_back(std::move(block));
  pending_.clear();
  pending_first_ = static_cast<std::uint32_t>(kinds_.size());
}

void ObjectStore::freeze() {
  close_block();
  const auto number = [](const Key& key) { return std::uint64_t{key.hash} << 32 | key.id; };
  std::sort(keys_.begin(), keys_.end(), [number](const Key& a, const Key& b) { return number(a) < number(b); });
  keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
  keys_.shrink_to_fit();
  kinds_.shrink_to_fit();
  begins_.shrink_to_fit();
  blocks_.shrink_to_fit();
  pending_.shrink_to_fit();
  ranges_.freeze();
}

void ObjectStore::leave_out(std::string_view class_name, std::string_view registry) {
  const auto place = std::find(classes_.begin(), classes_.end(), class_name) - classes_.begin();
  const auto of = std::find(registries_.begin(), registries_.end(), registry) - registries_.begin();
  left_out_.resize(256 * 256);
  left_out_[static_cast<std::size_t>(place * 256 + of)] = true;
}

void ObjectStore::find(std::string_view key, std::vector<std::uint32_t>& ids) const {
  ids.clear();
  const std::uint32_t hash = hash_of(key);
  auto at = std::lower_bound(keys_.begin(), keys_.end(), Key{hash, 0});
  for (; at != keys_.end() && at->hash == hash; ++at) {
    if (!left_out(at->id)) ids.push_back(at->id);
  }
}

std::size_t ObjectStore::octets() const {
  std::size_t octets = kinds_.capacity() * sizeof kinds_[0] + begins_.capacity() * sizeof begins_[0] +
                       blocks_.capacity() * sizeof blocks_[0] + keys_.capacity() * sizeof keys_[0] +
                       left_out_.capacity() / 8 + ranges_.octets();
  for (const Block& block : blocks_) octets += block.octets.capacity() + 16;
  return octets;
}

std::string_view ObjectStore::Reader::text(std::uint32_t id) {
  const auto& blocks = store_.blocks_;
  const auto after = std::upper_bound(blocks.begin(), blocks.end(), id,
                                      [](std::uint32_t wanted, const Block& block) { return wanted < block.first_id; });
  const auto number = static_cast<std::size_t>(after - blocks.begin()) - 1;
  const Block& block = blocks[number];
  if (number != number_) {
    block_.resize(block.size);
    const std::size_t size = ZSTD_decompress(block_.data(), block_.size(), block.octets.data(), block.octets.size());
    if (ZSTD_isError(size) || size != block_.size()) return {};
    number_ = number;
  }
  const std::uint32_t last = after == blocks.end() ? static_cast<std::uint32_t>(store_.size()) : after->first_id;
  const std::uint32_t end = id + 1 == last ? block.size : store_.begins_[id + 1];
  return std::string_view(block_).substr(store_.begins_[id], end - store_.begins_[id]);
}

}  // namespace fairway
