// What a whois server answers from: the tables of the registries, and the texts of their objects.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/session/nrtm/journal.h"
#include "core/tables/object_store.h"
#include "core/tables/world.h"

namespace fairway::whois {

struct Registry {
  World world;                                              // `registry_rpki` where the RPKI shall take part
  std::vector<std::shared_ptr<const ObjectStore>> objects;  // none: queries for texts are refused
  std::vector<std::string> sources;                         // what can be selected, the most trusted first: see of()

  std::vector<nrtm::Journal> journals;  // of the sources that can be mirrored from here

  bool suppress_invalid = true;  // route objects that ROV calls invalid, until a client
                                 // asks for them

  // Null: none is kept of it.
  const nrtm::Journal* journal_of(std::string_view source) const;

  // With the registries of the world's routes, sets and objects as sources, and "RPKI" behind them.
  static Registry of(World world, std::vector<std::shared_ptr<const ObjectStore>> objects = {});
};

// What one connection has asked for so far.
struct Selection {
  std::vector<std::string> sources;   // in order
  std::vector<std::string> excluded;  // sets that are not followed
  bool suppress_invalid = true;       // route objects that ROV calls invalid, when objects are asked for
};

}  // namespace fairway::whois
