#include "core/session/nrtm/apply.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

namespace fairway::nrtm {
namespace {

std::string route(int number, const std::string& descr, const std::string& source = "RADB") {
  return "route: 192.0." + std::to_string(number) + ".0/24\ndescr: " + descr + "\norigin: AS64500\nsource: " + source +
         "\n";
}
std::string key(int number) { return "route=192.0." + std::to_string(number) + ".0/24AS64500"; }

Change add(std::string object) { return {Change::Action::add, 0, std::move(object), {}}; }
Change remove(std::string object) { return {Change::Action::remove, 0, std::move(object), {}}; }

TEST(Apply, ReplacesInPlaceRemovesAndPutsTheNewBehind) {
  const std::string dump = "%MIRROR RADB nrtm3 serial 1\n# a comment\n\n" + route(1, "one") + "\n" + route(2, "two") +
                           "\n\n" + route(3, "three");
  std::vector<Change> changes = {add(route(2, "changed")), remove("ROUTE:  192.0.1.0/24\nORIGIN: as64500\n"),
                                 add(route(4, "four"))};
  const Applied applied = apply(as_bytes(dump), changes, "RADB");
  EXPECT_EQ(applied.text, route(2, "changed") + "\n" + route(3, "three") + "\n" + route(4, "four") + "\n");
  EXPECT_EQ(applied.objects, 3u);
  EXPECT_EQ(applied.added, 1u);
  EXPECT_EQ(applied.replaced, 1u);
  EXPECT_EQ(applied.removed, 1u);
  EXPECT_EQ(applied.absent + applied.unreadable + applied.foreign, 0u);
}

TEST(Apply, ARemovalByKeyGetsTheTextOfWhatItRemoves) {
  std::vector<Change> changes = {{Change::Action::remove, 0, {}, key(1)}};
  const Applied applied = apply(as_bytes(route(1, "one")), changes, "RADB");
  EXPECT_EQ(applied.text, "");
  EXPECT_EQ(changes[0].object, route(1, "one"));
}

TEST(Apply, TellsRemovalsOfWhatIsNotThere) {
  std::vector<Change> changes = {remove(route(7, "?")), add(route(1, "one")), remove(route(1, "one")),
                                 remove(route(1, "one"))};
  const Applied applied = apply({}, changes, "RADB");
  EXPECT_EQ(applied.absent, 2u);
  EXPECT_EQ(applied.first_absent, key(7));
  EXPECT_EQ(applied.added, 1u);
  EXPECT_EQ(applied.removed, 1u);
  EXPECT_EQ(applied.objects, 0u);
}

TEST(Apply, LeavesOutWhatIsNotItsBusiness) {
  std::vector<Change> changes = {add(route(1, "foreign", "RIPE")), add("route: 192.0.2.0/24\nsource: RADB\n"),
                                 add("garbage\n"), add(route(2, "two\n\nroute: 10.0.0.0/8\norigin: AS1\nsource: RADB")),
                                 add(route(3, "fine", "radb # a comment"))};
  const Applied applied = apply(as_bytes(route(9, "old", "RIPE")), changes, "RADB");
  EXPECT_EQ(applied.foreign, 2u) << "of the dump as well";
  EXPECT_EQ(applied.unreadable, 3u) << "no origin, nothing, two objects in one";
  EXPECT_EQ(applied.text, route(3, "fine", "radb # a comment") + "\n");
  changes = {add("\xEF\xBB\xBF% a comment\n" + route(1, "one"))};
  EXPECT_EQ(apply({}, changes, "RADB").text, route(1, "one") + "\n");
}

// The same as a map, change by change.
RC_GTEST_PROP(Apply, IsWhatOneByOneGives, ()) {
  const auto steps = *rc::gen::container<std::vector<std::tuple<int, bool, bool>>>(
      rc::gen::tuple(rc::gen::inRange(0, 6), rc::gen::arbitrary<bool>(), rc::gen::arbitrary<bool>()));
  const auto first = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 6));
  std::map<int, std::string> expected;
  std::string dump;
  for (const int number : first) {
    if (expected.emplace(number, route(number, "first")).second) dump += route(number, "first") + "\n";
  }
  std::vector<Change> changes;
  std::vector<std::string> removed(steps.size());
  std::size_t absent = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto [number, adds, by_key] = steps[i];
    if (adds) {
      changes.push_back(add(route(number, std::to_string(i))));
      expected[number] = route(number, std::to_string(i));
    } else {
      changes.push_back(by_key ? Change{Change::Action::remove, 0, {}, key(number)} : remove(route(number, "old")));
      if (const auto found = expected.find(number); found != expected.end()) {
        removed[i] = by_key ? found->second : route(number, "old");
        expected.erase(found);
      } else {
        ++absent;
      }
    }
  }
  const Applied applied = apply(as_bytes(dump), changes, "RADB");
  RC_ASSERT(applied.absent == absent);
  RC_ASSERT(applied.objects == expected.size());
  std::size_t size = 0;
  for (const auto& [number, text] : expected) {
    RC_ASSERT(applied.text.find(text + "\n") != std::string::npos);
    size += text.size() + 1;
  }
  RC_ASSERT(applied.text.size() == size);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!removed[i].empty()) RC_ASSERT(changes[i].object == removed[i]);
  }
}

}  // namespace
}  // namespace fairway::nrtm
