// Configuration of routers from a filtering document: one file for each target, one row in targets.cc.
//
//   const Target* target = find_target("bird-2.0.12");  // or "bird"
//   Configuration made = write(*target, document);
//
// Nothing is dropped silently: for every clause that the document has the target says whether the configuration has it,
// a part of it, or nothing, and the text says so too.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/actions/filtering/document.h"

namespace fairway::filterconfig {

enum class Support : std::uint8_t { emitted, partial, unsupported };
std::string_view to_string(Support support);  // "emitted", "partial", "unsupported"

// How far the configuration has what the document asks for. `what` is a clause ("rov", "export rov") or something of
// the session ("gtsm").
struct Coverage {
  std::string what;
  Support support = Support::emitted;
  std::string note;  // of the others: what is missing, and since which version it exists
  friend bool operator==(const Coverage&, const Coverage&) = default;
};

struct Configuration {
  std::string text;
  std::vector<Coverage> coverage;  // each thing once, the worst that was said of it
};

class Output;

struct Target {
  std::string_view name;      // "bird-2.0.12"
  std::string_view product;   // "BIRD 2.0.12"
  std::string_view comment;   // how a line of remarks begins: "# "
  bool loaded = false;        // what is written here was loaded and probed on this very version
  bool route_server = false;  // documents of route servers can be written
  void (*write)(const filtering::Document& document, Output& out);
};

std::span<const Target> targets();
// By its name, or by the product's alone ("bird"): its only version. Null: there is none.
const Target* find_target(std::string_view name);

Configuration write(const Target& target, const filtering::Document& document);

}  // namespace fairway::filterconfig
