#include "apps/fairway/live_world.h"

#include <chrono>

#include "base/text.h"
#include "core/tables/expectation.h"
#include "shell/config/data_directory.h"
#include "shell/config/network.h"

namespace fairway {

void LiveLines::tell(const std::string& line) {
  const std::scoped_lock lock(mutex_);
  err_.line(to_string(now_of(std::nullopt)) + " " + begin_ + line);
}

Result<std::shared_ptr<const World>> LiveWorld::load(LiveLines& lines) const {
  std::string said;
  std::expected<LoadedWorld, ExitCode> loaded;
  {
    Output err(said);
    loaded = load_world(options, "live", err);
  }
  std::string_view rest = said;
  std::string last = "the tables cannot be loaded";
  while (!rest.empty()) {
    std::string_view line = cut(rest, '\n');
    constexpr std::string_view kBegin = "fairway live: ";
    if (line.starts_with(kBegin)) line.remove_prefix(kBegin.size());
    last = line;
    if (loaded) lines.tell(last);
  }
  if (!loaded) return fail(ErrorKind::system, last);
  auto world = std::make_shared<World>(*loaded->world);
  if (!network.empty()) {
    auto reading = config::load_network(network);
    if (!reading) return std::unexpected(reading.error());
    world->expectation = std::make_shared<const Expectation>(Expectation::build(std::move(reading->network)));
  }
  return world;
}

std::vector<std::string> LiveWorld::watched() const {
  std::vector<std::string> all;
  const auto add = [&](const std::vector<std::string>& files) { all.insert(all.end(), files.begin(), files.end()); };
  all.push_back(options.data.value_or(config::default_data_directory()));
  for (const auto* files : {&options.rpki, &options.slurm, &options.irr, &options.relationships, &options.organisations,
                            &options.delegations, &options.peeringdb, &options.as_names}) {
    add(*files);
  }
  if (!network.empty()) all.push_back(network);
  return all;
}

}  // namespace fairway
