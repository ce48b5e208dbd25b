#include "shell/config/network.h"

#include <fmt/format.h>

#include "shell/config/prefixes_yml.h"
#include "shell/feed/source.h"

namespace fairway::config {

namespace {

constexpr std::uint32_t kVersion = 1;

Node to_node(const OwnPrefix& own);
Node to_node(const OwnSession& session);
Node to_node(const Neighbour& neighbour);
Node to_node(const OwnContact& contact);
Node to_node(const OwnExchange& exchange);
Node to_node(const OwnException& exception);
Node to_node(const RtrCache& cache);

std::optional<Role> role_of(const Fields& fields) { return parse_role(fields.text("role")); }

OwnPrefix read_prefix(const Fields& fields) {
  OwnPrefix own;
  own.prefix = fields.prefix("prefix").value_or(Prefix());
  own.origins = fields.asns("origins");
  if (const auto length = fields.number("max_length")) own.max_length = static_cast<std::uint8_t>(*length);
  own.occasional = fields.flag("occasional");
  own.ignore = fields.flag("ignore");
  own.description = fields.text("description");
  return own;
}

Node to_node(const OwnPrefix& own) {
  MapBuilder map;
  map.text("prefix", to_string(own.prefix)).values("origins", own.origins).number("max_length", own.max_length);
  map.flag("occasional", own.occasional).flag("ignore", own.ignore).text("description", own.description);
  return map.take();
}

OwnSession read_session(const Fields& fields) {
  return {.address = fields.address("address").value_or(IpAddress()),
          .local_address = fields.address("local_address"),
          .interface = fields.text("interface"),
          .router = fields.text("router"),
          .gtsm = fields.flag("gtsm"),
          .tcp_ao = fields.text("authentication") == "tcp-ao",
          .secret_file = fields.text("secret_file")};
}

Node to_node(const OwnSession& session) {
  MapBuilder map;
  map.text("address", to_string(session.address)).value("local_address", session.local_address);
  map.text("interface", session.interface).text("router", session.router).flag("gtsm", session.gtsm);
  map.text("secret_file", session.secret_file);
  if (session.tcp_ao) map.text("authentication", "tcp-ao");
  return map.take();
}

template <class T, class Read>
std::vector<T> read_maps(const Fields& fields, std::string_view key, Read read) {
  std::vector<T> values;
  for (const Fields& map : fields.maps(key)) values.push_back(read(map));
  return values;
}

template <class T>
std::vector<Node> to_nodes(const std::vector<T>& values) {
  std::vector<Node> nodes;
  for (const T& value : values) nodes.push_back(to_node(value));
  return nodes;
}

Neighbour read_neighbour(const Fields& fields) {
  Neighbour neighbour;
  neighbour.asn = fields.asn("asn").value_or(Asn());
  neighbour.role = role_of(fields);
  neighbour.local_asn = fields.asn("local_asn");
  neighbour.name = fields.text("name");
  neighbour.as_sets = fields.texts("as_sets");
  neighbour.sessions = read_maps<OwnSession>(fields, "sessions", read_session);
  for (const Fields& limits : fields.maps("limits")) neighbour.limits = {limits.number("ipv4"), limits.number("ipv6")};
  neighbour.blackhole = fields.flag("blackhole");
  neighbour.peer_lock = fields.flag("peer_lock");
  neighbour.beacons = fields.prefixes("beacons");
  return neighbour;
}

Node to_node(const Neighbour& neighbour) {
  MapBuilder map;
  map.text("asn", to_string(neighbour.asn)).text("name", neighbour.name);
  if (neighbour.role) map.text("role", to_string(*neighbour.role));
  map.value("local_asn", neighbour.local_asn).texts("as_sets", neighbour.as_sets);
  map.maps("sessions", to_nodes(neighbour.sessions));
  if (neighbour.limits.ipv4 || neighbour.limits.ipv6) {
    MapBuilder limits;
    limits.number("ipv4", neighbour.limits.ipv4).number("ipv6", neighbour.limits.ipv6);
    map.map("limits", limits.take());
  }
  map.flag("blackhole", neighbour.blackhole).flag("peer_lock", neighbour.peer_lock);
  map.values("beacons", neighbour.beacons);
  return map.take();
}

RtrCache read_rtr(const Fields& fields) {
  return {fields.address("address").value_or(IpAddress()),
          static_cast<std::uint16_t>(fields.number("port").value_or(RtrCache{}.port))};
}

FilteringSettings read_filtering(const Fields& fields) {
  FilteringSettings settings;
  settings.rtr = read_maps<RtrCache>(fields, "rtr", read_rtr);
  settings.longest_path = fields.number("longest_path").value_or(settings.longest_path);
  settings.clients_blackhole = fields.flag("clients_blackhole");
  settings.headroom = fields.number("headroom").value_or(settings.headroom);
  settings.blackhole4 = fields.address("blackhole_ipv4").value_or(settings.blackhole4);
  settings.blackhole6 = fields.address("blackhole_ipv6").value_or(settings.blackhole6);
  return settings;
}

Node to_node(const RtrCache& cache) {
  MapBuilder map;
  map.text("address", to_string(cache.address)).number("port", std::optional<std::uint32_t>(cache.port));
  return map.take();
}

Node to_node(const FilteringSettings& settings) {
  MapBuilder map;
  map.maps("rtr", to_nodes(settings.rtr));
  map.number("longest_path", std::optional(settings.longest_path)).number("headroom", std::optional(settings.headroom));
  map.flag("clients_blackhole", settings.clients_blackhole);
  map.text("blackhole_ipv4", to_string(settings.blackhole4)).text("blackhole_ipv6", to_string(settings.blackhole6));
  return map.take();
}

OwnContact read_contact(const Fields& fields) {
  return {fields.text("role"), fields.text("name"), fields.text("email"), fields.text("phone"), fields.text("url")};
}

Node to_node(const OwnContact& contact) {
  MapBuilder map;
  map.text("role", contact.role).text("name", contact.name).text("email", contact.email);
  map.text("phone", contact.phone).text("url", contact.url);
  return map.take();
}

OwnExchange read_exchange(const Fields& fields) {
  return {.name = fields.text("name"),
          .peeringdb_id = fields.number("peeringdb_id"),
          .addresses = fields.addresses("addresses"),
          .route_server = fields.flag("route_server"),
          .lans = fields.prefixes("lans")};
}

Node to_node(const OwnExchange& exchange) {
  MapBuilder map;
  map.text("name", exchange.name).number("peeringdb_id", exchange.peeringdb_id);
  map.values("addresses", exchange.addresses).flag("route_server", exchange.route_server);
  map.values("lans", exchange.lans);
  return map.take();
}

OwnException read_exception(const Fields& fields) {
  return {.kind = fields.text("kind"),
          .prefix = fields.prefix("prefix"),
          .asn = fields.asn("asn"),
          .expires = fields.instant("expires").value_or(Instant()),
          .reason = fields.text("reason")};
}

Node to_node(const OwnException& exception) {
  MapBuilder map;
  map.text("kind", exception.kind).value("prefix", exception.prefix).value("asn", exception.asn);
  map.text("expires", to_string(exception.expires)).text("reason", exception.reason);
  return map.take();
}

// What the types of the keys cannot say.
void check_meaning(const Fields& fields, std::vector<Problem>& problems) {
  for (const Fields& own : fields.maps("prefixes")) {
    const auto prefix = own.prefix("prefix");
    const auto length = own.number("max_length");
    if (prefix && length && (*length < prefix->length() || *length > address_bits(prefix->family()))) {
      const Node& node = *own.node().find("max_length");
      problems.push_back({node.line, node.column,
                          fmt::format("max_length: {} is not from {} to {}", *length, prefix->length(),
                                      address_bits(prefix->family()))});
    }
  }
}

}  // namespace

Result<NetworkReading> read_network(std::string_view text) {
  Result<Node> tree = parse_yaml(text);
  if (!tree) return std::unexpected(tree.error());
  if (looks_like_prefixes_yml(*tree)) return read_prefixes_yml(*tree);
  const Fields fields(*tree);
  if (const auto version = fields.number("version"); version && *version != kVersion) {
    const Node& node = *tree->find("version");
    return refuse(
        {{node.line, node.column, fmt::format("this is version {}; version {} is read here", *version, kVersion)}});
  }
  std::vector<Problem> problems = check(*tree, network_schema());
  if (problems.empty()) check_meaning(fields, problems);
  if (!problems.empty()) return refuse(problems);

  Network network;
  network.asns = fields.asns("asns");
  network.prefixes = read_maps<OwnPrefix>(fields, "prefixes", read_prefix);
  network.neighbours = read_maps<Neighbour>(fields, "neighbours", read_neighbour);
  network.providers_complete = fields.flag("providers_complete");
  network.customers_complete = fields.flag("customers_complete");
  network.contacts = read_maps<OwnContact>(fields, "contacts", read_contact);
  network.exchanges = read_maps<OwnExchange>(fields, "exchanges", read_exchange);
  network.exceptions = read_maps<OwnException>(fields, "exceptions", read_exception);
  for (const Fields& filtering : fields.maps("filtering")) network.filtering = read_filtering(filtering);
  return NetworkReading{std::move(network), {}};
}

Result<NetworkReading> load_network(const std::string& path) {
  const Result<Buffer> octets = read_all(path, 1, kMaxYaml);
  if (!octets) return std::unexpected(octets.error());
  Result<NetworkReading> reading = read_network(as_text(octets->bytes()));
  if (!reading) {
    Error error = reading.error();
    error.text = path + ": " + error.text;
    return std::unexpected(std::move(error));
  }
  return reading;
}

std::string print_network(const Network& network, Absent absent) {
  MapBuilder map;
  map.number("version", kVersion).values("asns", network.asns);
  map.maps("prefixes", to_nodes(network.prefixes));
  map.flag("providers_complete", network.providers_complete).flag("customers_complete", network.customers_complete);
  map.maps("neighbours", to_nodes(network.neighbours)).maps("contacts", to_nodes(network.contacts));
  map.maps("exchanges", to_nodes(network.exchanges)).maps("exceptions", to_nodes(network.exceptions));
  if (network.filtering != FilteringSettings{}) map.map("filtering", to_node(network.filtering));
  return print(map.take(), network_schema(), absent);
}

}  // namespace fairway::config
