#include <gtest/gtest.h>

#include "apps/fairway/answer_for_tests.h"
#include "shell/config/folder_for_tests.h"

namespace fairway {
namespace {

TEST(NotifyTest, SendsOneOfEachAndSaysWhatBecameOfIt) {
  const Folder folder;
  const std::string log = folder / "log";
  const std::string config = folder.write(
      "fairway.yaml",
      "notify:\n  command:\n    - {name: good, command: [/bin/sh, -c, 'echo $FAIRWAY_TRANSITION $FAIRWAY_TEST >>" +
          log + "']}\n    - {name: bad, command: [/bin/sh, -c, 'echo broken >&2; exit 1']}\n");
  const Answer all = run({"notify", "test", "--config", config});
  EXPECT_EQ(all.code, ExitCode::negative);
  EXPECT_EQ(all.out,
            "good             open    sent\n"
            "good             update  sent\n"
            "good             clear   sent\n"
            "bad              open    failed: /bin/sh: exit code 1: broken\n"
            "bad              update  not tried\n"
            "bad              clear   not tried\n");
  EXPECT_EQ(folder.read("log"), "open true\nupdate true\nclear true\n");
  const Answer one = run({"notify", "test", "--config", config, "--channel", "good", "--format", "json"});
  EXPECT_EQ(one.code, ExitCode::fine);
  EXPECT_NE(one.out.find(R"({"version": 1, "channel": "good", "transition": "open", "id": "7e57)"), std::string::npos)
      << one.out;
}

TEST(NotifyTest, SaysWhatIsWrongWithTheConfiguration) {
  const Folder folder;
  const std::string config = folder.write("fairway.yaml", "notify:\n  slak: [{name: a}]\n");
  const Answer wrong = run({"notify", "test", "--config", config});
  EXPECT_EQ(wrong.code, ExitCode::failure);
  EXPECT_NE(wrong.err.find("line 2, column 3: unknown key 'slak'; did you mean 'slack'?"), std::string::npos)
      << wrong.err;
  const std::string none = folder.write("none.yaml", "notify: {groups: []}\n");
  EXPECT_EQ(run({"notify", "test", "--config", none}).code, ExitCode::empty);
  const std::string some = folder.write("some.yaml", "notify: {command: {name: a, command: [true]}}\n");
  EXPECT_EQ(run({"notify", "test", "--config", some, "--channel", "b"}).code, ExitCode::failure);
}

}  // namespace
}  // namespace fairway
