#include "shell/config/table_watch.h"

#include <sys/stat.h>

#include <mutex>
#include <tuple>

#include "shell/config/data_directory.h"
#include "shell/feed/rtr_client.h"
#include "shell/feed/url.h"

namespace fairway::config {

namespace {

// What a file is known by without reading it. A file that is gone is known by its absence.
using Mark = std::tuple<std::string, dev_t, ino_t, off_t, std::int64_t, long>;

Mark mark_of(const std::string& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return {path, 0, 0, -1, 0, 0};
  return {path, status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
}

struct Address {
  std::string url, etag;
  std::optional<Instant> modified;
  std::uint64_t digest = 0;
  bool known = false;

  // Asks for it, and says whether it is another one than before.
  bool ask() {
    FetchRequest request;
    request.url = url;
    request.etag = etag;
    request.modified = modified;
    std::uint64_t sent = 0;
    const auto fetched = fetch(request, [&](Bytes piece) {
      for (const std::uint8_t octet : piece) sent = (sent ^ octet) * 0x100000001b3;  // FNV: pieces come as they like
      return true;
    });
    if (!fetched || fetched->unchanged) return false;
    etag = fetched->etag;
    modified = fetched->modified;
    const bool other = known && digest != sent;
    digest = sent;
    known = true;
    return other;
  }
};

}  // namespace

struct TableWatch::State {
  Options options;
  std::vector<std::string> files;
  std::vector<Mark> marks;
  std::vector<Address> addresses;
  Instant next_fetch;

  mutable std::mutex guard;  // of what the RTR caches tell
  bool rtr_changed = false;
  std::vector<std::string> stale;  // of each
  std::vector<std::unique_ptr<RtrFeed>> feeds;

  std::vector<Mark> look() const {
    std::vector<Mark> all;
    for (const std::string& path : files) all.push_back(mark_of(path));
    if (!options.directory) return all;
    if (const auto paths = files_of(*options.directory)) {
      for (const std::string& path : *paths) all.push_back(mark_of(path));
    }
    return all;
  }

  void follow(const std::string& url) {
    const std::size_t i = stale.size();
    stale.emplace_back();
    RtrFeedOptions feed;
    feed.caches = {RtrCacheOptions::parse(url)};
    feed.stuck_after = options.stuck_after;
    feeds.push_back(std::make_unique<RtrFeed>(
        feed,
        [this, i, url](const RtrTables& tables) {
          {
            const std::lock_guard lock(guard);
            rtr_changed = true;
            stale[i] = tables.fresh ? "" : url + (tables.vrps ? " tells nothing new" : " tells nothing any more");
          }
          options.wake();
        },
        [](const FeedHealth&) {}));
  }
};

TableWatch::TableWatch(Options options) : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
  for (const std::string& path : state_->options.paths) {
    if (path.starts_with("rtr://")) {
      state_->follow(path);
    } else if (is_url(path)) {
      state_->addresses.push_back({path, {}, {}, 0, false});
    } else if (path != "-") {
      state_->files.push_back(path);
    }
  }
  state_->marks = state_->look();
  for (const auto& feed : state_->feeds) feed->start();
}

TableWatch::~TableWatch() { state_->feeds.clear(); }

bool TableWatch::changed(Instant now) {
  bool changed = false;
  if (auto marks = state_->look(); marks != state_->marks) {
    state_->marks = std::move(marks);
    changed = true;
  }
  if (!state_->addresses.empty() && now >= state_->next_fetch) {
    state_->next_fetch = now + state_->options.between_fetches;
    for (Address& address : state_->addresses) changed |= address.ask();
  }
  const std::lock_guard lock(state_->guard);
  changed |= std::exchange(state_->rtr_changed, false);
  return changed;
}

std::string TableWatch::stale() const {
  const std::lock_guard lock(state_->guard);
  for (const std::string& why : state_->stale) {
    if (!why.empty()) return why;
  }
  return {};
}

}  // namespace fairway::config
