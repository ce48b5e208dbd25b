#include "shell/daemon/configuration.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace fairway::daemon {
namespace {

std::string read_text(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

class ConfigurationTest : public testing::Test {
 protected:
  ConfigurationTest() {
    char name[] = "/tmp/fairway-configuration-XXXXXX";
    folder_ = ::mkdtemp(name);
  }
  ~ConfigurationTest() override { std::filesystem::remove_all(folder_); }

  Result<Configuration> load(const std::string& text) {
    std::ofstream(folder_ + "/fairway.yaml") << text;
    return load_configuration(folder_ + "/fairway.yaml");
  }
  std::string refusal(const std::string& text) {
    const auto loaded = load(text);
    return loaded ? "" : loaded.error().text;
  }

  std::string folder_;
};

TEST_F(ConfigurationTest, TheExampleIsRead) {
  const auto loaded = load(config::example(configuration_schema()));
  ASSERT_TRUE(loaded) << loaded.error().text;
  EXPECT_EQ(loaded->network, folder_ + "/network.yaml") << "relative files stand beside the configuration";
  EXPECT_EQ(loaded->data, "/var/lib/fairway");
  EXPECT_EQ(loaded->rpki, std::vector<std::string>{"rtr://192.0.2.53:323"});
  EXPECT_EQ(loaded->bmp->listen, std::vector<std::string>{"[::]:1790"});
  EXPECT_TRUE(loaded->ris_live_own);
  EXPECT_EQ(loaded->rtr->listen, "[::]:323");
  EXPECT_FALSE(loaded->notify.channels.empty());
}

TEST_F(ConfigurationTest, SaysWhatIsWrongAndWhere) {
  EXPECT_NE(refusal("version: 1\nbpm: {}\n").find("line 2, column 1: unknown key 'bpm'; did you mean 'bmp'?"),
            std::string::npos)
      << refusal("version: 1\nbpm: {}\n");
  EXPECT_NE(refusal("version: 2\n").find("this is version 2"), std::string::npos);
  EXPECT_NE(refusal("version: 1\nris_live: {}\n").find("`network` is not there"), std::string::npos);
  EXPECT_NE(refusal("version: 1\nris_live: {prefixes: [10.0.0.0]}\n").find(""), std::string::npos);
  EXPECT_NE(refusal("version: 1\nnetwork: n\nris_live: {prefixes: [mine]}\n").find("'mine' is no prefix"),
            std::string::npos);
  EXPECT_NE(refusal("version: 1\ndata: /var/lib/fairway\nstore: /var/lib/fairway/a.db\n").find("must not lie in"),
            std::string::npos);
  EXPECT_NE(refusal("version: 1\nhold: soon\n").find("line 2"), std::string::npos);
  EXPECT_FALSE(load_configuration(folder_ + "/none.yaml"));
}

TEST_F(ConfigurationTest, ThePageIsThatOfTheDeclarations) {
  const std::string page = read_text(FAIRWAY_SOURCE_DIR "/docs/formats/fairway.md");
  EXPECT_NE(page.find(config::reference(configuration_schema())), std::string::npos)
      << "docs/formats/fairway.md should hold these tables:\n\n"
      << config::reference(configuration_schema());
}

}  // namespace
}  // namespace fairway::daemon
