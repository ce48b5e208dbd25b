// uses: core/wire/mrt core/wire/bgp core/model base
//
// Events of any records are in bounds: no more than octets, prefixes no longer than addresses, findings and errors at
// octets of their record. A decoder that has decoded before and a fresh one with the same peers tell the same. Routes
// of a table that are written again are the same routes.
#include "core/wire/mrt/event_decoder.h"

#include "core/wire/bgp/testing.h"
#include "core/wire/mrt/writer.h"
#include "hold.h"

namespace {

using namespace fairway;
using namespace fairway::mrt;

struct Check : EventSink {
  std::uint64_t begin = 0, end = 0;  // of the record at hand
  std::size_t events = 0, findings = 0;
  std::uint64_t digest = 0;
  std::vector<RouteEvent> table;  // of a record of TABLE_DUMP_V2; the attributes live until the next record

  void of(const Record& record) {
    begin = record.offset;
    end = record.offset + record.size;
    events = findings = 0;
    digest = 0;
    table.clear();
  }
  void on_event(const Record& record, const RouteEvent& event) override {
    ++events;
    hold(event.prefix.length() <= address_bits(event.prefix.family()), "a prefix is no longer than an address");
    hold(Prefix(event.prefix.address(), event.prefix.length()) == event.prefix, "no bits behind a prefix's length");
    const bool announces = event.kind == EventKind::announce || event.kind == EventKind::rib;
    hold(announces == (event.attributes != nullptr), "what is announced has attributes, nothing else");
    digest = mix(digest ^ hash_value(event.peer), event.prefix.high() ^ event.prefix.length());
    digest = mix(digest, event.path_id.value_or(7) ^ static_cast<std::uint64_t>(event.kind) << 32);
    if (announces) digest = mix(digest, hash_bytes(as_bytes(to_string(event.attributes->as_path))));
    if (event.kind == EventKind::rib && record.type == Type::table_dump_v2) table.push_back(event);
  }
  void on_finding(const Record&, const bgp::Finding& finding) override {
    ++findings;
    hold(finding.offset >= begin && finding.offset <= end, "a finding lies in its record");
  }
};

struct Routes : EventSink {
  std::vector<std::pair<RouteEvent, Attributes>> routes;
  void on_event(const Record&, const RouteEvent& event) override { routes.emplace_back(event, *event.attributes); }
};

void check_written_again(const Record& record, const std::vector<Peer>& peers, const std::vector<RouteEvent>& table) {
  std::vector<RibEntry> entries;
  for (const RouteEvent& event : table) {
    const auto peer = std::find(peers.begin(), peers.end(), event.peer) - peers.begin();
    entries.push_back({static_cast<std::uint16_t>(peer), event.originated, event.path_id, event.attributes});
  }
  ByteWriter out;
  Writer writer(out);
  hold(writer.peer_index_table(record.time, 1, "", peers).has_value(), "peers can be written");
  if (!writer.rib(record.time, 1, table.front().prefix, table.front().safi, entries)) {
    hold(record.size > 0x7FFF, "what is short fits");
    return;
  }
  const Buffer written = padded(out.written().data(), out.size());
  Cursor cursor(written.bytes());
  EventDecoder decoder;
  Routes again;
  while (!cursor.empty()) {
    const auto next = next_record(cursor);
    hold(next && decoder.decode(*next, again), "what was written is decoded");
  }
  hold(again.routes.size() == table.size(), "as many routes");
  for (std::size_t i = 0; i < table.size(); ++i) {
    const RouteEvent &a = table[i], &b = again.routes[i].first;
    hold(a.prefix == b.prefix && a.safi == b.safi && a.peer == b.peer && a.path_id == b.path_id, "the same route");
    hold(a.originated == b.originated, "of the same time");
    hold(bgp::testing::same(*a.attributes, again.routes[i].second), "the same attributes");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Buffer input = padded(data, size);
  Cursor cursor(input.bytes());
  EventDecoder decoder;
  Check check, fresh;
  while (!cursor.empty()) {
    const auto record = next_record(cursor);
    if (!record) break;
    check.of(*record);
    fresh.of(*record);
    EventDecoder sibling = decoder.sibling();
    const auto decoded = decoder.decode(*record, check);
    hold(check.events <= record->size && check.findings <= 4 * record->size, "no more than octets");
    if (!decoded) {
      hold(decoded.error().where >= check.begin && decoded.error().where <= check.end, "an error lies in its record");
    }
    const auto once_more = sibling.decode(*record, fresh);
    hold(decoded == once_more && check.events == fresh.events && check.digest == fresh.digest,
         "a sibling tells the same");
    if (check.table.empty()) continue;
    // Some subtypes have path ids, some entries of a generic record none.
    check_written_again(*record, decoder.peers(), check.table);
  }
  return 0;
}
