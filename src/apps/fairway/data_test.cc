// fairway data, and the options that load a World, as their caller sees them.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "apps/fairway/answer_for_tests.h"
#include "apps/fairway/world_options.h"
#include "shell/config/folder_for_tests.h"

namespace fairway {
namespace {

class Data : public testing::Test {
 protected:
  Data() {
    std::filesystem::create_directory(folder_ + "/tables");
    std::filesystem::create_directory(folder_ + "/mirror");
  }

  void golden(const std::string& name, const std::string& to) const {
    std::filesystem::copy_file(std::string(FAIRWAY_SOURCE_DIR) + "/tests/golden/read/" + name, folder_ + "/" + to,
                               std::filesystem::copy_options::overwrite_existing);
  }
  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_ + "/" + name) << text; }
  Answer list(std::vector<std::string> more = {}) const {
    std::vector<std::string> all = {"data", "list", "--data", folder_ + "/tables", "--now", "2025-07-21T10:01:43Z"};
    all.insert(all.end(), more.begin(), more.end());
    return run(all);
  }
  Answer update(std::vector<std::string> more = {}) const {
    std::vector<std::string> all = {
        "data", "update", "--data", folder_ + "/tables", "--mirror", "file://" + folder_ + "/mirror"};
    all.insert(all.end(), more.begin(), more.end());
    return run(all);
  }

  const Folder own_;
  const std::string folder_ = own_.path();
};

TEST_F(Data, ListTellsKindSourceEntriesDateAndAge) {
  golden("rpki-client.json", "tables/rpki-client.json");
  const Answer json = list({"--format", "json"});
  EXPECT_EQ(json.code, ExitCode::fine);
  EXPECT_EQ(
      json.out.substr(0, json.out.find("\"format\"")),
      "{\"version\": 1, \"kind\": \"vrps\", \"source\": \"all\", \"entries\": 4, \"date\": \"2025-07-20T10:01:43Z\", "
      "\"date_from\": \"content\", \"age_seconds\": 86400, ");
  EXPECT_NE(list().out.find("2025-07-20T10:01Z  24 h"), std::string::npos) << list().out;
  EXPECT_NE(list().err.find("1 VRPs and 1 ASPAs had expired"), std::string::npos);
}

TEST_F(Data, ListHasAnExitCodeForEveryState) {
  EXPECT_EQ(list().code, ExitCode::empty);
  golden("rpki-client.json", "tables/a.json");
  EXPECT_EQ(list({"--max-age", "24h"}).code, ExitCode::fine);
  EXPECT_EQ(list({"--max-age", "86399s"}).code, ExitCode::stale);
  write("tables/notes.txt", "hello\n");
  EXPECT_EQ(list().code, ExitCode::fine) << "something else lying there is no damage";
  write("tables/b.json", "{\"roas\": [{\"asn\": 1, ");
  EXPECT_EQ(list().code, ExitCode::damaged);
  EXPECT_EQ(run({"data", "list", "--data", folder_ + "/absent"}).code, ExitCode::empty);
  EXPECT_EQ(run({"data", "list", "--max-age", "soon"}).code, ExitCode::failure);
}

TEST_F(Data, UpdateFetchesKeepsAndRefuses) {
  golden("rpki-client.json", "mirror/rpki.json");
  Answer answer = update({"vrps"});
  EXPECT_EQ(answer.code, ExitCode::fine) << answer.err;
  EXPECT_EQ(answer.out, "fetched    rpki                   rpki.json: 4 vrps all, 1 aspas all\n");
  EXPECT_EQ(update({"rpki"}).out, "unchanged  rpki                   rpki.json\n");
  EXPECT_EQ(list().code, ExitCode::fine);

  write("mirror/rpki.json", "<html>moved</html>");
  std::filesystem::last_write_time(folder_ + "/mirror/rpki.json",
                                   std::filesystem::file_time_type::clock::now() + std::chrono::hours(1));
  answer = update({"rpki"});
  EXPECT_EQ(answer.code, ExitCode::refused);
  EXPECT_NE(answer.err.find("kept the old rpki.json"), std::string::npos) << answer.err;
  EXPECT_EQ(list().code, ExitCode::fine);

  std::filesystem::remove(folder_ + "/mirror/rpki.json");
  answer = update({"rpki", "names"});
  EXPECT_EQ(answer.code, ExitCode::failure);
  EXPECT_NE(answer.err.find("kept the old rpki.json"), std::string::npos) << answer.err;
  EXPECT_NE(answer.err.find("there is none yet"), std::string::npos) << answer.err;
}

TEST_F(Data, UpdateTakesAListOfOnesOwn) {
  golden("as-names.txt", "mirror/names.txt");
  write("sources.yaml", "version: 1\nsources:\n  - {name: ours, kind: names, url: \"file://" + folder_ +
                            "/mirror/names.txt\", file: ours.txt}\n");
  const Answer answer = run({"data", "update", "--data", folder_ + "/tables", "--sources", folder_ + "/sources.yaml"});
  EXPECT_EQ(answer.code, ExitCode::fine) << answer.err;
  EXPECT_EQ(answer.out, "fetched    ours                   ours.txt: 3 names as-names\n");
  write("sources.yaml", "version: 1\nsources:\n  - {name: ours, kind: names, adress: x}\n");
  EXPECT_EQ(run({"data", "update", "--sources", folder_ + "/sources.yaml"}).code, ExitCode::failure);
  EXPECT_EQ(update({"no-such-source"}).code, ExitCode::failure);
  EXPECT_NE(run({"data", "update", "--list"}).out.find("tried: never"), std::string::npos);
  EXPECT_EQ(run({"data", "eat"}).code, ExitCode::failure);
}

struct Attempt {
  std::expected<LoadedWorld, ExitCode> loaded;
  std::string err;
};
Attempt load(const WorldOptions& options) {
  Attempt attempt{std::unexpected(ExitCode::failure), {}};
  Output err(attempt.err);
  attempt.loaded = load_world(options, "check", err);
  return attempt;
}

TEST_F(Data, LoadWorldSaysWhatWasWrongAndHowOldItIs) {
  golden("rpki-client.json", "tables/rpki-client.json");
  WorldOptions options;
  options.data = folder_ + "/tables";
  options.now = parse_instant("2025-07-21T10:01:43Z");
  options.max_age = hours(24);
  ASSERT_TRUE(load(options).loaded);
  EXPECT_EQ(load(options).loaded->code, ExitCode::fine);
  options.max_age = hours(23);
  EXPECT_EQ(load(options).loaded->code, ExitCode::stale);
  EXPECT_NE(load(options).err.find("more than --max-age allows"), std::string::npos);

  options.table_time = "now";
  options.now = parse_instant("2026-01-01");
  EXPECT_EQ(load(options).loaded->world->vrps, nullptr) << "all expired: the file is refused, its VRPs unknown";
  options.table_time = "own";
  EXPECT_NE(load(options).loaded->world->vrps, nullptr);

  options.rpki = {"rtr://127.0.0.1:1"};
  EXPECT_EQ(load(options).loaded.error(), ExitCode::failure);
  EXPECT_NE(load(options).err.find("no connection"), std::string::npos) << load(options).err;
  write("empty.json", "{\"roas\": []}");
  options.rpki = {folder_ + "/empty.json"};
  EXPECT_EQ(load(options).loaded.error(), ExitCode::refused);
  options.rpki = {"file://" + folder_ + "/tables/rpki-client.json"};
  ASSERT_TRUE(load(options).loaded) << load(options).err;

  const std::shared_ptr<const World> kept = load(options).loaded->world;
  const World& world = *kept;
  EXPECT_EQ(warn_apart_from_routes(world, *parse_instant("2025-07-25")), std::nullopt);
  EXPECT_TRUE(warn_apart_from_routes(world, *parse_instant("2025-07-01")));
  EXPECT_TRUE(warn_apart_from_routes(world, *parse_instant("2025-08-01")));
}

}  // namespace
}  // namespace fairway
