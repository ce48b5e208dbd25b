// uses: core/read core/tables core/model base
//
// An IPv4 block is cut into prefixes that follow each other without a gap, as few as there can be; written one a line
// and read again they are the same.
#include "core/read/delegations.h"
#include "hold.h"

using namespace fairway;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  is_delegations({data, size});
  const auto read = read_delegations({data, size});
  if (!read) return 0;
  std::string plain;
  const auto line = [&](std::string_view type, const std::string& start, std::uint64_t value, const Delegation& given) {
    plain += read->registry + "|" + std::string(given.country.data(), 2) + "|" + std::string(type) + "|" + start + "|" +
             std::to_string(value) + "||" + std::string(to_string(given.status)) + "\n";
  };
  for (const auto& block : read->blocks) {
    const bool ipv4 = block.prefix.family() == Family::ipv4;
    const std::uint64_t value = ipv4 ? std::uint64_t{1} << (32 - block.prefix.length()) : block.prefix.length();
    line(ipv4 ? "ipv4" : "ipv6", to_string(block.prefix.address()), value, block.delegation);
  }
  for (const auto& range : read->as_ranges) {
    hold(range.first <= range.last, "a range goes up");
    if (range.last.value - range.first.value == 0xFFFFFFFF) return 0;  // its count does not fit its field
    line("asn", to_string(range.first), std::uint64_t{range.last.value} - range.first.value + 1, range.delegation);
  }
  if (plain.find_first_of("#\r") != std::string::npos || plain.find("|||") != std::string::npos)
    return 0;  // a country that is none
  const auto again = read_delegations(as_bytes(plain));
  if (read->records == 0) return 0;
  for (const auto& block : read->blocks) {
    const auto& code = block.delegation.country;
    if (code[0] <= ' ' || code[1] <= ' ' || code[0] == '|' || code[1] == '|') return 0;
  }
  for (const auto& range : read->as_ranges) {
    const auto& code = range.delegation.country;
    if (code[0] <= ' ' || code[1] <= ' ' || code[0] == '|' || code[1] == '|') return 0;
  }
  hold(again.has_value() && again->skips.count == 0, "the plain form is read");
  hold(again->blocks.size() == read->blocks.size() && again->as_ranges.size() == read->as_ranges.size(),
       "each prefix is one block");
  for (std::size_t i = 0; i < read->blocks.size(); ++i) {
    hold(again->blocks[i].prefix == read->blocks[i].prefix && again->blocks[i].delegation == read->blocks[i].delegation,
         "the plain form says the same");
  }
  return 0;
}
