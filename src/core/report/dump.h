// Dump: route events of MRT records as lines of text, in one of the forms of the table dump_formats(): a new form is
// one file and one row there.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/filter/route_filter.h"
#include "core/model/route_event.h"
#include "core/wire/mrt/event_decoder.h"
#include "core/wire/mrt/record.h"

namespace fairway {

// One form. It remembers texts of attributes by key, so it belongs to one decoder; one thread.
class DumpFormat {
 public:
  virtual ~DumpFormat() = default;
  // Appends the event's line, or nothing if the form has none for it.
  virtual void append(std::string& out, const mrt::Record& record, const RouteEvent& event) = 0;
  // The lines of one record come in the order of their ranks, those of the same rank in the order of the octets.
  virtual unsigned rank(const RouteEvent&) const { return 0; }
};

struct DumpOptions {
  bool large_communities = false;  // bgpdump: a column more
};

struct DumpFormatRow {
  std::string_view name;
  std::string_view summary;
  std::string_view header;  // the line in front of all others, with its line feed; mostly none
  std::unique_ptr<DumpFormat> (*make)(const DumpOptions& options);
};
std::span<const DumpFormatRow> dump_formats();

// Decodes records and appends the lines of those events that `filter` accepts.
class Dump : private mrt::EventSink {
 public:
  // `filter` must outlive it.
  Dump(std::unique_ptr<DumpFormat> format, mrt::EventDecoder decoder, const RouteFilter& filter)
      : format_(std::move(format)), decoder_(std::move(decoder)), filter_(filter) {}

  // Error: the record could not be decoded; the lines of what came before the damage are there.
  Result<void> append(std::string& out, const mrt::Record& record);

 private:
  struct Line {
    unsigned rank;
    std::size_t begin;
  };
  void on_event(const mrt::Record& record, const RouteEvent& event) override;
  bool accepts(const RouteEvent& event);
  void reorder();

  std::unique_ptr<DumpFormat> format_;
  mrt::EventDecoder decoder_;
  const RouteFilter& filter_;
  std::string* out_ = nullptr;
  std::uint32_t judged_key_ = 0;  // the attributes that the filter saw last, and its answer
  bool judged_ = false;
  std::size_t begin_ = 0;  // of this record's lines in *out_
  unsigned last_rank_ = 0;
  bool in_order_ = true;
  std::vector<Line> lines_;
  std::string scratch_;
};

}  // namespace fairway
