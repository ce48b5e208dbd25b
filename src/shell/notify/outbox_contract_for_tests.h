// What every outbox must do, as one test: call hold_outbox_contract() with an empty one and a way to write into it.
#pragma once

#include <gtest/gtest.h>

#include <functional>

#include "core/notify/incidents_for_tests.h"
#include "shell/notify/outbox.h"

namespace fairway::notify {

using AddToOutbox = std::function<void(std::string_view channel, const Notification&, Instant now)>;

inline std::string ids_of(const std::vector<Pending>& list) {
  std::string text;
  for (const Pending& pending : list) text += (text.empty() ? "" : " ") + id_of(pending.notification);
  return text;
}

inline void hold_outbox_contract(Outbox& outbox, const AddToOutbox& add) {
  const auto at = [](std::int64_t second) { return from_seconds(1'800'000'000 + second); };
  const std::string h = hijack().id + '-', l = leak().id + "-1";
  Notification other;
  other.incident = leak();
  EXPECT_EQ(ids_of(outbox.due("mail", at(0), 10)), "");
  add("mail", told(Stage::open), at(0));
  add("pager", told(Stage::open), at(0));
  add("mail", told(Stage::update), at(1));
  add("mail", other, at(2));

  // Of an incident the oldest alone, and the same again until something became of it.
  EXPECT_EQ(ids_of(outbox.due("mail", at(3), 10)), h + "1 " + l);
  EXPECT_EQ(ids_of(outbox.due("mail", at(3), 10)), h + "1 " + l);
  EXPECT_EQ(ids_of(outbox.due("mail", at(3), 1)), h + "1");
  const Pending first = outbox.due("mail", at(3), 1).at(0);
  EXPECT_EQ(first.notification, told(Stage::open));
  EXPECT_EQ(first.queued, at(0));
  EXPECT_EQ(first.attempts, 0u);
  EXPECT_TRUE(first.overtaken) << "the update waits behind it";

  // What failed is not due before its time, and what is behind it neither.
  outbox.failed("mail", h + "1", at(100), "no route");
  EXPECT_EQ(ids_of(outbox.due("mail", at(99), 10)), l);
  EXPECT_EQ(ids_of(outbox.due("mail", at(100), 10)), h + "1 " + l);
  EXPECT_EQ(outbox.due("mail", at(100), 1).at(0).attempts, 1u);

  // What was sent stands open; each channel by itself.
  EXPECT_TRUE(outbox.standing("mail").empty());
  outbox.sent("mail", h + "1", at(101));
  EXPECT_EQ(ids_of(outbox.due("mail", at(101), 10)), h + "2 " + l);
  EXPECT_FALSE(outbox.due("mail", at(101), 1).at(0).overtaken);
  ASSERT_EQ(outbox.standing("mail").size(), 1u);
  EXPECT_EQ(outbox.standing("mail").at(0), told(Stage::open));
  EXPECT_TRUE(outbox.standing("pager").empty());
  EXPECT_EQ(ids_of(outbox.due("pager", at(101), 10)), h + "1");

  // What was given up is gone, and does not stand; what is behind it goes on.
  outbox.gave_up("mail", l, at(102), "they will not have it");
  EXPECT_EQ(ids_of(outbox.due("mail", at(102), 10)), h + "2");
  outbox.sent("mail", h + "2", at(103));
  ASSERT_EQ(outbox.standing("mail").size(), 1u);
  EXPECT_EQ(outbox.standing("mail").at(0), told(Stage::update)) << "as it was sent last";
  add("mail", told(Stage::clear), at(104));
  EXPECT_EQ(outbox.standing("mail").size(), 1u) << "the clear was not sent yet";
  outbox.sent("mail", h + "3", at(105));
  EXPECT_TRUE(outbox.standing("mail").empty());
  EXPECT_EQ(ids_of(outbox.due("mail", at(999), 10)), "");

  // Twice is no error.
  outbox.sent("mail", h + "3", at(106));
  outbox.gave_up("nowhere", h + "3", at(106), "");
  outbox.failed("nowhere", h + "3", at(106), "");
}

}  // namespace fairway::notify
