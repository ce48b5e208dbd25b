#include "shell/pipeline/ground.h"

#include <algorithm>
#include <memory>
#include <thread>

#include "shell/feed/source.h"
#include "shell/pipeline/collector_name.h"
#include "shell/pipeline/mrt_feed.h"

namespace fairway {
namespace {

struct File {
  std::unique_ptr<MrtFeed> feed{};
  bool is_update = false;
  Instant first{};
};

Error of_file(const std::string& name, const Error& error) {
  return {error.kind, name + ": " + error.text, error.where};
}

}  // namespace

Result<void> read_ground(const std::vector<std::string>& mrt_files, Engine& engine) {
  const unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  Pool pool(threads);
  std::vector<File> files;
  for (const std::string& name : mrt_files) {
    auto stream = open_stream(name, threads);
    if (!stream) return std::unexpected(of_file(name, stream.error()));
    File file{std::make_unique<MrtFeed>(name, MrtFile(*std::move(stream)), pool)};
    const auto first = file.feed->next_time();
    if (!first && file.feed->error()) return std::unexpected(of_file(name, *file.feed->error()));
    if (!first) continue;
    file.first = *first;
    file.is_update = !file.feed->is_table();
    files.push_back(std::move(file));
  }
  std::ranges::stable_sort(files, [](const File& a, const File& b) {
    return std::tie(a.is_update, a.first) < std::tie(b.is_update, b.first);
  });
  for (const File& file : files) {
    MrtFeed& feed = *file.feed;
    const SourceId source = engine.source(collector_of(feed.name()));
    while (feed.next_time()) feed.take([&](const RouteEvent& event) { engine.apply(source, event); });
    if (!file.is_update) engine.end_of_table(source);
    engine.close(source);
    if (feed.error()) return std::unexpected(of_file(feed.name(), *feed.error()));
  }
  return {};
}

}  // namespace fairway
