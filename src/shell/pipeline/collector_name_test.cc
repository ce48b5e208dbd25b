#include "shell/pipeline/collector_name.h"

#include <gtest/gtest.h>

namespace fairway {
namespace {

TEST(CollectorName, FollowsTheArchives) {
  EXPECT_EQ(collector_of("/data/routeviews.route-views.jinx.ribs.1401487200.bz2"), "route-views.jinx");
  EXPECT_EQ(collector_of("ris.rrc06.updates.1401488100.gz"), "rrc06");
  EXPECT_EQ(collector_of("/mirror/rrc21/2016.08/updates.20160811.1600.gz"), "rrc21");
  EXPECT_EQ(collector_of("route-views3/bgpdata/2018.07/RIBS/rib.20180706.2200.bz2"), "route-views3");
  EXPECT_EQ(collector_of("/data/rib.20180706.2200.bz2"), "common");
  EXPECT_EQ(collector_of("ris.without-the-word.gz"), "common");
  EXPECT_EQ(collector_of("/rrcx/updates.gz"), "common");
  EXPECT_EQ(collector_of("-"), "common");
}

}  // namespace
}  // namespace fairway
