#include "shell/config/data_directory.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>

#include "core/tables/aspa.h"
#include "core/tables/delegation.h"
#include "core/tables/exchange.h"
#include "core/tables/irr.h"
#include "core/tables/irr_rpki.h"
#include "core/tables/irr_sets.h"
#include "core/tables/name.h"
#include "core/tables/organisation.h"
#include "core/tables/relationship.h"
#include "core/tables/vrp.h"
#include "shell/config/build_world.h"
#include "shell/config/folder_for_tests.h"
#include "shell/config/registries.h"
#include "shell/feed/rtr_server_for_tests.h"

namespace fairway::config {
namespace {

std::string vrps(std::string_view built, std::string_view rows) {
  return "{\"metadata\": {\"buildtime\": \"" + std::string(built) + "\"}, \"roas\": [" + std::string(rows) + "]}";
}
std::string roa(unsigned asn, std::string_view prefix, std::string_view anchor = "ripe") {
  return "{\"asn\": " + std::to_string(asn) + ", \"prefix\": \"" + std::string(prefix) + "\", \"ta\": \"" +
         std::string(anchor) + "\"}";
}
std::string route(std::string_view prefix, unsigned asn, std::string_view registry) {
  return (prefix.find(':') == std::string_view::npos ? "route: " : "route6: ") + std::string(prefix) + "\norigin: AS" +
         std::to_string(asn) + "\nsource: " + std::string(registry) + "\n\n";
}

TableRequest request_for(const Folder& folder) {
  TableRequest request;
  request.directory = folder.path();
  return request;
}

struct Loaded {
  World world;
  Tables tables;
};
Loaded load(const TableRequest& request) {
  Loaded loaded;
  auto tables = gather(request);
  EXPECT_TRUE(tables) << tables.error().text;
  loaded.tables = *std::move(tables);
  auto world = build_world(loaded.tables);
  EXPECT_TRUE(world) << world.error().text;
  loaded.world = *std::move(world);
  return loaded;
}

// "vrps all: vrps.json", used ones only.
std::vector<std::string> used(const World& world) {
  std::vector<std::string> lines;
  for (const TableSource& source : world.sources) {
    lines.push_back(source.kind + " " + (source.kind == "slurm" ? "" : source.source) + ": " +
                    source.file.substr(source.file.rfind('/') + 1));
  }
  return lines;
}
using Lines = std::vector<std::string>;

TEST(DataDirectory, FilesAreKnownByContentAndMakeAWorld) {
  const Folder folder;
  int number = 0;
  for (const char* name : {"rpki-client.json", "route.db", "as-rel.txt", "as-org2info.txt", "delegated-extended",
                           "peeringdb-net.json", "peeringdb-dump.json", "as-names.txt"}) {
    folder.write("file" + std::to_string(number++), golden_text(name));
  }
  const Loaded loaded = load(request_for(folder));
  const World& world = loaded.world;
  ASSERT_TRUE(world.vrps && world.aspas && world.irr && world.relationships && world.organisations &&
              world.delegations && world.exchanges && world.names);
  EXPECT_EQ(world.vrps->size(), 4u);
  EXPECT_EQ(world.vrps->built(), parse_instant("2025-07-20T10:01:43Z"));
  EXPECT_EQ(world.aspas->authorised(Asn{15562}, Asn{8283}), AspaTable::Auth::provider);
  EXPECT_EQ(world.irr->objects().size(), 3u);
  EXPECT_EQ(world.sets->size(), 1u);
  EXPECT_EQ(world.relationships->of(Asn{13335}, Asn{174}), Relationship::provider);
  EXPECT_TRUE(world.organisations->same(Asn{15169}, Asn{36040}));
  EXPECT_EQ(world.delegations->of(Asn{5536})->status, DelegationStatus::available);
  EXPECT_EQ(world.exchanges->lan_covering(*parse_prefix("80.249.208.0/24"))->exchange, "AMS-IX");
  EXPECT_TRUE(world.exchanges->is_route_server(Asn{6777})) << "rs_asn of the LAN";
  EXPECT_TRUE(world.exchanges->is_route_server(Asn{64500})) << "info_type of the network";
  EXPECT_EQ(world.names->of(Asn{3333}), "RIPE NCC");
  EXPECT_EQ(world.sources.size(), 2u + 3 + 1 + 1 + 1 + 1 + 5 + 1);
  EXPECT_EQ(world.version.size(), 12u);
}

TEST(DataDirectory, OfOneSourceTheNewestIsUsed) {
  const Folder folder;
  folder.write("z.json", vrps("2025-01-01T00:00:00Z", roa(1, "10.0.0.0/8") + "," + roa(1, "11.0.0.0/8", "arin")));
  folder.write("a.json", vrps("2025-01-02T00:00:00Z", roa(2, "10.0.0.0/8") + "," + roa(2, "11.0.0.0/8", "arin")));
  const Loaded loaded = load(request_for(folder));
  EXPECT_EQ(used(loaded.world), (Lines{"vrps all: a.json"}));
  EXPECT_EQ(loaded.world.vrps->size(), 2u);
  EXPECT_EQ(loaded.world.vrps->vrp(0).asn, Asn{2});
  ASSERT_EQ(loaded.tables.choices.size(), 2u);
  EXPECT_EQ(loaded.tables.choices[1].unused, "newer: " + (folder / "a.json"));
}

TEST(DataDirectory, RegistriesGiveRoutesAndSets) {
  const Folder folder;
  const Instant day = *parse_instant("2025-01-01");
  const std::string set = "as-set: AS-X\nmembers: AS1\nmbrs-by-ref: ANY\nsource: ";
  folder.write("old.db", set + "RIPE\n\nas-set: AS-OLD\nsource: RIPE\n", day);
  folder.write("ripe.db", set + "RIPE\n", day + days(1));
  folder.write("mixed.db",
               set + "RADB\n\nroute-set: RS-X\nmbrs-by-ref: ANY\nsource: RADB\n\n" +
                   "aut-num: AS7\nmember-of: AS-X\nmnt-by: M\nsource: RADB\n\n" +
                   "route: 192.0.2.0/24\norigin: AS7\nmember-of: RS-X\nmnt-by: M\nsource: RADB\n\n",
               day);
  folder.write("late.db", route("198.51.100.0/24", 1, "RIPE-NONAUTH"), day);
  const Loaded loaded = load(request_for(folder));
  EXPECT_EQ(used(loaded.world),
            (Lines{"irr RADB route: mixed.db", "irr RIPE-NONAUTH route: late.db", "sets RADB as-set: mixed.db",
                   "sets RADB aut-num: mixed.db", "sets RADB route-set: mixed.db", "sets RIPE as-set: ripe.db"}));
  ASSERT_TRUE(loaded.world.irr && loaded.world.sets);
  const SetTable& sets = *loaded.world.sets;
  EXPECT_EQ(std::vector(sets.registries().begin(), sets.registries().end()), (Lines{"RIPE", "RADB", "RIPE-NONAUTH"}))
      << "the most trusted first";
  EXPECT_EQ(sets.find("AS-OLD"), SetTable::kNone) << "of an older file of the same registry and class";
  const auto [first, end] = sets.named(sets.find("AS-X"));
  ASSERT_EQ(end - first, 2u);
  EXPECT_EQ(sets.asns(first).size(), 1u) << "RADB's aut-num is no member of RIPE's set";
  EXPECT_EQ(sets.asns(first + 1).size(), 2u);
  EXPECT_EQ(sets.prefixes(sets.named(sets.find("RS-X")).first).size(), 1u);
}

TEST(DataDirectory, SetsAloneAreAWorldAndStandForTheIrr) {
  const Folder folder;
  folder.write("routes.db", route("192.0.2.0/24", 1, "RADB"));
  folder.write("as-sets", "as-set: AS-X\nmembers: AS1\nsource: RIPE\n");
  TableRequest request = request_for(folder);
  request.instead[Kind::irr] = {folder / "as-sets"};
  const Loaded loaded = load(request);
  ASSERT_TRUE(loaded.world.sets);
  EXPECT_EQ(loaded.world.sets->size(), 1u);
  EXPECT_FALSE(loaded.world.irr) << "what --irr names stands instead of the folder's";
}

TEST(DataDirectory, RpkiIsJoinedToTheRegistries) {
  const Folder folder;
  folder.write("routes.db", route("192.0.2.0/24", 1, "RADB") + route("198.51.100.0/24", 1, "RADB"));
  folder.write("vrps.json", vrps("2025-01-01T00:00:00Z", roa(2, "192.0.2.0/24")));
  World world = load(request_for(folder)).world;
  EXPECT_FALSE(world.registry_rpki);
  join_rpki(world);
  ASSERT_TRUE(world.registry_rpki);
  EXPECT_TRUE(world.registry_rpki->invalid(0));
  EXPECT_FALSE(world.registry_rpki->invalid(1));
  EXPECT_EQ(world.registry_rpki->of_origin(Asn{2}, Family::ipv4).size(), 1u);
}

TEST(DataDirectory, DifferentSourcesAddUp) {
  const Folder folder;
  const Instant day = *parse_instant("2025-01-01");
  folder.write(
      "a.db",
      route("192.0.2.0/24", 1, "RADB") + route("198.51.100.0/24", 2, "RADB") + route("2001:db8::/32", 3, "RADB"), day);
  folder.write("b.db", route("203.0.113.0/24", 4, "ALTDB"), day);
  folder.write("c.db", route("192.0.2.0/24", 9, "RADB"), day + days(1));
  const Loaded loaded = load(request_for(folder));
  EXPECT_EQ(used(loaded.world), (Lines{"irr ALTDB route: b.db", "irr RADB route: c.db", "irr RADB route6: a.db"}))
      << "the newer file says nothing about route6, so the older one still does";
  std::vector<std::uint32_t> origins;
  for (const RouteObject& object : loaded.world.irr->objects()) origins.push_back(object.origin.value);
  std::sort(origins.begin(), origins.end());
  EXPECT_EQ(origins, (std::vector<std::uint32_t>{3, 4, 9}));
}

TEST(DataDirectory, SingleTrustAnchorsAddUpUnlessAllAreThere) {
  const Folder folder;
  folder.write("one.json", vrps("2025-01-01T00:00:00Z", roa(1, "10.0.0.0/8", "ripe")));
  folder.write("two.json", vrps("2025-01-01T00:00:00Z", roa(2, "11.0.0.0/8", "arin")));
  Loaded loaded = load(request_for(folder));
  EXPECT_EQ(used(loaded.world), (Lines{"vrps arin: two.json", "vrps ripe: one.json"}));
  EXPECT_EQ(loaded.world.vrps->size(), 2u);
  EXPECT_EQ(loaded.world.vrps->trust_anchors()[loaded.world.vrps->vrp(0).trust_anchor], "ripe");
  EXPECT_EQ(loaded.world.vrps->trust_anchors()[loaded.world.vrps->vrp(1).trust_anchor], "arin");
  folder.write("all.json",
               vrps("2024-01-01T00:00:00Z", roa(1, "10.0.0.0/8", "ripe") + "," + roa(2, "12.0.0.0/8", "arin")));
  loaded = load(request_for(folder));
  EXPECT_EQ(used(loaded.world), (Lines{"vrps all: all.json"}));
}

TEST(DataDirectory, TheDateIsTheEmbeddedOneElseTheNamesElseTheFiles) {
  const Folder folder;
  const Instant written = *parse_instant("2020-02-02");
  folder.write("vrps-20190101.json", vrps("2025-01-01T00:00:00Z", roa(1, "10.0.0.0/8")), written);
  folder.write("names-20190101.txt", "AS1 - One\n", written);
  folder.write("route.db", route("192.0.2.0/24", 1, "RADB"), written);
  const auto tables = gather(request_for(folder));
  ASSERT_TRUE(tables);
  std::map<std::string, std::pair<std::string, DateFrom>> dates;
  for (const TableFile& file : tables->inventory.files) dates[file.format] = {to_string(*file.date), file.date_from};
  EXPECT_EQ(dates["rpki-client JSON"], (std::pair{std::string("2025-01-01T00:00:00Z"), DateFrom::content}));
  EXPECT_EQ(dates["AS - name"], (std::pair{std::string("2019-01-01T00:00:00Z"), DateFrom::name}));
  EXPECT_EQ(dates["RPSL"], (std::pair{std::string("2020-02-02T00:00:00Z"), DateFrom::file}));
}

TEST(DataDirectory, TellsWhatItRefusesAndUsesTheRest) {
  const Folder folder;
  folder.write("a.json", vrps("2025-01-01T00:00:00Z", roa(1, "10.0.0.0/8")));
  folder.write("b.json", "{\"roas\": [], \"metadata\": {}}");
  folder.write("c.json", "{\"vrp_diffs\": [], \"metadata\": {}}");
  folder.write("d.txt", "hello\n");
  folder.write("e", "");
  folder.write(".hidden.json", "{\"roas\": []}");
  std::filesystem::create_directory(folder / "folder");
  const Loaded loaded = load(request_for(folder));
  EXPECT_EQ(loaded.world.vrps->size(), 1u);
  EXPECT_EQ(loaded.tables.warnings,
            (Lines{(folder / "b.json") + " is not used: it holds no VRPs: an empty table is not used",
                   (folder / "c.json") +
                       " is not used: it is a difference between two exports, not a table: fetch a whole export",
                   (folder / "e") + " is not used: it is empty",
                   "not used, for it begins like nothing that is known here: " + (folder / "d.txt")}));
}

TEST(DataDirectory, WarnsOfTablesThatAreApart) {
  const Folder folder;
  folder.write("a.json", vrps("2025-01-01T00:00:00Z", roa(1, "10.0.0.0/8")));
  folder.write("names-20250108.txt", "AS1 - One\n");
  EXPECT_EQ(load(request_for(folder)).tables.warnings, Lines{});
  std::filesystem::rename(folder / "names-20250108.txt", folder / "names-20250109.txt");
  EXPECT_EQ(load(request_for(folder)).tables.warnings,
            (Lines{"vrps of 2025-01-01 and names of 2025-01-09 are 8 days apart: what one says of the time of the "
                   "other may be wrong"}));
}

TEST(DataDirectory, NamedFilesStandInsteadOfTheirKindAlone) {
  const Folder folder, other;
  folder.write("a.json", vrps("2025-01-01T00:00:00Z", roa(1, "10.0.0.0/8"))
                             .insert(1, "\"aspas\": [{\"customer_asid\": 1, \"providers\": [2]}],"));
  folder.write("names-20250101.txt", "AS1 - One\n");
  TableRequest request = request_for(folder);
  request.instead[Kind::vrps] = {other.write("b.json", vrps("2024-01-01T00:00:00Z", roa(7, "10.0.0.0/8")))};
  Loaded loaded = load(request);
  EXPECT_EQ(used(loaded.world), (Lines{"vrps ripe: b.json", "names as-names: names-20250101.txt"}))
      << "an export is one thing: the folder's ASPAs are not mixed with the VRPs of another";
  EXPECT_EQ(loaded.world.vrps->vrp(0).asn, Asn{7});
  EXPECT_EQ(loaded.world.aspas, nullptr);
  request.instead[Kind::vrps] = {folder / "names-20250101.txt"};
  EXPECT_EQ(gather(request).error().text,
            (folder / "names-20250101.txt") + ": it is AS - name (names), and should be vrps");
  request.instead[Kind::vrps] = {folder / "absent.json"};
  EXPECT_EQ(gather(request).error().kind, ErrorKind::not_found);
  EXPECT_EQ(gather(request).error().text.find(folder / "absent.json"), 0u);
  request.instead[Kind::vrps] = {"rtr://127.0.0.1:1"};
  EXPECT_EQ(gather(request).error().text, "rtr://127.0.0.1:1: no connection: Connection refused");
}

TEST(DataDirectory, TakesVrpsAndAspasFromAnRtrCache) {
  const Folder folder;
  RtrServerForTests cache;
  cache.publish(300);
  TableRequest request = request_for(folder);
  request.instead[Kind::vrps] = {cache.url()};
  const Loaded loaded = load(request);
  EXPECT_EQ(loaded.world.vrps->size(), 300u);
  EXPECT_EQ(loaded.world.aspas->aspas().size(), 1u);
  ASSERT_EQ(loaded.world.sources.size(), 2u);
  EXPECT_EQ(loaded.world.sources[0].format, "RTR version 2");
  EXPECT_EQ(loaded.world.sources[0].file, cache.url());
  EXPECT_TRUE(loaded.world.sources[0].date.has_value());

  RtrServerForTests empty;
  empty.publish(0);
  request.instead[Kind::vrps] = {empty.url()};
  EXPECT_EQ(gather(request).error().kind, ErrorKind::refused);
}

TEST(DataDirectory, PassesOverWhatIsNotAskedFor) {
  const Folder folder;
  folder.write("rpki-client.json", golden_text("rpki-client.json"));
  folder.write("names-20250101.txt", "AS1 - One\n");
  TableRequest request = request_for(folder);
  request.options.rpki_only = true;
  const Loaded loaded = load(request);
  EXPECT_EQ(used(loaded.world), (Lines{"vrps all: rpki-client.json", "aspas all: rpki-client.json"}));
  EXPECT_EQ(loaded.tables.inventory.files.front().format, "passed over");
}

TEST(DataDirectory, SlurmIsAppliedAndOverlapsAreRefused) {
  const Folder folder;
  folder.write("rpki-client.json", golden_text("rpki-client.json"));
  folder.write("ours.slurm", golden_text("slurm.json"));
  Loaded loaded = load(request_for(folder));
  // 1.0.0.0/8 takes two away and AS3333 one; two are added.
  EXPECT_EQ(loaded.world.vrps->size(), 4u - 3 + 2);
  EXPECT_EQ(loaded.world.vrps->trust_anchors().back(), "SLURM");
  EXPECT_EQ(used(loaded.world),
            (Lines{"vrps all: rpki-client.json", "aspas all: rpki-client.json", "slurm : ours.slurm"}));
  EXPECT_NE(
      std::find(loaded.tables.warnings.begin(), loaded.tables.warnings.end(), "SLURM: 3 VRPs filtered out, 2 added"),
      loaded.tables.warnings.end());

  folder.write("theirs.slurm", golden_text("slurm.json"));
  auto tables = gather(request_for(folder));
  const auto refused = build_world(*tables);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::refused);

  std::filesystem::remove(folder / "rpki-client.json");
  std::filesystem::remove(folder / "theirs.slurm");
  loaded = load(request_for(folder));
  EXPECT_EQ(loaded.world.vrps, nullptr)
      << "exceptions to nothing are no table: everything would be invalid or not-found";
}

TEST(DataDirectory, TheVersionIsThatOfTheContent) {
  const Folder folder, twin, other;
  for (const Folder* each : {&folder, &twin}) each->write("a.json", vrps("2025-01-01T00:00:00Z", roa(1, "10.0.0.0/8")));
  other.write("a.json", vrps("2025-01-01T00:00:00Z", roa(2, "10.0.0.0/8")));
  const std::string version = load(request_for(folder)).world.version;
  EXPECT_EQ(version, load(request_for(twin)).world.version);
  EXPECT_NE(version, load(request_for(other)).world.version);
  folder.write("names-20250101.txt", "AS1 - One\n");
  EXPECT_NE(version, load(request_for(folder)).world.version);
}

TEST(DataDirectory, AFolderThatWasNamedMustBeThere) {
  TableRequest request;
  request.directory = "/no/such/folder";
  EXPECT_EQ(gather(request).error().kind, ErrorKind::not_found);
  const Folder empty;
  const Loaded loaded = load(request_for(empty));
  EXPECT_EQ(loaded.world.vrps, nullptr) << "unknown, not empty";
  EXPECT_TRUE(loaded.world.sources.empty());
}

TEST(DataDirectory, IsFoundByTheEnvironment) {
  const auto keep = [](const char* name) {
    return ::getenv(name) == nullptr ? std::string() : std::string(::getenv(name));
  };
  const std::string data = keep("FAIRWAY_DATA"), xdg = keep("XDG_DATA_HOME"), home = keep("HOME");
  ::setenv("HOME", "/home/x", 1);
  ::unsetenv("XDG_DATA_HOME");
  ::unsetenv("FAIRWAY_DATA");
  EXPECT_EQ(default_data_directory(), "/home/x/.local/share/fairway");
  EXPECT_TRUE(gather({})) << "a folder that nobody named need not be there";
  ::setenv("XDG_DATA_HOME", "/data", 1);
  EXPECT_EQ(default_data_directory(), "/data/fairway");
  ::setenv("FAIRWAY_DATA", "/tables", 1);
  EXPECT_EQ(default_data_directory(), "/tables");
  EXPECT_FALSE(gather({}));
  data.empty() ? ::unsetenv("FAIRWAY_DATA") : ::setenv("FAIRWAY_DATA", data.c_str(), 1);
  xdg.empty() ? ::unsetenv("XDG_DATA_HOME") : ::setenv("XDG_DATA_HOME", xdg.c_str(), 1);
  home.empty() ? ::unsetenv("HOME") : ::setenv("HOME", home.c_str(), 1);
}

TEST(DataDirectory, ExpiryIsJudgedAtTheTablesOwnTimeUnlessAskedOtherwise) {
  const Folder folder;
  folder.write("rpki-client.json", golden_text("rpki-client.json"));
  TableRequest request = request_for(folder);
  EXPECT_EQ(load(request).world.vrps->size(), 4u);
  request.options.table_time = parse_instant("2025-07-20T08:00:00Z");
  EXPECT_EQ(load(request).world.vrps->size(), 5u);
}

TEST(DataDirectory, LoadsRealTables) {
  const char* data = std::getenv("FAIRWAY_TEST_DATA");
  if (data == nullptr) GTEST_SKIP() << "skipped: no shared data: set FAIRWAY_TEST_DATA";
  TableRequest request;
  request.directory = std::string(data) + "/world";
  const Loaded loaded = load(request);
  const World& world = loaded.world;
  ASSERT_TRUE(world.vrps && world.aspas && world.irr && world.relationships && world.delegations && world.exchanges &&
              world.names);
  EXPECT_GE(world.vrps->size(), 723500u);
  EXPECT_EQ(world.aspas->aspas().size(), 100u);
  EXPECT_GE(world.irr->objects().size(), 53000u);
  EXPECT_GE(world.relationships->links(), 287000u) << "a few pairs stand there twice";
  EXPECT_EQ(world.names->size(), 85946u);
  EXPECT_EQ(world.delegations->registries().size(), 2u);
  EXPECT_GE(world.exchanges->lans(), 2000u);
  // The difference file beside the exports is refused by name.
  request.directory = std::string(data) + "/rpki";
  const auto rpki = gather(request);
  ASSERT_TRUE(rpki);
  ASSERT_EQ(rpki->inventory.refused.size(), 1u);
  EXPECT_EQ(rpki->inventory.refused[0].error.kind, ErrorKind::refused);
}

}  // namespace
}  // namespace fairway::config
