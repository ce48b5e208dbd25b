// What routers tell of their filters: pre-policy against post-policy, and what they send.
#include <gtest/gtest.h>

#include "core/incident/engine.h"
#include "core/tables/vrp.h"
#include "core/tables/world.h"

namespace fairway {
namespace {

class FilterGap : public testing::Test, public IncidentSink {
 protected:
  FilterGap() : world_(make_world()), engine_(world_, {}, *this), router_(engine_.source("core1")) {}

  static World make_world() {
    World world;
    Vrp vrp;
    vrp.prefix = *parse_prefix("192.0.32.0/24");
    vrp.max_length = 24;
    vrp.asn = Asn{2001};
    world.vrps = std::make_shared<const VrpTable>(VrpTable::build({vrp}));
    return world;
  }
  void announce(std::int64_t second, RibKind table, const std::string& prefix, const std::string& path) {
    Attributes attributes;
    attributes.has_as_path = true;
    attributes.as_path = *parse_as_path(path);
    RouteEvent event;
    event.time = event.originated = from_seconds(1'400'000'000 + second);
    event.peer = {IpAddress::ipv4(0xC6120001), Asn{3001}, 1, table, 0};
    event.prefix = *parse_prefix(prefix);
    event.attributes = &attributes;
    engine_.apply(router_, event);
  }
  void withdraw(std::int64_t second, RibKind table, const std::string& prefix) {
    RouteEvent event;
    event.kind = EventKind::withdraw;
    event.time = event.originated = from_seconds(1'400'000'000 + second);
    event.peer = {IpAddress::ipv4(0xC6120001), Asn{3001}, 1, table, 0};
    event.prefix = *parse_prefix(prefix);
    engine_.apply(router_, event);
  }
  void wait(std::int64_t second) { engine_.advance(from_seconds(1'400'000'000 + second)); }
  void on_transition(Transition transition, Instant, const Incident& incident) override {
    told_ += std::string(to_string(transition)) + ' ' + std::string(to_string(kind_of(incident.type))) + ' ' +
             std::string(to_string(incident.type)) + ' ' + to_string(incident.offenders.at(0)) + '\n';
    last_ = incident;
  }

  World world_;
  Engine engine_;
  SourceId router_;
  std::string told_;
  Incident last_;
};

TEST_F(FilterGap, AnInvalidRouteThatTheFilterStopsIsNone) {
  announce(0, RibKind::adj_rib_in_pre, "192.0.32.0/24", "3001 2666");
  wait(100);
  EXPECT_EQ(told_, "");
}

TEST_F(FilterGap, AnInvalidRouteBehindTheFilterIsOneUntilItGoes) {
  announce(0, RibKind::adj_rib_in_pre, "192.0.32.0/24", "3001 2666");
  announce(1, RibKind::adj_rib_in_post, "192.0.32.0/24", "3001 2666");
  wait(100);
  EXPECT_EQ(told_, "opened filter-gap passed 3001\n");
  EXPECT_NE(last_.evidence.at(0).fact.find("RPKI invalid"), std::string::npos) << last_.evidence.at(0).fact;
  withdraw(110, RibKind::adj_rib_in_post, "192.0.32.0/24");
  wait(500);
  EXPECT_EQ(told_, "opened filter-gap passed 3001\ncleared filter-gap passed 3001\n");
}

TEST_F(FilterGap, SpecialPurposeSpaceThatIsSentIsOne) {
  announce(0, RibKind::adj_rib_out_post, "10.0.0.0/8", "64496");
  announce(0, RibKind::adj_rib_out_post, "192.0.32.0/24", "2001");
  wait(100);
  EXPECT_EQ(told_, "opened filter-gap sent 3001\n");
  EXPECT_EQ(last_.prefixes, std::vector<Prefix>{*parse_prefix("10.0.0.0/8")});
}

TEST_F(FilterGap, TablesOfOneNeighbourAreToldApart) {
  announce(0, RibKind::adj_rib_in_pre, "198.51.0.0/16", "3001 1");
  announce(0, RibKind::adj_rib_in_post, "198.51.0.0/16", "3001 1");
  withdraw(1, RibKind::adj_rib_in_post, "198.51.0.0/16");
  EXPECT_EQ(engine_.statistics().views, 2u);
  EXPECT_EQ(engine_.statistics().routes, 1u);
}

}  // namespace
}  // namespace fairway
