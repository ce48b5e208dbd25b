#include "apps/fairway/whois_registry.h"

#include <fmt/format.h>

#include <algorithm>

#include "shell/config/data_directory.h"
#include "shell/config/mirror.h"
#include "shell/config/registries.h"

namespace fairway {

namespace {

constexpr std::string_view kCommand = "serve whois";
constexpr std::size_t kFew = 5;  // entries that any source may lose

std::string folder_of(const WorldOptions& known) { return known.data.value_or(config::default_data_directory()); }

// Those that were named, else those beside the mirrored dumps that were loaded.
bool add_journals(whois::Registry& registry, const WhoisFiles& files, Output& err) {
  const std::string begin = fmt::format("fairway {}: ", kCommand);
  std::vector<nrtm::Journal> journals;
  std::vector<std::string> warnings;
  if (files.journals.empty() && files.known.irr.empty()) {
    journals = config::journals_in(folder_of(files.known), warnings);
  }
  for (const std::string& path : files.journals) {
    auto journal = config::read_journal(path);
    if (!journal) {
      err.line(begin + journal.error().text);
      return false;
    }
    journals.push_back(*std::move(journal));
  }
  for (const std::string& warning : warnings) err.line(begin + warning);
  for (nrtm::Journal& journal : journals) {
    if (std::ranges::find(registry.sources, journal.source()) != registry.sources.end()) {
      registry.journals.push_back(std::move(journal));
    }
  }
  return true;
}

}  // namespace

std::expected<LoadedRegistry, ExitCode> load_registry(const WhoisFiles& files, Output& err) {
  auto loaded = load_world(files.known, kCommand, err);
  if (!loaded) return std::unexpected(loaded.error());
  World world = *loaded->world;
  if (!world.irr && !world.sets) {
    err.line(fmt::format(
        "fairway {}: no registry is loaded: name dumps with --irr, or fetch some into the data directory", kCommand));
    return std::unexpected(ExitCode::empty);
  }
  config::join_rpki(world, files.known.keep_invalid);
  auto registry = std::make_shared<whois::Registry>(whois::Registry::of(std::move(world), std::move(loaded->texts)));
  registry->suppress_invalid = !files.known.keep_invalid;
  if (!add_journals(*registry, files, err)) return std::unexpected(ExitCode::failure);
  return LoadedRegistry{std::move(registry), loaded->code};
}

std::vector<std::string> paths_of(const WhoisFiles& files) {
  const WorldOptions& known = files.known;
  std::vector<std::string> paths = files.journals;
  if (const std::string folder = folder_of(known); !folder.empty()) paths.push_back(folder);
  for (const auto* list : {&known.rpki, &known.slurm, &known.irr, &known.relationships, &known.organisations,
                           &known.delegations, &known.peeringdb, &known.as_names}) {
    paths.insert(paths.end(), list->begin(), list->end());
  }
  return paths;
}

std::optional<std::string> lost(const whois::Registry& old, const whois::Registry& fresh) {
  for (const TableSource& before : old.world.sources) {
    if (before.kind == "slurm") continue;  // somebody's own, and it may go
    std::size_t entries = 0, entries_before = 0;
    bool there = false;
    const auto same = [&](const TableSource& one) { return one.kind == before.kind && one.source == before.source; };
    for (const TableSource& one : old.world.sources) {
      if (same(one)) entries_before += one.entries;
    }
    for (const TableSource& one : fresh.world.sources) {
      if (!same(one)) continue;
      entries += one.entries;
      there = true;
    }
    const std::string name = before.kind + (before.source.empty() ? "" : " " + before.source);
    if (!there) return fmt::format("{} is gone", name);
    if (entries_before - std::min(entries, entries_before) > std::max(kFew, entries_before / 5)) {
      return fmt::format("of {} only {} of {} entries are left", name, entries, entries_before);
    }
  }
  return std::nullopt;
}

}  // namespace fairway
