#include "core/report/dump.h"

#include <algorithm>

#include "core/report/dump_bgpdump.h"
#include "core/report/dump_json.h"
#include "core/report/dump_psv.h"

namespace fairway {

namespace {

constexpr DumpFormatRow kFormats[] = {
    {"bgpdump", "as bgpdump -m prints it", "", make_bgpdump_format},
    {"psv", "bgpkit's columns", kPsvHeader, make_psv_format},
    {"json", "one object a line", "", make_json_format},
};

}  // namespace

std::span<const DumpFormatRow> dump_formats() { return kFormats; }

Result<void> Dump::append(std::string& out, const mrt::Record& record) {
  out_ = &out;
  begin_ = out.size();
  last_rank_ = 0;
  in_order_ = true;
  lines_.clear();
  auto decoded = decoder_.decode(record, *this);
  if (!in_order_) reorder();
  return decoded;
}

void Dump::on_event(const mrt::Record& record, const RouteEvent& event) {
  if (!filter_.empty() && !accepts(event)) return;
  const unsigned rank = format_->rank(event);
  if (rank != last_rank_) {
    in_order_ = in_order_ && rank > last_rank_;
    last_rank_ = rank;
    lines_.push_back({rank, out_->size()});
  }
  format_->append(*out_, record, event);
}

bool Dump::accepts(const RouteEvent& event) {
  if (!filter_.accepts_event(event)) return false;
  if (!filter_.asks_attributes()) return true;
  if (event.attributes == nullptr || event.attributes_key == 0) return filter_.accepts_attributes(event);
  if (event.attributes_key != judged_key_) {
    judged_ = filter_.accepts_attributes(event);
    judged_key_ = event.attributes_key;
  }
  return judged_;
}

// lines_ holds where runs of lines of one rank begin; before the first of them, if there is anything, the rank is 0.
void Dump::reorder() {
  if (lines_.front().begin != begin_) lines_.insert(lines_.begin(), {0, begin_});
  scratch_.assign(*out_, begin_);
  std::vector<std::pair<Line, std::size_t>> runs;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    runs.emplace_back(lines_[i], i + 1 < lines_.size() ? lines_[i + 1].begin : out_->size());
  }
  std::sort(runs.begin(), runs.end(), [](const auto& a, const auto& b) {
    return a.first.rank != b.first.rank ? a.first.rank < b.first.rank : a.first.begin < b.first.begin;
  });
  out_->resize(begin_);
  for (const auto& [line, end] : runs) out_->append(scratch_, line.begin - begin_, end - line.begin);
}

}  // namespace fairway
