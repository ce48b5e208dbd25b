// uses: core/verdict core/tables core/model base
//
// Path verdicts, hot and explained, are what the formulation by tops says (definitions_for_tests.h), for any table and
// any path: sets, confederations, repetitions and loops included.
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "core/verdict/definitions_for_tests.h"
#include "core/verdict/path.h"
#include "hold.h"

namespace {

using namespace fairway;

// Few ASes, so that paths meet the table; AS 0 and pairs 2^31 apart among them.
Asn asn_of(std::uint8_t octet) {
  constexpr std::uint32_t values[] = {0, 1, 2, 3, 100, 64500, 0x80000000, 0x80000001, 4200000000, 0xFFFFFFFF};
  return Asn{values[octet % std::size(values)]};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2 || size > 1024) return 0;
  const std::uint8_t first = data[0];
  const std::size_t path_size = std::min<std::size_t>(data[1] % 32, size - 2);
  AsPath path;
  for (std::size_t i = 0; i < path_size; ++i) {
    const std::uint8_t octet = data[2 + i];
    path.raw_asns().push_back(asn_of(octet));
    // The high bits seldom end a segment, and seldom as anything but a sequence.
    if (octet >= 240) path.close_segment(static_cast<SegmentType>(1 + octet % 4));
  }
  if (path.segments().empty() ? !path.asns().empty() : path.segments().back().end != path.asns().size()) {
    path.close_segment(SegmentType::sequence);
  }

  std::vector<Aspa> aspas;
  for (std::size_t i = 2 + path_size; i < size; ++i) {
    if (data[i] >= 200 || aspas.empty()) {
      aspas.push_back({asn_of(data[i]), {}});
    } else {
      aspas.back().providers.push_back(asn_of(data[i]));
    }
  }
  const AspaTable table = AspaTable::build(aspas);
  for (const Procedure procedure : {Procedure::upstream, Procedure::downstream}) {
    const std::optional<Asn> neighbour = first & 1 ? std::optional(asn_of(first >> 1)) : std::nullopt;
    const PathVerdict hot = judge_path(table, path, procedure, neighbour);
    hold(hot == explain_path(&table, path, procedure, neighbour).verdict);
    hold(hot.state == definition::path_state(aspas, path, procedure, neighbour));
  }
  return 0;
}
