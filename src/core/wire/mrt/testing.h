// Words for the tests of archives: a session, a time, and the events of a run of octets as text.
#pragma once

#include <string>
#include <vector>

#include "core/wire/bgp/testing.h"
#include "core/wire/mrt/event_decoder.h"
#include "core/wire/mrt/record.h"
#include "core/wire/mrt/writer.h"

namespace fairway::mrt::testing {

using bgp::testing::everything;
using bgp::testing::hex;
using bgp::testing::ip;
using bgp::testing::prefix;
using bgp::testing::same;

inline const Instant kNoon = *parse_instant("2018-11-12T12:00:00Z");

inline Session session(const char* peer = "192.0.2.1", const char* local = "192.0.2.254") {
  return {{ip(peer), Asn{64500}, 0}, Asn{64999}, ip(local), 1};
}

// What a decoder yielded. Attributes are copied; their raw parts are not followed.
struct Told : EventSink {
  struct One {
    RouteEvent event;
    Attributes attributes;
  };
  std::vector<One> events;
  std::vector<bgp::Finding> findings;
  std::vector<Error> errors;

  void on_event(const Record&, const RouteEvent& event) override {
    events.push_back({event, event.attributes != nullptr ? *event.attributes : Attributes{}});
    events.back().event.attributes = nullptr;
  }
  void on_finding(const Record&, const bgp::Finding& finding) override { findings.push_back(finding); }
};

// All records of `octets`, which must be whole.
inline Told decode(Bytes octets, EventDecoder& decoder) {
  Told told;
  Cursor cursor(octets);
  while (!cursor.empty()) {
    const auto record = next_record(cursor);
    if (!record) {
      told.errors.push_back(record.error());
      break;
    }
    if (auto done = decoder.decode(*record, told); !done) told.errors.push_back(done.error());
  }
  return told;
}
inline Told decode(Bytes octets) {
  EventDecoder decoder;
  return decode(octets, decoder);
}

}  // namespace fairway::mrt::testing
