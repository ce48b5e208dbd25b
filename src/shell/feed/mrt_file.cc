#include "shell/feed/mrt_file.h"

#include <algorithm>

#include "core/wire/mrt/record_types.h"
#include "shell/feed/source.h"

namespace fairway {

namespace {

using mrt::Record;

// Bodies beyond this are rare; one that is claimed must lead to another record before it is believed.
constexpr std::uint64_t kUsual = 1 << 20;
constexpr Duration kFar = days(366);
// No archive is older.
constexpr Instant kEarliest = from_seconds(725'846'400);  // 1993-01-01
// How far one must see to tell a record from noise: it and the next header.
constexpr std::size_t kHorizon = 128 << 10;

bool is_odd(const Record& record, Instant last) {
  if (mrt::find_record_type(record.type, record.subtype) == nullptr || record.size > kUsual) return true;
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
  Cursor cursor(batch.octets.bytes(), base);
  batch.records.reserve(cursor.left() / 64);
  while (!cursor.empty()) {
    std::string text = "no record begins here";
    if (!lost_) {
      const Cursor before = cursor;
      const auto record = mrt::next_record(cursor);
      const bool good = record && (!is_odd(*record, last_) || leads_on(cursor, record->time));
      // A record is taken when the header behind it can be seen: only then is it known that this one ends where it
      // says.
      if (good && (ended_ || cursor.left() >= mrt::kHeaderSize)) {
        last_ = record->time;
        batch.records.push_back(*record);
        continue;
      }
      const bool unfinished = good || (!record && record.error().kind == ErrorKind::truncated);
      const bool sees_little = cursor.left() < kHorizon;
      cursor = before;
      if (unfinished && !ended_) break;
      if (sees_little && !ended_) {
        hold_back(batch, cursor, base);
        break;
      }
      if (give_up_last(batch, cursor, base)) continue;
      if (unfinished) text = "the last record is cut off";
      if (!record && record.error().kind == ErrorKind::malformed) text = record.error().text;
    } else if (stands_on_record(cursor)) {
      lost_ = false;
      continue;
    }
    // Out of step. What may still turn out to be a record when more of the file is there is kept for then.
    std::size_t skip = octets_to_next(cursor);
    const bool found = skip < cursor.left();
    if (!found && !ended_) skip -= std::min(skip, kHorizon);
    if (skip != 0) lose(batch, cursor.offset(), skip, text);
    cursor.skip(skip);
    lost_ = !found;
    if (!found) break;
  }
  rest_ = Buffer::copy_of(cursor.rest());
}

// Before the first record there is no time to compare with: a header is held against its own.
bool MrtFile::stands_on_record(const Cursor& cursor) const {
  if (last_ != Instant{}) return mrt::looks_like_record(cursor, last_);
  Cursor header = cursor;
  const Instant time = from_seconds(header.u32());
  return time >= kEarliest && mrt::looks_like_record(cursor, time);
}

std::size_t MrtFile::octets_to_next(const Cursor& cursor) const {
  if (last_ != Instant{}) return mrt::octets_to_resynchronise(cursor, last_);
  Cursor at = cursor;
  do {
    at.skip(1);
  } while (!at.empty() && !stands_on_record(at));
  return cursor.left() - at.left();
}

// Whether a record of the batch ends where `cursor` stands.
bool MrtFile::stands_behind_record(const RecordBatch& batch, const Cursor& cursor) {
  return !batch.records.empty() && batch.records.back().offset + batch.records.back().size == cursor.offset();
}

// Puts the cursor back before the last record, so that both are looked at together when more is there.
void MrtFile::hold_back(RecordBatch& batch, Cursor& cursor, std::uint64_t base) {
  if (!stands_behind_record(batch, cursor)) return;
  const std::uint64_t offset = batch.records.back().offset;
  cursor = Cursor(batch.octets.bytes().subspan(static_cast<std::size_t>(offset - base)), offset);
  batch.records.pop_back();
}

// No record begins where the last one said that it ends. If one begins inside of it, it is given up, and the cursor put
// there.
bool MrtFile::give_up_last(RecordBatch& batch, Cursor& cursor, std::uint64_t base) {
  if (!stands_behind_record(batch, cursor)) return false;
  const Record last = batch.records.back();
  Cursor inside(batch.octets.bytes().subspan(static_cast<std::size_t>(last.offset - base)), last.offset);
  const std::size_t skip = mrt::octets_to_resynchronise(inside, last.time);
  if (skip >= last.size) return false;
  lose(batch, last.offset, skip, "a record claims what belongs to others");
  batch.records.pop_back();
  inside.skip(skip);
  cursor = inside;
  return true;
}

// Whether `cursor`, which stands behind a record, stands on another, or at the end of the file.
bool MrtFile::leads_on(const Cursor& cursor, Instant near) const {
  return cursor.empty() ? ended_ : mrt::looks_like_record(cursor, near);
}

void MrtFile::lose(RecordBatch& batch, std::uint64_t offset, std::uint64_t octets, std::string_view text) {
  statistics_.damaged_octets += octets;
  const bool goes_on = octets != 0 && offset == damaged_to_;
  damaged_to_ = offset + octets;
  if (!goes_on) ++statistics_.damages;
  if (goes_on && !batch.damage.empty()) {
    batch.damage.back().octets += octets;
  } else {
    batch.damage.push_back({offset, octets, std::string(text)});
  }
}

}  // namespace fairway
