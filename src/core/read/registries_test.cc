// AS relationships, organisations, names, delegations, PeeringDB, dates, and telling them apart.
#include "core/read/as_names.h"
#include "core/read/as_organisations.h"
#include "core/read/as_relationships.h"
#include "core/read/dates.h"
#include "core/read/delegations.h"
#include "core/read/golden_for_tests.h"
#include "core/read/peeringdb.h"
#include "core/read/registry_dump.h"
#include "core/read/rpki_csv.h"
#include "core/read/rpki_json.h"
#include "core/read/slurm.h"

namespace fairway {
namespace {

TEST(AsRelationships, ReadsSerial1) {
  const auto read = read_as_relationships(golden("as-rel.txt").bytes());
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->format, "serial-1");
  EXPECT_EQ(read->links,
            (std::vector<RelationshipLink>{
                {Asn{174}, Asn{13335}, true}, {Asn{1299}, Asn{3356}, false}, {Asn{3356}, Asn{15169}, false}}));
  EXPECT_EQ(read->clique, (std::vector<Asn>{Asn{174}, Asn{1299}, Asn{3356}}));
  EXPECT_EQ(read->exchanges, (std::vector<Asn>{Asn{1200}, Asn{24115}}));
  EXPECT_EQ(read->date, parse_instant("2023-01-03"));
}

TEST(AsRelationships, ReadsSerial2) {
  const auto read = read_as_relationships(golden("as-rel2.txt").bytes());
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->format, "serial-2");
  EXPECT_EQ(read->links.size(), 2u);
  EXPECT_EQ(read->siblings, 1u);
  EXPECT_EQ(read->clique.size(), 3u);
}

TEST(AsRelationships, RefusesWhatItIsNot) {
  const auto read = read_as_relationships(as_bytes("1|2|-1\n1|2|7\n3|3|0\n4|5|0\n"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->skips.count, 2u);
  EXPECT_EQ(read->skips.first[0].where, 2u);
  EXPECT_EQ(read_as_relationships(as_bytes("# nothing\n")).error().kind, ErrorKind::refused);
  EXPECT_EQ(read_as_relationships(as_bytes("<html>\n")).error().kind, ErrorKind::malformed);
}

TEST(AsOrganisations, BothFormsSayTheSame) {
  const auto text = read_as_organisations(golden("as-org2info.txt").bytes());
  const auto json = read_as_organisations(golden("as-org2info.jsonl").bytes());
  ASSERT_TRUE(text) << text.error().text;
  ASSERT_TRUE(json) << json.error().text;
  EXPECT_EQ(text->organisations, json->organisations);
  EXPECT_EQ(text->holders, json->holders);
  EXPECT_EQ(text->organisations[0], (Organisation{"CLOUD14-ARIN", "Cloudflare, Inc.", "US"}));
  EXPECT_EQ(text->holders[2], (OrganisationTable::Holder{Asn{36040}, "GOGL-ARIN"}));
  EXPECT_EQ(text->date, parse_instant("2023-01-01"));
  EXPECT_EQ(json->date, std::nullopt);
}

TEST(AsOrganisations, TheFormatLineNamesTheColumns) {
  const auto old = read_as_organisations(as_bytes(
      "# "
      "format:aut|changed|aut_name|org_id|source\n1|2|NAME|ORG|ARIN\nx|2|NAME|ORG|ARIN\n1|2\n2|0|N|O|A\n3|0|N|O|A\n"));
  ASSERT_TRUE(old) << old.error().text;
  EXPECT_EQ(old->holders[0], (OrganisationTable::Holder{Asn{1}, "ORG"}));
  EXPECT_EQ(old->skips.count, 2u);
  EXPECT_FALSE(read_as_organisations(as_bytes("1|2|NAME|ORG|ARIN\n")));
}

TEST(AsOrganisations, BrokenLinesOfJsonAreLeftOut) {
  const Buffer file = buffer_of(
      "{\"organizationId\":\"A\",\"type\":\"ASN\",\"asn\":1}\n{\"organizationId\":\"A\",\"type\":\"ASN\",\"asn\":"
      "\"2\"\n"
      "{\"organizationId\":\"A\",\"type\":\"ASN\",\"asn\":\"3\"} "
      "x\n{\"organizationId\":\"A\",\"type\":\"ASN\",\"asn\":\"4\"}");
  const auto read = read_as_organisations(file.bytes());
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->holders.size(), 2u);
  EXPECT_EQ(read->skips.count, 2u);
  EXPECT_EQ(read->skips.first[0].where, 2u);
}

TEST(Delegations, ReadsTheExtendedForm) {
  const auto read = read_delegations(golden("delegated-extended").bytes());
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->registry, "afrinic");
  EXPECT_TRUE(read->extended);
  EXPECT_EQ(read->date, parse_instant("2023-03-23"));
  EXPECT_EQ(read->records, 7u);
  using enum DelegationStatus;
  ASSERT_EQ(read->blocks.size(), 5u);
  EXPECT_EQ(read->blocks[0].prefix, *parse_prefix("196.216.0.0/23")) << "768 addresses are a /23 and a /24";
  EXPECT_EQ(read->blocks[1].prefix, *parse_prefix("196.216.2.0/24"));
  EXPECT_EQ(read->blocks[1].delegation, (Delegation{assigned, {'K', 'E'}, 0}));
  EXPECT_EQ(read->blocks[2].delegation, (Delegation{available, {' ', ' '}, 0}));
  EXPECT_EQ(read->blocks[4].prefix, *parse_prefix("2001:42e0::/27"));
  ASSERT_EQ(read->as_ranges.size(), 3u);
  EXPECT_EQ(read->as_ranges[2].first, Asn{327680});
  EXPECT_EQ(read->as_ranges[2].last, Asn{328703});
  EXPECT_EQ(read->as_ranges[2].delegation, (Delegation{reserved, {'Z', 'A'}, 0}));
}

TEST(Delegations, BlocksThatAreNoPrefixAreCutIntoTheFewest) {
  const auto read =
      read_delegations(as_bytes("apnic|AU|ipv4|10.0.0.1|510|20200101|assigned\napnic|AU|ipv4|255.255.255.255|1|"
                                "20200101|assigned\napnic|AU|ipv4|0.0.0.0|4294967296|20200101|assigned\n"));
  ASSERT_TRUE(read) << read.error().text;
  std::uint64_t sum = 0;
  for (const auto& block : read->blocks) sum += std::uint64_t{1} << (32 - block.prefix.length());
  EXPECT_EQ(sum, 510 + 1 + (std::uint64_t{1} << 32));
  EXPECT_EQ(read->blocks.size(), 16u + 2u) << "1+2+4+...+128 on each side of 10.0.1.0";
  EXPECT_FALSE(read->extended);
}

TEST(Delegations, ACutOffFileIsRefused) {
  const auto cut =
      read_delegations(as_bytes("2|lacnic|20230323|86237|19870101|20230322|-0300\nlacnic|*|ipv4|*|19618|"
                                "summary\nlacnic|BR|ipv4|24.152.0.0|1024|20200310|allocated|310248\n"));
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().kind, ErrorKind::truncated);
  EXPECT_EQ(read_delegations(as_bytes("2|lacnic|20230323|0|19870101|20230322|-0300\n")).error().kind,
            ErrorKind::refused);
  const auto mixed =
      read_delegations(as_bytes("lacnic|BR|asn|1|1|20200310|allocated\narin|US|asn|2|1|20200310|allocated\nlacnic|BR|"
                                "asn|4294967295|2|20200310|allocated\nlacnic|BR|asn|7|2|20200310|lent\nlacnic|BR|asn|8|"
                                "2|20200310|assigned\nlacnic|BR|asn|9|2|20200310|assigned\n"));
  ASSERT_TRUE(mixed) << mixed.error().text;
  EXPECT_EQ(mixed->skips.count, 3u);
}

TEST(PeeringDb, ReadsAnAnswerOfTheApi) {
  const auto read = read_peeringdb(golden("peeringdb-net.json").bytes());
  ASSERT_TRUE(read) << read.error().text;
  using Network = PeeringDb::Network;
  EXPECT_EQ(read->networks,
            (std::vector<Network>{{Asn{3333}, "RIPE NCC", "RIPE::AS-RIPENCC", 50, 30, "Non-Profit"},
                                  {Asn{64500}, "An exchange's route servers", "", 0, 0, "Route Server"}}));
  EXPECT_EQ(read->date, Instant{1665014403500000});
}

TEST(PeeringDb, ReadsADump) {
  const auto read = read_peeringdb(golden("peeringdb-dump.json").bytes());
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(read->exchanges, (std::vector<PeeringDb::Exchange>{{26, "AMS-IX", "NL"}}));
  EXPECT_EQ(read->lans, (std::vector<PeeringDb::Lan>{{26, 26, Asn{6777}}}));
  EXPECT_EQ(read->lan_prefixes.size(), 2u);
  EXPECT_EQ(read->connections,
            (std::vector<PeeringDb::Connection>{{Asn{3333}, 26, 26, parse_ip("80.249.208.68"), std::nullopt, true}}));
  EXPECT_EQ(read_peeringdb(buffer_of(R"({"data": []})").bytes()).error().kind, ErrorKind::refused);
  const Buffer whole = golden("peeringdb-dump.json");
  expect_total_over_prefixes(Buffer::copy_of(whole.bytes().first(as_text(whole.bytes()).rfind('}'))),
                             [](Bytes part) { EXPECT_FALSE(read_peeringdb(part)) << part.size(); });
}

TEST(AsNames, ReadsBothForms) {
  const auto list = read_as_names(golden("as-names.txt").bytes());
  ASSERT_TRUE(list) << list.error().text;
  EXPECT_EQ(list->names[2], (AsNames::Name{Asn{64500}, "Dash - and comma, inside", ""}));
  const auto ripe = read_as_names(golden("asn.txt").bytes());
  ASSERT_TRUE(ripe) << ripe.error().text;
  EXPECT_EQ(ripe->format, "asn.txt");
  EXPECT_EQ(ripe->names[2], (AsNames::Name{Asn{36}, "AS36, Inc. of Nowhere", "US"}));
}

TEST(Dates, AreFoundInNames) {
  const auto date = [](std::string_view name) { return date_in_name(name) ? to_string(*date_in_name(name)) : "none"; };
  EXPECT_EQ(date("rpkiclient_summary_20250720T100145Z.json.bz2"), "2025-07-20T10:01:45Z");
  EXPECT_EQ(date("ris-updates.20190101.0005.gz"), "2019-01-01T00:05:00Z");
  EXPECT_EQ(date("delegated-afrinic-extended-20230323"), "2023-03-23T00:00:00Z");
  EXPECT_EQ(date("toposcope_asrel_201806.txt.xz"), "2018-06-01T00:00:00Z");
  EXPECT_EQ(date("vrps-2021-12-01.csv"), "2021-12-01T00:00:00Z");
  EXPECT_EQ(date("20230101.as-org2info.txt.gz"), "2023-01-01T00:00:00Z");
  EXPECT_EQ(date("dump20230101120000.json"), "2023-01-01T12:00:00Z");
  EXPECT_EQ(date("ripe.db.route.gz"), "none");
  EXPECT_EQ(date("file-123456789.txt"), "none");
  EXPECT_EQ(date("x20231345"), "none");
  EXPECT_EQ(date("rib.1401487200.bz2"), "none");
}

// Each golden file is known by one sniffer alone, whole and cut anywhere behind its first lines.
TEST(Sniffers, NoTwoClaimTheSameFile) {
  const std::pair<std::string_view, bool (*)(Bytes)> sniffers[] = {{"rpki-json", is_rpki_json},
                                                                   {"rpki-difference", is_rpki_difference},
                                                                   {"rpki-csv", is_rpki_csv},
                                                                   {"slurm", is_slurm},
                                                                   {"as-relationships", is_as_relationships},
                                                                   {"as-organisations", is_as_organisations},
                                                                   {"delegations", is_delegations},
                                                                   {"peeringdb", is_peeringdb},
                                                                   {"as-names", is_as_names},
                                                                   {"rpsl", is_rpsl}};
  const std::pair<const char*, std::string_view> files[] = {{"rpki-client.json", "rpki-json"},
                                                            {"routinator.json", "rpki-json"},
                                                            {"routinator.jsonext", "rpki-json"},
                                                            {"rpki.csv", "rpki-csv"},
                                                            {"roas.csv", "rpki-csv"},
                                                            {"slurm.json", "slurm"},
                                                            {"slurm-aspa.json", "slurm"},
                                                            {"as-rel.txt", "as-relationships"},
                                                            {"as-rel2.txt", "as-relationships"},
                                                            {"as-org2info.txt", "as-organisations"},
                                                            {"as-org2info.jsonl", "as-organisations"},
                                                            {"delegated-extended", "delegations"},
                                                            {"peeringdb-net.json", "peeringdb"},
                                                            {"peeringdb-dump.json", "peeringdb"},
                                                            {"asn.txt", "as-names"},
                                                            {"as-names.txt", "as-names"},
                                                            {"route.db", "rpsl"}};
  for (const auto& [file, kind] : files) {
    const Buffer whole = golden(file);
    for (const auto& [name, is] : sniffers) EXPECT_EQ(is(whole.bytes()), name == kind) << file << " as " << name;
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const Buffer part = Buffer::copy_of(whole.bytes().first(size));
      for (const auto& [name, is] : sniffers) {
        if (name != kind) {
          EXPECT_FALSE(is(part.bytes())) << file << " cut at " << size << " as " << name;
        } else if (size > 700) {
          EXPECT_TRUE(is(part.bytes())) << file << " cut at " << size;
        }
      }
    }
  }
}

TEST(RealFiles, AreRead) {
  FAIRWAY_REAL(relationships, "xzcat $D/world/toposcope_asrel_201806.txt.xz");
  ASSERT_TRUE(is_as_relationships(relationships.bytes().first(kHead)));
  const auto links = read_as_relationships(relationships.bytes());
  ASSERT_TRUE(links) << links.error().text;
  EXPECT_EQ(links->links.size(), 125450u + 161924u);
  EXPECT_EQ(links->skips.count, 0u);

  FAIRWAY_REAL(names, "zcat $D/world/asn_names_20260619.txt.gz");
  EXPECT_EQ(read_as_names(names.bytes())->names.size(), 85946u);

  FAIRWAY_REAL(lacnic, "zcat $D/world/delegated-lacnic-extended-latest.gz");
  const auto given = read_delegations(lacnic.bytes());
  ASSERT_TRUE(given) << given.error().text;
  EXPECT_EQ(given->records, 86237u);
  EXPECT_EQ(given->skips.count, 0u);
  for (const char* registry : {"afrinic", "apnic", "lacnic", "ripencc"}) {
    const Buffer file = real("zcat $D/registry/2014-delegated-" + std::string(registry) + "-latest.gz");
    ASSERT_TRUE(is_delegations(file.bytes().first(std::min(file.size(), kHead)))) << registry;
    const auto old = read_delegations(file.bytes());
    ASSERT_TRUE(old) << registry << ": " << old.error().text;
    EXPECT_EQ(old->registry, registry);
    EXPECT_EQ(old->skips.count, 0u) << registry;
    EXPECT_EQ(to_string(*old->date).substr(0, 7), "2014-06") << registry;
  }

  FAIRWAY_REAL(exchanges, "zcat $D/world/peeringdb_ix_ixlan_ixpfx_20221006.json.gz");
  ASSERT_TRUE(is_peeringdb(exchanges.bytes().first(kHead)));
  const auto ix = read_peeringdb(exchanges.bytes());
  ASSERT_TRUE(ix) << ix.error().text;
  EXPECT_EQ(ix->exchanges.size(), 1041u);
  EXPECT_EQ(ix->lans.size(), 1041u);
  EXPECT_EQ(ix->lan_prefixes.size(), 2010u);
  FAIRWAY_REAL(connections, "zcat $D/world/peeringdb_netixlan_20221006.json.gz");
  ASSERT_TRUE(is_peeringdb(connections.bytes().first(kHead)));
  EXPECT_EQ(read_peeringdb(connections.bytes())->connections.size(), 46038u);
}

}  // namespace
}  // namespace fairway
