#include "core/session/whois/session.h"

#include <gtest/gtest.h>

#include "core/tables/registry_for_tests.h"
#include "core/wire/rpsl/object_key.h"

namespace fairway::whois {
namespace {

const char* const kObjects[] = {
    "route:          192.0.2.0/24\norigin:         AS64500\nmnt-by:         MNT-A\nsource:         RIPE\n",
    "route:          192.0.2.0/25\norigin:         AS64500\nmnt-by:         MNT-B, MNT-A\nsource:         RADB\n",
    "route:          192.0.0.0/16\norigin:         AS64501\nmnt-by:         MNT-A\nsource:         RIPE\n",
    "route6:         2001:db8::/32\norigin:         AS64500\nmnt-by:         MNT-A\nsource:         RIPE\n",
    "as-set:         AS-FOO\nmembers:        AS64500, AS-BAR\nmnt-by:         MNT-A\nsource:         RIPE\n",
    "as-set:         AS-FOO\nmembers:        AS64502\nsource:         RADB\n",
    "aut-num:        AS64500\nas-name:        EXAMPLE\nsource:         RIPE\n",
    "person:         Jane Doe\nnic-hdl:        JD1-RIPE\nsource:         RIPE\n",
};

Registry registry(bool texts = true) {
  World world = world_of({a_set("AS-FOO", {"AS64500", "AS-BAR"}), a_set("AS-BAR", {"AS64501", "AS-FOO", "AS-NONE"}),
                          a_set("AS-FOO", {"AS64502"}, 1), a_set("RS-FOO", {"10.0.0.0/8^+", "AS64500^25", "RS-BAR^-"}),
                          a_set("RS-BAR", {"198.51.100.0/24"}), a_set("AS-EMPTY", {})},
                         {a_route("192.0.2.0/24", 64500), a_route("192.0.2.0/25", 64500, 1),
                          a_route("192.0.0.0/16", 64501), a_route("2001:db8::/32", 64500)});
  std::vector<std::shared_ptr<const ObjectStore>> stores;
  if (texts) {
    auto store = std::make_shared<ObjectStore>();
    for (const char* text : kObjects) {
      RpslObjects objects(as_bytes(text));
      RpslObject object;
      objects.next(object);
      store->add(object.attributes[0].name, rpsl_value(object.find("source")->value), text, keys_of(object));
    }
    store->freeze();
    stores.push_back(store);
  }
  return Registry::of(std::move(world), std::move(stores));
}

// Everything that the queries are answered with.
std::string ask(const Registry& registry, std::string_view queries) {
  Session session;
  std::string all, text;
  for (std::size_t at = 0; at < queries.size();) {
    at += session.take(as_bytes(queries.substr(at)));
    while (session.answer(registry, text)) all += text;
    if (session.ended()) return all;
  }
  session.finish();
  while (session.answer(registry, text)) all += text;
  return all;
}
std::string ask(std::string_view query) {
  static const Registry kRegistry = registry();
  return ask(kRegistry, "!!\n" + std::string(query) + "\n");
}
std::string sent(std::string_view content) {
  return "A" + std::to_string(content.size() + 1) + "\n" + std::string(content) + "\nC\n";
}

TEST(Whois, ConnectionsEndAfterOneAnswerUnlessAskedNotTo) {
  const Registry all = registry();
  EXPECT_EQ(ask(all, "!gAS64500\n!gAS64500\n"), sent("192.0.2.0/24 192.0.2.0/25"));
  EXPECT_EQ(ask(all, "!!\r\n!gAS64501\r\n\r\n!gAS64501\n!q\n!gAS64501\n"), sent("192.0.0.0/16") + sent("192.0.0.0/16"));
  EXPECT_EQ(ask(all, "-k\n!nme\n"), "%  No entries found for the selected source(s).\n\n\nC\n");
  EXPECT_EQ(ask(all, "!nlast line without its end"), "C\n");
  Session session;
  EXPECT_EQ(session.patience(), 30u);
  std::string text;
  session.take(as_bytes("!t600\n"));
  EXPECT_TRUE(session.answer(all, text));
  EXPECT_EQ(session.patience(), 600u);
}

TEST(Whois, RoutesAndMembers) {
  EXPECT_EQ(ask("!gas64500"), sent("192.0.2.0/24 192.0.2.0/25"));
  EXPECT_EQ(ask("!6AS64500"), sent("2001:db8::/32"));
  EXPECT_EQ(ask("!gAS1"), "D\n");
  EXPECT_EQ(ask("!gfoo"), "F Invalid AS number foo\n");
  EXPECT_EQ(ask("!g"), "F Missing parameter for g query\n");
  EXPECT_EQ(ask("!a4as-foo"), sent("192.0.0.0/16 192.0.2.0/24 192.0.2.0/25"));
  EXPECT_EQ(ask("!a6AS-FOO"), sent("2001:db8::/32"));
  EXPECT_EQ(ask("!aAS-FOO"), sent("192.0.0.0/16 192.0.2.0/24 192.0.2.0/25 2001:db8::/32"));
  EXPECT_EQ(ask("!aAS-NONE"), "D\n");
  EXPECT_EQ(ask("!aRS-FOO"), "D\n");
  EXPECT_EQ(ask("!a"), "F Missing required set name for A query\n");
  EXPECT_EQ(ask("!a4"), "F Missing required set name for A query\n");
  EXPECT_EQ(ask("!iAS-FOO"), sent("AS64500 AS-BAR"));
  EXPECT_EQ(ask("!iAS-FOO,1"), sent("AS64500 AS64501"));
  EXPECT_EQ(ask("!iRS-FOO"), sent("AS64500^25 RS-BAR^- 10.0.0.0/8^+"));
  EXPECT_EQ(ask("!iRS-FOO,1"), sent("10.0.0.0/8^+ 192.0.2.0/24^25 192.0.2.0/25 198.51.100.0/24^-"));
  EXPECT_EQ(ask("!iAS-EMPTY,1"), "D\n");
  EXPECT_EQ(ask("!iAS-NONE"), "D\n");
}

TEST(Whois, SourcesAreSelectedInOrder) {
  EXPECT_EQ(ask("!s-lc"), sent("RIPE,RADB"));
  EXPECT_EQ(ask("!sradb,ripe\n!s-lc\n!iAS-FOO"), "C\n" + sent("RADB,RIPE") + sent("AS64502"));
  EXPECT_EQ(ask("!sRADB\n!gAS64500\n!iAS-BAR"), "C\n" + sent("192.0.2.0/25") + "D\n");
  EXPECT_EQ(ask("!sNONE"), "F One or more selected sources are unavailable.\n");
  EXPECT_EQ(ask("-s RADB -T as-set AS-FOO\n!s-lc\n-a AS64500\n!s-lc"),
            std::string(kObjects[5]) + "\n\n" + sent("RADB") + std::string(kObjects[6]) + "\n\n" + sent("RIPE,RADB"));
  EXPECT_EQ(ask("!j-*"), sent("RIPE:N:-\nRADB:N:-"));
  EXPECT_EQ(ask("!jnone"), sent("NONE:X:Database unknown"));
  EXPECT_NE(ask("!Jripe,none").find("\"NONE\": {\"error\": \"Unknown source\"}"), std::string::npos)
      << ask("!Jripe,none");
  EXPECT_EQ(ask("-q sources"), "RIPE:3:N:0-0\nRADB:3:N:0-0\n\n\n");
}

TEST(Whois, SetsCanBeExcluded) {
  EXPECT_EQ(ask("!eAS-BAR,AS-X\n!e-lc\n!iAS-FOO,1\n!e\n!iAS-FOO,1"),
            "C\n" + sent("AS-BAR,AS-X") + sent("AS64500") + "C\n" + sent("AS64500 AS64501"));
}

TEST(Whois, ObjectsByKey) {
  const auto object = [](int i) {
    std::string text = kObjects[i];
    text.pop_back();
    return text;
  };
  EXPECT_EQ(ask("!mas-set,AS-FOO"), sent(object(4))) << "the first source's alone";
  EXPECT_EQ(ask("!mroute,192.0.2.0/24AS64500"), sent(object(0)));
  EXPECT_EQ(ask("!mroute,192.0.2.0/24-AS64500"), sent(object(0)));
  EXPECT_EQ(ask("!mroute,192.0.2.0/24 AS64500"), sent(object(0)));
  EXPECT_EQ(ask("!mroute6,2001:0DB8::/32as64500"), sent(object(3)));
  EXPECT_EQ(ask("!mperson,JD1-RIPE"), sent(object(7)));
  EXPECT_EQ(ask("!mas-set,AS-NONE"), "D\n");
  EXPECT_EQ(ask("!mas-set"), "F Invalid argument for object lookup: as-set\n");
  EXPECT_EQ(ask("AS64500"), object(6) + "\n\n\n");
  EXPECT_EQ(ask("-T as-set as-foo"), object(4) + "\n\n" + object(5) + "\n\n\n");
  EXPECT_EQ(ask("-r -K as-foo"),
            "as-set: AS-FOO\nmembers: AS64500\nmembers: AS-BAR\n\nas-set: AS-FOO\nmembers: AS64502\n\n\n");
  EXPECT_EQ(ask("nothing"), "%  No entries found for the selected source(s).\n\n\n");
  EXPECT_EQ(ask("-X foo"), "%% ERROR: Unrecognised flag/search: X\n\n\n");
  EXPECT_EQ(ask("-T"), "%% ERROR: Missing argument for flag/search: T\n\n\n");
}

TEST(Whois, ObjectsByRouteAndByAttribute) {
  const auto object = [](int i) { return std::string(kObjects[i]); };
  EXPECT_EQ(ask("-x 192.0.2.0/24"), object(0) + "\n\n");
  EXPECT_EQ(ask("-l 192.0.2.0/25"), object(0) + "\n\n");
  EXPECT_EQ(ask("-L 192.0.2.0/25"), object(1) + "\n" + object(0) + "\n" + object(2) + "\n\n");
  EXPECT_EQ(ask("-M 192.0.0.0/16"), object(0) + "\n" + object(1) + "\n\n");
  EXPECT_EQ(ask("192.0.2.1"), object(1) + "\n" + object(0) + "\n" + object(2) + "\n\n");
  EXPECT_EQ(ask("-K -x 192.0.2.0/24"), "route: 192.0.2.0/24\norigin: AS64500\n\n\n");
  EXPECT_EQ(ask("-s RADB -l 192.0.2.128/26"), "%  No entries found for the selected source(s).\n\n\n");
  EXPECT_EQ(ask("!r192.0.2.0/24,o"), sent("AS64500"));
  EXPECT_EQ(ask("!r192.0.2.0/26,o"), "D\n");
  EXPECT_EQ(ask("!r192.0.2.0/24,x"), "F Invalid route search option: x\n");
  EXPECT_EQ(ask("!rnonsense"), "F Invalid input for route search: nonsense\n");
  EXPECT_EQ(ask("!r10.0.0.0/8"), "D\n");
  EXPECT_EQ(ask("-i origin AS64501"), object(2) + "\n\n");
  EXPECT_EQ(ask("-T route6 -i origin as64500"), object(3) + "\n\n");
  EXPECT_EQ(ask("!oMNT-B"), "A" + std::to_string(object(1).size()) + "\n" + object(1) + "C\n");
  EXPECT_EQ(ask("-i descr x").substr(0, 61), "%% ERROR: Inverse attribute search not supported for descr, o");
  const Registry without = registry(false);
  EXPECT_EQ(ask(without, "!mas-set,AS-FOO\n").substr(0, 2), "F ");
}

TEST(Whois, RpkiTakesPart) {
  Registry all = registry();
  all.world.vrps = std::make_shared<const VrpTable>(VrpTable::build(
      {{*parse_prefix("192.0.2.0/24"), 24, Asn{64499}, 0}, {*parse_prefix("192.0.0.0/16"), 16, Asn{64501}, 0}},
      {"ripe"}));
  std::vector<bool> invalid;
  for (const RouteObject& object : all.world.irr->objects()) {
    invalid.push_back(parse_prefix("192.0.2.0/24")->covers(object.prefix));
  }
  all.world.registry_rpki =
      std::make_shared<const RegistryRpki>(RegistryRpki::build(*all.world.vrps, std::move(invalid)));
  all = Registry::of(all.world, all.objects);
  EXPECT_EQ(ask(all, "!s-lc\n"), sent("RIPE,RADB,RPKI"));
  EXPECT_EQ(ask(all, "!gAS64500\n"), "D\n") << "both are invalid";
  EXPECT_EQ(ask(all, "!gAS64499\n"), sent("192.0.2.0/24")) << "the VRP stands for a route object";
  EXPECT_EQ(ask(all, "!!\n!sRIPE\n!gAS64499\n"), "C\nD\n");
  EXPECT_EQ(ask(all, "!r192.0.2.0/24,o\n"), sent("AS64499"));
  EXPECT_EQ(ask(all, "-l 192.0.0.0/24\n"),
            std::string(kObjects[2]) + "rpki-ov-state:  valid\n\n" +
                "route:          192.0.0.0/16\ndescr:          VRP of 192.0.0.0/16 for AS64501, standing for a route "
                "object\nmax-length:     16\norigin:         AS64501\nsource:         RPKI  # trust anchor ripe\n\n\n");
  EXPECT_EQ(ask(all, "!!\n!fno-rpki-filter\n!sRIPE\n-x 192.0.2.0/24\n"),
            sent("Filtering out RPKI invalids is disabled for !r and RIPE style queries for the rest of this "
                 "connection.") +
                "C\n" + kObjects[0] + "rpki-ov-state:  invalid\n\n\n");
  EXPECT_NE(ask(all, "-x 2001:db8::/32\n").find("rpki-ov-state:  not_found"), std::string::npos);
}

TEST(Whois, ChangesAreToldByNrtm) {
  Registry all = registry();
  EXPECT_EQ(ask(all, "-q sources\n"), "RIPE:3:N:0-0\nRADB:3:N:0-0\n\n\n");
  nrtm::Journal journal("RADB", 10);
  const nrtm::Change change{nrtm::Change::Action::add, 12, kObjects[1], {}};
  all.journals = {journal};
  EXPECT_EQ(ask(all, "-q sources\n"), "RIPE:3:N:0-0\nRADB:3:Y:10-10\n\n\n") << "one without a change";
  all.journals[0].append({&change, 1}, 13);
  EXPECT_EQ(ask(all, "-q sources\n"), "RIPE:3:N:0-0\nRADB:3:Y:11-13\n\n\n");
  EXPECT_EQ(ask(all, "!j-*\n"), sent("RIPE:N:-\nRADB:Y:11-13"));
  EXPECT_EQ(ask(all, "-g radb:3:11-LAST\n"),
            "%START Version: 3 RADB 11-13\n\nADD 12\n\n" + std::string(kObjects[1]) + "\n%END RADB\n\n\n");
  EXPECT_EQ(ask(all, "-g RADB:3:13-13\n"), "%START Version: 3 RADB 13-13\n\n%END RADB\n\n\n");
  EXPECT_EQ(ask(all, "-g RADB:3:14-LAST\n"), "% Warning: there are no newer updates available\n\n\n");
  EXPECT_EQ(ask(all, "-g RADB:3:10-LAST\n"), "%ERROR:401: invalid range: Not within 11-13\n\n\n");
  EXPECT_EQ(ask(all, "-g RIPE:3:1-LAST\n").substr(0, 32), "%ERROR:403: unknown source RIPE,");
  for (const char* query :
       {"-g RADB\n", "-g RADB:1:11-LAST\n", "-g RADB:3:x-LAST\n", "-g RADB:3:11\n", "-g RADB:3:11-END\n"}) {
    EXPECT_EQ(ask(all, query).substr(0, 24), "%ERROR:405: syntax error") << query;
  }
  EXPECT_NE(ask(all, "!JRADB\n")
                .find("\"local_journal_kept\": true, \"serial_oldest_journal\": 11, "
                      "\"serial_newest_journal\": 13, \"serial_last_export\": null, "
                      "\"serial_newest_mirror\": 13"),
            std::string::npos);
}

// Its objects by their first lines.
std::vector<std::string> firsts(std::string answer) {
  std::vector<std::string> lines;
  answer = "\n" + answer;
  for (std::size_t at = 0; (at = answer.find("\n", at)) != std::string::npos; ++at) {
    const std::string line = answer.substr(at + 1, answer.find('\n', at + 1) - at - 1);
    if ((at == 0 || answer[at - 1] == '\n') && !line.empty()) lines.push_back(line);
  }
  return lines;
}

TEST(Whois, AddressesAndNumbersAreFoundByTheirRanges) {
  const char* const kNumbers[] = {
      "inetnum: 192.0.0.0 - 192.0.255.255\nsource: RIPE\n",
      "inetnum: 192.0.2.0 - 192.0.2.255\nsource: RIPE\n",
      "inetnum: 192.0.2.0 - 192.0.2.63\nsource: RIPE\n",
      "inetnum: 192.0.2.0 - 192.0.2.255\nsource: RADB\n",
      "inetnum: 192.0.2.10 - 192.0.2.19\nsource: RIPE\n",
      "inetnum: 192.0.2.64 - 192.0.2.99\nsource: RIPE\n",
      "inet6num: 2001:db8::/32\nsource: RIPE\n",
      "inet6num: 2001:db8:1::/48\nsource: RIPE\n",
      "as-block: AS64496 - AS64511\nsource: RIPE\n",
      "as-block: AS64000 - AS65000\nsource: RIPE\n",
      "aut-num: AS64500\nsource: RIPE\n",
      "route: 192.0.2.0/24\norigin: AS64500\nsource: RIPE\n",
      "route: 192.0.2.0/25\norigin: AS64500\nsource: RADB\n",
      "route: 192.0.2.0/26\norigin: AS64500\nsource: RADB\n",
  };
  auto store = std::make_shared<ObjectStore>();
  for (const char* text : kNumbers) {
    RpslObjects objects(as_bytes(text));
    RpslObject object;
    objects.next(object);
    const std::string source = rpsl_value(object.find("source")->value);
    const auto range = range_of(object);
    if (range) {
      store->add(object.attributes[0].name, source, text, keys_of(object), *range);
    } else {
      store->add(object.attributes[0].name, source, text, keys_of(object));
    }
  }
  store->freeze();
  const Registry all = Registry::of(world_of({}, {a_route("192.0.2.0/24", 64500), a_route("192.0.2.0/25", 64500, 1),
                                                  a_route("192.0.2.0/26", 64500, 1)}),
                                    {store});
  using Lines = std::vector<std::string>;
  const auto of = [&](const std::string& query) { return firsts(ask(all, query + "\n")); };
  const std::string wide = "inetnum: 192.0.0.0 - 192.0.255.255", all24 = "inetnum: 192.0.2.0 - 192.0.2.255",
                    low = "inetnum: 192.0.2.0 - 192.0.2.63", ten = "inetnum: 192.0.2.10 - 192.0.2.19",
                    high = "inetnum: 192.0.2.64 - 192.0.2.99";
  EXPECT_EQ(of("192.0.2.12"),
            (Lines{ten, low, all24, all24, wide, "route: 192.0.2.0/26", "route: 192.0.2.0/25", "route: 192.0.2.0/24"}));
  EXPECT_EQ(of("-T inetnum 192.0.2.12"), (Lines{ten, low, all24, all24, wide}));
  EXPECT_EQ(of("-T route 192.0.2.200"), (Lines{"route: 192.0.2.0/24"}));
  EXPECT_EQ(of("-x 192.0.2.0/24"), (Lines{all24, all24, "route: 192.0.2.0/24"}));
  EXPECT_EQ(of("-x 192.0.2.64 - 192.0.2.99"), Lines{high});
  EXPECT_EQ(of("-s RADB -x 192.0.2.0/24"), Lines{all24});
  EXPECT_EQ(of("-l 192.0.2.0/26"), (Lines{all24, all24, "route: 192.0.2.0/25"}));
  EXPECT_EQ(of("-L 192.0.2.0/24"), (Lines{all24, all24, wide, "route: 192.0.2.0/24"}));
  EXPECT_EQ(of("-m 192.0.2.0/24"), (Lines{low, high, "route: 192.0.2.0/25"}));
  EXPECT_EQ(of("-M 192.0.2.0/24"), (Lines{low, ten, high, "route: 192.0.2.0/25", "route: 192.0.2.0/26"}));
  EXPECT_EQ(of("-m 192.0.0.0/16"), (Lines{all24, all24, "route: 192.0.2.0/24"}));
  EXPECT_EQ(of("2001:db8:1::1"), (Lines{"inet6num: 2001:db8:1::/48", "inet6num: 2001:db8::/32"}));
  EXPECT_EQ(of("AS64500"), (Lines{"as-block: AS64496 - AS64511", "as-block: AS64000 - AS65000", "aut-num: AS64500"}));
  EXPECT_EQ(of("-T aut-num AS64500"), Lines{"aut-num: AS64500"});
  EXPECT_EQ(of("as64999"), Lines{"as-block: AS64000 - AS65000"});
  EXPECT_EQ(of("inetnum"), Lines{"%  No entries found for the selected source(s)."});
  EXPECT_EQ(of("-x 192.0.2.9 - 192.0.2.1")[0].substr(0, 8), "%% ERROR");
  EXPECT_EQ(ask(all, "!r192.0.2.0/24\n"), sent("route: 192.0.2.0/24\norigin: AS64500\nsource: RIPE"))
      << "this one asks for routes";
}

TEST(Whois, TheRegistryMayChangeBetweenQueries) {
  const Registry both = registry();
  Registry one = registry();
  one.world.irr =
      std::make_shared<const IrrTable>(IrrTable::build({{*parse_prefix("198.51.100.0/24"), Asn{64500}, 0}}, {"RIPE"}));
  one.sources = {"RIPE"};
  std::string text;
  const auto ask = [&](Session& session, const Registry& registry, std::string_view query) {
    session.take(as_bytes(query));
    return session.answer(registry, text) ? text : std::string();
  };
  Session session;
  EXPECT_EQ(ask(session, both, "!!\n"), "");
  EXPECT_EQ(ask(session, both, "!gAS64500\n"), sent("192.0.2.0/24 192.0.2.0/25"));
  EXPECT_EQ(ask(session, one, "!gAS64500\n"), sent("198.51.100.0/24"));
  EXPECT_EQ(ask(session, one, "!s-lc\n"), sent("RIPE"));
  EXPECT_EQ(ask(session, both, "!s-lc\n"), sent("RIPE,RADB")) << "nothing was selected";
  EXPECT_EQ(ask(session, both, "!sRADB,RIPE\n"), "C\n");
  EXPECT_EQ(ask(session, one, "!s-lc\n"), sent("RIPE"));
  EXPECT_EQ(ask(session, one, "!gAS64500\n"), sent("198.51.100.0/24"));
}

TEST(Whois, Templates) {
  const std::string route = ask(registry(), "-t ROUTE\n");
  EXPECT_EQ(route.substr(0, route.find("holes")),
            "route:          [mandatory]  [single]     [primary key]\ndescr:          [optional]   [multiple]   [ ]\n"
            "origin:         [mandatory]  [single]     [primary/look-up key]\n");
  EXPECT_TRUE(route.ends_with("source:         [mandatory]  [single]     [ ]\n\n\n"));
  EXPECT_EQ(ask(registry(), "-t poem\n"), "%% ERROR: Unknown object class: poem\n\n\n");
}

TEST(Whois, WhatIsTooLongEndsTheConnection) {
  const Registry all = registry();
  Session session;
  const std::string flood(Session::kMostWaiting + 1000, 'x');
  EXPECT_EQ(session.take(as_bytes(flood)), Session::kMostWaiting);
  std::string text;
  ASSERT_TRUE(session.answer(all, text));
  EXPECT_EQ(text.substr(0, 2), "F ");
  EXPECT_TRUE(session.ended());
  EXPECT_FALSE(session.answer(all, text));
}

}  // namespace
}  // namespace fairway::whois
