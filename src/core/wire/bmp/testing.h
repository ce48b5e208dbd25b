// Words for tests of BMP, and for programs that play a router: messages from plain values. What borrows lives as long
// as the Router.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "core/wire/bgp/testing.h"
#include "core/wire/bmp/message.h"

namespace fairway::bmp::testing {

using bgp::testing::everything;
using bgp::testing::hex;
using bgp::testing::ip;
using bgp::testing::prefix;

inline PeerHeader neighbour(std::string_view address = "192.0.2.1", std::uint8_t flags = 0, std::uint32_t asn = 64500) {
  PeerHeader header;
  header.flags = flags;
  header.address = ip(address);
  header.asn = Asn{asn};
  header.bgp_id = 0xC0000201;
  header.time = from_seconds(1'700'000'000);
  return header;
}

inline PeerHeader loc_rib() {
  PeerHeader header = neighbour("0.0.0.0", 0, 64499);
  header.type = PeerType::loc_rib;
  return header;
}

// Offers four-octet ASNs, and path ids in both directions for the families of `add_path`.
inline bgp::Open open_of(std::uint32_t asn, const std::vector<bgp::AfiSafi>& add_path = {}) {
  bgp::Open open;
  open.my_as = asn < 0x10000 ? static_cast<std::uint16_t>(asn) : std::uint16_t{23456};
  open.hold_time = 180;
  open.bgp_id = 0xC0000200 + asn % 256;
  open.capabilities = {bgp::Multiprotocol{{1, 1}}, bgp::FourOctetAsn{Asn{asn}}};
  if (!add_path.empty()) {
    bgp::AddPath offer;
    for (const bgp::AfiSafi& family : add_path) offer.entries.push_back({family, 3});
    open.capabilities.emplace_back(offer);
  }
  return open;
}

class Router {
 public:
  ByteWriter out;

  void send(const Message& message, std::uint8_t version = 3) {
    if (!encode_message(message, out, version)) std::abort();
  }
  void initiation(std::string_view name = "core1.example", std::string_view description = "a router") {
    send(Initiation{{{kSysDescr, text(description)}, {kSysName, text(name)}}});
  }
  void peer_up(const PeerHeader& peer, const bgp::Open& sent, const bgp::Open& received,
               std::uint16_t remote_port = 179, std::vector<Tlv> information = {}) {
    const bool real = peer.type != PeerType::loc_rib;
    send(PeerUp{peer, peer.address, real ? std::uint16_t{40000} : std::uint16_t{0},
                real ? remote_port : std::uint16_t{0}, bgp_message(sent, {}), bgp_message(received, {}),
                std::move(information)});
  }
  void peer_up(const PeerHeader& peer) { peer_up(peer, open_of(64499), open_of(peer.asn.value)); }
  void peer_down(const PeerHeader& peer, DownReason reason = DownReason::remote_no_notification, Bytes data = {}) {
    send(PeerDown{peer, reason, keep(data)});
  }
  void update(const PeerHeader& peer, const bgp::Update& update, bgp::Encoding encoding = {}) {
    encoding.extended_messages = true;
    send(RouteMonitoring{peer, bgp_message(update, encoding), 0, {}});
  }
  void announce(const PeerHeader& peer, std::vector<std::string_view> prefixes) {
    bgp::Update one;
    one.attributes = everything();
    for (const std::string_view each : prefixes) one.announced.push_back({prefix(each), std::nullopt});
    update(peer, one);
  }
  void withdraw(const PeerHeader& peer, std::string_view what) {
    bgp::Update one;
    one.withdrawn.push_back({prefix(what), std::nullopt});
    update(peer, one);
  }
  void end_of_rib(const PeerHeader& peer) { update(peer, bgp::Update{}); }

  Cursor text(std::string_view octets) { return keep(as_bytes(octets)); }
  Cursor keep(Bytes octets) {
    kept_.emplace_back(octets.begin(), octets.end());
    return Cursor(kept_.back());
  }
  Cursor bgp_message(const bgp::Message& message, const bgp::Encoding& encoding) {
    ByteWriter one;
    if (!bgp::encode_message(message, encoding, one)) std::abort();
    return keep(one.written());
  }

 private:
  std::deque<std::vector<std::uint8_t>> kept_;
};

}  // namespace fairway::bmp::testing
