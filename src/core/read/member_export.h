// IX-F member exports (https://github.com/euro-ix/json-schemas, versions 0.6 to 1.0): who is connected to an exchange
// point, with which addresses, and who speaks with its route servers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "core/model/asn.h"
#include "core/model/ip_address.h"
#include "core/model/prefix.h"
#include "core/read/reading.h"

namespace fairway {

struct MemberExport {
  struct Vlan {  // a peering LAN
    std::uint32_t exchange = 0, id = 0;
    std::string name;
    std::vector<Prefix> prefixes;
    friend bool operator==(const Vlan&, const Vlan&) = default;
  };
  struct Connection {
    std::uint32_t exchange = 0, vlan = 0;
    Asn asn;
    std::string name;
    IpAddress address;
    bool route_server = false;  // it speaks with the route servers from this address
    std::optional<std::uint32_t> max_prefix;
    std::string as_set;  // as_macro; empty: it names none
    friend bool operator==(const Connection&, const Connection&) = default;
  };
  std::vector<Vlan> vlans;
  std::vector<Connection> connections;  // of ports that are in use ("active", "connected", or not said)
  Skips skips;                          // where: the member's place in the list, from 1
};

// kPadding readable octets behind `bytes`. Errors: malformed, also where nobody is connected.
Result<MemberExport> read_member_export(Bytes bytes);

}  // namespace fairway
