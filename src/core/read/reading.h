// What every reader of published tables shares: lines, the rows it left out, and when it refuses.
//
// A reader takes a whole file, decompressed, and yields its entries. A row that cannot be read is left out, counted,
// and told with its line (JSON: its byte offset); an input of which more rows were left out than read is refused
// (`malformed`), and so is one that holds nothing (`refused`): an empty table would let everything pass.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace fairway {

// The rows that were left out: how many, and the first of them.
struct Skips {
  static constexpr std::size_t kTold = 5;
  struct Row {
    std::uint64_t where;  // line or byte offset, as its reader says
    std::string reason;   // "the prefix cannot be read: '10.0.0.1/8'"
    friend bool operator==(const Row&, const Row&) = default;
  };
  std::size_t count = 0;
  std::vector<Row> first;

  // `text`, if any, is quoted behind the reason, cut to a length that can be read.
  void add(std::uint64_t where, std::string_view reason, std::string_view text = {});

  friend bool operator==(const Skips&, const Skips&) = default;
};

// Why an input with so many good entries and these skips cannot be used; nothing if it can. `what` is the entries' name
// in the plural: "VRPs".
std::optional<Error> refusal(std::size_t entries, const Skips& skips, std::string_view what);

// The lines of a text, without their ends (LF or CRLF) and without a byte order mark in front.
class Lines {
 public:
  explicit Lines(Bytes text);

  // False at the end.
  bool next(std::string_view& line);
  std::uint64_t number() const { return number_; }  // of the line that next() gave last, from 1

 private:
  std::string_view rest_;
  std::uint64_t number_ = 0;
};

// How many octets of a file's beginning the sniffers want to see; fewer if the file is smaller.
inline constexpr std::size_t kHead = 64 << 10;

// Calls accept(line) for the first lines of a head, leaving out empty ones and those that begin with '#' or ';', until
// it has an answer: true and false end the search, nothing goes on. False at the end. The last line of a head of kHead
// octets may be cut off and is not asked about.
template <class Accept>
bool first_lines_are(Bytes head, Accept accept) {
  Lines lines(head);
  std::string_view line;
  std::size_t seen = 0;
  while (lines.next(line)) {
    seen += line.size() + 1;
    if (line.empty() || line.front() == '#' || line.front() == ';') continue;
    if (head.size() >= kHead && seen >= head.size()) return false;
    if (const std::optional<bool> answer = accept(line)) return *answer;
  }
  return false;
}

}  // namespace fairway
