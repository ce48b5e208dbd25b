#include "shell/config/table_watch.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "shell/config/folder_for_tests.h"
#include "shell/feed/http_server_for_tests.h"
#include "shell/feed/rtr_server_for_tests.h"

namespace fairway::config {
namespace {

constexpr Instant kNow = from_seconds(1'000'000);

TEST(TableWatch, SeesThatFilesAreWrittenReplacedAndGone) {
  const Folder folder, other;
  folder.write("one", "1");
  TableWatch::Options options;
  options.directory = folder.path();
  options.paths = {other / "named"};
  TableWatch watch(options);
  EXPECT_FALSE(watch.changed(kNow));
  folder.write("one", "12");
  EXPECT_TRUE(watch.changed(kNow));
  EXPECT_FALSE(watch.changed(kNow));
  folder.write("two", "2");
  EXPECT_TRUE(watch.changed(kNow));
  folder.write(".three", "3");
  EXPECT_FALSE(watch.changed(kNow)) << "hidden";
  other.write("named", "x", kNow);
  EXPECT_TRUE(watch.changed(kNow));
  other.write("beside", "y", kNow);
  std::filesystem::rename(other / "beside", other / "named");
  EXPECT_TRUE(watch.changed(kNow)) << "of the same size and time: another file";
  std::filesystem::remove(other / "named");
  EXPECT_TRUE(watch.changed(kNow));
  EXPECT_EQ(watch.stale(), "");
}

TEST(TableWatch, AsksAddressesNowAndThenAndWhetherTheyHaveChanged) {
  std::string tag = "\"1\"", text = "one";
  std::mutex guard;
  HttpServer server([&](const HttpServer::Request& request) {
    const std::lock_guard lock(guard);
    if (!tag.empty() && request.has("If-None-Match: " + tag + "\r\n")) return HttpServer::status("304 Not Modified");
    return HttpServer::ok(text, tag.empty() ? "" : "ETag: " + tag + "\r\n");
  });
  TableWatch::Options options;
  options.paths = {server.url("/vrps.json")};
  TableWatch watch(options);
  const auto at = [](std::int64_t minutes) { return kNow + seconds(60 * minutes); };
  const auto set = [&](const char* new_tag, const char* new_text) {
    const std::lock_guard lock(guard);
    tag = new_tag;
    text = new_text;
  };
  EXPECT_FALSE(watch.changed(at(0))) << "it is what was just loaded";
  EXPECT_FALSE(watch.changed(at(9)));
  EXPECT_EQ(server.requests().size(), 1u);
  EXPECT_FALSE(watch.changed(at(10)));
  EXPECT_TRUE(server.requests().back().has("If-None-Match: \"1\""));
  set("\"2\"", "two");
  EXPECT_TRUE(watch.changed(at(20)));
  set("\"3\"", "two");
  EXPECT_FALSE(watch.changed(at(30))) << "another tag on the same";
  set("", "two");
  EXPECT_FALSE(watch.changed(at(40)));
  set("", "three");
  EXPECT_TRUE(watch.changed(at(50)));
}

TEST(TableWatch, FollowsRtrCaches) {
  RtrServerForTests cache;
  cache.publish(3);
  std::atomic<int> woken = 0;
  TableWatch::Options options;
  options.paths = {cache.url()};
  options.wake = [&] { ++woken; };
  TableWatch watch(options);
  const auto becomes = [&](const auto& so) {
    for (int i = 0; i < 2000 && !so(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return so();
  };
  ASSERT_TRUE(becomes([&] { return woken == 1; }));
  EXPECT_TRUE(watch.changed(kNow));
  EXPECT_FALSE(watch.changed(kNow));
  cache.publish(4);
  ASSERT_TRUE(becomes([&] { return woken == 2; }));
  EXPECT_TRUE(watch.changed(kNow));
  EXPECT_EQ(watch.stale(), "");
  cache.withhold();
  cache.hang_up();
  ASSERT_TRUE(becomes([&] { return !watch.stale().empty(); }));
  EXPECT_EQ(watch.stale(), cache.url() + " tells nothing new");
}

}  // namespace
}  // namespace fairway::config
