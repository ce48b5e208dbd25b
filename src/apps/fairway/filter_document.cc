#include "apps/fairway/filter_document.h"

#include <atomic>
#include <filesystem>
#include <thread>

#include "base/text.h"
#include "core/actions/filtering/allowed.h"
#include "core/actions/filtering/compose.h"
#include "shell/config/network.h"
#include "shell/config/registries.h"
#include "shell/feed/source.h"

namespace fairway {

namespace {

using filtering::Allowed;

// What each neighbour may announce, several at once: an exchange point has a thousand.
std::vector<Allowed> all_allowed(const Network& network, const World& world, const ExpandOptions& options) {
  std::vector<Allowed> all(network.neighbours.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < all.size(); i = next++) {
      all[i] = filtering::allowed_for(network.neighbours[i], world, options);
    }
  };
  const std::size_t threads =
      std::min<std::size_t>(std::max(1u, std::thread::hardware_concurrency()), network.neighbours.size());
  std::vector<std::jthread> workers;
  for (std::size_t i = 1; i < threads; ++i) workers.emplace_back(work);
  work();
  return all;
}

// The secret of a session, from its file beside network.yaml.
std::optional<std::string> read_secret(const std::string& network, const std::string& file, std::string& why) {
  const std::filesystem::path path = std::filesystem::path(network).parent_path() / file;
  constexpr std::size_t kMost = 4096;
  const Result<Buffer> octets = read_all(path.string(), 1, kMost);
  if (!octets) {
    why = octets.error().text;
    return std::nullopt;
  }
  std::string_view text = as_text(octets->bytes());
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
  if (text.empty() || text.find('\n') != std::string_view::npos) {
    why = path.string() + ": a secret is one line";
    return std::nullopt;
  }
  return std::string(text);
}

}  // namespace

void declare_document(Options& options, DocumentOptions& document) {
  options.positionals("ASN", document.neighbours, "these neighbours alone (default: all)", 0);
  options.text("--network", document.network, "FILE", "what my network is (default: network.yaml)");
  options.text("--members", document.members, "FILE",
               "an IX-F member export: those of its members that speak with the route servers are my clients");
  const auto id = [](std::string_view text) { return parse_number<std::uint32_t>(text); };
  options.parsed("--exchange", document.choice.exchange, "ID", "of the export this exchange alone (ixp_id)", id,
                 "a number");
  options.parsed("--vlan", document.choice.vlan, "ID", "of the export this peering LAN alone (vlan_id)", id,
                 "a number");
  declare_trust(options, document.world);
  declare_world(options, document.world);
}

std::expected<LoadedDocument, ExitCode> load_document(const DocumentOptions& options, std::string_view command,
                                                      Output& err) {
  const auto tell = [&](const std::string& text) { err.line("fairway " + std::string(command) + ": " + text); };
  filtering::ComposeOptions composing;
  for (const std::string& name : options.neighbours) {
    const auto asn = parse_asn(name);
    if (!asn) {
      tell("'" + name + "' is no ASN");
      return std::unexpected(ExitCode::failure);
    }
    composing.only.push_back(*asn);
  }
  auto reading = config::load_network(options.network);
  if (!reading) {
    tell(reading.error().text);
    return std::unexpected(ExitCode::failure);
  }
  if (options.members) {
    if (const auto added = config::add_members(reading->network, *options.members, options.choice); !added) {
      tell(added.error().text);
      return std::unexpected(ExitCode::failure);
    }
  }
  const auto loaded = load_world(options.world, command, err);
  if (!loaded) return std::unexpected(loaded.error());
  auto world = std::make_shared<World>(*loaded->world);
  config::join_rpki(*world, options.world.keep_invalid);

  ExpandOptions expanding;
  expanding.keep_invalid = options.world.keep_invalid;
  Stopwatch watch;
  const std::vector<Allowed> allowed = all_allowed(reading->network, *world, expanding);
  if (options.world.timing) tell_timing(command, "expanding", watch.lap(), err);
  auto document = filtering::compose(reading->network, *world, allowed, composing);
  if (!document) {
    tell(options.network + ": " + document.error().text);
    return std::unexpected(ExitCode::refused);
  }
  if (options.world.timing) tell_timing(command, "composing", watch.lap(), err);
  for (filtering::NeighbourPolicy& policy : document->neighbours) {
    for (filtering::SessionPolicy& session : policy.sessions) {
      if (session.session.secret_file.empty()) continue;
      std::string why;
      auto secret = read_secret(options.network, session.session.secret_file, why);
      if (!secret) {
        tell("AS" + to_string(policy.asn) + ": " + why);
        return std::unexpected(ExitCode::failure);
      }
      session.secret = *std::move(secret);
    }
  }
  return LoadedDocument{std::move(reading->network), std::move(world), *std::move(document), loaded->code};
}

}  // namespace fairway
