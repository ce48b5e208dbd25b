// fairway data mirror against our own whois server, over the loopback: NRTM version 3, from one to the next.
#include <gtest/gtest.h>

#include <thread>

#include "apps/fairway/answer_for_tests.h"
#include "core/tables/irr.h"
#include "shell/config/folder_for_tests.h"
#include "shell/config/mirror.h"
#include "shell/serve/whois.h"

namespace fairway {
namespace {

using nrtm::Change;

std::string route(int number, const std::string& descr = "a route") {
  return "route: 192.0." + std::to_string(number) + ".0/24\ndescr: " + descr + "\norigin: AS64500\nsource: RADB\n";
}
Change add(std::uint64_t serial, const std::string& object) { return {Change::Action::add, serial, object, {}}; }
Change remove(std::uint64_t serial, const std::string& object) { return {Change::Action::remove, serial, object, {}}; }

// A whois server that lets RADB be mirrored, until it goes.
class Upstream {
 public:
  explicit Upstream(std::optional<nrtm::Journal> journal) {
    World world;
    world.irr =
        std::make_shared<const IrrTable>(IrrTable::build({{*parse_prefix("192.0.1.0/24"), Asn{64500}, 0}}, {"RADB"}));
    auto registry = std::make_shared<whois::Registry>(whois::Registry::of(std::move(world)));
    if (journal) registry->journals.push_back(*std::move(journal));
    auto server = serve::WhoisServer::open(std::move(registry), {.listen = "127.0.0.1:0"});
    EXPECT_TRUE(server) << server.error().text;
    server_ = *std::move(server);
    thread_ = std::thread([this] { server_->run(false); });
  }
  ~Upstream() {
    server_->stop();
    thread_.join();
  }
  std::string address() const { return server_->address(); }

 private:
  std::unique_ptr<serve::WhoisServer> server_;
  std::thread thread_;
};

nrtm::Journal journal(std::uint64_t begin, const std::vector<Change>& changes, std::uint64_t last) {
  nrtm::Journal journal("RADB", begin);
  journal.append(changes, last);
  return journal;
}

class Mirror3 : public testing::Test {
 protected:
  Mirror3() {
    std::string dump = "# a dump\n\n";
    for (int i = 1; i <= 9; ++i) dump += route(i) + "\n";
    dump_ = source_.write("radb.db", dump);
  }
  Answer run_mirror(const Upstream& upstream, std::vector<std::string> more = {}) {
    std::vector<std::string> all = {"data", "mirror", "radb", "--nrtm", upstream.address(), "--data", folder_.path()};
    all.insert(all.end(), more.begin(), more.end());
    return run(all);
  }
  Answer begin(const Upstream& upstream) { return run_mirror(upstream, {"--dump", dump_, "--serial", "10"}); }
  std::string head() const {
    const std::string text = folder_.read("radb.db");
    return text.substr(0, text.find('\n'));
  }

  Folder source_, folder_;
  std::string dump_;
};

TEST_F(Mirror3, BeginsFromADumpAndFollows) {
  std::vector<Change> changes = {add(11, route(20)), remove(12, route(1)), add(15, route(2, "changed"))};
  {
    const Upstream upstream(journal(8, changes, 15));
    const Answer answer = begin(upstream);
    EXPECT_EQ(
        answer.out,
        "mirrored   RADB                   radb.db: serial 15, 9 objects, loaded anew: there is no mirror of it yet\n");
    EXPECT_EQ(answer.err, "fairway data mirror: RADB: the server leaves 2 serials out of its answer\n");
    EXPECT_EQ(answer.code, ExitCode::fine);
    EXPECT_EQ(head(), "%MIRROR RADB nrtm3 serial 15");
    EXPECT_EQ(run_mirror(upstream).out, "unchanged  RADB                   radb.db: serial 15\n");
  }
  changes.push_back(remove(16, route(20)));
  changes.push_back(add(17, route(21)));
  changes.push_back(remove(18, route(99)));
  const Upstream upstream(journal(8, changes, 18));
  const Answer answer = run_mirror(upstream);
  EXPECT_EQ(answer.out,
            "mirrored   RADB                   radb.db: serial 18, 9 objects: 1 added, 0 replaced, 1 removed\n");
  EXPECT_NE(answer.err.find("1 objects were to be removed that are not there, the first is route=192.0.99.0/24AS64500"),
            std::string::npos)
      << answer.err;
  const Answer expanded = run({"expand", "-4", "-J", "-p", "--data", folder_.path(), "-l", "x", "AS64500"});
  EXPECT_EQ(expanded.code, ExitCode::fine) << expanded.err;
  EXPECT_NE(expanded.out.find("192.0.21.0/24"), std::string::npos) << expanded.out;
  EXPECT_EQ(expanded.out.find("192.0.20.0/24"), std::string::npos);
}

TEST_F(Mirror3, AMirrorCanBeMirrored) {
  const Upstream first(journal(8, {add(11, route(20)), remove(12, route(1))}, 12));
  ASSERT_EQ(begin(first).code, ExitCode::fine);
  std::vector<std::string> warnings;
  auto journals = config::journals_in(folder_.path(), warnings);
  EXPECT_TRUE(warnings.empty());
  ASSERT_EQ(journals.size(), 1u);
  EXPECT_EQ(journals[0].serials(), (nrtm::SerialRange{11, 12}));
  const Upstream second(journals[0]);
  const Folder other;
  const Answer answer = run({"data", "mirror", "RADB", "--nrtm", second.address(), "--data", other.path(), "--dump",
                             dump_, "--serial", source_.write("RADB.CURRENTSERIAL", "10\n")});
  EXPECT_EQ(answer.code, ExitCode::fine) << answer.err;
  EXPECT_EQ(other.read("radb.db"), folder_.read("radb.db"));
}

TEST_F(Mirror3, AListOfSourcesCanHaveMirrors) {
  const Upstream upstream(journal(10, {add(11, route(20))}, 11));
  const std::string list = source_.write(
      "sources.yaml", "version: 1\nsources:\n  - {name: ours, kind: irr, url: \"file://" + dump_ +
                          "\", serial: \"10\", nrtm: \"" + upstream.address() + "\", registry: radb, file: radb.db}\n");
  const auto update = [&] { return run({"data", "update", "--sources", list, "--data", folder_.path()}); };
  EXPECT_EQ(
      update().out,
      "mirrored   ours                   radb.db: serial 11, 10 objects, loaded anew: there is no mirror of it yet\n");
  EXPECT_EQ(update().out, "unchanged  ours                   radb.db: serial 11\n");
  for (const char* wrong : {"nrtm: x", "nrtm4: \"https://x/y\"", "key: x", "registry: X", "nrtm: x, serial: \"1\""}) {
    source_.write("sources.yaml", std::string("version: 1\nsources:\n  - {name: ours, kind: irr, url: \"file:///x\", "
                                              "file: x.db, ") +
                                      wrong + "}\n");
    EXPECT_EQ(update().code, ExitCode::failure) << wrong;
  }
}

TEST_F(Mirror3, AGapIsToldAndFilledFromTheDump) {
  {
    const Upstream upstream(journal(10, {add(11, route(20))}, 11));
    ASSERT_EQ(begin(upstream).code, ExitCode::fine);
  }
  const std::string before = folder_.read("radb.db");
  const Upstream upstream(journal(20, {add(21, route(21))}, 21));
  Answer answer = run_mirror(upstream);
  EXPECT_EQ(answer.code, ExitCode::refused);
  EXPECT_EQ(
      answer.err,
      "refused    RADB                   there is a gap: we have serial 11, and the server's changes begin with 21; to "
      "begin from, a whole dump and its serial are needed; kept the old radb.db\n");
  EXPECT_EQ(folder_.read("radb.db"), before);
  answer = run_mirror(upstream, {"--dump", dump_, "--serial", "20"});
  EXPECT_EQ(answer.code, ExitCode::fine) << answer.err;
  EXPECT_NE(answer.out.find("10 objects, loaded anew: there is a gap"), std::string::npos) << answer.out;
  EXPECT_EQ(head(), "%MIRROR RADB nrtm3 serial 21");
}

TEST_F(Mirror3, ARollbackIsRefused) {
  {
    const Upstream upstream(journal(10, {add(11, route(20))}, 11));
    ASSERT_EQ(begin(upstream).code, ExitCode::fine);
  }
  const Upstream upstream(journal(1, {add(5, route(21))}, 5));
  const Answer answer = run_mirror(upstream);
  EXPECT_EQ(answer.code, ExitCode::refused);
  EXPECT_NE(answer.err.find("the server is at serial 5, behind ours (11)"), std::string::npos) << answer.err;
}

TEST_F(Mirror3, WhatCannotBeMirroredSaysWhy) {
  const Upstream closed(std::nullopt);
  Answer answer = begin(closed);
  EXPECT_EQ(answer.code, ExitCode::refused);
  EXPECT_NE(answer.err.find("the server does not let RADB be mirrored; there is none yet"), std::string::npos)
      << answer.err;
  const Upstream open(journal(10, {add(11, route(20))}, 11));
  answer = run({"data", "mirror", "OTHER", "--nrtm", open.address(), "--data", folder_.path(), "--dump", dump_,
                "--serial", "1"});
  EXPECT_EQ(answer.code, ExitCode::refused);
  EXPECT_NE(answer.err.find("the server says: ERROR:403: unknown source OTHER"), std::string::npos) << answer.err;
  answer = run_mirror(open, {"--dump", dump_, "--serial", "5"});
  EXPECT_EQ(answer.code, ExitCode::refused) << "a dump that is too old for the journal";
  EXPECT_NE(answer.err.find("Not within 11-11"), std::string::npos) << answer.err;
  EXPECT_EQ(folder_.size(), 0u);
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"data", "mirror", "RADB"},
        {"data", "mirror", "RADB", "--nrtm", "x", "--nrtm4", "https://x/"},
        {"data", "mirror", "RADB", "--nrtm4", "https://x/"},
        {"data", "mirror", "RADB", "--nrtm", "x", "--file", "../radb.db"}}) {
    EXPECT_EQ(run(arguments).code, ExitCode::failure);
  }
}

}  // namespace
}  // namespace fairway
