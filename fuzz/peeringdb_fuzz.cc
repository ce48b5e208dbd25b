// uses: core/read core/tables core/model base
//
// Objects say the same when they are written as the API writes them and read again.
#include "base/json_writer.h"
#include "core/read/peeringdb.h"
#include "hold.h"

using namespace fairway;

namespace {

void field(JsonWriter& json, std::string_view name, const std::optional<IpAddress>& address) {
  json.key(name);
  address ? json.value(to_string(*address)) : json.null();
}

std::string plain(const PeeringDb& db) {
  std::string out;
  JsonWriter json(out);
  json.object().key("data").array();
  for (const auto& ix : db.exchanges)
    json.object()
        .field("id", ix.id)
        .field("name", ix.name)
        .field("country", ix.country)
        .field("region_continent", "")
        .end();
  for (const auto& lan : db.lans) {
    json.object()
        .field("id", lan.id)
        .field("ix_id", lan.exchange)
        .field("rs_asn", lan.route_server ? lan.route_server->value : 0)
        .end();
  }
  for (const auto& block : db.lan_prefixes)
    json.object().field("ixlan_id", block.lan).field("prefix", to_string(block.prefix)).end();
  for (const auto& connection : db.connections) {
    json.object()
        .field("asn", connection.asn.value)
        .field("ixlan_id", connection.lan)
        .field("ix_id", connection.exchange);
    field(json, "ipaddr4", connection.ipv4);
    field(json, "ipaddr6", connection.ipv6);
    json.field("is_rs_peer", connection.route_server_peer).end();
  }
  for (const auto& network : db.networks) {
    json.object()
        .field("asn", network.asn.value)
        .field("name", network.name)
        .field("irr_as_set", network.as_set)
        .field("info_type", network.type);
    json.field("info_prefixes4", network.prefixes4).field("info_prefixes6", network.prefixes6).end();
  }
  json.end().end();
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Buffer input = padded(data, size);
  is_peeringdb(input.bytes());
  const auto read = read_peeringdb(input.bytes());
  if (!read) {
    hold(read.error().where == Error::kNowhere || read.error().where <= size, "an error's place is in the input");
    return 0;
  }
  if (read->size() == 0) return 0;
  const Buffer written = padded(plain(*read));
  hold(is_peeringdb(written.bytes()), "the plain form is known");
  const auto again = read_peeringdb(written.bytes());
  hold(again.has_value(), "the plain form is read");
  hold(again->exchanges == read->exchanges && again->lans == read->lans && again->lan_prefixes == read->lan_prefixes,
       "exchanges are the same");
  hold(again->connections == read->connections && again->networks == read->networks, "networks are the same");
  return 0;
}
