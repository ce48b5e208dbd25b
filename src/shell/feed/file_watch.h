// FileWatch: tells when files changed, by looking at them every few seconds: their names, sizes and times.
//
//   const FileState before = look_at(paths);
//   load(paths);
//   FileWatch watch(paths, before, {}, [&] { load(paths); });   // in a thread of its own, one call at a time
//
// A change is told when it is over: when two looks, one after the other, saw the same. What changes while it is being
// told is told next.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace fairway {

// By path: size, and time of the last change. What is not there, or cannot be looked at, is not in it.
using FileState = std::map<std::string, std::pair<std::uintmax_t, std::int64_t>>;

// A folder stands for the files in it, without those in its folders; an address for nothing.
FileState look_at(const std::vector<std::string>& paths);

class FileWatch {
 public:
  struct Options {
    std::chrono::milliseconds every{2000};
  };

  // `before`: what the caller knows.
  FileWatch(std::vector<std::string> paths, FileState before, Options options, std::function<void()> changed);
  // Waits until a call that is under way has returned.
  ~FileWatch();
  FileWatch(const FileWatch&) = delete;
  FileWatch& operator=(const FileWatch&) = delete;

  // As if they had changed. From any thread.
  void wake();

 private:
  void watch();

  const std::vector<std::string> paths_;
  FileState known_;
  const Options options_;
  const std::function<void()> changed_;
  std::mutex mutex_;
  std::condition_variable sleep_;
  bool woken_ = false, ends_ = false;
  std::thread thread_;
};

}  // namespace fairway
