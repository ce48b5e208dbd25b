#include "shell/feed/for_each_batch.h"

namespace fairway {

namespace {

constexpr std::uint16_t kPeerIndexTable = 1;  // RFC 6396 section 4.3.1

class Ignore : public mrt::EventSink {
 public:
  void on_event(const mrt::Record&, const RouteEvent&) override {}
};

}  // namespace

bool remember_context(const RecordBatch& batch, mrt::EventDecoder& decoder) {
  bool found = false;
  for (const mrt::Record& record : batch.records) {
    if (record.type != mrt::Type::table_dump_v2 || record.subtype != kPeerIndexTable) continue;
    Ignore ignore;
    (void)decoder.decode(record, ignore);  // the worker that decodes the batch tells what is wrong with it
    found = true;
  }
  return found;
}

}  // namespace fairway
