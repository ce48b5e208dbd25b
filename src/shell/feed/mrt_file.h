// MrtFile: an MRT file as batches of whole records, in the order of the file. A record that straddles two blocks of the
// stream is carried over. Damaged framing is resynchronised and told as Damage; it never ends the reading. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "core/wire/mrt/record.h"
#include "shell/feed/byte_stream.h"

namespace fairway {

// Octets that could not be read as records.
struct Damage {
  std::uint64_t offset = 0;  // of the first, in the decompressed content
  std::uint64_t octets = 0;  // how many; 0 where what is missing was never there
  std::string text;          // a sentence without the file's name
};

struct RecordBatch {
  std::uint64_t sequence = 0;  // 0, 1, 2, ... in the order of the file
  Buffer octets;
  std::vector<mrt::Record> records;  // their bodies borrow from `octets`; moving the batch keeps them valid
  std::vector<Damage> damage;        // before, between and behind these records
};

struct ReadStatistics {
  std::uint64_t octets = 0;  // decompressed, read so far
  std::uint64_t records = 0;
  std::uint64_t damaged_octets = 0;
  std::uint64_t damages = 0;  // places; one that spans batches is one here, and one Damage in each of them
};

class MrtFile {
 public:
  // "-" is standard input; compression is found by content; `threads` help to decompress.
  static Result<MrtFile> open(const std::string& path, unsigned threads);
  explicit MrtFile(std::unique_ptr<ByteStream> stream) : stream_(std::move(stream)) {}

  // The next batch, which may hold damage and no record; nothing at the end. Error (`system`) if the file could not be
  // read on.
  Result<std::optional<RecordBatch>> next();
  const ReadStatistics& statistics() const { return statistics_; }

 private:
  void frame(RecordBatch& batch, std::uint64_t base);
  bool stands_on_record(const Cursor& cursor) const;
  std::size_t octets_to_next(const Cursor& cursor) const;
  static bool stands_behind_record(const RecordBatch& batch, const Cursor& cursor);
  static void hold_back(RecordBatch& batch, Cursor& cursor, std::uint64_t base);
  bool give_up_last(RecordBatch& batch, Cursor& cursor, std::uint64_t base);
  bool leads_on(const Cursor& cursor, Instant near) const;
  void lose(RecordBatch& batch, std::uint64_t offset, std::uint64_t octets, std::string_view text);

  std::unique_ptr<ByteStream> stream_;
  Buffer rest_;  // of a record that is not whole yet
  std::uint64_t sequence_ = 0;
  bool ended_ = false;
  std::optional<Error> broken_;                   // why the stream ended before its end
  bool lost_ = false;                             // out of step: in search of the next record
  std::uint64_t damaged_to_ = ~std::uint64_t{0};  // where the last damage ends
  Instant last_{};                                // time of the last record
  ReadStatistics statistics_;
};

}  // namespace fairway
