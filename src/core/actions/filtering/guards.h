// Guards: what must hold of a document before it may become configuration (the MANRS guide's advice on deploying
// filters): no list is empty that lets something in, nothing shrinks or grows beyond measure, what must pass passes and
// what must not does not.
#pragma once

#include <string>
#include <vector>

#include "core/actions/filtering/document.h"
#include "core/actions/filtering/lists_text.h"

namespace fairway::filtering {

struct Objection {
  enum class Guard : std::uint8_t { empty, delta, beacon, bogon } guard{};
  std::string what;  // a sentence: "AS64510_PREFIXES would lose 40 of 100 prefixes: ..."
  std::string list;  // empty, delta: the list; it may stay as it was, and the others go on
};
std::string_view to_string(Objection::Guard guard);  // "empty", "delta", "beacon", "bogon"

struct GuardOptions {
  unsigned percent = 20;    // more than so many of what was there,
  std::size_t entries = 5;  // and more than so many: removals and additions apart
  bool allow_empty = false;
};

// `before`: the lists of the last build, or null if there was none. The lists of neighbours that are gone are not
// missed: that is a change of network.yaml, which a human made.
std::vector<Objection> object(const Document& document, const KeptLists* before, const GuardOptions& options);

// Puts the list of the last build in the place of the document's of that name. False: the last build had none.
bool keep_as_it_was(Document& document, const KeptLists& before, std::string_view list);
// The same for all lists of a neighbour.
bool keep_as_it_was(Document& document, const KeptLists& before, const NeighbourPolicy& policy);

}  // namespace fairway::filtering
