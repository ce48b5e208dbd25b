#include "core/session/bmp/neighbour.h"

#include <algorithm>

namespace fairway::bmp {

namespace {

constexpr std::size_t kMostText = 255;  // octets of a name
constexpr std::size_t kMostTexts = 16;  // names of a kind
constexpr std::size_t kMostStatistics = 1024;

template <class T>
const T* find(const bgp::Open& open) {
  for (const bgp::Capability& capability : open.capabilities) {
    if (const T* found = std::get_if<T>(&capability)) return found;
  }
  return nullptr;
}

std::optional<std::uint8_t> role_of(const bgp::Open& open) {
  const auto* role = find<bgp::RoleCapability>(open);
  return role == nullptr ? std::nullopt : std::optional(role->role);
}

void add_text(const Tlv& tlv, std::vector<std::string>& into) {
  std::string text(as_text(tlv.octets()).substr(0, kMostText));
  if (into.size() < kMostTexts && std::ranges::find(into, text) == into.end()) into.push_back(std::move(text));
}

// Both sides of a Loc-RIB's Peer Up are the router: what it offers in either direction it may do (RFC 9069
// section 5.2).
std::uint8_t add_path_of_loc_rib(const bgp::Open& open) {
  std::uint8_t families = 0;
  const auto* offered = find<bgp::AddPath>(open);
  if (offered == nullptr) return 0;
  for (const auto& entry : offered->entries) {
    if (!bgp::is_known_family(entry.family.afi, entry.family.safi)) continue;
    families |=
        bgp::Encoding::add_path_bit(static_cast<Family>(entry.family.afi), static_cast<Safi>(entry.family.safi));
  }
  return families;
}

}  // namespace

Neighbour::Neighbour(const PeerHeader& header, Instant now) : type(header.type), since(now) {
  peer.address = header.address;
  peer.asn = header.asn;
  peer.bgp_id = header.bgp_id;
  peer.distinguisher = header.distinguisher;
  peer.rib = type == PeerType::loc_rib ? RibKind::loc_rib : RibKind::adj_rib_in_pre;
}

Peer Neighbour::in_table(RibKind rib) const {
  Peer one = peer;
  one.rib = rib;
  return one;
}

bgp::Encoding Neighbour::encoding(const PeerHeader& header) const {
  const RibKind rib = header.rib();
  const bool out = rib == RibKind::adj_rib_out_pre || rib == RibKind::adj_rib_out_post;
  bgp::Encoding encoding = out ? to_neighbour_ : from_neighbour_;
  encoding.four_octet_asns = !header.legacy_as_path();
  encoding.extended_messages = true;
  encoding.may_err_about_add_path = true;
  return encoding;
}

bool Neighbour::is_same_session(const PeerUp& message) const {
  const std::uint64_t opens = hash_bytes(message.received_open.rest(), hash_bytes(message.sent_open.rest()));
  return opens == opens_ && message.local_port == local_port && message.remote_port == remote_port &&
         message.local_address == local_address;
}

void Neighbour::come_up(const PeerUp& message, const bgp::Open& sent, const bgp::Open& received, Instant now) {
  const bool goes_on = standing == Standing::up;
  if (!goes_on) since = now;
  standing = Standing::up;
  deconfigured = false;
  down_reason.clear();
  peer.asn = message.peer.asn;
  if (live == 0) peer.bgp_id = message.peer.bgp_id;  // else the tables would seem to be others
  local_address = message.local_address;
  local_port = message.local_port;
  remote_port = message.remote_port;
  local_asn = sent.asn();
  local_role = role_of(sent);
  remote_role = role_of(received);
  if (!goes_on) {
    table_names.clear();
    labels.clear();
  }
  for (const Tlv& tlv : message.information) {
    if (tlv.type == kTableName) add_text(tlv, table_names);
    if (tlv.type == kAdminLabel) add_text(tlv, labels);
  }
  opens_ = hash_bytes(message.received_open.rest(), hash_bytes(message.sent_open.rest()));
  if (type == PeerType::loc_rib) {
    // One Peer Up a family may come (RFC 9069 section 6.1.1): each adds to those before.
    filtered = message.peer.filtered();
    const std::uint8_t before = goes_on ? from_neighbour_.add_path : std::uint8_t{0};
    from_neighbour_ = {};
    from_neighbour_.add_path =
        static_cast<std::uint8_t>(before | add_path_of_loc_rib(sent) | add_path_of_loc_rib(received));
    return;
  }
  from_neighbour_ = bgp::negotiate(sent, received);
  to_neighbour_ = bgp::negotiate(received, sent);
}

void Neighbour::go_down(const PeerDown& message, Instant now) {
  standing = Standing::down;
  since = now;
  deconfigured = message.reason == DownReason::deconfigured;
  down_reason = to_string(message.reason);
  if (const auto notification = message.notification()) {
    const std::string_view name = bgp::notification_name(notification->code);
    const std::string_view detail = bgp::notification_name(notification->code, notification->subcode);
    for (const std::string_view word : {name, detail}) {
      if (!word.empty()) (down_reason += ": ") += word;
    }
    if (const auto text = bgp::shutdown_text(*notification); text && !text->empty())
      ((down_reason += ": '") += *text) += '\'';
  } else if (const auto event = message.event(); event && *event != 0) {
    (down_reason += ": event ") += std::to_string(*event);
  }
}

void Neighbour::take(const StatisticsReport& report, Instant now) {
  statistics_time = now;
  for (const Tlv& tlv : report.statistics) {
    const auto read = read_statistic(tlv);
    if (!read) continue;
    const auto known = std::ranges::find_if(
        statistics, [&](const Statistic& one) { return one.row == read->row && one.family == read->family; });
    if (known != statistics.end()) {
      known->value = read->value;
    } else if (statistics.size() < kMostStatistics) {
      statistics.push_back(*read);
    }
  }
}

}  // namespace fairway::bmp
