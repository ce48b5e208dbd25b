#include "shell/feed/mrt_directory.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "core/wire/mrt/event_decoder.h"
#include "shell/feed/file_watch.h"
#include "shell/feed/mrt_file.h"

namespace fairway {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostEvents = 4096;  // that are told at once

Instant now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

bool is_being_made(const std::string& path) {
  const std::string name = fs::path(path).filename().string();
  return name.starts_with('.') || name.ends_with(".tmp") || name.ends_with(".part");
}

// When its first record is of; nothing: there is none.
std::optional<Instant> first_time(const std::string& path) {
  auto file = MrtFile::open(path, 1);
  if (!file) return std::nullopt;
  auto batch = file->next();
  if (!batch || !*batch || (*batch)->records.empty()) return std::nullopt;
  return (*batch)->records.front().time;
}

}  // namespace

struct MrtDirectory::State {
  State(MrtDirectoryOptions asked, LiveSink& told) : options(std::move(asked)), sink(told) {}

  const MrtDirectoryOptions options;
  LiveSink& sink;
  FeedHealth health;
  std::set<std::string> known;                     // read, or there before
  FileState seen;                                  // at the last look
  std::map<std::string, Clock::time_point> since;  // when what was seen was new
  std::mutex mutex;
  std::condition_variable sleep;
  std::atomic<bool> ends = false;

  // Files that changed no later are whole.
  std::int64_t settled() const {
    return static_cast<std::int64_t>((fs::file_time_type::clock::now() - options.settle).time_since_epoch().count());
  }
  void report(std::string trouble) {
    if (!trouble.empty()) health.trouble = std::move(trouble);
    sink.on_health(health);
  }
  std::vector<std::string> whole_files();
  void read(const std::string& path);
};

// New ones, those first whose routes are older.
std::vector<std::string> MrtDirectory::State::whole_files() {
  const FileState files = look_at({options.directory});
  const Clock::time_point time = Clock::now();
  const std::int64_t of_old = settled();
  std::vector<std::pair<std::optional<Instant>, std::string>> whole;
  for (const auto& [path, state] : files) {
    if (known.contains(path) || is_being_made(path)) continue;
    const auto before = seen.find(path);
    if (before == seen.end() || before->second != state) since[path] = time;
    if (time - since[path] < options.settle && state.second > of_old) continue;
    whole.emplace_back(first_time(path), path);
  }
  std::erase_if(known, [&](const std::string& path) { return !files.contains(path); });
  std::erase_if(since, [&](const auto& one) { return !files.contains(one.first); });
  seen = files;
  std::ranges::sort(whole);
  std::vector<std::string> paths;
  for (auto& [first, path] : whole) paths.push_back(std::move(path));
  return paths;
}

void MrtDirectory::State::read(const std::string& path) {
  struct Collect final : mrt::EventSink {
    EventBatch batch;
    void on_event(const mrt::Record&, const RouteEvent& event) override { batch.add(event); }
  } collect;
  known.insert(path);
  since.erase(path);
  const std::string collector =
      options.collector ? options.collector(path) : fs::path(options.directory).lexically_normal().filename().string();
  auto file = MrtFile::open(path, 1);
  if (!file) {
    ++health.damaged;
    return report(path + ": " + file.error().text);
  }
  const auto tell = [&] {
    health.events += collect.batch.events().size();
    if (!collect.batch.empty()) sink.on_events(collector, std::exchange(collect.batch, EventBatch()));
  };
  mrt::EventDecoder decoder;
  std::string trouble;
  while (!ends) {
    auto batch = file->next();
    if (!batch) {
      ++health.damaged;
      trouble = batch.error().text;
    }
    if (!batch || !*batch) break;
    for (const Damage& damage : (*batch)->damage) {
      ++health.damaged;
      trouble = damage.text;
    }
    for (const mrt::Record& record : (*batch)->records) {
      if (ends) break;
      ++health.messages;
      if (const auto done = decoder.decode(record, collect); !done && done.error().kind != ErrorKind::not_found) {
        ++health.damaged;
        trouble = done.error().text;
      }
      if (collect.batch.events().size() >= kMostEvents) tell();
    }
  }
  tell();
  health.heard = now();
  health.octets += file->statistics().octets;
  report(trouble.empty() ? "" : path + ": " + trouble);
}

MrtDirectory::MrtDirectory(MrtDirectoryOptions options, LiveSink& sink)
    : state_(std::make_unique<State>(std::move(options), sink)) {
  state_->health.name = state_->options.name;
  if (state_->options.existing) return;
  for (const auto& [path, file] : look_at({state_->options.directory})) {
    if (!is_being_made(path) && file.second <= state_->settled()) state_->known.insert(path);
  }
}
MrtDirectory::~MrtDirectory() = default;

void MrtDirectory::run() {
  State& state = *state_;
  Clock::time_point reported{};
  while (!state.ends) {
    std::error_code error;
    const bool there = fs::is_directory(state.options.directory, error);
    if (there != state.health.connected || state.health.since == Instant{}) {
      state.health.connected = there;
      state.health.since = now();
      state.health.trouble = there ? "" : "there is no folder '" + state.options.directory + "'";
      reported = {};
    }
    for (const std::string& path : state.whole_files()) {
      if (!state.ends) state.read(path);
    }
    if (Clock::now() - reported >= state.options.health) {
      reported = Clock::now();
      state.report("");
    }
    std::unique_lock lock(state.mutex);
    state.sleep.wait_for(lock, state.options.every, [&] { return state.ends.load(); });
  }
}

void MrtDirectory::stop() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->ends = true;
  }
  state_->sleep.notify_all();
}

}  // namespace fairway
