// The table of MRT record types and subtypes that are known (IANA's "MRT" registry): one row each.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/wire/mrt/event_decoder.h"

namespace fairway::mrt {

struct DecoderState;

struct RecordTypeRow {
  Type type;
  std::uint16_t subtype;
  std::string_view name;
  std::string_view rfc;
  // The events of one record; null: such records carry no route.
  Result<void> (*decode)(const Record& record, DecoderState& state, EventSink& sink);
};

std::span<const RecordTypeRow> record_types();

// Null if unknown. Types of protocols other than BGP have one row for all their subtypes.
const RecordTypeRow* find_record_type(Type type, std::uint16_t subtype);

}  // namespace fairway::mrt
