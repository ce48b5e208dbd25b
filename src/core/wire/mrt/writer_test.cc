// The writer refuses what a record cannot hold.
#include "core/wire/mrt/writer.h"

#include <gtest/gtest.h>

#include "core/wire/mrt/testing.h"

namespace fairway::mrt {
namespace {

using namespace testing;

TEST(Writer, RefusesWhatDoesNotFit) {
  ByteWriter out;
  Writer writer(out);
  const std::vector<Peer> peers(70000);
  const auto refused = writer.peer_index_table(kNoon, 1, "", peers);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().text, "peers: 70000 do not fit: at most 65535.");
  Session mixed = session();
  mixed.local_address = ip("2001:db8::1");
  EXPECT_FALSE(writer.message(kNoon, mixed, bgp::Keepalive{}, {}));
  EXPECT_FALSE(writer.table_dump(kNoon, 0, 0, prefix("2001:db8::/32"), kNoon, session().peer, everything(true)));
  EXPECT_EQ(out.size(), 0u) << "nothing is appended";
}

}  // namespace
}  // namespace fairway::mrt
