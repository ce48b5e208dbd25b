#include "shell/feed/file_watch.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace fairway {
namespace {

using namespace std::chrono_literals;

// A folder that is watched, and how often its changes were told.
class Watched : public testing::Test {
 protected:
  Watched() {
    std::string name = (std::filesystem::temp_directory_path() / "fairway-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
    write("a", "one");
  }
  ~Watched() override { std::filesystem::remove_all(path_); }

  void write(const std::string& name, const std::string& text) { std::ofstream(path_ + "/" + name) << text; }
  bool told(int times) {
    std::unique_lock lock(mutex_);
    return told_.wait_for(lock, 10s, [&] { return count_ == times; });
  }
  std::function<void()> counter() {
    return [this] {
      const std::lock_guard lock(mutex_);
      ++count_;
      told_.notify_all();
    };
  }

  std::string path_;
  std::mutex mutex_;
  std::condition_variable told_;
  int count_ = 0;
};

TEST_F(Watched, ChangesAreToldOnce) {
  FileWatch watch({path_}, look_at({path_}), {.every = 5ms}, counter());
  write("a", "longer");
  ASSERT_TRUE(told(1));
  write("b", "new");
  ASSERT_TRUE(told(2));
  std::filesystem::remove(path_ + "/a");
  ASSERT_TRUE(told(3));
  std::this_thread::sleep_for(50ms);
  EXPECT_TRUE(told(3)) << "nothing changed since";
  watch.wake();
  EXPECT_TRUE(told(4));
}

TEST_F(Watched, WhatChangedBeforeItBeganIsTold) {
  const FileState before = look_at({path_});
  write("b", "while it was being read");
  const FileWatch watch({path_}, before, {.every = 5ms}, counter());
  EXPECT_TRUE(told(1));
}

TEST_F(Watched, AFileThatStillGrowsIsWaitedFor) {
  FileState before = look_at({path_});
  FileWatch watch({path_}, before, {.every = 40ms}, counter());
  const auto until = std::chrono::steady_clock::now() + 300ms;
  for (std::string text = "one"; std::chrono::steady_clock::now() < until; text += "!") {
    write("a", text);
    std::this_thread::sleep_for(2ms);
  }
  EXPECT_EQ(count_, 0);
  EXPECT_TRUE(told(1));
}

TEST(FileState, IsOfFilesAndFoldersButNotOfAddresses) {
  EXPECT_TRUE(look_at({"https://example.net/vrps.json", "/nowhere/at/all"}).empty());
  EXPECT_EQ(look_at({FAIRWAY_SOURCE_DIR "/README.md"}).size(), 1u);
  EXPECT_TRUE(look_at({FAIRWAY_SOURCE_DIR}).contains(FAIRWAY_SOURCE_DIR "/README.md"));
}

}  // namespace
}  // namespace fairway
