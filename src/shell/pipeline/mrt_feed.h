// MrtFeed: one MRT input as a run of records whose next one can be looked at before it is taken, so that several can be
// merged by time. Reading and decoding are a batch ahead, on a thread of the pool: one batch of a feed at a time, so
// their order is the file's. Counts what could not be read. To be used by one thread; the pool must outlive it.
#pragma once

#include <deque>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "core/model/route_event.h"
#include "core/wire/mrt/event_decoder.h"
#include "shell/feed/mrt_file.h"
#include "shell/feed/pool.h"

namespace fairway {

class MrtFeed {
 public:
  MrtFeed(std::string name, MrtFile file, Pool& pool);
  ~MrtFeed();
  MrtFeed(const MrtFeed&) = delete;
  MrtFeed& operator=(const MrtFeed&) = delete;

  const std::string& name() const { return name_; }
  bool is_table() const { return table_; }  // by its first record: TABLE_DUMP or TABLE_DUMP_V2
  // The time of the record that comes next; nothing at the end, or after an error (error()).
  std::optional<Instant> next_time();
  // Takes that record: visit(event) for each of its events.
  template <class Visit>
  void take(Visit&& visit) {
    if (!has_batch() && !load()) return;
    const Decoded::Record& record = current_->records[next_++];
    for (std::uint32_t i = record.first; i < record.end; ++i) visit(current_->events[i]);
  }
  // Before anything is taken: reads on to the end, at most so many octets, and says the time of the last record read.
  std::optional<Instant> read_ahead(std::uint64_t most_octets);

  // At the end of the feed.
  const ReadStatistics& statistics() const { return file_.statistics(); }
  std::uint64_t damaged_records() const { return damaged_records_; }
  std::uint64_t unknown_records() const { return unknown_records_; }
  const std::vector<Damage>& damage() const { return damage_; }  // the first few
  const std::optional<Error>& error() const { return error_; }

 private:
  // A batch of records as events. Its attributes live in `attributes`, which is used again for the next batch.
  struct Decoded {
    struct Record {
      Instant time;
      std::uint32_t first, end;  // in events
    };
    std::vector<Record> records;
    std::vector<RouteEvent> events;
    std::deque<Attributes> attributes;
    std::size_t used = 0;  // of them
    std::vector<Damage> damage;
    std::uint64_t damaged_records = 0, unknown_records = 0;
    std::optional<Error> error;
    bool end = false;
  };
  class Collect;

  Result<std::optional<RecordBatch>> read();
  std::shared_ptr<Decoded> decode(std::shared_ptr<Decoded> into);
  void start();
  bool load();
  bool has_batch() const { return current_ && next_ < current_->records.size(); }

  std::string name_;
  MrtFile file_;
  Pool& pool_;
  mrt::EventDecoder decoder_;
  std::deque<RecordBatch> waiting_;  // read and not decoded
  std::future<std::shared_ptr<Decoded>> ahead_;
  std::shared_ptr<Decoded> current_, spare_;
  std::size_t next_ = 0;  // in current_->records
  bool table_ = false;
  std::optional<Instant> first_;
  std::uint64_t damaged_records_ = 0, unknown_records_ = 0;
  std::vector<Damage> damage_;
  std::optional<Error> error_, first_error_;
  bool ended_ = false;
};

}  // namespace fairway
