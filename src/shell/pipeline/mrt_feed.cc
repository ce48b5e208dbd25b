#include "shell/pipeline/mrt_feed.h"

namespace fairway {
namespace {

constexpr std::size_t kDamageTold = 5;

}  // namespace

bool MrtFeed::load() {
  while (!ended_) {
    auto batch = file_.next();
    if (!batch || !*batch) {
      if (!batch) error_ = batch.error();
      ended_ = true;
      return false;
    }
    for (const Damage& damage : (*batch)->damage) note(damage);
    if ((*batch)->records.empty()) continue;
    batches_.push_back(**std::move(batch));
    return true;
  }
  return false;
}

void MrtFeed::note(const Damage& damage) {
  if (damage_.size() < kDamageTold) damage_.push_back(damage);
}

const mrt::Record* MrtFeed::peek() {
  while (!batches_.empty() && next_ == batches_.front().records.size()) {
    batches_.pop_front();
    next_ = 0;
  }
  if (batches_.empty() && !load()) return nullptr;
  return &batches_.front().records[next_];
}

void MrtFeed::take(mrt::EventSink& sink) {
  const mrt::Record& record = batches_.front().records[next_++];
  const auto decoded = decoder_.decode(record, sink);
  if (decoded) return;
  if (decoded.error().kind == ErrorKind::not_found) {
    ++unknown_records_;
  } else {
    ++damaged_records_;
    note({record.offset, record.size, decoded.error().text});
  }
}

bool MrtFeed::is_table() {
  const mrt::Record* record = peek();
  return record != nullptr && (record->type == mrt::Type::table_dump || record->type == mrt::Type::table_dump_v2);
}

std::optional<Instant> MrtFeed::read_ahead(std::uint64_t most_octets) {
  if (peek() == nullptr) return std::nullopt;
  const std::uint64_t start = statistics().octets;
  while (statistics().octets - start < most_octets && load()) {
  }
  return batches_.back().records.back().time;
}

}  // namespace fairway
