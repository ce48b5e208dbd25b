// Change: one step of a registry's history, as NRTM tells it (version 3: ADD and DEL; RFC 10063 section 7: add_modify
// and delete).
#pragma once

#include <cstdint>
#include <string>

namespace fairway::nrtm {

struct Change {
  enum class Action : std::uint8_t { add, remove };  // `add` also replaces what is there

  Action action = Action::add;
  std::uint64_t serial = 0;  // of version 3; 0 where there is none
  std::string object;        // RPSL, each line ending in LF; empty where a removal tells the key alone
  std::string key;           // then as core/wire/rpsl/object_key.h writes a primary key

  friend bool operator==(const Change&, const Change&) = default;
};

}  // namespace fairway::nrtm
