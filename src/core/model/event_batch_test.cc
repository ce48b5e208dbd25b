#include "core/model/event_batch.h"

#include <gtest/gtest.h>

namespace fairway {
namespace {

TEST(EventBatch, OwnsWhatItsEventsPointTo) {
  EventBatch batch;
  {
    std::vector<std::uint8_t> octets{1, 2, 3};
    Attributes attributes;
    attributes.med = 7;
    attributes.unknown.push_back({0xC0, 99, Bytes(octets)});
    RouteEvent event;
    event.attributes = &attributes;
    event.attributes_key = 5;
    batch.add(event);
    attributes.med = 8;  // the same key means the same attributes: they are not looked at
    batch.add(event);
    event.attributes_key = 0;
    batch.add(event);
    event.kind = EventKind::withdraw;
    event.attributes = nullptr;
    batch.add(event);
    octets.assign(3, 0);
  }
  const EventBatch moved = std::move(batch);
  ASSERT_EQ(moved.events().size(), 4u);
  EXPECT_EQ(moved.events()[0].attributes->med, 7u);
  EXPECT_EQ(moved.events()[0].attributes->unknown[0].value[2], 3);
  EXPECT_EQ(moved.events()[1].attributes, moved.events()[0].attributes);
  EXPECT_EQ(moved.events()[2].attributes->med, 8u);
  EXPECT_EQ(moved.events()[3].attributes, nullptr);
}

}  // namespace
}  // namespace fairway
