// PeeringDB's objects (https://www.peeringdb.com/apidocs/) as far as routing needs them, in any of the shapes in which
// they are handed around:
//
//   {"meta": {...}, "data": [...]}              an answer of the API; meta.generated is its date, in seconds
//   {"ix": {"data": [...]}, "net": {...}, ...}  CAIDA's daily dumps
//   {"ix": [...], "ixlan": [...], ...}, [...]   parts of them
//
// An object's class is told by its members. Only objects whose status is "ok" count.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "core/model/asn.h"
#include "core/model/instant.h"
#include "core/model/prefix.h"
#include "core/read/reading.h"

namespace fairway {

struct PeeringDb {
  struct Exchange {  // ix
    std::uint32_t id = 0;
    std::string name, country;
    friend bool operator==(const Exchange&, const Exchange&) = default;
  };
  struct Lan {  // ixlan
    std::uint32_t id = 0, exchange = 0;
    std::optional<Asn> route_server{};  // rs_asn
    friend bool operator==(const Lan&, const Lan&) = default;
  };
  struct LanPrefix {  // ixpfx
    Prefix prefix;
    std::uint32_t lan = 0;
    friend bool operator==(const LanPrefix&, const LanPrefix&) = default;
  };
  struct Connection {  // netixlan
    Asn asn;
    std::uint32_t lan = 0, exchange = 0;
    std::optional<IpAddress> ipv4{}, ipv6{};
    bool route_server_peer = false;  // is_rs_peer: it speaks with the exchange's route servers
    friend bool operator==(const Connection&, const Connection&) = default;
  };
  struct Network {  // net
    Asn asn;
    std::string name, as_set;  // irr_as_set, as written
    std::uint32_t prefixes4 = 0,
                  prefixes6 = 0;           // info_prefixes4 and 6: how many it says it announces; 0: it does not say
    std::string type;                      // info_type: "NSP", "Content", "Route Server", ...
    bool never_via_route_servers = false;  // info_never_via_route_servers
    friend bool operator==(const Network&, const Network&) = default;
  };

  std::vector<Exchange> exchanges;
  std::vector<Lan> lans;
  std::vector<LanPrefix> lan_prefixes;
  std::vector<Connection> connections;
  std::vector<Network> networks;
  std::optional<Instant> date;
  Skips skips;  // where: the byte offset

  std::size_t size() const {
    return exchanges.size() + lans.size() + lan_prefixes.size() + connections.size() + networks.size();
  }
};

bool is_peeringdb(Bytes head);
// kPadding readable octets behind `bytes`.
Result<PeeringDb> read_peeringdb(Bytes bytes);

}  // namespace fairway
