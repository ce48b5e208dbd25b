// The Snapshot and Delta Files of NRTM version 4 (RFC 10063 sections 6 and 7): JSON text sequences (RFC 7464), a header
// and then objects or changes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "core/session/nrtm/change.h"

namespace fairway::nrtm {

// What its header must say.
struct Version4Header {
  bool snapshot = false;  // else a delta
  std::string source, session;
  std::uint64_t version = 0;
};

class Version4Reader {
 public:
  static constexpr std::size_t kLongestRecord = std::size_t{16} << 20;
  using Take = std::function<void(Change&&)>;  // of a snapshot: additions alone

  Version4Reader(Version4Header expected, Take take);
  ~Version4Reader();

  // Octets as they come, decompressed. Errors: malformed; refused, if the header is another than expected. `where` is
  // the number of the record, from 1.
  Result<void> receive(Bytes octets);
  // At the end. Error: also without a header; a delta without a change.
  Result<void> finish();
  std::uint64_t records() const { return records_; }

 private:
  struct Parser;
  Result<void> record(std::string_view text);
  Result<void> header();
  std::unexpected<Error> wrong(std::string_view what) const;

  Version4Header expected_;
  Take take_;
  std::unique_ptr<Parser> parser_;
  std::string waiting_;  // the beginning of a record
  bool begun_ = false;   // behind the first record separator
  std::uint64_t records_ = 0;
};

}  // namespace fairway::nrtm
