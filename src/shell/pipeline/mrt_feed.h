// MrtFeed: one MRT input as a run of records whose next one can be looked at before it is taken, so that several can be
// merged by time. Counts what could not be read. One thread.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "core/wire/mrt/event_decoder.h"
#include "shell/feed/mrt_file.h"

namespace fairway {

class MrtFeed {
 public:
  MrtFeed(std::string name, MrtFile file) : name_(std::move(name)), file_(std::move(file)) {}

  const std::string& name() const { return name_; }
  // The record that comes next; null at the end, or after an error (error()).
  const mrt::Record* peek();
  // Decodes it into `sink` and goes on.
  void take(mrt::EventSink& sink);

  bool is_table();  // by its first record: TABLE_DUMP or TABLE_DUMP_V2
  // Reads ahead to the end, at most so many octets, and says the time of the last record read.
  std::optional<Instant> read_ahead(std::uint64_t most_octets);

  const ReadStatistics& statistics() const { return file_.statistics(); }
  std::uint64_t damaged_records() const { return damaged_records_; }
  std::uint64_t unknown_records() const { return unknown_records_; }
  const std::vector<Damage>& damage() const { return damage_; }  // the first few
  const std::optional<Error>& error() const { return error_; }

 private:
  bool load();
  void note(const Damage& damage);

  std::string name_;
  MrtFile file_;
  mrt::EventDecoder decoder_;
  std::deque<RecordBatch> batches_;
  std::size_t next_ = 0;  // in batches_.front()
  std::uint64_t damaged_records_ = 0, unknown_records_ = 0;
  std::vector<Damage> damage_;
  std::optional<Error> error_;
  bool ended_ = false;
};

}  // namespace fairway
