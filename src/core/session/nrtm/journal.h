// Journal: the changes of one source that a server can tell others by NRTM version 3 (version3.h). As text it is
// exactly what a server would answer who asks for everything, and read as such. A value.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/session/nrtm/change.h"
#include "core/session/nrtm/version3.h"

namespace fairway::nrtm {

class Journal {
 public:
  static constexpr std::size_t kMostOctets = std::size_t{64} << 20;  // the oldest changes go

  // Without a change; the next one's serial is beyond `serial`.
  Journal(std::string source, std::uint64_t serial);
  // Errors: those of Version3Reader.
  static Result<Journal> read(std::string_view text);

  const std::string& source() const { return source_; }
  SerialRange serials() const { return serials_; }  // first = last + 1: there are none
  std::size_t size() const { return entries_.size(); }

  // Adds those beyond the last serial; from then on it reaches to `last`. Changes without a text cannot be told, and
  // are left out.
  void append(std::span<const Change> changes, std::uint64_t last);

  // The answer to "-g SOURCE:3:FROM-TO" (no `to`: LAST), errors included, without a line feed behind.
  std::string answer(std::uint64_t from, std::optional<std::uint64_t> to) const;
  std::string text() const;

 private:
  struct Entry {
    std::uint64_t serial;
    std::size_t begin;  // in operations_
  };
  std::string between(std::uint64_t from, std::uint64_t to) const;

  std::string source_;
  SerialRange serials_;
  std::vector<Entry> entries_;
  std::string operations_;
};

}  // namespace fairway::nrtm
