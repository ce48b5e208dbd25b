// uses: core/wire/mrt core/wire/bgp core/verdict core/tables core/model base
// libs: BZip2::BZip2
#include "bench/files.h"

#include <bzlib.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "base/hash.h"
#include "base/json_writer.h"
#include "bench/measure.h"
#include "core/wire/mrt/writer.h"

namespace fairway::bench {

namespace {

constexpr std::size_t kRoutes = 500'000;
constexpr std::uint32_t kPeers = 8;
constexpr Instant kTime{1'753'005'703'000'000};  // of the generated export and table

std::string packed(Bytes plain) {
  std::string packed(plain.size() + plain.size() / 50 + 1000, '\0');
  auto size = static_cast<unsigned>(packed.size());
  if (BZ2_bzBuffToBuffCompress(packed.data(), &size, reinterpret_cast<char*>(const_cast<std::uint8_t*>(plain.data())),
                               static_cast<unsigned>(plain.size()), 9, 0, 0) != BZ_OK) {
    leave("cannot compress");
  }
  packed.resize(size);
  return packed;
}

constexpr Asn peer_asn(std::uint32_t peer) { return {90'001 + peer}; }

// The attributes of the routes that one AS originates: one peer tells of them, over transit of up to three ASes, of 50
// large ones, 500 and 5,000. Nobody among them originates anything.
Attributes attributes_of(Asn origin) {
  constexpr std::uint32_t kTransits[] = {50, 500, 5'000};
  const std::uint64_t set = mix(origin.value, 42);
  const auto peer = static_cast<std::uint32_t>(set % kPeers);
  std::vector<Asn> path = {peer_asn(peer)};
  for (std::uint32_t hop = 0, count = set / 8 % 4; hop < count; ++hop)
    path.push_back(Asn{100'000 * (hop + 1) + static_cast<std::uint32_t>(mix(set, hop) % kTransits[hop])});
  path.push_back(origin);
  Attributes attributes;
  attributes.origin = OriginCode::igp;
  attributes.has_as_path = true;
  attributes.as_path = AsPath(path);
  attributes.next_hop = IpAddress::ipv4(0xC0000201 + peer);
  for (std::uint32_t k = 0, count = set / 64 % 5; k < count; ++k)
    attributes.communities.push_back({(101 + peer) << 16 | static_cast<std::uint32_t>(set >> k) % 5'000});
  return attributes;
}

}  // namespace

std::optional<std::string> real_data() {
  const char* folder = std::getenv("FAIRWAY_TEST_DATA");
  return folder == nullptr ? std::nullopt : std::optional<std::string>(folder);
}

std::string rpki_json(const std::vector<Vrp>& vrps) {
  std::string out;
  JsonWriter json(out);
  json.object().key("metadata").object().field("buildtime", to_string(kTime)).field("uniquevrps", vrps.size()).end();
  json.key("roas").array();
  for (const Vrp& vrp : vrps) {
    json.object().field("asn", vrp.asn.value).field("prefix", to_string(vrp.prefix));
    json.field("maxLength", vrp.max_length).field("ta", vrp.asn.value % 2 == 0 ? "ripe" : "arin");
    json.field("expires", kTime.whole_seconds() + 450'000).end();
    out += '\n';
  }
  json.end().end();
  return out;
}

Files::Files() {
  std::string name = (std::filesystem::temp_directory_path() / "fairway-bench-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) leave(name + ": cannot be made");
  folder_ = name;
}

Files::~Files() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

const RoutesAndVrps& Files::routes_and_vrps() {
  if (!routes_and_vrps_) routes_and_vrps_ = load_or_generate();
  return *routes_and_vrps_;
}

std::string Files::write(const std::string& name, std::string_view content) {
  const std::filesystem::path path = std::filesystem::path(folder_) / name;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary);
  file << content;
  if (!file.flush()) leave(path.string() + ": cannot be written");
  return path.string();
}

std::string Files::table() {
  if (const auto data = real_data()) return *data + "/mrt/full/routeviews.route-views.jinx.ribs.1401487200.bz2";
  generate();
  return folder_ + "/table.bz2";
}

std::string Files::world() {
  if (const auto data = real_data()) return *data + "/world";
  generate();
  return folder_ + "/world";
}

std::string Files::pairs() {
  std::string text;
  for (const PrefixOrigin& route : routes_and_vrps().routes) {
    append_to(text, route.prefix);
    text += '\t';
    text += std::to_string(route.origin.asn.value);
    text += '\n';
  }
  return write("pairs.tsv", text);
}

void Files::generate() {
  if (std::exchange(generated_, true)) return;
  std::vector<Peer> peers;
  for (std::uint32_t i = 0; i < kPeers; ++i) peers.push_back({IpAddress::ipv4(0xC0000201 + i), peer_asn(i), i});
  ByteWriter out;
  mrt::Writer writer(out);
  expect(writer.peer_index_table(kTime, 1, "", peers));
  std::set<std::pair<Asn, Asn>> links;
  std::string objects;
  std::uint32_t sequence = 0;
  const Prefix* last = nullptr;
  for (const auto& [prefix, origin] : routes_and_vrps().routes) {
    if (sequence == kRoutes) break;
    if (prefix.family() != Family::ipv4 || (last != nullptr && prefix == *last)) continue;
    last = &prefix;
    const Attributes attributes = attributes_of(origin.asn);
    const auto asns = attributes.as_path.asns();
    for (std::size_t i = 1; i < asns.size(); ++i) links.emplace(asns[i - 1], asns[i]);
    const auto peer = static_cast<std::uint16_t>(asns.front().value - peer_asn(0).value);
    const Instant told = kTime - seconds(origin.asn.value);
    expect(writer.rib(kTime, sequence++, prefix, Safi::unicast, {{{peer, told, {}, &attributes}}}));
    if (sequence % 10 == 0)
      objects +=
          "route: " + to_string(prefix) + "\norigin: AS" + std::to_string(origin.asn.value) + "\nsource: EXAMPLE\n\n";
  }
  std::string relationships = "# provider|customer|-1\n";
  for (const auto& [provider, customer] : links)
    relationships += std::to_string(provider.value) + "|" + std::to_string(customer.value) + "|-1\n";
  write("table.bz2", packed(out.written()));
  write("world/vrps.json", rpki_json(routes_and_vrps().vrps));
  write("world/20250720.as-rel.txt", relationships);
  write("world/example.db.route", objects);
}

}  // namespace fairway::bench
