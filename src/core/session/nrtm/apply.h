// Changes put into a dump.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "core/session/nrtm/change.h"

namespace fairway::nrtm {

struct Applied {
  std::string text;         // the objects, an empty line behind each; those that did not change as and where they were
  std::size_t objects = 0;  // in it
  std::size_t added = 0, replaced = 0, removed = 0;
  // What could not be done, told by whoever applies: the dump is not what the server believes it to be.
  std::size_t absent = 0;      // removals of objects that were not there
  std::size_t unreadable = 0;  // objects without a class or primary key
  std::size_t foreign = 0;     // objects of another source, which are left out
  std::string first_absent;    // the primary key
};

// In the order of the changes. Objects are the same if their class and primary key are (core/wire/rpsl/object_key.h).
// Removals that tell a key alone get the text of what they remove, so that they can be told on.
Applied apply(Bytes dump, std::span<Change> changes, std::string_view source);

}  // namespace fairway::nrtm
