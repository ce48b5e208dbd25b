#include "shell/config/network.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace fairway::config {
namespace {

std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Network full_network() {
  const auto prefix = [](std::string_view text) { return parse_prefix(text).value(); };
  const auto address = [](std::string_view text) { return parse_ip(text).value(); };
  Network network;
  network.asns = {Asn{64500}, Asn{4200000000}};
  network.prefixes = {
      {.prefix = prefix("192.0.2.0/24"), .origins = {Asn{64500}, Asn{64501}}, .max_length = 26},
      {.prefix = prefix("2001:db8::/32"), .occasional = true, .description = "for: a \"rainy\" day # not null"},
      {.prefix = prefix("198.51.100.0/24"), .origins = {Asn{64500}}, .ignore = true}};
  network.neighbours = {{.asn = Asn{64510},
                         .role = Role::rs_client,
                         .local_asn = Asn{64500},
                         .name = "Näher",
                         .as_sets = {"RIPE::AS-X", "AS64510:AS-ALL"},
                         .sessions = {{.address = address("203.0.113.1"),
                                       .local_address = address("203.0.113.2"),
                                       .interface = "xe-0/0/1.5",
                                       .router = "edge1"},
                                      {.address = address("2001:db8::1")}},
                         .limits = {.ipv4 = 50}},
                        {.asn = Asn{1}}};
  network.providers_complete = true;
  network.contacts = {{.role = "noc", .email = "noc@example.net", .phone = "+1 555 0100"}, {.role = "abuse"}};
  network.exchanges = {
      {.name = "EX-IX", .peeringdb_id = 31, .addresses = {address("2001:db8::")}, .route_server = true}};
  network.exceptions = {{.kind = "hijack",
                         .prefix = prefix("192.0.2.0/24"),
                         .asn = Asn{64520},
                         .expires = parse_instant("2030-01-31T12:00:00Z").value(),
                         .reason = "a move"},
                        {.expires = parse_instant("2030-01-31").value(), .reason = "-"}};
  return network;
}

TEST(NetworkYaml, ReadsBackWhatItPrints) {
  for (const Network& network : {full_network(), Network()}) {
    for (const Absent absent : {Absent::leave_out, Absent::as_comment}) {
      const std::string text = print_network(network, absent);
      const auto reading = read_network(text);
      ASSERT_TRUE(reading) << reading.error().text << "\n" << text;
      EXPECT_EQ(reading->network, network) << text;
      EXPECT_TRUE(reading->notes.empty());
    }
  }
}

TEST(NetworkYaml, LongListsReadBackToo) {
  Network network;
  for (std::uint32_t asn = 1; asn < 200; ++asn) network.asns.push_back(Asn{asn});
  const auto reading = read_network(print_network(network));
  ASSERT_TRUE(reading);
  EXPECT_EQ(reading->network, network);
}

TEST(NetworkYaml, TellsEveryProblemWithItsPlace) {
  const auto reading = read_network(
      "version: 1\n"
      "asns: [64500, ASX]\n"
      "neighbors: []\n"
      "prefixes:\n"
      "  - prefix: 192.0.2.0/24\n"
      "    max_lenght: 25\n"
      "exceptions:\n"
      "  - {asn: 1, reason: because}\n"
      "neighbours:\n"
      "  - {asn: 2, role: upstream}\n");
  ASSERT_FALSE(reading);
  EXPECT_EQ(reading.error().kind, ErrorKind::malformed);
  EXPECT_EQ(reading.error().where, 2u);
  EXPECT_EQ(reading.error().text,
            "line 2, column 15: asns: 'ASX' is no ASN: write it as 64500\n"
            "line 3, column 1: unknown key 'neighbors'; did you mean 'neighbours'?\n"
            "line 6, column 5: unknown key 'max_lenght'; did you mean 'max_length'?\n"
            "line 8, column 5: 'expires' is missing\n"
            "line 10, column 20: role: 'upstream' is none of customer, provider, peer, rs, rs-client, sibling");
}

TEST(NetworkYaml, RefusesALengthThatIsNoMoreSpecific) {
  for (const char* length : {"23", "33"}) {
    const auto reading =
        read_network(std::string("version: 1\nprefixes: [{prefix: 192.0.2.0/24, max_length: ") + length + "}]\n");
    ASSERT_FALSE(reading);
    EXPECT_NE(reading.error().text.find("is not from 24 to 32"), std::string::npos) << reading.error().text;
  }
}

TEST(NetworkYaml, RefusesAnotherVersionAndNone) {
  EXPECT_NE(read_network("version: 2\nwhat_is_new: 1\n").error().text.find("this is version 2"), std::string::npos);
  EXPECT_NE(read_network("asns: [1]\n").error().text.find("'version' is missing"), std::string::npos);
  EXPECT_FALSE(read_network(""));
}

TEST(NetworkYaml, TheExampleIsRead) {
  const auto reading = read_network(example(network_schema()));
  ASSERT_TRUE(reading) << reading.error().text;
  EXPECT_EQ(reading->network.neighbours.at(0).role, Role::provider);
  EXPECT_EQ(reading->network.neighbours.at(0).sessions.size(), 1u);
  EXPECT_EQ(reading->network.exceptions.at(0).reason, "the customer moves to AS64520");
}

TEST(NetworkYaml, ThePageIsThatOfTheDeclarations) {
  const std::string page = read_text(FAIRWAY_SOURCE_DIR "/docs/formats/network.md");
  EXPECT_NE(page.find(reference(network_schema())), std::string::npos)
      << "docs/formats/network.md should hold these tables:\n\n"
      << reference(network_schema());
  EXPECT_NE(page.find(example(network_schema())), std::string::npos)
      << "docs/formats/network.md should hold this example:\n\n"
      << example(network_schema());
}

constexpr std::string_view kPrefixesYml =
    "165.254.225.0/24:\n"
    "  description: Rome peering\n"
    "  asn: 2914\n"
    "  ignoreMorespecifics: true\n"
    "  ignore: false\n"
    "  group: noc\n"
    "2a00:5884::/32:\n"
    "  asn: [204092, '45']\n"
    "  description: alarig fix test\n"
    "  ignore: true\n"
    "  group: noc\n"
    "  excludeMonitors: [withdrawal-detection]\n"
    "  path:\n"
    "    match: '.*2194,1234$'\n"
    "options:\n"
    "  monitorASns:\n"
    "    '2914': {group: default, upstreams: [], downstreams: [3333, 4]}\n"
    "    45:\n"
    "      upstreams: [1299]\n";

TEST(PrefixesYml, BecomesTheSameNetwork) {
  const auto reading = read_network(kPrefixesYml);
  ASSERT_TRUE(reading) << reading.error().text;
  Network expected;
  expected.asns = {Asn{2914}, Asn{45}};
  expected.prefixes = {{.prefix = parse_prefix("165.254.225.0/24").value(),
                        .origins = {Asn{2914}},
                        .max_length = 32,
                        .description = "Rome peering"},
                       {.prefix = parse_prefix("2a00:5884::/32").value(),
                        .origins = {Asn{204092}, Asn{45}},
                        .occasional = true,
                        .ignore = true,
                        .description = "alarig fix test"}};
  expected.neighbours = {{.asn = Asn{3333}, .role = Role::customer, .local_asn = Asn{2914}},
                         {.asn = Asn{4}, .role = Role::customer, .local_asn = Asn{2914}},
                         {.asn = Asn{1299}, .role = Role::provider, .local_asn = Asn{45}}};
  expected.providers_complete = true;   // both ASes have the list
  expected.customers_complete = false;  // one has none
  EXPECT_EQ(reading->network, expected);
}

TEST(PrefixesYml, TellsOnceWhatItDoesNotUse) {
  const auto reading = read_network(kPrefixesYml);
  ASSERT_TRUE(reading);
  ASSERT_EQ(reading->notes.size(), 2u);
  EXPECT_EQ(to_string(reading->notes[0]),
            "line 6, column 3: 'group' is not used: who is told is not written here (3 times in the file)");
  EXPECT_EQ(to_string(reading->notes[1]),
            "line 13, column 3: 'path' is not used: paths are judged by ASPA, relationships and neighbours instead of "
            "expressions");
}

TEST(PrefixesYml, RefusesWhatItCannotMean) {
  EXPECT_EQ(read_network("192.0.2.0/24: {asn: 1}\n192.0.2.0/33: {asn: 1}\n").error().text,
            "line 2, column 1: '192.0.2.0/33' is no prefix");
  EXPECT_EQ(read_network("192.0.2.0/24: {description: x}\n").error().text, "line 1, column 15: 'asn' is missing");
  EXPECT_EQ(read_network("192.0.2.0/24: {asn: x}\n").error().where, 1u);
}

}  // namespace
}  // namespace fairway::config
