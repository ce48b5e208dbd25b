// NRTM version 3, the client's side of one connection, without the connection: what to send, and what comes back. There
// is no standard; it is what the RIPE database and IRRd speak:
//
//   -q sources                    RADB:3:Y:1-4370184                    name, version, may it be mirrored, serials
//   -g RADB:3:4370183-LAST        %START Version: 3 RADB 4370183-4370184
//                                 (blank) ADD 4370183 (blank) the object (blank) DEL 4370184 (blank) the object (blank)
//                                 %END RADB
//                                 or %ERROR:401: invalid range: Not within 1-4370184
//
// Serials grow, and may have holes: servers leave out what they do not publish.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/session/nrtm/change.h"

namespace fairway::nrtm {

struct SerialRange {
  std::uint64_t first = 0, last = 0;
  friend bool operator==(const SerialRange&, const SerialRange&) = default;
};

inline constexpr std::string_view kSourcesQuery = "-q sources\n";

// One line of the answer to kSourcesQuery.
struct SourceStatus {
  bool open = false;  // it lets itself be mirrored
  SerialRange serials;
};
// What the answer says of a source; nothing if it does not name it, or is none.
std::optional<SourceStatus> status_of(std::string_view answer, std::string_view source);

// "-g RADB:3:101-LAST"
std::string changes_query(std::string_view source, std::uint64_t from);

// The changes that a server told.
struct Version3Changes {
  SerialRange serials;          // as it announced; first = last + 1: there are none
  std::vector<Change> changes;  // in the order of their serials
};

// Reads the answer to changes_query, or a journal (which is the same). Bounded by kLongestObject and kMostOctets.
class Version3Reader {
 public:
  static constexpr std::size_t kLongestObject = std::size_t{16} << 20;
  static constexpr std::size_t kMostOctets = std::size_t{2} << 30;

  // `source` in upper case. `from` is what was asked for; nothing: whatever it begins with.
  Version3Reader(std::string source, std::optional<std::uint64_t> from);

  // Octets as they come. Errors: malformed (what stands there is no such answer, or one of another source), refused
  // (the server's own refusal, in its words).
  Result<void> receive(std::string_view octets);
  // The rest needs not be read.
  bool finished() const { return state_ == State::end; }

  // Once it is finished or the connection closed. Error: truncated, without the last line: then nothing is to be used.
  Result<Version3Changes> take();

 private:
  enum class State : std::uint8_t { head, between, before_object, object, end };

  Result<void> line(std::string_view text);
  Result<void> start(std::string_view text);
  Result<void> remark(std::string_view text);
  Result<void> operation(std::string_view text);
  std::unexpected<Error> wrong(std::string_view what, std::string_view text) const;

  std::string source_;
  std::optional<std::uint64_t> from_;
  State state_ = State::head;
  std::string waiting_;  // the beginning of a line
  std::uint64_t number_ = 0;
  std::size_t octets_ = 0;
  Version3Changes result_;
};

}  // namespace fairway::nrtm
