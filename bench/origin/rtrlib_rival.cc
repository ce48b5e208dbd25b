#include "rtrlib_rival.h"

extern "C" {
#include <rtrlib/rtrlib.h>
}

namespace fairway::bench {

namespace {

lrtr_ip_addr to_rtrlib(const IpAddress& address) {
  lrtr_ip_addr result{};
  if (address.family == Family::ipv4) {
    result.ver = LRTR_IPV4;
    result.u.addr4.addr = address.ipv4_bits();
  } else {
    result.ver = LRTR_IPV6;
    result.u.addr6.addr[0] = static_cast<std::uint32_t>(address.high >> 32);
    result.u.addr6.addr[1] = static_cast<std::uint32_t>(address.high);
    result.u.addr6.addr[2] = static_cast<std::uint32_t>(address.low >> 32);
    result.u.addr6.addr[3] = static_cast<std::uint32_t>(address.low);
  }
  return result;
}

}  // namespace

struct RtrlibRival::Table {
  pfx_table table;
};

struct RtrlibRival::Routes {
  struct Route {
    lrtr_ip_addr address;
    std::uint32_t asn;
    std::uint8_t length;
  };
  std::vector<Route> routes;
};

RtrlibRival::RtrlibRival(const std::vector<Vrp>& vrps) : table_(std::make_unique<Table>()) {
  pfx_table_init(&table_->table, nullptr);
  for (const Vrp& vrp : vrps) {
    pfx_record record{};
    record.asn = vrp.asn.value;
    record.prefix = to_rtrlib(vrp.prefix.address());
    record.min_len = static_cast<std::uint8_t>(vrp.prefix.length());
    record.max_len = vrp.max_length;
    pfx_table_add(&table_->table, &record);
  }
}

RtrlibRival::~RtrlibRival() { pfx_table_free(&table_->table); }

std::shared_ptr<const RtrlibRival::Routes> RtrlibRival::prepare(std::span<const PrefixOrigin> routes) {
  auto prepared = std::make_shared<Routes>();
  for (const auto& [prefix, origin] : routes) {
    prepared->routes.push_back(
        {to_rtrlib(prefix.address()), origin.asn.value, static_cast<std::uint8_t>(prefix.length())});
  }
  return prepared;
}

void RtrlibRival::judge(const Routes& routes, std::span<OriginState> states) {
  for (std::size_t i = 0; i < states.size(); ++i) {
    const auto& route = routes.routes[i];
    pfxv_state state;
    pfx_table_validate(&table_->table, route.asn, &route.address, route.length, &state);
    states[i] = state == BGP_PFXV_STATE_VALID     ? OriginState::valid
                : state == BGP_PFXV_STATE_INVALID ? OriginState::invalid
                                                  : OriginState::not_found;
  }
}

}  // namespace fairway::bench
