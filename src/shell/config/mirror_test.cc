#include "shell/config/mirror.h"

#include <gtest/gtest.h>
#include <isa-l/igzip_lib.h>

#include <map>

#include "shell/config/folder_for_tests.h"
#include "shell/config/table_file.h"
#include "shell/feed/http_server_for_tests.h"
#include "shell/feed/signature.h"
#include "shell/feed/signer_for_tests.h"

namespace fairway::config {
namespace {

const std::string kSession = "ca128382-78d9-41d1-8927-1ecef15275be";
const std::string kOther = "ca128382-78d9-41d1-8927-1ecef15275bf";

std::string route(int number, const std::string& descr = "a route") {
  return "route: 192.0." + std::to_string(number) + ".0/24\ndescr: " + descr + "\norigin: AS64500\nsource: EXAMPLE\n";
}
std::string json(std::string text) {
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) text.replace(at, 1, "\\n");
  return "\"" + text + "\"";
}

std::string gzip(std::string_view text) {
  std::string packed(text.size() + 1000, '\0');
  isal_zstream stream;
  isal_deflate_stateless_init(&stream);
  stream.gzip_flag = IGZIP_GZIP;
  stream.end_of_stream = 1;
  stream.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<std::uint32_t>(text.size());
  stream.next_out = reinterpret_cast<std::uint8_t*>(packed.data());
  stream.avail_out = static_cast<std::uint32_t>(packed.size());
  EXPECT_EQ(isal_deflate_stateless(&stream), COMP_OK);
  packed.resize(stream.total_out);
  return packed;
}

// A registry that publishes by NRTM version 4.
class Publisher {
 public:
  std::string source = "EXAMPLE", session = kSession, time = "2026-06-01T12:00:00Z", next_key;
  std::map<std::string, std::string> files;  // by path
  std::string snapshot;                      // its reference
  std::vector<std::string> deltas;
  std::uint64_t version = 0;
  const Signer* signer = nullptr;

  std::string header(const std::string& type, std::uint64_t of) const {
    return "\x1E{\"nrtm_version\": 4, \"type\": \"" + type + "\", \"source\": \"" + source + "\", \"session_id\": \"" +
           session + "\", \"version\": " + std::to_string(of) + "}\n";
  }
  std::string keep(const std::string& name, std::uint64_t of, const std::string& content) {
    files["/" + session + "/" + name] = content;
    return "{\"version\": " + std::to_string(of) + ", \"url\": \"" + session + "/" + name + "\", \"hash\": \"" +
           sha256(as_bytes(content)) + "\"}";
  }
  void publish_snapshot(const std::vector<std::string>& objects) {
    std::string text = header("snapshot", std::max<std::uint64_t>(version, 1));
    for (const std::string& object : objects) text += "\x1E{\"object\": " + json(object) + "}\n";
    version = std::max<std::uint64_t>(version, 1);
    snapshot = keep("snapshot." + std::to_string(version) + ".json.gz", version, gzip(text));
  }
  static std::string added(const std::string& object) {
    return "\x1E{\"action\": \"add_modify\", \"object\": " + json(object) + "}\n";
  }
  static std::string deleted(int number) {
    return "\x1E{\"action\": \"delete\", \"object_class\": \"route\", \"primary_key\": \"192.0." +
           std::to_string(number) + ".0/24as64500\"}\n";
  }
  void publish_delta(const std::string& changes) {
    ++version;
    deltas.push_back(keep("delta." + std::to_string(version) + ".json", version, header("delta", version) + changes));
  }
  std::string notification() const {
    std::string text = R"({"nrtm_version": 4, "timestamp": ")" + time + R"(", "type": "notification", "source": ")" +
                       source + R"(", "session_id": ")" + session + R"(", "version": )" + std::to_string(version) +
                       ", \"snapshot\": " + snapshot + ", \"deltas\": [";
    for (const std::string& delta : deltas) text += (text.ends_with('[') ? "" : ", ") + delta;
    text += "]";
    if (!next_key.empty()) text += ", \"next_signing_key\": " + json(next_key);
    return signer->sign(text + "}");
  }
  HttpServer::Answer answer(const std::string& path) const {
    if (path == "/update-notification-file.jose") return HttpServer::ok(notification());
    const auto found = files.find(path);
    return found == files.end() ? HttpServer::status("404 Not Found") : HttpServer::ok(found->second);
  }
};

class Mirror4 : public testing::Test {
 protected:
  Mirror4() {
    publisher_.signer = &signer_;
    publisher_.publish_snapshot({route(1), route(2), route(3), route(4), route(5), route(6)});
    source_.registry = "EXAMPLE";
    source_.file = "example.db";
    source_.nrtm4 = server_.url("/update-notification-file.jose");
    source_.key = signer_.public_pem();
    options_.directory = folder_.path();
    options_.now = *parse_instant("2026-06-01T13:00:00Z");
  }
  Result<MirrorOutcome> run() { return mirror(source_, options_); }
  // It is refused so, and nothing changed.
  void refused(std::string_view why, ErrorKind kind = ErrorKind::refused) {
    const std::string before = folder_.read("example.db"), journal = folder_.read(".example.db.journal");
    const auto outcome = run();
    ASSERT_FALSE(outcome) << why;
    EXPECT_EQ(outcome.error().kind, kind) << outcome.error().text;
    EXPECT_NE(outcome.error().text.find(why), std::string::npos) << outcome.error().text;
    EXPECT_EQ(folder_.read("example.db"), before);
    EXPECT_EQ(folder_.read(".example.db.journal"), journal);
  }
  std::string dump() const { return folder_.read("example.db"); }

  Folder folder_;
  Signer signer_;
  Publisher publisher_;
  HttpServer server_{[this](const HttpServer::Request& request) { return publisher_.answer(request.path); }};
  MirrorSource source_;
  MirrorOptions options_;
};

TEST_F(Mirror4, BeginsFromTheSnapshotAndFollowsTheDeltas) {
  publisher_.publish_delta(Publisher::added(route(7)));
  auto outcome = run();
  ASSERT_TRUE(outcome) << outcome.error().text;
  EXPECT_EQ(outcome->reloaded, "there is no mirror of it yet");
  EXPECT_EQ(outcome->objects, 7u);
  EXPECT_EQ(dump().substr(0, dump().find('\n')), "%MIRROR EXAMPLE nrtm4 serial 2 session " + kSession + " version 2");
  const auto table = read_table_file(folder_ / "example.db", {});
  ASSERT_TRUE(table) << table.error().text;
  EXPECT_EQ(table->parts, (std::vector<TablePart>{{Kind::irr, "EXAMPLE route", 7}})) << "it loads like any dump";

  publisher_.publish_delta(Publisher::deleted(2) + Publisher::added(route(1, "changed")));
  publisher_.publish_delta(Publisher::added(route(2, "again")) + Publisher::deleted(99));
  publisher_.files.erase("/" + kSession + "/snapshot.1.json.gz");
  outcome = run();
  ASSERT_TRUE(outcome) << outcome.error().text;
  EXPECT_EQ(outcome->reloaded, "");
  EXPECT_EQ(outcome->removed, 1u);
  EXPECT_EQ(outcome->replaced, 1u);
  EXPECT_EQ(outcome->added, 1u);
  ASSERT_EQ(outcome->remarks.size(), 1u);
  EXPECT_NE(
      outcome->remarks[0].find("1 objects were to be removed that are not there, the first is route=192.0.99.0/24"),
      std::string::npos)
      << outcome->remarks[0];
  EXPECT_EQ(dump(), "%MIRROR EXAMPLE nrtm4 serial 6 session " + kSession + " version 4\n" + route(1, "changed") + "\n" +
                        route(2, "again") + "\n" + route(3) + "\n" + route(4) + "\n" + route(5) + "\n" + route(6) +
                        "\n" + route(7) + "\n");
  EXPECT_EQ(folder_.read(".example.db.journal"), "%START Version: 3 EXAMPLE 2-6\n\nADD 2\n\n" + route(7) +
                                                     "\nDEL 3\n\n" + route(2) + "\nADD 4\n\n" + route(1, "changed") +
                                                     "\nADD 5\n\n" + route(2, "again") + "\n%END EXAMPLE\n")
      << "what was deleted has its text; what was not there is not told on";
  outcome = run();
  ASSERT_TRUE(outcome) << outcome.error().text;
  EXPECT_TRUE(outcome->unchanged);
}

TEST_F(Mirror4, AGapIsFilledFromTheSnapshot) {
  ASSERT_TRUE(run());
  for (int i = 10; i < 13; ++i) publisher_.publish_delta(Publisher::added(route(i)));
  publisher_.publish_snapshot(
      {route(1), route(2), route(3), route(4), route(5), route(6), route(10), route(11), route(12)});
  publisher_.deltas.erase(publisher_.deltas.begin());
  const auto outcome = run();
  ASSERT_TRUE(outcome) << outcome.error().text;
  EXPECT_EQ(outcome->reloaded, "there is a gap: the deltas do not lead on from version 1");
  EXPECT_EQ(outcome->objects, 9u);
  EXPECT_EQ(folder_.read(".example.db.journal"), "%START Version: 3 EXAMPLE 3-2\n\n%END EXAMPLE\n")
      << "serial 2 is nobody's: whoever mirrors us learns of the gap";
}

TEST_F(Mirror4, ANewSessionBeginsAnew) {
  ASSERT_TRUE(run());
  publisher_.session = kOther;
  publisher_.version = 0;
  publisher_.publish_snapshot({route(1), route(2), route(3), route(4), route(5), route(9)});
  const auto outcome = run();
  ASSERT_TRUE(outcome) << outcome.error().text;
  EXPECT_EQ(outcome->reloaded, "the session changed");
  EXPECT_NE(dump().find("192.0.9.0/24"), std::string::npos);
  EXPECT_EQ(dump().find("192.0.6.0/24"), std::string::npos);
}

TEST_F(Mirror4, WhatIsNotProvenIsRefused) {
  const Signer stranger;
  publisher_.signer = &stranger;
  refused("the signature of the notification file is not of the key");
  EXPECT_FALSE(folder_.has("example.db"));
  publisher_.signer = &signer_;
  ASSERT_TRUE(run());
  publisher_.publish_delta(Publisher::added(route(7)));
  publisher_.signer = &stranger;
  refused("the signature of the notification file is not of the key");
  publisher_.signer = &signer_;
  const std::string path = "/" + kSession + "/delta.2.json", delta = publisher_.files[path];
  publisher_.files[path] = delta + Publisher::added(route(8));
  refused("delta 2: its hash is not the one that the notification file tells");
  publisher_.files[path] = delta.substr(0, delta.size() - 5);
  refused("delta 2: its hash");
  publisher_.files.erase(path);
  refused("there is nothing at this address", ErrorKind::not_found);
  publisher_.files[path] = delta;
  ASSERT_TRUE(run());
}

TEST_F(Mirror4, WhatTheServerPublishesWronglyIsRefused) {
  ASSERT_TRUE(run());
  // Signed and hashed as it should be, but of another session, version, or cut off.
  const auto with_delta = [&](const std::string& content) {
    publisher_.deltas = {publisher_.keep("delta.2.json", 2, content)};
    publisher_.version = 2;
  };
  const std::string good = publisher_.header("delta", 2) + Publisher::added(route(7));
  publisher_.session = kOther;
  const std::string other = publisher_.header("delta", 2);
  publisher_.session = kSession;
  with_delta(other + Publisher::added(route(7)));
  refused("delta 2: its header says session '" + kOther);
  with_delta(publisher_.header("delta", 3) + Publisher::added(route(7)));
  refused("delta 2: its header says version '3'");
  with_delta(good.substr(0, good.size() - 10));
  refused("delta 2: record 2 is no JSON object", ErrorKind::malformed);
  with_delta(publisher_.header("delta", 2));
  refused("delta 2: the delta holds no change", ErrorKind::malformed);
  publisher_.deltas = {publisher_.keep("delta.9.json", 9, good)};
  publisher_.version = 9;
  refused("hole between its snapshot and its deltas", ErrorKind::malformed);
}

TEST_F(Mirror4, RollbacksAndStaleFilesAreRefused) {
  publisher_.publish_delta(Publisher::added(route(7)));
  publisher_.publish_delta(Publisher::added(route(8)));
  ASSERT_TRUE(run());
  const auto deltas = publisher_.deltas;
  publisher_.deltas.pop_back();
  publisher_.version = 2;
  refused("is a rollback: it says version 2, and we have 3 (one behind: a cache, perhaps)");
  publisher_.deltas.clear();
  publisher_.version = 1;
  refused("is a rollback: it says version 1, and we have 3 of the same session");
  publisher_.deltas = deltas;
  publisher_.version = 3;
  publisher_.session = kOther;
  publisher_.time = "2026-06-01T11:00:00Z";
  refused("is a rollback: it is of another session, and older");
  publisher_.session = kSession;
  options_.now = *parse_instant("2026-06-02T12:00:00Z");
  refused("is stale: it was made on 2026-06-01T11:00:00Z");
  options_.now = *parse_instant("2026-06-01T13:00:00Z");
  publisher_.snapshot = publisher_.keep("snapshot.1.json.gz", 1, gzip(publisher_.header("snapshot", 1)));
  refused("has another hash for snapshot 1 than before");
  publisher_.source = "OTHER";
  refused("is of source OTHER, not of EXAMPLE");
}

TEST_F(Mirror4, KeysAreRotated) {
  ASSERT_TRUE(run());
  const Signer next("Ed25519");
  publisher_.next_key = next.public_pem();
  ASSERT_TRUE(run()->unchanged) << "only the next key is new";
  publisher_.next_key.clear();
  publisher_.signer = &next;
  publisher_.publish_delta(Publisher::added(route(7)));
  const auto outcome = run();
  ASSERT_TRUE(outcome) << outcome.error().text;
  ASSERT_EQ(outcome->remarks.size(), 1u);
  EXPECT_NE(outcome->remarks[0].find("rotated"), std::string::npos);
  publisher_.publish_delta(Publisher::added(route(8)));
  ASSERT_TRUE(run());
  publisher_.signer = &signer_;
  refused("signed by the configured key, which had been rotated away");
  // The operator decides.
  publisher_.signer = &next;
  source_.key = next.public_pem();
  ASSERT_TRUE(run());
  publisher_.publish_delta(Publisher::added(route(9)));
  ASSERT_TRUE(run());
  EXPECT_NE(dump().find("192.0.9.0/24"), std::string::npos);
}

TEST_F(Mirror4, ADumpDoesNotShrinkByItself) {
  ASSERT_TRUE(run());
  publisher_.publish_delta(Publisher::deleted(1) + Publisher::deleted(2));
  refused("it would shrink from 6 to 4 objects: --force takes it nevertheless");
  options_.force = true;
  publisher_.publish_snapshot({route(3), route(4), route(5), route(6)});
  const auto outcome = run();
  ASSERT_TRUE(outcome) << outcome.error().text;
  EXPECT_EQ(outcome->objects, 4u);
  options_.force = false;
  EXPECT_TRUE(run()->unchanged);
}

TEST_F(Mirror4, ADumpThatIsNotOursIsReplaced) {
  ASSERT_TRUE(run());
  folder_.write("example.db", route(1) + "\n" + route(2));
  const auto outcome = run();
  ASSERT_TRUE(outcome) << outcome.error().text;
  EXPECT_EQ(outcome->reloaded, "there is no mirror of it yet");
  EXPECT_EQ(outcome->objects, 6u);
}

TEST_F(Mirror4, NothingButHttpsAndFilesIsAsked) {
  for (const char* url :
       {"http://example.net/update-notification-file.jose", "ftp://example.net/x", "http://127.0.0.1.example.net/"}) {
    source_.nrtm4 = url;
    const auto outcome = run();
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, ErrorKind::usage) << outcome.error().text;
  }
}

TEST_F(Mirror4, ReadsFromAFolder) {
  const Folder published;
  std::filesystem::create_directory(published / kSession);
  for (const auto& [path, content] : publisher_.files) published.write(path.substr(1), content);
  published.write("update-notification-file.jose", publisher_.notification());
  source_.nrtm4 = "file://" + (published / "update-notification-file.jose");
  source_.key = published.write("key.pem", signer_.public_pem());
  const auto outcome = run();
  ASSERT_TRUE(outcome) << outcome.error().text;
  EXPECT_EQ(outcome->objects, 6u);
}

}  // namespace
}  // namespace fairway::config
