#include "shell/config/fetch_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "shell/config/fetched_state.h"
#include "shell/feed/mrt_file.h"
#include "shell/feed/url.h"

namespace fairway::config {

namespace {

// A file that is being written. Gone when it dies, unless it was put into place.
class PartFile {
 public:
  explicit PartFile(std::string path) : path_(std::move(path)) {
    file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  }
  ~PartFile() {
    if (file_ >= 0) ::close(file_);
    if (!placed_) ::unlink(path_.c_str());
  }
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  const std::string& path() const { return path_; }
  bool is_open() const { return file_ >= 0; }

  bool write(Bytes bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(file_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return false;
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
  }
  // With the publisher's time as its own, since that is the date of files that carry none.
  bool place(const std::string& target, std::optional<Instant> modified) {
    if (modified) {
      const timespec time{static_cast<time_t>(modified->whole_seconds()), 0};
      const timespec times[2] = {time, time};
      ::futimens(file_, times);
    }
    if (::fsync(file_) != 0 || ::rename(path_.c_str(), target.c_str()) != 0) return false;
    placed_ = true;
    const std::string folder = std::filesystem::path(target).parent_path().string();
    if (const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); directory >= 0) {
      ::fsync(directory);  // the new name, too, outlives a crash
      ::close(directory);
    }
    return true;
  }

 private:
  std::string path_;
  int file_ = -1;
  bool placed_ = false;
};

// What a file holds, for the comparison with its predecessor. A table of routes is read to its end and counted.
Result<TableFile> read_for_comparison(const std::string& path) {
  auto file = read_table_file(path, {});
  if (!file || file->format != "MRT") return file;
  auto routes = MrtFile::open(path, 2);
  if (!routes) return std::unexpected(std::move(routes.error()));
  for (;;) {
    auto batch = routes->next();
    if (!batch) return std::unexpected(std::move(batch.error()));
    if (!*batch) break;
  }
  if (routes->statistics().damages != 0) {
    return fail(ErrorKind::malformed, fmt::format("{} octets of it are damaged", routes->statistics().damaged_octets));
  }
  file->parts.front().source = "MRT";  // not its name, which may change
  file->parts.front().entries = routes->statistics().records;
  return file;
}

// The file of an earlier run: under the same name, or of another month.
std::string predecessor(const Source& source, const FetchOptions& options, const std::string& name) {
  std::error_code none;
  if (std::filesystem::exists(options.directory + "/" + name, none)) return options.directory + "/" + name;
  for (unsigned back = 0; has_month(source.file) && back < 24; ++back) {
    const std::string path = options.directory + "/" + with_month(source.file, options.now, back);
    if (std::filesystem::exists(path, none)) return path;
  }
  return {};
}

std::optional<std::string> shrunk(const TableFile& old, const TableFile& next) {
  for (const TablePart& before : old.parts) {
    std::size_t entries = 0;
    for (const TablePart& part : next.parts) {
      if (part.kind == before.kind && part.source == before.source) entries = part.entries;
    }
    if (static_cast<double>(entries) < kSmallest * static_cast<double>(before.entries)) {
      return fmt::format("{} {} shrank from {} to {} entries", to_string(before.kind), before.source, before.entries,
                         entries);
    }
  }
  return std::nullopt;
}

class Bringer {
 public:
  Bringer(const Source& source, const FetchOptions& options) : source_(source), options_(options) {}

  Result<FetchOutcome> run() {
    constexpr unsigned kMonths = 6;
    for (unsigned back = 0;; ++back) {
      auto outcome = bring(back);
      const bool earlier = has_month(source_.url) && back + 1 < kMonths;
      if (outcome || outcome.error().kind != ErrorKind::not_found || !earlier) return outcome;
    }
  }

 private:
  Result<FetchOutcome> bring(unsigned back) {
    FetchOutcome outcome;
    outcome.file = with_month(source_.file, options_.now, back);
    const std::string target = options_.directory + "/" + outcome.file;
    FetchRequest request;
    request.url =
        options_.mirror.empty() ? with_month(source_.url, options_.now, back) : options_.mirror + "/" + outcome.file;
    request.most = source_.most;
    request.connect_seconds = options_.connect_seconds;
    request.stall_seconds = options_.stall_seconds;
    request.total_seconds = options_.total_seconds;
    FetchedState state = load_fetched(options_.directory);
    ask_whether_changed(request, state, outcome.file, target);

    PartFile part(options_.directory + "/." + outcome.file + ".part");
    if (!part.is_open())
      return fail(ErrorKind::system, fmt::format("{} cannot be written: {}", part.path(), std::strerror(errno)));
    const auto fetched = fetch(request, [&](Bytes bytes) { return part.write(bytes); }, options_.progress);
    if (!fetched) return std::unexpected(fetched.error());
    outcome.unchanged = fetched->unchanged;
    outcome.octets = fetched->octets;
    if (outcome.unchanged) return outcome;

    auto next = read_for_comparison(part.path());
    if (!next) return std::unexpected(of_content(next.error()));
    const auto is_ours = [&](const TablePart& piece) { return piece.kind == source_.kind; };
    if (std::none_of(next->parts.begin(), next->parts.end(), is_ours)) {
      return fail(ErrorKind::malformed,
                  fmt::format("what came is no {} but {}", to_string(source_.kind), next->format));
    }
    if (const std::string old = predecessor(source_, options_, outcome.file); !options_.force && !old.empty()) {
      if (const auto before = read_for_comparison(old)) {
        if (auto why = shrunk(*before, *next))
          return fail(ErrorKind::refused, *why + ": --force takes it nevertheless");
      }
    }
    struct stat status{};
    const bool known = ::stat(part.path().c_str(), &status) == 0;
    if (!part.place(target, fetched->modified))
      return fail(ErrorKind::system, fmt::format("{} cannot be put into place: {}", target, std::strerror(errno)));
    state[outcome.file] = {request.url, fetched->etag, fetched->modified,
                           known ? static_cast<std::uint64_t>(status.st_size) : 0};
    if (auto saved = save_fetched(options_.directory, state); !saved) outcome.remarks.push_back(saved.error().text);
    outcome.parts = std::move(next->parts);
    std::move(next->remarks.begin(), next->remarks.end(), std::back_inserter(outcome.remarks));
    return outcome;
  }

  void ask_whether_changed(FetchRequest& request, const FetchedState& state, const std::string& name,
                           const std::string& target) const {
    struct stat status{};
    const auto last = state.find(name);
    if (options_.force || last == state.end() || last->second.url != request.url ||
        ::stat(target.c_str(), &status) != 0)
      return;
    if (static_cast<std::uint64_t>(status.st_size) != last->second.octets) return;
    request.etag = last->second.etag;
    request.modified = last->second.modified;
  }

  // Whoever reads "begins like nothing that is known" should hear what it was to be.
  Error of_content(Error error) const {
    if (error.kind == ErrorKind::not_found) error.kind = ErrorKind::malformed;
    error.text = fmt::format("what came cannot be used as {}: {}", to_string(source_.kind), error.text);
    return error;
  }

  const Source& source_;
  const FetchOptions& options_;
};

}  // namespace

Result<FetchOutcome> fetch_source(const Source& source, const FetchOptions& options) {
  return Bringer(source, options).run();
}

}  // namespace fairway::config
