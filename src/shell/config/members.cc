#include "shell/config/members.h"

#include <algorithm>
#include <map>

#include "core/read/member_export.h"
#include "shell/feed/source.h"

namespace fairway::config {

namespace {

// "RIPE::AS-EXAMPLE, AS-OTHER", also with "ipv4:" and the like in front, as members type them.
std::vector<std::string> sets_of(std::string_view text) {
  std::vector<std::string> sets;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" ,;\t"), text.size());
    const std::string_view word = text.substr(0, end);
    if (!word.empty() && word != "ipv4:" && word != "ipv6:") sets.emplace_back(word);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return sets;
}

}  // namespace

Result<void> add_members(Network& network, const std::string& path, const MemberChoice& choice) {
  const Result<Buffer> octets = read_all(path);
  if (!octets) return std::unexpected(octets.error());
  Result<MemberExport> members = read_member_export(octets->bytes());
  if (!members) {
    Error error = members.error();
    error.text = path + ": " + error.text;
    return std::unexpected(std::move(error));
  }
  const auto meant = [&](std::uint32_t exchange, std::uint32_t vlan) {
    return (!choice.exchange || *choice.exchange == exchange) && (!choice.vlan || *choice.vlan == vlan);
  };
  for (const MemberExport::Vlan& vlan : members->vlans) {
    if (!meant(vlan.exchange, vlan.id) || vlan.prefixes.empty()) continue;
    network.exchanges.push_back({.name = vlan.name, .lans = vlan.prefixes});
  }
  std::map<Asn, Neighbour> clients;
  for (const MemberExport::Connection& port : members->connections) {
    if (!port.route_server || !meant(port.exchange, port.vlan)) continue;
    Neighbour& client = clients[port.asn];
    client.asn = port.asn;
    client.role = Role::rs_client;
    client.name = port.name;
    client.blackhole = network.filtering.clients_blackhole;
    for (std::string& set : sets_of(port.as_set)) {
      if (std::ranges::find(client.as_sets, set) == client.as_sets.end()) client.as_sets.push_back(std::move(set));
    }
    if (std::ranges::none_of(client.sessions, [&](const OwnSession& s) { return s.address == port.address; })) {
      client.sessions.push_back({.address = port.address});
    }
    auto& limit = port.address.family == Family::ipv4 ? client.limits.ipv4 : client.limits.ipv6;
    if (port.max_prefix) limit = std::max(limit.value_or(0), *port.max_prefix);
  }
  for (auto& [asn, client] : clients) {
    if (std::ranges::any_of(network.neighbours, [&](const Neighbour& known) { return known.asn == client.asn; }))
      continue;
    network.neighbours.push_back(std::move(client));
  }
  if (clients.empty()) {
    return fail(ErrorKind::refused,
                path + ": no member speaks with the route servers there: look at --exchange and --vlan");
  }
  return {};
}

}  // namespace fairway::config
