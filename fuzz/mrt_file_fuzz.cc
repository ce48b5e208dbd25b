// uses: shell/feed core/wire/mrt core/wire/bgp core/model base
//
// A file of any octets is cut into records and damage that lie one behind another and together are all of it, in the
// order of the file, however it is cut into blocks (first octet). Where the records are, there is no damage told.
#include "shell/feed/mrt_file.h"

#include <algorithm>
#include <memory>

#include "hold.h"

namespace {

using namespace fairway;

class Blocks : public ByteStream {
 public:
  Blocks(Bytes octets, std::size_t size) : octets_(octets), size_(size) {}
  Result<Buffer> next() override {
    const Bytes block = octets_.first(std::min(size_, octets_.size()));
    octets_ = octets_.subspan(block.size());
    return Buffer::copy_of(block);
  }

 private:
  Bytes octets_;
  std::size_t size_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const Bytes octets(data + 1, size - 1);
  MrtFile file(std::make_unique<Blocks>(octets, data[0] == 0 ? octets.size() + 1 : data[0]));
  std::vector<std::pair<std::uint64_t, std::uint64_t>> parts;  // [begin, end) of records and of damage
  std::uint64_t lost = 0, records = 0, sequence = 0;
  for (;;) {
    const auto batch = file.next();
    hold(batch.has_value(), "octets that are there can be read");
    if (!*batch) break;
    hold((*batch)->sequence == sequence++, "batches count up");
    for (const mrt::Record& record : (*batch)->records) {
      parts.emplace_back(record.offset, record.offset + record.size);
      ++records;
      hold(record.body.size() <= record.size, "a body is a part of its record");
      hold(std::ranges::equal(record.body,
                              octets.subspan(record.offset + record.size - record.body.size(), record.body.size())),
           "and it is what stands there");
    }
    for (const Damage& damage : (*batch)->damage) {
      hold(!damage.text.empty(), "damage says what");
      if (damage.octets != 0) parts.emplace_back(damage.offset, damage.offset + damage.octets);
      lost += damage.octets;
    }
  }
  std::ranges::sort(parts);
  std::uint64_t at = 0;
  for (const auto& [begin, end] : parts) {
    hold(begin == at, "nothing is left out, nothing is there twice");
    at = end;
  }
  hold(at == octets.size(), "to the end");
  hold(file.statistics().records == records && file.statistics().damaged_octets == lost, "counted as told");
  hold(file.statistics().octets == octets.size(), "all octets are counted");
  return 0;
}
