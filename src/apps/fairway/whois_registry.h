// The registry that `fairway serve whois` answers from: loaded at its start, and again whenever its files change.
#pragma once

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apps/fairway/exit_code.h"
#include "apps/fairway/world_options.h"
#include "core/session/whois/registry.h"

namespace fairway {

struct WhoisFiles {
  WorldOptions known;
  std::vector<std::string> journals;  // empty: those beside the mirrored dumps, if those are what is loaded
};

struct LoadedRegistry {
  std::shared_ptr<const whois::Registry> registry;
  ExitCode code = ExitCode::fine;  // `stale` if a table is older than it may be
};

// Why not is told on `err`; `empty` if there is no registry at all.
std::expected<LoadedRegistry, ExitCode> load_registry(const WhoisFiles& files, Output& err);

// Everything that it is made from, for a FileWatch.
std::vector<std::string> paths_of(const WhoisFiles& files);

// Why `fresh` must not take the place of `old` without a human: a source of it is gone, or has lost more than a fifth
// of its entries, and more than five. Nothing: it may.
std::optional<std::string> lost(const whois::Registry& old, const whois::Registry& fresh);

}  // namespace fairway
