#include "core/wire/mrt/event_decoder.h"

#include "core/wire/bgp/path_attributes.h"
#include "core/wire/mrt/decoder_state.h"
#include "core/wire/mrt/record_types.h"

namespace fairway::mrt {

struct EventDecoder::State : DecoderState {};

EventDecoder::EventDecoder() : state_(std::make_unique<State>()) {}
EventDecoder::~EventDecoder() = default;
EventDecoder::EventDecoder(EventDecoder&&) noexcept = default;
EventDecoder& EventDecoder::operator=(EventDecoder&&) noexcept = default;

Result<void> EventDecoder::decode(const Record& record, EventSink& sink) {
  const RecordTypeRow* row = find_record_type(record.type, record.subtype);
  if (row == nullptr) {
    return fail(ErrorKind::not_found,
                "Record type " + std::to_string(static_cast<unsigned>(record.type)) + ", subtype " +
                    std::to_string(record.subtype) + " is unknown.",
                record.offset);
  }
  if (row->decode == nullptr) return {};
  state_->cache.trim();
  return row->decode(record, *state_, sink);
}

const std::vector<Peer>& EventDecoder::peers() const { return state_->peers; }

EventDecoder EventDecoder::sibling() const {
  EventDecoder other;
  other.state_->peers = state_->peers;
  other.state_->has_peers = state_->has_peers;
  return other;
}

void emit_entry(Cursor attributes, bool four_octet_asns, const Record& record, DecoderState& state, EventSink& sink) {
  RouteEvent& event = state.event;
  const auto& set =
      state.cache.get(attributes.rest(), four_octet_asns, event.prefix.family(), event.prefix.family() == Family::ipv6);
  event.kind = EventKind::rib;
  event.time = record.time;
  event.attributes = &set.attributes;
  event.attributes_key = set.key;
  sink.on_event(record, event);
  for (bgp::Finding finding : set.findings) {
    finding.offset += attributes.offset();
    sink.on_finding(record, finding);
  }
}

bool emit_update(Cursor body, const bgp::Encoding& encoding, const Record& record, DecoderState& state,
                 EventSink& sink) {
  state.reader.read(body, encoding, state.cache, state.update);
  state.event.time = state.event.originated = record.time;
  bgp::for_each_event(state.update, state.event, [&](const RouteEvent& event) { sink.on_event(record, event); });
  for (const bgp::Finding& finding : state.update.findings) sink.on_finding(record, finding);
  return state.update.complete;
}

void emit_state(std::uint16_t old_state, std::uint16_t new_state, const Record& record, DecoderState& state,
                EventSink& sink) {
  RouteEvent event;
  event.kind = EventKind::state;
  event.time = event.originated = record.time;
  event.peer = state.event.peer;
  event.old_state = old_state;
  event.new_state = new_state;
  sink.on_event(record, event);
}

}  // namespace fairway::mrt
