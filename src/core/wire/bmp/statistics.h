// What routers count (RFC 7854 section 4.8, RFC 8671 section 6.2, RFC 9972): one row for each number of IANA's registry
// "BMP Statistics Types".
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/wire/bgp/capability.h"
#include "core/wire/bmp/tlv.h"

namespace fairway::bmp {

struct StatisticRow {
  std::uint16_t type;
  // As a metric is called; the same for all families together and for one of them.
  std::string_view name;
  std::string_view what;  // what is counted, for people
  std::string_view rfc;
  enum class Form : std::uint8_t { counter, gauge, family_gauge } form;  // 32 bits; 64 bits; AFI, SAFI and 64 bits
};
std::span<const StatisticRow> statistic_rows();
// Null: unknown.
const StatisticRow* find_statistic(std::uint16_t type);

struct Statistic {
  const StatisticRow* row = nullptr;
  std::optional<bgp::AfiSafi> family;
  std::uint64_t value = 0;
};
// Nothing if its type is unknown or the value too short for its form. Counters of 64 bits and gauges of 32 are read;
// what is behind the number is not looked at (RFC 7854 section 4.8).
std::optional<Statistic> read_statistic(const Tlv& tlv);

}  // namespace fairway::bmp
