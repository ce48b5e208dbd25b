#include "shell/feed/mrt_directory.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

#include "core/wire/mrt/testing.h"

namespace fairway {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

// A file with one route, heard at that second.
std::string file_of(std::int64_t second, const char* prefix) {
  ByteWriter out;
  mrt::Writer writer(out);
  bgp::Update update;
  update.attributes.origin = OriginCode::igp;
  update.attributes.has_as_path = true;
  update.attributes.as_path = *parse_as_path("64500");
  update.attributes.next_hop = *parse_ip("192.0.2.1");
  update.announced.push_back({*parse_prefix(prefix), {}});
  EXPECT_TRUE(writer.message(from_seconds(second), mrt::testing::session(), update, {}).has_value());
  return std::string(as_text(out.written()));
}

class Told final : public LiveSink {
 public:
  void on_events(std::string_view collector, EventBatch batch) override {
    const std::lock_guard lock(mutex_);
    for (const RouteEvent& event : batch.events()) {
      told_.push_back(std::string(collector) + " " + to_string(event.prefix));
    }
    changed_.notify_all();
  }
  void on_health(const FeedHealth& health) override {
    const std::lock_guard lock(mutex_);
    health_ = health;
    changed_.notify_all();
  }
  bool hears(const std::vector<std::string>& all) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 10s, [&] { return told_ == all; });
  }
  bool troubled(const std::string& by) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 10s, [&] { return health_.trouble.find(by) != std::string::npos; });
  }
  FeedHealth health() const {
    const std::lock_guard lock(mutex_);
    return health_;
  }
  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return told_.size();
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> told_;
  FeedHealth health_;
};

class MrtDirectoryTest : public testing::Test {
 protected:
  MrtDirectoryTest() {
    std::string name = (fs::temp_directory_path() / "fairway-XXXXXX").string();
    top_ = ::mkdtemp(name.data());
    path_ = top_ + "/rrc99";
    fs::create_directory(path_);
  }
  ~MrtDirectoryTest() override {
    stop();
    fs::remove_all(top_);
  }
  // As if it had been written so long ago.
  void write(const std::string& name, const std::string& content, std::chrono::seconds ago = 0s) {
    const std::string path = path_ + "/." + name;
    std::ofstream(path, std::ios::binary) << content;
    fs::last_write_time(path, fs::file_time_type::clock::now() - ago);
    fs::rename(path, path_ + "/" + name);
  }
  void start(MrtDirectoryOptions options = {}) {
    options.directory = path_;
    options.every = 10ms;
    options.health = 20ms;
    if (options.settle == 5000ms) options.settle = 100ms;
    directory_ = std::make_unique<MrtDirectory>(options, told_);
    thread_ = std::thread([this] { directory_->run(); });
  }
  void stop() {
    if (!directory_) return;
    directory_->stop();
    thread_.join();
    directory_.reset();
  }

  std::string top_, path_;
  Told told_;
  std::unique_ptr<MrtDirectory> directory_;
  std::thread thread_;
};

TEST_F(MrtDirectoryTest, NewFilesAreReadOnceInTheOrderOfTheirTimes) {
  write("updates.1", file_of(100, "192.0.1.0/24"), 60s);
  start();
  write("b.2", file_of(300, "192.0.3.0/24"));
  write("a.3", file_of(400, "192.0.4.0/24"));
  write("c.1", file_of(200, "192.0.2.0/24"));
  write("d.tmp", file_of(250, "192.0.5.0/24"));
  EXPECT_TRUE(told_.hears({"rrc99 192.0.2.0/24", "rrc99 192.0.3.0/24", "rrc99 192.0.4.0/24"})) << told_.size();
  write("e", file_of(500, "192.0.6.0/24"), 60s);
  EXPECT_TRUE(told_.hears({"rrc99 192.0.2.0/24", "rrc99 192.0.3.0/24", "rrc99 192.0.4.0/24", "rrc99 192.0.6.0/24"}));
  EXPECT_EQ(told_.health().damaged, 0u);
}

TEST_F(MrtDirectoryTest, FilesThatAreThereAreReadIfAskedFor) {
  write("2", file_of(200, "192.0.2.0/24"), 60s);
  write("1", file_of(300, "192.0.1.0/24"), 60s);
  MrtDirectoryOptions options;
  options.existing = true;
  options.collector = [](const std::string& path) { return fs::path(path).filename().string(); };
  start(options);
  EXPECT_TRUE(told_.hears({"2 192.0.2.0/24", "1 192.0.1.0/24"}));
}

TEST_F(MrtDirectoryTest, AFileThatIsStillWrittenIsWaitedFor) {
  start();
  const std::string first = file_of(100, "192.0.1.0/24"), second = file_of(101, "192.0.2.0/24");
  std::ofstream file(path_ + "/updates", std::ios::binary);
  for (int i = 0; i < 10; ++i) {
    file << (i == 0 ? first.substr(0, 20) : i == 1 ? first.substr(20) : i == 9 ? second : std::string()) << std::flush;
    fs::last_write_time(path_ + "/updates", fs::file_time_type::clock::now());
    std::this_thread::sleep_for(20ms);
  }
  EXPECT_TRUE(told_.hears({"rrc99 192.0.1.0/24", "rrc99 192.0.2.0/24"})) << "once, and whole";
}

TEST_F(MrtDirectoryTest, DamageAndAbsenceAreTold) {
  start();
  const std::string good = file_of(100, "192.0.1.0/24");
  write("torn", good + good.substr(0, 30), 60s);
  EXPECT_TRUE(told_.hears({"rrc99 192.0.1.0/24"}));
  EXPECT_TRUE(told_.troubled("torn: "));
  write("nonsense.gz", "\x1f\x8b and nothing more", 60s);
  EXPECT_TRUE(told_.troubled("nonsense.gz: "));
  write("good", file_of(200, "192.0.2.0/24"), 60s);
  EXPECT_TRUE(told_.hears({"rrc99 192.0.1.0/24", "rrc99 192.0.2.0/24"}));
  fs::remove_all(path_);
  EXPECT_TRUE(told_.troubled("there is no folder"));
  EXPECT_FALSE(told_.health().connected);
}

}  // namespace
}  // namespace fairway
