#include "shell/daemon/configuration.h"

#include <filesystem>

#include "shell/feed/source.h"

namespace fairway::daemon {
namespace {

using config::Fields;
using config::Key;
using config::Node;
using enum config::ValueType;

constexpr std::uint32_t kDay = 86'400;

constexpr Key kBmp[] = {
    {.name = "listen",
     .sentence = "where routers connect to, HOST:PORT",
     .example = "[\"[::]:1790\"]",
     .unset = "nowhere",
     .list = true},
    {.name = "dial",
     .sentence = "routers that wait to be called, HOST:PORT",
     .example = "[\"192.0.2.1:1790\"]",
     .unset = "none",
     .list = true},
    {.name = "allow",
     .sentence = "who may connect: addresses and prefixes",
     .example = "[192.0.2.0/24, \"2001:db8::/32\"]",
     .unset = "anybody",
     .list = true},
};

constexpr Key kRisLive[] = {
    {.name = "prefixes",
     .sentence = "`own` (those of my network, and what lies under and over them), `all`, or prefixes",
     .example = "[own]",
     .unset = "`own`",
     .list = true},
    {.name = "collectors",
     .sentence = "the route collectors",
     .example = "[rrc00, rrc01]",
     .unset = "all of them",
     .list = true},
    {.name = "client",
     .sentence = "by what name the RIPE NCC shall know this program",
     .example = "example-noc",
     .unset = "fairway"},
    {.name = "url",
     .sentence = "the server",
     .example = "\"wss://ris-live.ripe.net/v1/ws/\"",
     .unset = "that of the RIPE NCC"},
};

constexpr Key kRtr[] = {
    {.name = "listen", .sentence = "where routers ask, HOST:PORT", .example = "\"[::]:323\"", .unset = "nowhere"},
    {.name = "listen_tls", .sentence = "the same, by TLS", .example = "\"[::]:324\"", .unset = "nowhere"},
    {.name = "certificate", .sentence = "a file (PEM), with the chain behind it", .example = "tls/cert.pem"},
    {.name = "key", .sentence = "the certificate's key, a file (PEM)", .example = "tls/key.pem"},
    {.name = "client_ca",
     .sentence = "who signs routers' certificates, a file (PEM)",
     .example = "tls/routers.pem",
     .unset = "routers need none"},
};

constexpr std::uint32_t kVersion = 1;

std::vector<Key> make_keys() {
  return {
      {.name = "version", .type = number, .sentence = "of this format: 1", .example = "1", .required = true},
      {.name = "network",
       .sentence = "the file that says what my network is",
       .example = "network.yaml",
       .unset = "nothing is known of it: no incident is mine"},
      {.name = "data",
       .sentence = "the folder with the published tables (`fairway data update`)",
       .example = "/var/lib/fairway",
       .unset = "the default one"},
      {.name = "rpki",
       .sentence = "VRPs and ASPAs: files, addresses, rtr://HOST:PORT",
       .example = "[\"rtr://192.0.2.53:323\"]",
       .unset = "those in `data`",
       .list = true},
      {.name = "slurm", .sentence = "local exceptions (RFC 8416)", .example = "[slurm.json]", .list = true},
      {.name = "reload",
       .type = number,
       .sentence = "seconds between two looks whether a file of tables has changed",
       .example = "10",
       .unset = "10",
       .highest = kDay},
      {.name = "store", .sentence = "the SQLite file of incidents", .example = "fairway.db", .unset = "fairway.db"},
      {.name = "hold",
       .type = number,
       .sentence = "seconds without evidence until an incident clears",
       .example = "300",
       .unset = "300",
       .highest = kDay},
      {.name = "gather",
       .type = number,
       .sentence = "seconds from the first route of an incident until it is weighed",
       .example = "30",
       .unset = "30",
       .highest = 3600},
      {.name = "blind_after",
       .type = number,
       .sentence = "seconds without a word until a feed is an incident of its own",
       .example = "600",
       .unset = "600",
       .highest = kDay},
      {.name = "reground",
       .type = number,
       .sentence =
           "seconds after the start for which incidents that stood open wait for their routes to be heard again",
       .example = "900",
       .unset = "900",
       .highest = kDay},
      {.name = "ground",
       .sentence = "MRT files that say how routes stood before the feeds begin",
       .example = "[bview.20261123.1600.gz]",
       .unset = "what the feeds tell",
       .list = true},
      {.name = "bmp", .type = map, .sentence = "routers that tell by BMP", .unset = "none", .keys = kBmp},
      {.name = "ris_live", .type = map, .sentence = "the RIPE NCC's stream", .unset = "not heard", .keys = kRisLive},
      {.name = "mrt_directories",
       .sentence = "folders in which a collector puts MRT files; a folder's name is its collector's",
       .example = "[/var/spool/mrt/core1]",
       .unset = "none",
       .list = true},
      {.name = "rtr", .type = map, .sentence = "VRPs and ASPAs for routers", .unset = "not served", .keys = kRtr},
      {.name = "notify",
       .type = map,
       .sentence = "who is told (docs/formats/notification.md)",
       .unset = "nobody",
       .keys = notify::notify_schema()},
  };
}

Duration duration(const Fields& fields, std::string_view key, Duration unset) {
  const auto given = fields.number(key);
  return given ? seconds(*given) : unset;
}

// A relative path stands beside the configuration.
std::string beside(const std::string& folder, const std::string& path) {
  const bool elsewhere = path.empty() || path == "-" || path.find("://") != path.npos;
  return elsewhere ? path : (std::filesystem::path(folder) / path).string();
}
std::vector<std::string> beside(const std::string& folder, std::vector<std::string> paths) {
  for (std::string& path : paths) path = beside(folder, path);
  return paths;
}

std::optional<BmpStationOptions> read_bmp(const Fields& all) {
  const auto maps = all.maps("bmp");
  if (maps.empty()) return std::nullopt;
  BmpStationOptions bmp;
  bmp.listen = maps[0].texts("listen");
  bmp.dial = maps[0].texts("dial");
  bmp.allow = maps[0].texts("allow");
  return bmp;
}

void read_ris_live(const Fields& all, Configuration& into) {
  const auto maps = all.maps("ris_live");
  if (maps.empty()) return;
  RisLiveOptions& live = into.ris_live.emplace();
  if (const std::string client = maps[0].text("client"); !client.empty()) live.client = client;
  if (const std::string url = maps[0].text("url"); !url.empty()) live.url = url;
  live.wish.collectors = maps[0].texts("collectors");
  const auto asked = maps[0].texts("prefixes");
  into.ris_live_own = asked.empty();
  for (const std::string& word : asked) {
    if (word == "own") into.ris_live_own = true;
    if (const auto prefix = parse_prefix(word)) live.wish.prefixes.push_back(*prefix);
  }
}

std::optional<serve::RtrOptions> read_rtr(const Fields& all, const std::string& folder) {
  const auto maps = all.maps("rtr");
  if (maps.empty()) return std::nullopt;
  serve::RtrOptions rtr;
  rtr.listen = maps[0].text("listen");
  rtr.listen_tls = maps[0].text("listen_tls");
  rtr.tls = {beside(folder, maps[0].text("certificate")), beside(folder, maps[0].text("key")),
             beside(folder, maps[0].text("client_ca"))};
  return rtr;
}

// What fits the schema and makes no sense all the same.
std::vector<config::Problem> check_values(const Node& tree) {
  std::vector<config::Problem> problems;
  const auto complain = [&](const Node& node, std::string text) {
    problems.push_back({node.line, node.column, std::move(text)});
  };
  const Fields fields(tree);
  if (const Node* version = tree.find("version"); version != nullptr && fields.number("version") != kVersion) {
    complain(*version, "this is version " + version->text + "; version " + std::to_string(kVersion) + " is read here");
  }
  if (const Node* store = tree.find("store"); store != nullptr && tree.find("data") != nullptr) {
    const auto folder_of = [](const std::string& path) { return std::filesystem::path(path).lexically_normal(); };
    if (folder_of(store->text).parent_path() == folder_of(fields.text("data") + "/").parent_path()) {
      complain(*store, "the store must not lie in `data`: whenever it is written, the tables would be loaded anew");
    }
  }
  if (const Node* live = tree.find("ris_live")) {
    const bool named = tree.find("network") != nullptr;
    const auto words = Fields(*live).texts("prefixes");
    bool own = words.empty();
    for (const std::string& word : words) {
      own = own || word == "own";
      if (word != "own" && word != "all" && !parse_prefix(word)) {
        complain(*live, "'" + word + "' is no prefix, nor 'own' or 'all'");
      }
    }
    if (own && !named) complain(*live, "the prefixes of my network are asked for, but `network` is not there");
  }
  if (const Node* notify = tree.find("notify")) {
    for (config::Problem& problem : notify::check_notify(*notify)) problems.push_back(std::move(problem));
  }
  return problems;
}

}  // namespace

config::Schema configuration_schema() {
  static const std::vector<Key> keys = make_keys();
  return keys;
}

Result<Node> read_configuration(const std::string& path) {
  const auto named = [&](Error error) {
    error.text = path + ": " + error.text;
    return std::unexpected(std::move(error));
  };
  const auto octets = read_all(path, 1, config::kMaxYaml);
  if (!octets) return named(octets.error());
  auto tree = config::parse_yaml(as_text(octets->bytes()));
  if (!tree) return named(tree.error());
  std::vector<config::Problem> problems = config::check(*tree, configuration_schema());
  if (problems.empty()) problems = check_values(*tree);
  if (!problems.empty()) return named(config::refuse(problems).error());
  return tree;
}

Result<Configuration> load_configuration(const std::string& path) {
  const auto tree = read_configuration(path);
  if (!tree) return std::unexpected(tree.error());
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const Fields fields(*tree);
  Configuration all;
  all.network = beside(folder, fields.text("network"));
  all.data = beside(folder, fields.text("data"));
  all.rpki = beside(folder, fields.texts("rpki"));
  all.slurm = beside(folder, fields.texts("slurm"));
  all.store = beside(folder, fields.text("store").empty() ? all.store : fields.text("store"));
  all.reload_seconds = fields.number("reload").value_or(all.reload_seconds);
  all.live.engine.hold = duration(fields, "hold", all.live.engine.hold);
  all.live.engine.gather = duration(fields, "gather", all.live.engine.gather);
  all.live.blind_after = duration(fields, "blind_after", all.live.blind_after);
  all.live.reground = duration(fields, "reground", all.live.reground);
  all.ground = beside(folder, fields.texts("ground"));
  all.bmp = read_bmp(fields);
  read_ris_live(fields, all);
  all.mrt_directories = beside(folder, fields.texts("mrt_directories"));
  all.rtr = read_rtr(fields, folder);
  if (const Node* notify = tree->find("notify")) all.notify = notify::read_notify(*notify, folder);
  return all;
}

}  // namespace fairway::daemon
