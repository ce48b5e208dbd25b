// The registries' statistics, plain and extended: who was given which addresses and AS numbers, and, in the extended
// form, which are free or reserved. A header, summaries, then one record a line:
//
//   version|registry|serial|records|startdate|enddate|UTCoffset
//   registry|country|asn,ipv4,ipv6|start|value|date|status[|opaque-id]
//
// `value` counts addresses (ipv4) or AS numbers, or is a prefix length (ipv6). An ipv4 block that is no prefix is cut
// into the fewest that cover it. The date of the whole is the header's enddate.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "core/model/asn.h"
#include "core/model/instant.h"
#include "core/model/prefix.h"
#include "core/read/reading.h"

namespace fairway {

struct Delegations {
  enum class Status : std::uint8_t { allocated, assigned, available, reserved };
  struct Given {
    Status status = Status::allocated;
    std::array<char, 2> country{};  // two blanks where there is none
    std::optional<Instant> date{};
    friend bool operator==(const Given&, const Given&) = default;
  };
  struct Block {
    Prefix prefix;
    Given given;
    friend bool operator==(const Block&, const Block&) = default;
  };
  struct AsRange {
    Asn first, last;
    Given given;
    friend bool operator==(const AsRange&, const AsRange&) = default;
  };

  std::string registry;   // "afrinic", "apnic", "arin", "iana", "lacnic", "ripencc"; lower case
  bool extended = false;  // it lists what is free: what it leaves out is not the registry's
  std::vector<Block> blocks;
  std::vector<AsRange> as_ranges;
  std::optional<Instant> date;
  std::size_t records = 0;  // lines that were read
  Skips skips;              // where: the line
};

bool is_delegations(Bytes head);
// Error also if the file's records are fewer than nine tenths of what its header or its summaries announce: it was cut
// off.
Result<Delegations> read_delegations(Bytes bytes);

}  // namespace fairway
