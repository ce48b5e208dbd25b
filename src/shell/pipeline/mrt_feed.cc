#include "shell/pipeline/mrt_feed.h"

#include <boost/unordered/unordered_flat_map.hpp>

namespace fairway {
namespace {

constexpr std::size_t kDamageTold = 5;

}  // namespace

// Keeps the events of a batch, and each attribute set once.
class MrtFeed::Collect final : public mrt::EventSink {
 public:
  explicit Collect(Decoded& decoded) : decoded_(decoded) {}

  void on_event(const mrt::Record&, const RouteEvent& event) override {
    RouteEvent& kept = decoded_.events.emplace_back(event);
    if (event.attributes == nullptr) return;
    if (event.attributes == last_ && event.attributes_key == last_key_ && last_key_ != 0) {
      kept.attributes = last_kept_;
      return;
    }
    const Attributes** known = event.attributes_key != 0 ? &by_key_[event.attributes_key] : nullptr;
    if (known != nullptr && *known != nullptr) {
      kept.attributes = *known;
    } else {
      kept.attributes = keep(*event.attributes);
      if (known != nullptr) *known = kept.attributes;
    }
    last_ = event.attributes;
    last_key_ = event.attributes_key;
    last_kept_ = kept.attributes;
  }

 private:
  const Attributes* keep(const Attributes& attributes) {
    if (decoded_.used == decoded_.attributes.size()) decoded_.attributes.emplace_back();
    Attributes& kept = decoded_.attributes[decoded_.used++];
    kept = attributes;
    kept.unknown.clear();  // it borrows from the message, and nobody asks for it here
    return &kept;
  }

  Decoded& decoded_;
  boost::unordered_flat_map<std::uint32_t, const Attributes*> by_key_;
  const Attributes* last_ = nullptr;
  const Attributes* last_kept_ = nullptr;
  std::uint32_t last_key_ = 0;
};

MrtFeed::MrtFeed(std::string name, MrtFile file, Pool& pool)
    : name_(std::move(name)), file_(std::move(file)), pool_(pool) {
  for (;;) {
    auto batch = file_.next();
    if (!batch) first_error_ = batch.error();
    if (!batch || !*batch) return;
    waiting_.push_back(**std::move(batch));
    if (waiting_.back().records.empty()) continue;
    const mrt::Record& record = waiting_.back().records.front();
    table_ = record.type == mrt::Type::table_dump || record.type == mrt::Type::table_dump_v2;
    first_ = record.time;
    return;
  }
}

MrtFeed::~MrtFeed() {
  if (ahead_.valid()) ahead_.wait();
}

Result<std::optional<RecordBatch>> MrtFeed::read() {
  if (!waiting_.empty()) {
    RecordBatch batch = std::move(waiting_.front());
    waiting_.pop_front();
    return batch;
  }
  if (first_error_) return std::unexpected(*first_error_);
  return file_.next();
}

std::shared_ptr<MrtFeed::Decoded> MrtFeed::decode(std::shared_ptr<Decoded> into) {
  if (!into) into = std::make_shared<Decoded>();
  Decoded& decoded = *into;
  decoded.records.clear();
  decoded.events.clear();
  decoded.used = 0;
  decoded.damage.clear();
  decoded.damaged_records = decoded.unknown_records = 0;
  auto batch = read();
  if (!batch || !*batch) {
    if (!batch) decoded.error = batch.error();
    decoded.end = true;
    return into;
  }
  decoded.damage = std::move((*batch)->damage);
  Collect collect(decoded);
  for (const mrt::Record& record : (*batch)->records) {
    const auto first = static_cast<std::uint32_t>(decoded.events.size());
    const auto done = decoder_.decode(record, collect);
    decoded.records.push_back({record.time, first, static_cast<std::uint32_t>(decoded.events.size())});
    if (done) continue;
    if (done.error().kind == ErrorKind::not_found) {
      ++decoded.unknown_records;
    } else {
      ++decoded.damaged_records;
      decoded.damage.push_back({record.offset, record.size, done.error().text});
    }
  }
  return into;
}

void MrtFeed::start() {
  ahead_ = pool_.run([this, spare = std::move(spare_)] { return decode(spare); });
}

// The next batch that has records; false at the end.
bool MrtFeed::load() {
  while (!ended_) {
    if (!ahead_.valid()) start();
    spare_ = std::move(current_);
    current_ = ahead_.get();
    next_ = 0;
    for (Damage& damage : current_->damage) {
      if (damage_.size() < kDamageTold) damage_.push_back(std::move(damage));
    }
    damaged_records_ += current_->damaged_records;
    unknown_records_ += current_->unknown_records;
    if (current_->end) {
      error_ = current_->error;
      ended_ = true;
      return false;
    }
    start();
    if (!current_->records.empty()) return true;
  }
  return false;
}

std::optional<Instant> MrtFeed::next_time() {
  const bool begun = current_ || ahead_.valid() || ended_;
  if (!begun) return first_;
  if (!has_batch() && !load()) return std::nullopt;
  return current_->records[next_].time;
}

std::optional<Instant> MrtFeed::read_ahead(std::uint64_t most_octets) {
  if (!first_) return std::nullopt;
  while (file_.statistics().octets < most_octets) {
    auto batch = file_.next();
    if (!batch) first_error_ = batch.error();
    if (!batch || !*batch) break;
    waiting_.push_back(**std::move(batch));
  }
  for (auto batch = waiting_.rbegin(); batch != waiting_.rend(); ++batch) {
    if (!batch->records.empty()) return batch->records.back().time;
  }
  return first_;
}

}  // namespace fairway
