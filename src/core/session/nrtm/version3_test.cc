#include "core/session/nrtm/version3.h"

#include <gtest/gtest.h>

#include "core/session/nrtm/journal.h"
#include "core/session/nrtm/position.h"

namespace fairway::nrtm {
namespace {

constexpr std::string_view kAnswer =
    "% The RADB database\n"
    "\n"
    "%START Version: 3 RADB 11-14\n"
    "\n"
    "ADD 11\n"
    "\n"
    "route:          192.0.2.0/24\n"
    "descr:          one\n"
    "                more of it\n"
    "origin:         AS64500\n"
    "source:         RADB\n"
    "\n"
    "DEL 14\n"
    "\n"
    "as-set:         AS-FOO\n"
    "source:         RADB\n"
    "\n"
    "%END RADB\n";

Result<Version3Changes> read(std::string_view text, std::size_t piece = 1000, std::optional<std::uint64_t> from = 11) {
  Version3Reader reader("RADB", from);
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
    if (auto received = reader.receive(text.substr(0, piece)); !received) return std::unexpected(received.error());
  }
  return reader.take();
}

std::string replaced(std::string_view from, std::string_view to) {
  std::string text(kAnswer);
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Version3, ReadsChangesHoweverTheyAreCut) {
  for (const std::size_t piece : {1, 2, 7, 1000}) {
    const auto changes = read(kAnswer, piece);
    ASSERT_TRUE(changes) << changes.error().text;
    EXPECT_EQ(changes->serials, (SerialRange{11, 14}));
    ASSERT_EQ(changes->changes.size(), 2u);
    EXPECT_EQ(changes->changes[0], (Change{Change::Action::add,
                                           11,
                                           "route:          192.0.2.0/24\ndescr:          one\n                more of "
                                           "it\norigin:         AS64500\nsource:         RADB\n",
                                           {}}));
    EXPECT_EQ(changes->changes[1],
              (Change{Change::Action::remove, 14, "as-set:         AS-FOO\nsource:         RADB\n", {}}));
  }
}

TEST(Version3, ReadsWhatServersWriteDifferently) {
  std::string crlf;
  for (const char c : kAnswer) crlf += c == '\n' ? "\r\n" : std::string(1, c);
  EXPECT_EQ(read(crlf)->changes, read(kAnswer)->changes);
  EXPECT_TRUE(read(replaced("%START Version: 3 RADB 11-14", "%START Version:3 radb 11-14 FILTERED")));
  EXPECT_TRUE(read(replaced("%START", "% START"))) << "with a blank";
  EXPECT_EQ(read(replaced("RADB\n\n%END RADB\n", "RADB\n%END RADB"))->changes.size(), 2u)
      << "no empty line before the end, and none behind";
  const auto nothing = read("% Warning: there are no newer updates available\n");
  ASSERT_TRUE(nothing);
  EXPECT_EQ(nothing->serials, (SerialRange{11, 10}));
  EXPECT_TRUE(nothing->changes.empty());
}

TEST(Version3, NothingIsUsedOfAnAnswerThatIsNotWhole) {
  for (std::size_t size = 0; size + 2 < kAnswer.size(); ++size) {
    const auto changes = read(kAnswer.substr(0, size));
    ASSERT_FALSE(changes) << size;
    EXPECT_TRUE(changes.error().kind == ErrorKind::truncated || changes.error().kind == ErrorKind::malformed) << size;
  }
}

TEST(Version3, RefusesWhatIsNotTheAnswerToItsQuestion) {
  const std::pair<std::string, std::string_view> cases[] = {
      {replaced("Version: 3", "Version: 1"), "is not of NRTM version 3"},
      {replaced("RADB 11-14", "RIPE 11-14"), "of another source than RADB"},
      {replaced("RADB 11-14", "RADB 12-14"), "does not begin with serial 11"},
      {replaced("RADB 11-14", "RADB 0-14"), "serials cannot be read"},
      {replaced("RADB 11-14", "RADB 11"), "serials cannot be read"},
      {replaced("RADB 11-14", "RADB 11-18446744073709551615"), "serials cannot be read"},
      {replaced("ADD 11", "ADD 10"), "out of order"},
      {replaced("DEL 14", "DEL 15"), "out of order"},
      {replaced("DEL 14", "DEL 11"), "out of order"},
      {replaced("ADD 11", "ADD"), "neither ADD nor DEL"},
      {replaced("ADD 11", "MOD 11"), "neither ADD nor DEL"},
      {replaced("source:         RADB\n\nDEL", "source:         RADB\nDEL"), "no empty line"},
      {replaced("ADD 11\n\n", "ADD 11\n\nADD 12\n\n"), "no object"},
      {replaced("%END RADB", "%END RIPE"), "ends with another source"},
      {replaced("%END RADB", "%START Version: 3 RADB 11-14"), "a second time"},
      {"%END RADB\n", "before it has begun"},
      {"ADD 11\n", "no answer of NRTM"},
  };
  for (const auto& [text, why] : cases) {
    const auto changes = read(text);
    ASSERT_FALSE(changes) << text;
    EXPECT_EQ(changes.error().kind, ErrorKind::malformed) << text;
    EXPECT_NE(changes.error().text.find(why), std::string::npos) << changes.error().text;
  }
}

TEST(Version3, TellsTheServersOwnRefusal) {
  for (const std::string_view answer : {"%ERROR:401: invalid range: Not within 1-9\n",
                                        "%% ERROR: Serials 9 - 11 do not exist\n", "% ERROR: 2: Not allowed\n"}) {
    const auto changes = read(answer);
    ASSERT_FALSE(changes);
    EXPECT_EQ(changes.error().kind, ErrorKind::refused);
    EXPECT_TRUE(changes.error().text.starts_with("the server says: ERROR")) << changes.error().text;
  }
}

TEST(Version3, ReadsTheListOfSources) {
  const std::string_view answer = "% comment\n\nRIPE:3:X:1-2\nRADB:3:Y:0-4370184\nRADB:4:Y:5-6\nOLD:1:Y:1-2\n";
  const auto radb = status_of(answer, "radb");
  ASSERT_TRUE(radb);
  EXPECT_TRUE(radb->open);
  EXPECT_EQ(radb->serials, (SerialRange{0, 4370184}));
  EXPECT_FALSE(status_of(answer, "RIPE")->open);
  EXPECT_FALSE(status_of(answer, "OLD"));
  EXPECT_FALSE(status_of("%% ERROR: Unrecognised flag/search: q\n", "RADB"));
}

TEST(Journal, IsReadAsItIsWritten) {
  Journal journal("RADB", 10);
  EXPECT_EQ(journal.serials(), (SerialRange{11, 10}));
  EXPECT_EQ(Journal::read(journal.text())->serials(), journal.serials()) << "also an empty one";
  journal.append(read(kAnswer)->changes, 14);
  const auto again = Journal::read(journal.text());
  ASSERT_TRUE(again) << again.error().text;
  EXPECT_EQ(again->source(), "RADB");
  EXPECT_EQ(again->serials(), (SerialRange{11, 14}));
  EXPECT_EQ(again->text(), journal.text());
  journal.append(read(kAnswer)->changes, 14);
  EXPECT_EQ(journal.size(), 2u) << "what is in it already is not added again";
}

TEST(Journal, AnswersPartsOfItself) {
  Journal journal("RADB", 10);
  journal.append(read(kAnswer)->changes, 14);
  EXPECT_EQ(read(journal.answer(11, {}))->changes, read(kAnswer)->changes);
  EXPECT_EQ(journal.answer(12, 14),
            "%START Version: 3 RADB 12-14\n\nDEL 14\n\nas-set:         AS-FOO\nsource:         RADB\n\n%END RADB");
  EXPECT_EQ(journal.answer(12, 13), "%START Version: 3 RADB 12-13\n\n%END RADB");
  EXPECT_EQ(journal.answer(15, {}), "% Warning: there are no newer updates available");
  for (const auto& [from, to] : {std::pair{10u, 14u}, {11u, 15u}, {14u, 11u}, {15u, 15u}, {99u, 99u}}) {
    EXPECT_EQ(journal.answer(from, to), "%ERROR:401: invalid range: Not within 11-14");
  }
  EXPECT_EQ(journal.answer(16, {}), "%ERROR:401: invalid range: Not within 11-14");
}

TEST(Journal, TheOldestChangesGo) {
  Journal journal("RADB", 0);
  const std::string object = "descr: " + std::string(1 << 20, 'x') + "\n";
  for (std::uint64_t serial = 1; serial <= 100; ++serial) {
    const Change change{Change::Action::add, serial, object, {}};
    journal.append({&change, 1}, serial);
  }
  EXPECT_LE(journal.text().size(), Journal::kMostOctets + 100);
  EXPECT_EQ(journal.serials().last, 100u);
  EXPECT_GT(journal.serials().first, 30u);
  EXPECT_LT(journal.serials().first, 80u);
  EXPECT_EQ(journal.size(), 101 - journal.serials().first);
  EXPECT_TRUE(Journal::read(journal.text()));
}

TEST(Position, IsReadAsItIsWritten) {
  for (const Position& position : {Position{"RADB", 3, 4370184, {}, 0},
                                   Position{"RIPE-NONAUTH", 4, 17, "ca128382-78d9-41d1-8927-1ecef15275be", 4}}) {
    EXPECT_EQ(position_of(to_string(position) + "route: 192.0.2.0/24\n"), position);
  }
  for (const char* text : {"", "route: 192.0.2.0/24\n", "%MIRROR\n", "%MIRROR RADB nrtm3 serial x\n",
                           "%MIRROR RADB nrtm5 serial 1\n", "%MIRROR RADB nrtm4 serial 1\n"}) {
    EXPECT_FALSE(position_of(text)) << text;
  }
}

}  // namespace
}  // namespace fairway::nrtm
