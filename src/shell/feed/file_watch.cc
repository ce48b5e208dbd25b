#include "shell/feed/file_watch.h"

#include <filesystem>
#include <utility>

namespace fairway {

namespace {

namespace fs = std::filesystem;

void add(FileState& state, const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (error) return;
  const auto time = fs::last_write_time(path, error);
  if (!error) state.emplace(path.string(), std::pair(size, static_cast<std::int64_t>(time.time_since_epoch().count())));
}

}  // namespace

FileState look_at(const std::vector<std::string>& paths) {
  FileState state;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      add(state, path);
      continue;
    }
    fs::directory_iterator entry(path, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) add(state, entry->path());
  }
  return state;
}

FileWatch::FileWatch(std::vector<std::string> paths, FileState before, Options options, std::function<void()> changed)
    : paths_(std::move(paths)),
      known_(std::move(before)),
      options_(options),
      changed_(std::move(changed)),
      thread_([this] { watch(); }) {}

FileWatch::~FileWatch() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  sleep_.notify_all();
  thread_.join();
}

void FileWatch::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  sleep_.notify_all();
}

void FileWatch::watch() {
  FileState seen = known_;
  for (std::unique_lock lock(mutex_);;) {
    sleep_.wait_for(lock, options_.every, [this] { return woken_ || ends_; });
    if (ends_) return;
    const bool woken = std::exchange(woken_, false);
    lock.unlock();
    FileState now = look_at(paths_);
    if (woken || (now == seen && now != known_)) {
      known_ = now;
      changed_();
    }
    seen = std::move(now);
    lock.lock();
  }
}

}  // namespace fairway
