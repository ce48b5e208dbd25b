// The data directory: a folder of published files, each known by its content, not by its name. For each kind and source
// the newest file is used; different sources add up; two files of one source never do. A file's date is the one in it,
// else the one in its name, else that of the file itself. Files that begin with a dot are not looked at, folders
// neither.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "shell/config/table_file.h"

namespace fairway::config {

// Where tables are when nobody says: FAIRWAY_DATA, else "fairway" in XDG_DATA_HOME, else in ~/.local/share. Empty if
// the environment names none of them.
std::string default_data_directory();

// The paths of its files, sorted. Error: not_found if there is no such folder; system.
Result<std::vector<std::string>> files_of(const std::string& directory);

// A file that could not be read or must not be used.
struct RefusedFile {
  std::string path;
  Error error;
};

// Files as they were found, both sorted by path.
struct Inventory {
  std::vector<TableFile> files;
  std::vector<RefusedFile> refused;
};

// Reads the files side by side, on as many cores as there are.
Inventory read_files(std::span<const std::string> paths, const ReadOptions& options);

// One part of one file, and whether it is used.
struct Choice {
  std::size_t file = 0, part = 0;  // Inventory::files[file].parts[part]
  std::string unused;              // why not: "newer: vrps.json"; empty: it is used
};

// For each kind and source the newest part is used; of equal dates the last path. Where VRPs or ASPAs of all trust
// anchors are there, those of a single one are not. Kinds of which no table is made are not used. Sorted by kind,
// source, newest first.
std::vector<Choice> choose(const Inventory& inventory);

// Tables more than 7 days apart from each other, as a sentence; nothing if they agree.
struct Dated {
  std::string what;  // "relationships"
  Instant date;
};
inline constexpr Duration kApart = days(7);
std::optional<std::string> warn_apart(std::span<const Dated> tables);

// What is asked for: a folder, and files that stand instead of everything of their kind in it.
struct TableRequest {
  std::optional<std::string> directory;              // nothing: default_data_directory(), which need not exist
  std::map<Kind, std::vector<std::string>> instead;  // vrps stands for aspas too, irr for sets and policies
  ReadOptions options;
};

// The files, and what is used of them. Files of which nothing is used have lost their content.
struct Tables {
  Inventory inventory;
  std::vector<Choice> choices;
  std::vector<std::string> warnings;  // files refused, rows left out, tables apart: whole sentences

  std::vector<const Choice*> used(Kind kind) const;
  const TableFile& file(const Choice& choice) const { return inventory.files[choice.file]; }
  const TablePart& part(const Choice& choice) const { return file(choice).parts[choice.part]; }
};

// Errors: a folder that was named and is not there; a file of `instead` that cannot be used, or is of another kind
// (with its path in the text). A file of the folder that cannot be used is a warning.
Result<Tables> gather(const TableRequest& request);

}  // namespace fairway::config
