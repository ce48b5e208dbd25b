#include "shell/config/data_directory.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <thread>
#include <tuple>

#include "shell/feed/pool.h"

namespace fairway::config {

namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

}  // namespace

std::string default_data_directory() {
  if (const std::string named = environment("FAIRWAY_DATA"); !named.empty()) return named;
  if (const std::string data = environment("XDG_DATA_HOME"); !data.empty()) return data + "/fairway";
  if (const std::string home = environment("HOME"); !home.empty()) return home + "/.local/share/fairway";
  return {};
}

Result<std::vector<std::string>> files_of(const std::string& directory) {
  std::error_code code;
  std::vector<std::string> paths;
  std::filesystem::directory_iterator entries(directory, code);
  for (const std::filesystem::directory_iterator end; !code && entries != end; entries.increment(code)) {
    std::error_code unreadable;
    if (entries->path().filename().string().starts_with('.')) continue;
    if (entries->is_regular_file(unreadable)) paths.push_back(entries->path().string());
  }
  if (code == std::errc::no_such_file_or_directory || code == std::errc::not_a_directory) {
    return fail(ErrorKind::not_found,
                fmt::format("there is no folder '{}': 'fairway data update' makes and fills one", directory));
  }
  if (code) return fail(ErrorKind::system, fmt::format("'{}' cannot be read: {}", directory, code.message()));
  std::sort(paths.begin(), paths.end());
  return paths;
}

Inventory read_files(std::span<const std::string> paths, const ReadOptions& options) {
  // The largest first, so that none of the cores is left with it at the end.
  std::vector<std::pair<std::uintmax_t, std::size_t>> order;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    std::error_code code;
    const std::uintmax_t size = std::filesystem::file_size(paths[i], code);
    order.push_back({code ? 0 : size, i});
  }
  std::sort(order.rbegin(), order.rend());
  std::vector<std::future<Result<TableFile>>> reading(paths.size());
  Pool pool(std::clamp(std::thread::hardware_concurrency(), 1u, 16u));
  for (const auto& [size, i] : order) {
    reading[i] = pool.run([&options, path = paths[i]] { return read_table_file(path, options); });
  }
  Inventory inventory;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    auto file = reading[i].get();
    if (file) {
      inventory.files.push_back(*std::move(file));
    } else {
      inventory.refused.push_back({paths[i], std::move(file.error())});
    }
  }
  return inventory;
}

std::vector<Choice> choose(const Inventory& inventory) {
  std::vector<Choice> choices;
  for (std::size_t i = 0; i < inventory.files.size(); ++i) {
    for (std::size_t j = 0; j < inventory.files[i].parts.size(); ++j) choices.push_back({i, j, {}});
  }
  const auto file_of = [&](const Choice& choice) -> const TableFile& { return inventory.files[choice.file]; };
  const auto part_of = [&](const Choice& choice) -> const TablePart& { return file_of(choice).parts[choice.part]; };
  std::sort(choices.begin(), choices.end(), [&](const Choice& a, const Choice& b) {
    const TablePart &left = part_of(a), &right = part_of(b);
    // Newest first, so the files are compared the other way round.
    return std::tie(left.kind, left.source, file_of(b).date, file_of(b).path) <
           std::tie(right.kind, right.source, file_of(a).date, file_of(a).path);
  });
  std::map<Kind, const TableFile*> all;
  for (const Choice& choice : choices) {
    const TablePart& part = part_of(choice);
    if ((part.kind == Kind::vrps || part.kind == Kind::aspas) && part.source == "all")
      all.try_emplace(part.kind, &file_of(choice));
  }
  const TableFile* newest = nullptr;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const TablePart& part = part_of(choices[i]);
    const bool first =
        i == 0 || part_of(choices[i - 1]).kind != part.kind || part_of(choices[i - 1]).source != part.source;
    if (first) newest = &file_of(choices[i]);
    if (part.kind == Kind::rib || part.kind == Kind::other) {
      choices[i].unused = "no table is made of it";
    } else if (!first) {
      choices[i].unused = "newer: " + newest->path;
    } else if (const auto whole = all.find(part.kind); whole != all.end() && part.source != "all") {
      choices[i].unused = "of all trust anchors: " + whole->second->path;
    }
  }
  return choices;
}

std::optional<std::string> warn_apart(std::span<const Dated> tables) {
  if (tables.empty()) return std::nullopt;
  const auto [oldest, newest] =
      std::minmax_element(tables.begin(), tables.end(), [](const Dated& a, const Dated& b) { return a.date < b.date; });
  const Duration between = newest->date - oldest->date;
  if (between <= kApart) return std::nullopt;
  return fmt::format("{} of {} and {} of {} are {} days apart: what one says of the time of the other may be wrong",
                     oldest->what, day_of(oldest->date), newest->what, day_of(newest->date),
                     between.microseconds / days(1).microseconds);
}

std::vector<const Choice*> Tables::used(Kind kind) const {
  std::vector<const Choice*> used;
  for (const Choice& choice : choices) {
    if (choice.unused.empty() && part(choice).kind == kind) used.push_back(&choice);
  }
  return used;
}

}  // namespace fairway::config
