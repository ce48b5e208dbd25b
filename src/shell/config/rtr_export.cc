#include "shell/config/rtr_export.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>

#include "shell/feed/rtr_client.h"

namespace fairway::config {

Result<RpkiExport> read_rtr(const std::string& url, std::uint32_t longest) {
  std::mutex guard;
  std::condition_variable told;
  std::optional<RtrTables> tables;
  std::string trouble;
  bool reached = false, hopeless = false;
  RtrFeedOptions options;
  options.caches = {RtrCacheOptions::parse(url)};
  options.stuck_after = {};
  RtrFeed feed(
      options,
      [&](const RtrTables& now) {
        const std::lock_guard lock(guard);
        if (now.vrps) tables = now;
        told.notify_all();
      },
      [&](const FeedHealth& health) {
        const std::lock_guard lock(guard);
        reached |= health.connected;
        if (!health.trouble.empty()) trouble = health.trouble;
        hopeless = !reached && !health.trouble.empty();
        told.notify_all();
      });
  feed.start();
  std::unique_lock lock(guard);
  told.wait_for(lock, std::chrono::seconds(longest), [&] { return tables || hopeless; });
  if (hopeless) return fail(ErrorKind::system, "no connection: " + trouble);
  if (!tables) {
    return fail(ErrorKind::system, "nothing complete in " + std::to_string(longest) + " seconds" +
                                       (trouble.empty() ? "" : ": " + trouble));
  }
  if (tables->vrps->size() == 0) return fail(ErrorKind::refused, "it has no VRP: an empty table is not used");
  RpkiExport result;
  result.format = "RTR version " + std::to_string(tables->version);
  result.lists_vrps = true;
  result.lists_aspas = tables->aspas != nullptr;
  result.trust_anchors = {""};
  result.built = tables->told;
  result.vrps.reserve(tables->vrps->size());
  for (const Vrp& vrp : tables->vrps->vrps()) result.vrps.push_back(vrp);
  if (tables->aspas) result.aspas.assign(tables->aspas->aspas().begin(), tables->aspas->aspas().end());
  return result;
}

}  // namespace fairway::config
