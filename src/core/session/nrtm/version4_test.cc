#include "core/session/nrtm/version4.h"

#include <gtest/gtest.h>

#include "core/session/nrtm/jws.h"
#include "core/session/nrtm/notification.h"

namespace fairway::nrtm {
namespace {

const std::string kSession = "ca128382-78d9-41d1-8927-1ecef15275be";
const std::string kOther = "00000000-78d9-41d1-8927-1ecef15275be";

std::string hash(char digit) { return std::string(64, digit); }
std::string file(std::uint64_t version, char digit, const std::string& url = "a/b.json") {
  return R"({"version": )" + std::to_string(version) + R"(, "url": ")" + url + R"(", "hash": ")" + hash(digit) + "\"}";
}
std::string notification(std::uint64_t version, const std::string& snapshot, const std::string& deltas,
                         const std::string& more = "") {
  return R"({"nrtm_version": 4, "timestamp": "2026-06-01T12:00:00Z", "type": "notification", "source": "EXAMPLE", )"
         R"("session_id": ")" +
         kSession + R"(", "version": )" + std::to_string(version) + R"(, "snapshot": )" + snapshot +
         R"(, "deltas": [)" + deltas + "]" + more + "}";
}
const std::string kWhole = notification(4, file(3, 'A'), file(2, 'b') + "," + file(3, 'c') + "," + file(4, 'd'),
                                        R"(, "next_signing_key": "KEY", "metadata": {"host": "x"})");

TEST(Notification, IsRead) {
  const auto read = parse_notification(kWhole);
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->source, "EXAMPLE");
  EXPECT_EQ(read->session, kSession);
  EXPECT_EQ(read->version, 4u);
  EXPECT_EQ(read->timestamp, parse_instant("2026-06-01T12:00:00Z"));
  EXPECT_EQ(read->snapshot, (FileReference{3, "a/b.json", hash('a')}));
  ASSERT_EQ(read->deltas.size(), 3u);
  EXPECT_EQ(read->deltas[2].version, 4u);
  EXPECT_EQ(read->next_signing_key, "KEY");
  EXPECT_EQ(address_of("https://example.com/nrtm/update-notification-file.jose", read->snapshot),
            "https://example.com/nrtm/a/b.json");
}

TEST(Notification, WhatTheRulesForbidIsRefused) {
  const auto with = [](std::string_view from, std::string_view to) {
    std::string text = kWhole;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
  };
  const std::pair<std::string, std::string_view> cases[] = {
      {"", "no JSON object"},
      {"[1]", "no JSON object"},
      {with("\"nrtm_version\": 4", "\"nrtm_version\": 3"), "NRTM version 4"},
      {with("notification", "snapshot"), "another type"},
      {with("EXAMPLE", ""), "no source"},
      {with(kSession, "x"), "no session"},
      {with("\"version\": 4, \"snapshot\"", "\"version\": -4, \"snapshot\""), "no version"},
      {with("2026-06-01T12:00:00Z", "yesterday"), "no timestamp"},
      {with("2026-06-01T12:00:00Z", "1780000000"), "no timestamp"},
      {with("\"snapshot\"", "\"snap\""), "no snapshot"},
      {with(hash('A'), "12"), "no snapshot"},
      {with("a/b.json", "https://evil.example/b"), "no snapshot"},
      {with("a/b.json", "/b"), "no snapshot"},
      {with("a/b.json", "a/../../b"), "no snapshot"},
      {with("a/b.json", "a/%2e%2e/b"), "no snapshot"},
      {notification(4, file(3, 'a'), file(2, 'b') + "," + file(4, 'd')), "hole between its deltas, behind version 2"},
      {notification(3, file(3, 'a'), file(3, 'b') + "," + file(3, 'd')), "hole between its deltas"},
      {notification(4, file(3, 'a'), file(3, 'b')), "its files reach to 3"},
      {notification(6, file(3, 'a'), file(5, 'b') + "," + file(6, 'c')), "hole between its snapshot"},
      {notification(4, file(4, 'a'), "{}"), "a delta"},
  };
  for (const auto& [text, why] : cases) {
    const auto read = parse_notification(text);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().kind, ErrorKind::malformed);
    EXPECT_NE(read.error().text.find(why), std::string::npos) << read.error().text << "\n" << text;
  }
}

const Instant kNow = *parse_instant("2026-06-01T13:00:00Z");

Position at(std::uint64_t version, const std::string& session = kSession) {
  return {"EXAMPLE", 4, 1, session, version};
}
std::vector<std::uint64_t> versions(const Plan& plan) {
  std::vector<std::uint64_t> all;
  for (const FileReference& delta : plan.deltas) all.push_back(delta.version);
  return all;
}

TEST(Plan, FetchesWhatIsMissing) {
  const Notification next = *parse_notification(kWhole);
  const auto ask = [&](std::optional<Position> position) { return *plan(next, "example", position, {}, kNow); };
  EXPECT_EQ(ask({}).reload, "there is no mirror of it yet");
  EXPECT_EQ(versions(ask({})), std::vector<std::uint64_t>{4}) << "the snapshot is of version 3";
  EXPECT_EQ(ask(at(1)).reload, "");
  EXPECT_EQ(versions(ask(at(1))), (std::vector<std::uint64_t>{2, 3, 4}));
  EXPECT_EQ(versions(ask(at(3))), std::vector<std::uint64_t>{4});
  EXPECT_EQ(versions(ask(at(4))), std::vector<std::uint64_t>{});
  EXPECT_EQ(ask(at(4)).reload, "");
  EXPECT_EQ(ask(at(9, kOther)).reload, "the session changed");
  const Notification jump = *parse_notification(notification(9, file(9, 'a'), file(8, 'b') + "," + file(9, 'c')));
  EXPECT_EQ(plan(jump, "EXAMPLE", at(5), {}, kNow)->reload, "there is a gap: the deltas do not lead on from version 5");
  EXPECT_EQ(versions(*plan(jump, "EXAMPLE", at(5), {}, kNow)), std::vector<std::uint64_t>{});
  const Notification bare = *parse_notification(notification(9, file(9, 'a'), ""));
  EXPECT_NE(plan(bare, "EXAMPLE", at(5), {}, kNow)->reload, "");
  EXPECT_EQ(plan(bare, "EXAMPLE", at(9), {}, kNow)->reload, "");
}

TEST(Plan, RefusesWhatCannotBe) {
  const Notification next = *parse_notification(kWhole);
  const auto why = [](const Result<Plan>& refused) {
    EXPECT_FALSE(refused);
    return refused ? std::string() : refused.error().text;
  };
  EXPECT_EQ(why(plan(next, "OTHER", {}, {}, kNow)), "the notification file is of source EXAMPLE, not of OTHER");
  EXPECT_TRUE(plan(next, "EXAMPLE", {}, {}, next.timestamp + kStale));
  EXPECT_EQ(why(plan(next, "EXAMPLE", {}, {}, next.timestamp + kStale + seconds(1))),
            "the notification file is stale: it was made on 2026-06-01T12:00:00Z");
  EXPECT_NE(why(plan(next, "EXAMPLE", at(5), {}, kNow)).find("one behind: a cache, perhaps"), std::string::npos);
  EXPECT_NE(why(plan(next, "EXAMPLE", at(50), {}, kNow)).find("version 4, and we have 50 of the same session"),
            std::string::npos);
  Notification last = next;
  last.deltas[1].hash = hash('e');
  EXPECT_NE(why(plan(next, "EXAMPLE", at(4), last, kNow)).find("another hash for delta 3 than before"),
            std::string::npos);
  last = next;
  last.snapshot.hash = hash('e');
  EXPECT_NE(why(plan(next, "EXAMPLE", at(4), last, kNow)).find("another hash for snapshot 3"), std::string::npos);
  last = next;
  last.session = kOther;
  last.timestamp = next.timestamp + seconds(1);
  EXPECT_NE(why(plan(next, "EXAMPLE", at(4, kOther), last, kNow)).find("rollback"), std::string::npos);
}

std::string sequence(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += "\x1E" + text + "\n";
  return all;
}
std::string header(const std::string& type, std::uint64_t version = 3, const std::string& session = kSession,
                   const std::string& source = "EXAMPLE") {
  return R"({"nrtm_version": 4, "type": ")" + type + R"(", "source": ")" + source + R"(", "session_id": ")" + session +
         R"(", "version": )" + std::to_string(version) + "}";
}

Result<std::vector<Change>> read(const std::string& text, bool snapshot, std::size_t piece = 5000) {
  std::vector<Change> changes;
  Version4Reader reader({snapshot, "EXAMPLE", kSession, 3},
                        [&](Change&& change) { changes.push_back(std::move(change)); });
  for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(std::min(piece, rest.size()))) {
    if (auto received = reader.receive(as_bytes(rest.substr(0, piece))); !received) {
      return std::unexpected(received.error());
    }
  }
  if (auto ended = reader.finish(); !ended) return std::unexpected(ended.error());
  return changes;
}

TEST(Version4, ReadsADelta) {
  const std::string text =
      sequence({header("delta"), R"({"action": "delete", "object_class": "PERSON", "primary_key": "prsn1-example"})",
                R"({"action": "delete", "object_class": "route", "primary_key": "192.0.2.0/24AS65530"})", "",
                R"({"action": "add_modify", "object": "route: 2001:db8::/32\norigin: AS65530\nsource: EXAMPLE"})"});
  for (const std::size_t piece : {1, 3, 5000}) {
    const auto changes = read(text, false, piece);
    ASSERT_TRUE(changes) << changes.error().text;
    ASSERT_EQ(changes->size(), 3u);
    EXPECT_EQ((*changes)[0], (Change{Change::Action::remove, 0, {}, "person=PRSN1-EXAMPLE"}));
    EXPECT_EQ((*changes)[1], (Change{Change::Action::remove, 0, {}, "route=192.0.2.0/24AS65530"}));
    EXPECT_EQ((*changes)[2],
              (Change{Change::Action::add, 0, "route: 2001:db8::/32\norigin: AS65530\nsource: EXAMPLE\n", {}}));
  }
}

TEST(Version4, ReadsASnapshot) {
  const auto objects = read(sequence({header("snapshot"), R"({"object": "as-set: AS-A\n"})"}), true);
  ASSERT_TRUE(objects) << objects.error().text;
  EXPECT_EQ(*objects, (std::vector<Change>{{Change::Action::add, 0, "as-set: AS-A\n", {}}}));
  EXPECT_TRUE(read(sequence({header("snapshot")}), true)->empty()) << "a registry may be empty";
}

TEST(Version4, RefusesWhatIsNotTheFile) {
  const std::string change = R"({"action": "add_modify", "object": "as-set: AS-A"})";
  const std::tuple<std::string, bool, std::string_view> cases[] = {
      {"", false, "no header"},
      {"{}", false, "no sequence of JSON texts"},
      {sequence({header("snapshot"), change}), false, "type 'snapshot' instead of 'delta'"},
      {sequence({header("delta", 3, kOther), change}), false, "session '00000000"},
      {sequence({header("delta", 4), change}), false, "version '4' instead of '3'"},
      {sequence({header("delta", 3, kSession, "RIPE"), change}), false, "source 'RIPE'"},
      {sequence({header("delta")}), false, "holds no change"},
      {sequence({header("delta"), change.substr(0, 20)}), false, "record 2 is no JSON object"},
      {sequence({header("delta"), R"({"action": "rename"})"}), false, "action that is not known"},
      {sequence({header("delta"), R"({"action": "delete", "object_class": "route"})"}), false, "what is deleted"},
      {sequence({header("snapshot"), R"({"object": 1})"}), true, "has no object"},
      {sequence({R"({"type": "delta"})"}), false, "no header of NRTM version 4"},
  };
  for (const auto& [text, snapshot, why] : cases) {
    const auto changes = read(text, snapshot);
    ASSERT_FALSE(changes) << text;
    EXPECT_NE(changes.error().text.find(why), std::string::npos) << changes.error().text;
  }
}

TEST(Jws, IsTakenApart) {
  // {"alg":"ES256"} . {"a":1} . the octets 1, 2, 3
  const auto jws = parse_jws("eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.AQID\n");
  ASSERT_TRUE(jws) << jws.error().text;
  EXPECT_EQ(jws->algorithm, "ES256");
  EXPECT_EQ(jws->covered, "eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ");
  EXPECT_EQ(jws->payload, "{\"a\":1}");
  EXPECT_EQ(jws->signature, "\x01\x02\x03");
}

TEST(Jws, WhatProvesNothingIsRefused) {
  const std::pair<const char*, std::string_view> cases[] = {
      {"", "no JSON Web Signature"},
      {"a.b", "no JSON Web Signature"},
      {"eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.", "no JSON Web Signature"},
      {"eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.AQID.AQID", "no JSON Web Signature"},
      {"eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ==.AQID", "no JSON Web Signature"},
      {R"({"nrtm_version": 4})", "not signed"},
      {"e30.eyJhIjoxfQ.AQID", "names no algorithm"},
      {"eyJhbGciOiJub25lIn0.eyJhIjoxfQ.AQID", "'none' proves nothing"},
      {"eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.AQID", "'HS256' proves nothing"},
      {"eyJhbGciOiJFUzI1NiIsImNyaXQiOlsieCJdfQ.eyJhIjoxfQ.AQID", "extensions"},
  };
  for (const auto& [text, why] : cases) {
    const auto jws = parse_jws(text);
    ASSERT_FALSE(jws) << text;
    EXPECT_NE(jws.error().text.find(why), std::string::npos) << jws.error().text;
  }
}

TEST(Base64Url, HasOneSpelling) {
  EXPECT_EQ(decode_base64url(""), "");
  EXPECT_EQ(decode_base64url("Zg"), "f");
  EXPECT_EQ(decode_base64url("Zm8"), "fo");
  EXPECT_EQ(decode_base64url("Zm9v"), "foo");
  EXPECT_EQ(decode_base64url("-_-_"), "\xFB\xFF\xBF");
  for (const char* text : {"Z", "Zh", "Zm9", "Zg==", "Zm 9", "+/+/"}) EXPECT_FALSE(decode_base64url(text)) << text;
}

}  // namespace
}  // namespace fairway::nrtm
