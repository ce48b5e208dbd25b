#include "core/report/dump_psv.h"

#include "core/report/text_cache.h"

namespace fairway {

namespace {

void append_time(std::string& out, Instant time) {
  append_number(out, time.whole_seconds());
  auto fraction = static_cast<std::uint32_t>(time.microseconds - time.whole_seconds() * 1'000'000);
  if (fraction == 0) return;
  std::string digits = std::to_string(1'000'000 + fraction).substr(1);
  digits.erase(digits.find_last_not_of('0') + 1);
  out += '.';
  out += digits;
}

void append_origins(std::string& out, const AsPath& path) {
  const PathOrigin origin = path.origin();
  if (origin.kind == PathOrigin::Kind::as) append_to(out, origin.asn);
  if (origin.kind != PathOrigin::Kind::none) return;
  std::size_t last = path.segments().size();
  while (path.asns_of(last - 1).empty()) --last;
  bool first = true;
  for (const Asn asn : path.asns_of(last - 1)) {
    if (!first) out += ' ';
    first = false;
    append_to(out, asn);
  }
}

void append_community(std::string& out, Community community) {
  if (community == kNoExport) {
    out += "no-export";
  } else if (community == kNoAdvertise) {
    out += "no-advertise";
  } else if (community == kNoExportSubconfed) {
    out += "no-export-sub-confed";
  } else {
    append_to(out, community);
  }
}

// An extended community by the kind of its type (RFC 7153), in bgpkit's words, its value in hexadecimal.
void append_community(std::string& out, ExtendedCommunity community) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  const auto hexadecimal = [&](unsigned octets) {
    for (unsigned i = 2 * octets; i-- > 0;) out += kDigits[community.value >> (4 * i) & 0xF];
  };
  const auto type = static_cast<unsigned>(community.value >> 56);
  const unsigned kind = type & 0xBF;
  if (kind > 3) {
    out += "ecraw:";
    hexadecimal(8);
    return;
  }
  constexpr std::string_view kNames[] = {"ecas2:", "ecv4:", "ecas4:", "ecop:"};
  out += kNames[kind];
  append_number(out, type);
  out += ':';
  append_number(out, static_cast<unsigned>(community.value >> 48 & 0xFF));
  out += ':';
  if (kind == 0) {
    append_number(out, static_cast<unsigned>(community.value >> 32 & 0xFFFF));
    out += ':';
    hexadecimal(4);
  } else if (kind == 3) {
    hexadecimal(6);
  } else {
    const auto administrator = static_cast<std::uint32_t>(community.value >> 16);
    if (kind == 1) append_to(out, IpAddress::ipv4(administrator));
    if (kind == 2) append_number(out, administrator);
    out += ':';
    hexadecimal(2);
  }
}

class PsvFormat : public DumpFormat {
 public:
  void append(std::string& out, const mrt::Record&, const RouteEvent& event) override {
    const bool is_route = event.kind == EventKind::announce || event.kind == EventKind::rib;
    if (!is_route && event.kind != EventKind::withdraw) return;
    out += is_route ? "A|" : "W|";
    append_time(out, event.time);
    out += '|';
    append_to(out, event.peer.address);
    out += '|';
    append_to(out, event.peer.asn);
    out += '|';
    append_to(out, event.prefix);
    if (event.attributes == nullptr) {
      out += "||||||||false|||\n";
      return;
    }
    out += texts_.get(event.attributes_key, [&](std::string& text) { append_attributes(text, *event.attributes); });
  }

 private:
  // "|as_path|origin_asns|..." to the end of the line.
  static void append_attributes(std::string& out, const Attributes& attributes) {
    out += '|';
    append_to(out, attributes.as_path);
    out += '|';
    append_origins(out, attributes.as_path);
    out += '|';
    if (attributes.origin) out += to_string(*attributes.origin);
    out += '|';
    if (attributes.next_hop) append_to(out, *attributes.next_hop);
    out += '|';
    if (attributes.local_pref) append_number(out, *attributes.local_pref);
    out += '|';
    if (attributes.med) append_number(out, *attributes.med);
    out += '|';
    append_communities(out, attributes);
    out += attributes.atomic_aggregate ? "|true|" : "|false|";
    if (attributes.aggregator) append_to(out, attributes.aggregator->asn);
    out += '|';
    if (attributes.aggregator) append_to(out, attributes.aggregator->address);
    out += '|';
    if (attributes.otc) append_to(out, *attributes.otc);
    out += '\n';
  }

  static void append_communities(std::string& out, const Attributes& attributes) {
    const std::size_t begin = out.size();
    const auto separate = [&] {
      if (out.size() != begin) out += ' ';
    };
    for (const Community one : attributes.communities) separate(), append_community(out, one);
    for (const ExtendedCommunity one : attributes.extended_communities) separate(), append_community(out, one);
    for (const LargeCommunity& one : attributes.large_communities) {
      separate();
      out += "lg:";
      append_to(out, one);
    }
  }

  TextCache texts_;
};

}  // namespace

std::unique_ptr<DumpFormat> make_psv_format(const DumpOptions&) { return std::make_unique<PsvFormat>(); }

}  // namespace fairway
