// From a request to the files that are used.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "shell/config/data_directory.h"

namespace fairway::config {

namespace {

bool stands_for(Kind asked, Kind kind) {
  return asked == kind || (asked == Kind::vrps && kind == Kind::aspas) ||
         (asked == Kind::irr && (kind == Kind::sets || kind == Kind::policies));
}

std::unexpected<Error> about(const std::string& path, const Error& error) {
  return fail(error.kind, path + ": " + error.text, error.where);
}

// Takes the parts away that `keep` does not want.
void keep_parts(TableFile& file, const auto& keep) {
  std::erase_if(file.parts, [&](const TablePart& part) { return !keep(part.kind); });
}

// The files named for one kind, with nothing else left in them.
Result<std::vector<TableFile>> read_instead(Kind asked, std::span<const std::string> paths,
                                            const ReadOptions& options) {
  std::vector<TableFile> files;
  Inventory inventory = read_files(paths, options);
  if (!inventory.refused.empty()) return about(inventory.refused.front().path, inventory.refused.front().error);
  for (TableFile& file : inventory.files) {
    std::string known;
    for (const TablePart& part : file.parts) known += (known.empty() ? "" : ", ") + std::string(to_string(part.kind));
    keep_parts(file, [&](Kind kind) { return stands_for(asked, kind); });
    if (file.parts.empty()) {
      return fail(ErrorKind::malformed, fmt::format("{}: it is {} ({}), and should be {}", file.path, file.format,
                                                    known.empty() ? "without entries" : known, to_string(asked)));
    }
    files.push_back(std::move(file));
  }
  return files;
}

void warn(Tables& tables) {
  std::string unknown;
  for (const RefusedFile& refused : tables.inventory.refused) {
    if (refused.error.kind == ErrorKind::not_found) {
      unknown += (unknown.empty() ? "" : ", ") + refused.path;
    } else {
      tables.warnings.push_back(fmt::format("{} is not used: {}", refused.path, refused.error.text));
    }
  }
  if (!unknown.empty())
    tables.warnings.push_back("not used, for it begins like nothing that is known here: " + unknown);
  std::set<std::size_t> told;
  std::vector<Dated> dated;
  for (const Choice& choice : tables.choices) {
    if (!choice.unused.empty()) continue;
    const TableFile& file = tables.file(choice);
    if (told.insert(choice.file).second) {
      for (const std::string& remark : file.remarks) tables.warnings.push_back(file.path + ": " + remark);
    }
    if (file.date && tables.part(choice).kind != Kind::slurm)
      dated.push_back({std::string(to_string(tables.part(choice).kind)), *file.date});
  }
  if (auto warning = warn_apart(dated)) tables.warnings.push_back(*std::move(warning));
}

}  // namespace

Result<Tables> gather(const TableRequest& request) {
  Tables tables;
  const std::string directory = request.directory.value_or(default_data_directory());
  auto paths = directory.empty() ? std::vector<std::string>() : files_of(directory);
  // A folder that nobody named need not be there.
  const bool named = request.directory || std::getenv("FAIRWAY_DATA") != nullptr;
  if (!paths && (named || paths.error().kind != ErrorKind::not_found)) return std::unexpected(std::move(paths.error()));
  if (paths) tables.inventory = read_files(*paths, request.options);

  for (const auto& [asked, named_files] : request.instead) {
    for (TableFile& file : tables.inventory.files) {
      keep_parts(file, [&](Kind kind) { return !stands_for(asked, kind); });
    }
  }
  for (const auto& [asked, named_files] : request.instead) {
    auto files = read_instead(asked, named_files, request.options);
    if (!files) return std::unexpected(std::move(files.error()));
    std::move(files->begin(), files->end(), std::back_inserter(tables.inventory.files));
  }
  tables.choices = choose(tables.inventory);
  std::set<std::size_t> used;
  for (const Choice& choice : tables.choices) {
    if (choice.unused.empty()) used.insert(choice.file);
  }
  for (std::size_t i = 0; i < tables.inventory.files.size(); ++i) {
    if (!used.contains(i)) tables.inventory.files[i].content = std::monostate();
  }
  warn(tables);
  return tables;
}

}  // namespace fairway::config
