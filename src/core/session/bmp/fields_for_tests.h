// What stands in a BMP message as "key=value" fields, in the order of tests/bmp/decoded.py. For capture_test.cc.
#pragma once

#include <algorithm>
#include <cstdio>
#include <sstream>
#include <string>
#include <vector>

#include "core/wire/bmp/message.h"
#include "core/wire/bmp/statistics.h"

namespace fairway::bmp::testing {

// One message.
using Fields = std::vector<std::string>;

inline std::string dotted(std::uint32_t bits) { return to_string(IpAddress::ipv4(bits)); }

template <class T, class Text>
std::string joined(const std::vector<T>& all, Text text) {
  std::string out;
  for (const T& one : all) out += (out.empty() ? "" : ",") + std::string(text(one));
  return out;
}

inline std::string hexadecimal(std::uint64_t number) {
  char digits[20];
  std::snprintf(digits, sizeof digits, "%llx", static_cast<unsigned long long>(number));
  return digits;
}

template <class... Parts>
std::string text(const Parts&... parts) {
  std::ostringstream out;
  ((out << parts), ...);
  return out.str();
}

inline std::string family(std::uint16_t afi, unsigned safi) { return text(afi, '/', safi); }
inline std::string family(const bgp::AfiSafi& one) { return family(one.afi, one.safi); }

inline std::string capability(const bgp::Capability& one) {
  struct Text {
    std::string operator()(const bgp::RawCapability& c) const { return std::to_string(c.code); }
    std::string operator()(const bgp::Multiprotocol& c) const { return "1:" + family(c.family); }
    std::string operator()(const bgp::RouteRefreshCapability&) const { return "2"; }
    std::string operator()(const bgp::ExtendedNextHop& c) const {
      return "5:" + joined(c.entries, [](const auto& e) { return text(e.afi, '/', e.safi, '/', e.next_hop_afi); });
    }
    std::string operator()(const bgp::ExtendedMessage&) const { return "6"; }
    std::string operator()(const bgp::RoleCapability&) const { return "9"; }
    std::string operator()(const bgp::GracefulRestart& c) const {
      return text("64:", unsigned{c.flags}, ':', c.restart_time, ':') +
             joined(c.entries, [](const auto& e) { return text(family(e.family), '/', e.flags >> 7); });
    }
    std::string operator()(const bgp::FourOctetAsn& c) const { return text("65:", c.asn.value); }
    std::string operator()(const bgp::AddPath& c) const {
      return "69:" +
             joined(c.entries, [](const auto& e) { return text(family(e.family), '/', unsigned{e.direction}); });
    }
    std::string operator()(const bgp::EnhancedRouteRefresh&) const { return "70"; }
    std::string operator()(const bgp::LongLivedGracefulRestart& c) const {
      return "71:" + joined(c.entries,
                            [](const auto& e) { return text(family(e.family), '/', e.flags >> 7, '/', e.stale_time); });
    }
    std::string operator()(const bgp::Fqdn& c) const { return "73:" + c.host + "." + c.domain; }
  };
  return std::visit(Text{}, one);
}

// Labelled and VPN routes (RFC 8277, RFC 4364), which the program itself does not read: that they lie where they
// should.
inline std::vector<std::string> labelled(Bytes field, std::uint16_t afi, unsigned safi) {
  std::vector<std::string> all;
  for (Cursor at(field); !at.empty() && at.ok();) {
    unsigned bits = at.u8();
    std::string labels;
    for (bool bottom = false; !bottom && at.ok() && bits >= 24; bits -= 24) {
      const std::uint32_t label = at.u24();
      labels += (labels.empty() ? "" : "+") + hexadecimal(0x1000000 | label).substr(1);
      bottom = (label & 1) != 0 || label == 0x800000;
    }
    std::uint64_t distinguisher = 0;
    if (safi == 128) {
      distinguisher = at.u64();
      bits -= 64;
    }
    std::uint8_t octets[17] = {static_cast<std::uint8_t>(bits)};
    const Bytes rest = at.take((bits + 7) / 8);
    std::copy(rest.begin(), rest.begin() + std::min<std::ptrdiff_t>(std::ssize(rest), 16), octets + 1);
    Cursor again(octets);
    const Prefix prefix = bgp::read_prefix(again, static_cast<Family>(afi));
    all.push_back(text(to_string(prefix), '@', hexadecimal(distinguisher), '/', labels));
  }
  return all;
}

class FieldWriter {
 public:
  Fields fields;

  template <class T>
  void add(std::string_view key, const T& value) {
    fields.push_back(text(key, '=', value));
  }
  void header(const PeerHeader& peer) {
    add("peer_type", static_cast<unsigned>(peer.type));
    if (peer.type == PeerType::loc_rib) {
      add("filtered", peer.filtered());
    } else {
      add("ipv6", peer.address.family == Family::ipv6);
      add("asn2", peer.legacy_as_path());
    }
    add("table", to_string(peer.rib()));
    add("distinguisher", hexadecimal(peer.distinguisher));
    add("address", to_string(peer.address));
    add("as", peer.asn.value);
    add("bgp_id", dotted(peer.bgp_id));
    add("time", peer.time.microseconds);
  }
  void information(const std::vector<Tlv>& tlvs) {
    for (const Tlv& tlv : tlvs) {
      const char* names[] = {"string", "sysDescr", "sysName", "table_name", "label"};
      add(tlv.type < 5 ? names[tlv.type] : "unknown", as_text(tlv.octets()));
    }
  }
  void open(const std::string& side, Cursor message) {
    bgp::Findings findings;
    const auto open = PeerUp::open(message, findings);
    if (!open) return add(side, open.error().text);
    add(side + ".version", unsigned{open->version});
    add(side + ".my_as", open->my_as);
    add(side + ".hold_time", open->hold_time);
    add(side + ".bgp_id", dotted(open->bgp_id));
    for (const bgp::Capability& one : open->capabilities) add(side + ".capability", capability(one));
  }
  void route(const bgp::Update& update) {
    const Attributes& a = update.attributes;
    if (a.origin) add("origin", static_cast<int>(*a.origin));
    if (a.has_as_path) add("path", to_string(a.as_path));
    if (a.next_hop) add("next_hop", to_string(*a.next_hop));
    if (a.med) add("med", *a.med);
    if (a.local_pref) add("local_pref", *a.local_pref);
    if (!a.communities.empty())
      add("communities", joined(a.communities, [](Community c) { return std::to_string(c.value); }));
    if (!a.extended_communities.empty())
      add("extended", joined(a.extended_communities, [](ExtendedCommunity c) { return hexadecimal(c.value); }));
    if (a.originator_id) add("originator", to_string(*a.originator_id));
    if (!a.cluster_list.empty())
      add("clusters", joined(a.cluster_list, [](const IpAddress& c) { return to_string(c); }));
    if (a.aigp) add("aigp", *a.aigp);
    for (const RawAttribute& raw : a.unknown) add("other", unsigned{raw.type});
    const auto prefixes = [&](std::string_view key, const std::vector<bgp::Nlri>& nlri) {
      for (const bgp::Nlri& one : nlri) add(key, to_string(one.prefix) + (one.path_id ? "#" : ""));
    };
    prefixes("withdraw", update.withdrawn);
    if (update.unreach) {
      add("unreach", family(update.unreach->afi, update.unreach->safi));
      prefixes("withdraw", update.unreach->withdrawn);
      for (const auto& one : labelled(update.unreach->raw_nlri, update.unreach->afi, update.unreach->safi))
        add("withdraw", one);
    }
    prefixes("announce", update.announced);
    if (!update.reach) return;
    const bgp::Reach& reach = *update.reach;
    add("reach", family(reach.afi, reach.safi));
    bgp::Reach hop;
    const std::size_t behind_distinguisher = reach.safi == 128 ? 8 : 0;
    if (reach.raw_next_hop.size() >= behind_distinguisher)
      bgp::read_next_hop(reach.raw_next_hop.subspan(behind_distinguisher), hop);
    const auto& next_hop = reach.known() ? reach.next_hop : hop.next_hop;
    add("reach_next_hop", next_hop ? to_string(*next_hop) : "none");
    prefixes("announce", reach.announced);
    if (!reach.known())
      for (const auto& one : labelled(reach.raw_nlri, reach.afi, reach.safi)) add("announce", one);
  }

  void operator()(const Initiation& m) { information(m.information); }
  void operator()(const PeerUp& m) {
    header(m.peer);
    add("local_address", to_string(m.local_address));
    add("local_port", m.local_port);
    add("remote_port", m.remote_port);
    open("sent", m.sent_open);
    open("received", m.received_open);
    information(m.information);
  }
  void operator()(const PeerDown& m) {
    header(m.peer);
    add("reason", static_cast<unsigned>(m.reason));
    std::vector<Tlv> tlvs;
    if (m.reason == DownReason::local_tlvs && read_tlvs(m.data, tlvs)) information(tlvs);
  }
  void operator()(const StatisticsReport& m) {
    header(m.peer);
    for (const Tlv& tlv : m.statistics) {
      std::string value = text(tlv.type, ':');
      if (const auto known = read_statistic(tlv)) {
        value += (known->family ? family(*known->family) + ":" : "") + std::to_string(known->value);
      } else {
        for (const std::uint8_t octet : tlv.octets()) value += hexadecimal(0x100u | octet).substr(1);
      }
      add("statistic", value);
    }
  }
  void operator()(const RouteMonitoring& m) {
    header(m.peer);
    if (m.update_tlv != 0) {
      // The other decoder leaves a group out whose index has its highest bit.
      add("tlvs", joined(m.tlvs, [](const IndexedTlv& t) { return std::to_string(t.index); }));
    }
    Cursor rest = m.update;
    const auto raw = bgp::next_message(rest, true);
    if (!raw) return add("update", raw.error().text);
    bgp::Update update;
    bgp::Findings findings;
    if (auto done = bgp::decode_update(raw->body, {}, update, findings); !done) return add("update", done.error().text);
    route(update);
  }
  template <class T>
  void operator()(const T&) {}
};

}  // namespace fairway::bmp::testing
