#include "core/report/dump_bgpdump.h"

#include <array>
#include <charconv>

#include "core/report/text_cache.h"

namespace fairway {

namespace {

using mrt::Type;

// BGP4MP subtypes: RFC 6396 section 4.4, RFC 8050 section 3.
constexpr bool is_local(std::uint16_t subtype) {
  return subtype == 6 || subtype == 7 || subtype == 10 || subtype == 11;
}

// "192.0.2.1" at `out`, which has room for 15 octets; returns its end.
char* put_ipv4(char* out, std::uint32_t bits) {
  for (int shift = 24;; shift -= 8) {
    const unsigned octet = bits >> shift & 0xFF;
    if (octet >= 100) *out++ = static_cast<char>('0' + octet / 100);
    if (octet >= 10) *out++ = static_cast<char>('0' + octet / 10 % 10);
    *out++ = static_cast<char>('0' + octet % 10);
    if (shift == 0) return out;
    *out++ = '.';
  }
}

// As bgpdump does: unlike RFC 5952 it writes the longest run of zeros as "::" even if it is but one group, and takes
// whatever lies in
// ::/96, but :: and ::1, for an IPv4 address.
void append_ipv6(std::string& out, const IpAddress& address) {
  char text[64];
  const bool compatible = address.high == 0 && address.low >> 32 == 0 && address.low > 1;
  const bool mapped = address.high == 0 && address.low >> 32 == 0xFFFF;
  if (compatible || mapped) {
    out += mapped ? "::ffff:" : "::";
    out.append(text, put_ipv4(text, static_cast<std::uint32_t>(address.low)));
    return;
  }
  std::array<unsigned, 8> groups;
  for (std::size_t i = 0; i < 8; ++i) groups[i] = (i < 4 ? address.high : address.low) >> (48 - 16 * (i % 4)) & 0xFFFF;
  std::size_t longest = 0, gap = 8;
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t end = i;
    while (end < 8 && groups[end] == 0) ++end;
    if (end - i > longest) longest = end - i, gap = i;
  }
  char* end = text;
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == gap) {
      if (i == 0) *end++ = ':';
      *end++ = ':';
      i += longest - 1;
      continue;
    }
    end = std::to_chars(end, end + 4, groups[i], 16).ptr;
    if (i != 7) *end++ = ':';
  }
  out.append(text, end);
}

void append_address(std::string& out, const IpAddress& address) {
  if (address.family == Family::ipv6) return append_ipv6(out, address);
  char text[16];
  out.append(text, put_ipv4(text, address.ipv4_bits()));
}

void append_community(std::string& out, Community community) {
  if (community == kNoExport) {
    out += "no-export";
  } else if (community == kNoAdvertise) {
    out += "no-advertise";
  } else if (community == kNoExportSubconfed) {
    out += "local-AS";
  } else {
    append_to(out, community);
  }
}

template <class Communities, class Append>
void append_list(std::string& out, const Communities& communities, Append append) {
  bool first = true;
  for (const auto& community : communities) {
    if (!first) out += ' ';
    first = false;
    append(out, community);
  }
}

class BgpdumpFormat : public DumpFormat {
 public:
  explicit BgpdumpFormat(const DumpOptions& options) : large_communities_(options.large_communities) {}

  void append(std::string& out, const mrt::Record& record, const RouteEvent& event) override {
    if (event.kind == EventKind::end_of_rib) return;
    out += front(record, event);
    out += peer(event.peer);
    if (event.kind == EventKind::state) {
      append_number(out, event.old_state);
      out += '|';
      append_number(out, event.new_state);
      out += '\n';
      return;
    }
    append_prefix(out, event);
    if (event.attributes == nullptr) {
      out += '\n';
      return;
    }
    out += texts_.get(event.attributes_key, [&](std::string& text) { append_attributes(text, *event.attributes); });
  }

  // bgpdump prints what is withdrawn before what is announced, IPv4 before IPv6, unicast before multicast.
  unsigned rank(const RouteEvent& event) const override {
    if (event.kind != EventKind::announce && event.kind != EventKind::withdraw) return 0;
    return (event.kind == EventKind::announce ? 4u : 0u) + (event.prefix.family() == Family::ipv6 ? 2u : 0u) +
           (event.safi == Safi::multicast ? 1u : 0u);
  }

 private:
  // "BGP4MP_ET|1445306425.000123|A|"
  std::string_view front(const mrt::Record& record, const RouteEvent& event) {
    const bool add_path = event.path_id.has_value();
    if (record.type == front_type_ && record.subtype == front_subtype_ && record.time == front_time_ &&
        event.kind == front_kind_ && add_path == front_add_path_) {
      return front_;
    }
    front_type_ = record.type;
    front_subtype_ = record.subtype;
    front_time_ = record.time;
    front_kind_ = event.kind;
    front_add_path_ = add_path;
    front_.clear();
    const bool is_state = event.kind == EventKind::state;
    switch (record.type) {
      case Type::table_dump: front_ = "TABLE_DUMP"; break;
      case Type::table_dump_v2: front_ = "TABLE_DUMP2"; break;
      case Type::bgp4mp:
      case Type::bgp4mp_et:
        front_ = record.type == Type::bgp4mp_et ? "BGP4MP_ET" : "BGP4MP";
        if (!is_state && is_local(record.subtype)) front_ += "_LOCAL";
        break;
      default: front_ = "BGP"; break;
    }
    if (add_path) front_ += "_AP";
    front_ += '|';
    append_number(front_, record.seconds);
    if (record.type == Type::bgp4mp_et) {
      std::array<char, 7> digits;
      std::int64_t fraction = record.time.microseconds - std::int64_t{record.seconds} * 1'000'000;
      digits[0] = '.';
      for (std::size_t i = digits.size() - 1; i > 0; --i, fraction /= 10)
        digits[i] = static_cast<char>('0' + fraction % 10);
      front_.append(digits.data(), digits.size());
    }
    switch (event.kind) {
      case EventKind::rib: front_ += "|B|"; break;
      case EventKind::announce: front_ += "|A|"; break;
      case EventKind::withdraw: front_ += "|W|"; break;
      case EventKind::state: front_ += "|STATE|"; break;
      case EventKind::end_of_rib: break;
    }
    return front_;
  }

  // "192.0.2.1|64500|"
  const std::string& peer(const Peer& peer) {
    Known& known = peers_[hash_value(peer) % peers_.size()];
    if (known.text.empty() || known.peer.address != peer.address || known.peer.asn != peer.asn) {
      known.peer = peer;
      known.text.clear();
      append_address(known.text, peer.address);
      known.text += '|';
      append_to(known.text, peer.asn);
      known.text += '|';
    }
    return known.text;
  }

  // "192.0.2.0/24", and behind it "|" and more if there are attributes to come.
  static void append_prefix(std::string& out, const RouteEvent& event) {
    char text[64];
    char* end = text;
    if (event.prefix.family() == Family::ipv4) {
      end = put_ipv4(text, event.prefix.address().ipv4_bits());
    } else {
      append_address(out, event.prefix.address());
    }
    *end++ = '/';
    end = std::to_chars(end, end + 3, event.prefix.length()).ptr;
    if (event.path_id) {
      *end++ = '|';
      end = std::to_chars(end, end + 10, *event.path_id).ptr;
    }
    if (event.attributes != nullptr) *end++ = '|';
    out.append(text, end);
  }

  // "AS_PATH|ORIGIN|NEXT_HOP|..." to the end of the line.
  void append_attributes(std::string& out, const Attributes& attributes) const {
    append_to(out, attributes.as_path);
    out += '|';
    out += to_string(attributes.origin.value_or(OriginCode::incomplete));
    out += '|';
    append_address(out, attributes.next_hop.value_or(IpAddress::ipv4(~0u)));
    out += '|';
    append_number(out, attributes.local_pref.value_or(0));
    out += '|';
    append_number(out, attributes.med.value_or(0));
    out += '|';
    append_list(out, attributes.communities, append_community);
    if (large_communities_) {
      out += '|';
      append_list(out, attributes.large_communities,
                  [](std::string& text, const LargeCommunity& one) { append_to(text, one); });
    }
    out += attributes.atomic_aggregate ? "|AG|" : "|NAG|";
    if (attributes.aggregator) {
      append_to(out, attributes.aggregator->asn);
      out += ' ';
      append_address(out, attributes.aggregator->address);
    }
    out += "|\n";
  }

  struct Known {
    Peer peer;
    std::string text;
  };

  const bool large_communities_;
  std::string front_;
  Type front_type_{};
  std::uint16_t front_subtype_ = 0;
  Instant front_time_{};
  EventKind front_kind_{};
  bool front_add_path_ = false;
  std::array<Known, 256> peers_;
  TextCache texts_;
};

}  // namespace

std::unique_ptr<DumpFormat> make_bgpdump_format(const DumpOptions& options) {
  return std::make_unique<BgpdumpFormat>(options);
}

}  // namespace fairway
