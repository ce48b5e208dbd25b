// The daemon: everything that runs side by side, put together.
//
//   feeds (a thread each) -> LivePipeline (one thread) -> Store (one transaction a batch) -> Notifier (a thread a
//   channel) files of tables, watched -> World -> LivePipeline, RTR server
//
// Every part has a small header of its own; here they are only made, joined and ended in the right order.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "shell/daemon/configuration.h"

namespace fairway {
class Store;
struct World;
}  // namespace fairway

namespace fairway::daemon {

// How tables come in: a whole World, my network included. Called at the start, and whenever a file changed; then on a
// thread of its own. An error keeps what there is.
using LoadWorld = std::function<Result<std::shared_ptr<const World>>()>;
// Lines for the log, in words.
using Tell = std::function<void(const std::string&)>;

class Daemon {
 public:
  // Loads, opens and listens; nothing is heard yet. `watched`: files and folders that LoadWorld reads.
  static Result<std::unique_ptr<Daemon>> open(const Configuration& configuration, LoadWorld load,
                                              std::vector<std::string> watched, Tell tell);
  ~Daemon();

  LivePipeline& pipeline();
  Store& store();
  std::vector<std::string> bmp_addresses() const;
  std::string rtr_address() const;

  // Runs until stop(), SIGINT or SIGTERM; SIGHUP reads the tables anew.
  void run();
  void stop();  // from any thread

 private:
  struct State;
  explicit Daemon(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace fairway::daemon
