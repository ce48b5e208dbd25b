#include "core/read/member_export.h"

#include <fmt/format.h>
#include <simdjson.h>

namespace fairway {

namespace {

using namespace simdjson;

// Fields of an object as they are asked for; absent, null or of another type: nothing.
std::optional<std::uint64_t> number(dom::element object, std::string_view key) {
  std::uint64_t value = 0;
  if (object[key].get_uint64().get(value) == SUCCESS) return value;
  std::string_view text;  // some exports write their ids as texts
  if (object[key].get_string().get(text) != SUCCESS || text.empty()) return std::nullopt;
  for (const char c : text) {
    if (c < '0' || c > '9' || value > 0xFFFFFFFF) return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}
std::uint32_t id(dom::element object, std::string_view key) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(number(object, key).value_or(0), 0xFFFFFFFF));
}
std::string_view text(dom::element object, std::string_view key) {
  std::string_view value;
  return object[key].get_string().get(value) == SUCCESS ? value : std::string_view();
}
bool flag(dom::element object, std::string_view key) {
  bool value = false;
  return object[key].get_bool().get(value) == SUCCESS && value;
}
template <class Each>
void each(dom::element object, std::string_view key, Each call) {
  dom::array array;
  if (object[key].get_array().get(array) != SUCCESS) return;
  for (const dom::element element : array) call(element);
}

constexpr std::string_view kFamilies[] = {"ipv4", "ipv6"};

class Reader {
 public:
  Result<MemberExport> read(Bytes bytes) {
    dom::parser parser;
    dom::element root;
    const auto* octets = reinterpret_cast<const std::uint8_t*>(bytes.data());
    if (const error_code error = parser.parse(octets, bytes.size(), false).get(root); error != SUCCESS) {
      return fail(ErrorKind::malformed, fmt::format("this is no JSON: {}", error_message(error)));
    }
    dom::array members;
    if (root["member_list"].get_array().get(members) != SUCCESS) {
      return fail(ErrorKind::malformed, "there is no member_list: this is no IX-F member export");
    }
    each(root, "ixp_list", [&](dom::element exchange) { read_exchange(exchange); });
    for (const dom::element member : members) read_member(member);
    if (auto refused = refusal(result_.connections.size(), result_.skips, "connections")) {
      return std::unexpected(*std::move(refused));
    }
    return std::move(result_);
  }

 private:
  void read_exchange(dom::element exchange) {
    each(exchange, "vlan", [&](dom::element vlan) {
      MemberExport::Vlan made{id(exchange, "ixp_id"), id(vlan, "id"), std::string(text(vlan, "name")), {}};
      if (made.name.empty()) made.name = text(exchange, "shortname");
      for (const std::string_view family : kFamilies) {
        dom::element lan;
        if (vlan[family].get(lan) != SUCCESS) continue;
        const auto address = parse_ip(text(lan, "prefix"));
        const auto length = number(lan, "mask_length");
        if (address && length && *length <= address_bits(address->family)) {
          made.prefixes.emplace_back(*address, static_cast<unsigned>(*length));
        }
      }
      result_.vlans.push_back(std::move(made));
    });
  }

  void read_member(dom::element member) {
    ++place_;
    const auto asn = number(member, "asnum");
    if (!asn || *asn == 0 || *asn > 0xFFFFFFFF) {
      result_.skips.add(place_, "the member has no asnum");
      return;
    }
    each(member, "connection_list", [&](dom::element connection) {
      const std::string_view state = text(connection, "state");
      if (!state.empty() && state != "active" && state != "connected" && state != "operational") return;
      each(connection, "vlan_list", [&](dom::element vlan) {
        for (const std::string_view family : kFamilies) {
          dom::element port;
          if (vlan[family].get(port) != SUCCESS || text(port, "address").empty()) continue;
          MemberExport::Connection made;
          made.exchange = id(connection, "ixp_id");
          made.vlan = id(vlan, "vlan_id");
          made.asn = Asn{static_cast<std::uint32_t>(*asn)};
          made.name = text(member, "name");
          const auto address = parse_ip(text(port, "address"));
          if (!address) {
            result_.skips.add(place_, "an address cannot be read", text(port, "address"));
            continue;
          }
          made.address = *address;
          made.route_server = flag(port, "routeserver");
          if (const auto most = number(port, "max_prefix"); most && *most > 0 && *most <= 0xFFFFFFFF) {
            made.max_prefix = static_cast<std::uint32_t>(*most);
          }
          made.as_set = text(port, "as_macro");
          result_.connections.push_back(std::move(made));
        }
      });
    });
  }

  MemberExport result_;
  std::uint64_t place_ = 0;
};

}  // namespace

Result<MemberExport> read_member_export(Bytes bytes) { return Reader().read(bytes); }

}  // namespace fairway
