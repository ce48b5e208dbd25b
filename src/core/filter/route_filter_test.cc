#include "core/filter/route_filter.h"

#include <gtest/gtest.h>

namespace fairway {
namespace {

struct Route {
  Attributes attributes;
  RouteEvent event;

  Route(std::string_view prefix, std::string_view path, EventKind kind = EventKind::announce) {
    attributes.has_as_path = true;
    attributes.as_path = *parse_as_path(path);
    event.kind = kind;
    event.prefix = *parse_prefix(prefix);
    event.time = *parse_instant("2018-11-12T21:12:16Z");
    event.peer = {*parse_ip("192.0.2.1"), Asn{64500}, 0};
  }
  bool passes(const RouteFilter& filter) {
    event.attributes = event.kind == EventKind::announce || event.kind == EventKind::rib ? &attributes : nullptr;
    return filter.accepts(event);
  }
};

RouteFilter filter(std::initializer_list<std::pair<const char*, const char*>> conditions) {
  RouteFilter filter;
  for (const auto& [name, value] : conditions) {
    const auto added = filter.add(name, value);
    EXPECT_TRUE(added) << name << " " << value << " " << added.error().text;
  }
  return filter;
}

TEST(RouteFilter, WithoutConditionsEverythingPasses) {
  EXPECT_TRUE(RouteFilter().empty());
  EXPECT_TRUE(Route("10.0.0.0/8", "1").passes(RouteFilter()));
  EXPECT_TRUE(Route("10.0.0.0/8", "1", EventKind::state).passes(RouteFilter()));
}

TEST(RouteFilter, Prefixes) {
  struct Case {
    const char* match;
    const char* prefix;
    bool passes;
  };
  const Case cases[] = {
      {"exact", "10.1.0.0/16", true},  {"exact", "10.1.0.0/17", false}, {"exact", "10.0.0.0/8", false},
      {"more", "10.1.0.0/16", true},   {"more", "10.1.2.0/24", true},   {"more", "10.0.0.0/8", false},
      {"less", "10.1.0.0/16", true},   {"less", "10.0.0.0/8", true},    {"less", "10.1.2.0/24", false},
      {"any", "10.1.2.0/24", true},    {"any", "0.0.0.0/0", true},      {"any", "10.2.0.0/16", false},
      {"any", "2001:db8::/32", false},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Route(c.prefix, "1").passes(filter({{"prefix", "10.1.0.0/16"}, {"match", c.match}})), c.passes)
        << c.match << " " << c.prefix;
  }
  EXPECT_TRUE(Route("10.1.0.0/16", "1").passes(filter({{"prefix", "10.1.0.0/16"}})));
  EXPECT_TRUE(Route("10.2.0.0/16", "1").passes(filter({{"prefix", "10.1.0.0/16"}, {"prefix", "10.2.0.0/16"}})));
  EXPECT_FALSE(Route("0.0.0.0/0", "1", EventKind::state).passes(filter({{"prefix", "0.0.0.0/0"}})));
}

TEST(RouteFilter, Origins) {
  EXPECT_TRUE(Route("10.0.0.0/8", "1 2 3").passes(filter({{"origin", "3"}})));
  EXPECT_FALSE(Route("10.0.0.0/8", "1 2 3").passes(filter({{"origin", "2"}})));
  EXPECT_TRUE(Route("10.0.0.0/8", "1 2 {3,4}").passes(filter({{"origin", "AS4"}})));
  EXPECT_FALSE(Route("10.0.0.0/8", "1 4 {3}").passes(filter({{"origin", "AS4"}})));
  EXPECT_FALSE(Route("10.0.0.0/8", "").passes(filter({{"origin", "0"}})));
  EXPECT_FALSE(Route("10.0.0.0/8", "3", EventKind::withdraw).passes(filter({{"origin", "3"}})));
}

TEST(RouteFilter, Peers) {
  EXPECT_TRUE(Route("10.0.0.0/8", "1").passes(filter({{"peer", "192.0.2.1"}})));
  EXPECT_TRUE(Route("10.0.0.0/8", "1").passes(filter({{"peer", "AS1"}, {"peer", "0.64500"}})));
  EXPECT_FALSE(Route("10.0.0.0/8", "1").passes(filter({{"peer", "192.0.2.2"}})));
  EXPECT_TRUE(Route("10.0.0.0/8", "1", EventKind::withdraw).passes(filter({{"peer", "64500"}})));
}

TEST(RouteFilter, PathsInTheWayOfRouters) {
  struct Case {
    const char* pattern;
    const char* path;
    bool passes;
  };
  const Case cases[] = {
      {"_3356_", "1 3356 2", true},
      {"_3356_", "3356", true},
      {"_3356_", "13356 2", false},
      {"_3356_", "1 {3356,5}", true},
      {"^3356_", "3356 1", true},
      {"^3356_", "33561", false},
      {"_3356$", "1 3356", true},
      {"^$", "", true},
      {"^$", "1", false},
      {"_1_2_", "1 2", true},
      {"_1_.*_3_", "1 2 3", true},
      {"^[0-9]+$", "64500", true},
      {"^[0-9]+$", "1 2", false},
      {"_(1|2)_", "7 2 8", true},
      {"_64512_", "(64512 64513) 1", true},
      {"[_]", "1 2", false},
      {"\\_", "1 2", false},
      {"_", "", true},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Route("10.0.0.0/8", c.path).passes(filter({{"as-path", c.pattern}})), c.passes)
        << c.pattern << " on " << c.path;
  }
}

TEST(RouteFilter, Communities) {
  Route route("10.0.0.0/8", "1");
  route.attributes.communities = {Community{64500u << 16 | 7}, kNoExport};
  route.attributes.large_communities = {{4200000000, 1, 2}};
  for (const char* good :
       {"64500:7", "64500:*", "*:7", "no-export", "NO-EXPORT", "4200000000:1:2", "4200000000:*:*", "65535:65281"}) {
    EXPECT_TRUE(route.passes(filter({{"community", good}}))) << good;
  }
  for (const char* bad : {"64500:8", "64501:*", "no-advertise", "4200000000:1:3", "64500:7:0"}) {
    EXPECT_FALSE(route.passes(filter({{"community", bad}}))) << bad;
  }
}

TEST(RouteFilter, TypesAndTimes) {
  EXPECT_TRUE(Route("10.0.0.0/8", "1").passes(filter({{"type", "announce"}})));
  EXPECT_TRUE(Route("10.0.0.0/8", "1", EventKind::withdraw).passes(filter({{"type", "A"}, {"type", "W"}})));
  EXPECT_FALSE(Route("10.0.0.0/8", "1", EventKind::rib).passes(filter({{"type", "announce"}})));
  EXPECT_TRUE(Route("10.0.0.0/8", "1").passes(filter({{"since", "2018-11-12T21:12:16Z"}})));
  EXPECT_FALSE(Route("10.0.0.0/8", "1").passes(filter({{"until", "2018-11-12T21:12:16Z"}})));
  EXPECT_TRUE(Route("10.0.0.0/8", "1").passes(filter({{"until", "2018-11-12T21:12:16.5Z"}})));
  EXPECT_FALSE(Route("10.0.0.0/8", "1").passes(filter({{"since", "2018-11-13"}})));
}

TEST(RouteFilter, ConditionsOfDifferentNamesMustAllHold) {
  const RouteFilter both = filter({{"origin", "3"}, {"prefix", "10.0.0.0/8"}});
  EXPECT_TRUE(Route("10.0.0.0/8", "1 3").passes(both));
  EXPECT_FALSE(Route("10.0.0.0/8", "3 1").passes(both));
  EXPECT_FALSE(Route("11.0.0.0/8", "1 3").passes(both));
}

TEST(RouteFilter, NonsenseIsRefusedWithWhatIsWanted) {
  const std::pair<const char*, const char*> cases[] = {
      {"prefix", "10.0.0.1/8"},
      {"prefix", "ten"},
      {"match", "near"},
      {"origin", "ASX"},
      {"peer", "rrc00"},
      {"as-path", "(1"},
      {"as-path", "[1"},
      {"community", "1"},
      {"community", "70000:1"},
      {"community", "1:2:3:4"},
      {"type", "keepalive"},
      {"since", "yesterday"},
      {"until", ""},
      {"colour", "red"},
  };
  for (const auto& [name, value] : cases) {
    RouteFilter filter;
    const auto added = filter.add(name, value);
    ASSERT_FALSE(added) << name << " " << value;
    EXPECT_EQ(added.error().kind, ErrorKind::usage);
    EXPECT_FALSE(added.error().text.empty());
    EXPECT_TRUE(filter.empty());
  }
}

}  // namespace
}  // namespace fairway
