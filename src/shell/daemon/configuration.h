// fairway.yaml: what the daemon listens to, keeps, tells and serves. docs/formats/fairway.md is its manual, made from
// the same declarations.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "shell/config/schema.h"
#include "shell/feed/bmp_station.h"
#include "shell/feed/ris_live.h"
#include "shell/notify/notify_config.h"
#include "shell/pipeline/live.h"
#include "shell/serve/rtr.h"

namespace fairway::daemon {

// Files are as the daemon opens them: relative ones stand beside the configuration.
struct Configuration {
  std::string network{};                     // network.yaml; empty: none
  std::string data{};                        // the data directory; empty: the default one
  std::vector<std::string> rpki{}, slurm{};  // instead of the directory's
  std::string store = "fairway.db";
  std::uint32_t reload_seconds = 10;  // how often files of tables are looked at
  LiveOptions live{};

  std::vector<std::string> ground{};  // MRT files
  std::optional<BmpStationOptions> bmp{};
  std::optional<RisLiveOptions> ris_live{};
  std::vector<std::string> mrt_directories{};
  bool ris_live_own = false;  // its prefixes are those of my network

  std::optional<serve::RtrOptions> rtr{};
  notify::NotifyOptions notify{};
};

config::Schema configuration_schema();

// Error: system (no such file), malformed (every problem, one a line, behind the file's name).
Result<Configuration> load_configuration(const std::string& path);

// The file as a tree, checked, for `config show`.
Result<config::Node> read_configuration(const std::string& path);

}  // namespace fairway::daemon
