#include "core/tables/object_store.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace fairway {
namespace {

TEST(ObjectStore, GivesBackWhatWasPutIn) {
  ObjectStore store;
  std::vector<std::string> texts;
  for (int i = 0; i < 2000; ++i) {
    texts.push_back("object " + std::to_string(i) + "\n" + std::string(static_cast<std::size_t>(i % 97) * 3, 'x'));
  }
  texts.push_back(std::string(200'000, 'y'));  // more than a block
  texts.push_back("");
  texts.push_back("last");
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string keys[] = {"id=" + std::to_string(i), "third=" + std::to_string(i % 3)};
    store.add(i % 2 == 0 ? "route" : "as-set", i % 5 == 0 ? "RADB" : "RIPE", texts[i], keys);
  }
  store.freeze();
  ASSERT_EQ(store.size(), texts.size());
  ObjectStore::Reader reader(store);
  std::vector<std::uint32_t> ids;
  for (std::size_t i = texts.size(); i-- > 0;) {
    store.find("id=" + std::to_string(i), ids);
    ASSERT_EQ(ids, std::vector<std::uint32_t>{static_cast<std::uint32_t>(i)});
    ASSERT_EQ(reader.text(ids[0]), texts[i]);
  }
  store.find("third=1", ids);
  EXPECT_EQ(ids.size(), (texts.size() + 1) / 3);
  EXPECT_EQ(store.class_of(1), "as-set");
  EXPECT_EQ(store.registry_of(5), "RADB");
  store.find("nothing", ids);
  EXPECT_TRUE(ids.empty());
  store.leave_out("route", "RADB");
  store.find("id=10", ids);
  EXPECT_TRUE(ids.empty());
  store.find("id=5", ids);
  EXPECT_EQ(ids.size(), 1u) << "the other class stays";
}

}  // namespace
}  // namespace fairway
