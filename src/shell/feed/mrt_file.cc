#include "shell/feed/mrt_file.h"

#include "shell/feed/source.h"

namespace fairway {

namespace {

using mrt::Record;
using mrt::Type;

// Bodies beyond this are rare; one that is claimed must lead to another record before it is believed.
constexpr std::uint64_t kUsual = 1 << 20;
constexpr Duration kFar = days(366);

bool is_known(Type type) {
  switch (type) {
    case Type::bgp:
    case Type::bgp4plus:
    case Type::bgp4plus_01:
    case Type::table_dump:
    case Type::table_dump_v2:
    case Type::bgp4mp:
    case Type::bgp4mp_et:
    case Type::ospfv2:
    case Type::isis:
    case Type::isis_et:
    case Type::ospfv3:
    case Type::ospfv3_et: return true;
    default: return false;
  }
}

bool is_odd(const Record& record, Instant last) {
  if (!is_known(record.type) || record.size > kUsual) return true;
  const Duration step = record.time - last;
  return last != Instant{} && (step > kFar || Duration{} - step > kFar);
}

}  // namespace

Result<MrtFile> MrtFile::open(const std::string& path, unsigned threads) {
  auto stream = open_stream(path, threads);
  if (!stream) return std::unexpected(stream.error());
  return MrtFile(*std::move(stream));
}

Result<std::optional<RecordBatch>> MrtFile::next() {
  while (!ended_) {
    auto block = stream_->next();
    if (!block) broken_ = block.error();
    ended_ = !block || block->empty();

    RecordBatch batch;
    const std::uint64_t base = statistics_.octets - rest_.size();
    if (block) statistics_.octets += block->size();
    if (rest_.empty() && block) {
      batch.octets = *std::move(block);
    } else {
      batch.octets = std::move(rest_);
      if (block) batch.octets.append(block->bytes());
    }
    rest_ = Buffer();
    frame(batch, base);
    if (broken_ && broken_->kind != ErrorKind::system) {
      lose(batch, statistics_.octets, 0, broken_->text + " (byte " + std::to_string(broken_->where) + " of the file)");
    }
    if (batch.records.empty() && batch.damage.empty()) continue;
    statistics_.records += batch.records.size();
    batch.sequence = sequence_++;
    return batch;
  }
  if (broken_ && broken_->kind == ErrorKind::system) {
    const Error error = *broken_;
    broken_.reset();
    return std::unexpected(error);
  }
  return std::optional<RecordBatch>();
}

void MrtFile::frame(RecordBatch& batch, std::uint64_t base) {
  const Bytes octets = batch.octets.bytes();
  Cursor cursor(octets, base);
  batch.records.reserve(octets.size() / 64);
  while (!cursor.empty()) {
    const Cursor before = cursor;
    std::string_view text = "no record begins here";
    std::size_t skip = 0;
    if (lost_) {
      skip = mrt::looks_like_record(cursor, last_) ? 0 : mrt::octets_to_resynchronise(cursor, last_);
    } else if (const auto record = mrt::next_record(cursor)) {
      // A record that is odd counts only if it leads to another, or to the end.
      if (!is_odd(*record, last_) || (cursor.empty() ? ended_ : mrt::looks_like_record(cursor, record->time))) {
        last_ = record->time;
        batch.records.push_back(*record);
        continue;
      }
      if (cursor.left() < mrt::kHeaderSize && !ended_) {  // what it leads to is not there yet
        cursor = before;
        break;
      }
      cursor = before;
      skip = mrt::octets_to_resynchronise(cursor, last_);
    } else if (record.error().kind == ErrorKind::truncated) {
      if (!ended_) break;
      if (!broken_) text = "the file ends inside of a record";
      skip = mrt::octets_to_resynchronise(cursor, last_);
    } else {
      text = record.error().text;
      skip = mrt::octets_to_resynchronise(cursor, last_);
    }
    if (skip == 0) {
      lost_ = false;
      continue;
    }
    lose(batch, cursor.offset(), skip, text);
    lost_ = skip == cursor.left() && !ended_;
    cursor.skip(skip);
  }
  rest_ = Buffer::copy_of(cursor.rest());
}

void MrtFile::lose(RecordBatch& batch, std::uint64_t offset, std::uint64_t octets, std::string_view text) {
  statistics_.damaged_octets += octets;
  // What is lost in one go is told once.
  if (!batch.damage.empty() && batch.damage.back().offset + batch.damage.back().octets == offset && octets != 0 &&
      lost_) {
    batch.damage.back().octets += octets;
    return;
  }
  if (!lost_) ++statistics_.damages;
  batch.damage.push_back({offset, octets, std::string(text)});
}

}  // namespace fairway
