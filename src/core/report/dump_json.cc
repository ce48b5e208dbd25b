#include "core/report/dump_json.h"

#include "base/json_writer.h"
#include "core/report/text_cache.h"

namespace fairway {

namespace {

constexpr int kVersion = 1;

std::string_view word(EventKind kind) {
  switch (kind) {
    case EventKind::rib: return "rib";
    case EventKind::announce: return "announce";
    case EventKind::withdraw: return "withdraw";
    case EventKind::state: return "state";
    case EventKind::end_of_rib: return "end-of-rib";
  }
  return "";
}

template <class T>
std::string text_of(const T& value) {
  std::string text;
  append_to(text, value);
  return text;
}

std::string hexadecimal(std::uint64_t value) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text(16, '0');
  for (std::size_t i = text.size(); i-- > 0; value >>= 4) text[i] = kDigits[value & 0xF];
  return text;
}

class JsonFormat : public DumpFormat {
 public:
  void append(std::string& out, const mrt::Record&, const RouteEvent& event) override {
    scratch_.clear();
    JsonWriter json(scratch_);
    json.object().field("version", kVersion).field("type", word(event.kind)).field("time", to_string(event.time));
    json.key("peer").object().field("address", text_of(event.peer.address)).field("asn", event.peer.asn.value).end();
    if (event.kind == EventKind::state) {
      json.field("old_state", event.old_state).field("new_state", event.new_state);
    } else {
      if (event.kind != EventKind::end_of_rib) json.field("prefix", text_of(event.prefix));
      if (event.kind == EventKind::end_of_rib) json.field("family", event.prefix.family() == Family::ipv4 ? 4 : 6);
      if (event.safi == Safi::multicast) json.field("multicast", true);
      if (event.path_id) json.field("path_id", *event.path_id);
    }
    out += scratch_;
    if (event.attributes != nullptr) {
      out += texts_.get(event.attributes_key, [&](std::string& text) { append_attributes(text, *event.attributes); });
    }
    out += "}\n";
  }

 private:
  // `, "as_path": ...`: the rest of an object that has begun already.
  void append_attributes(std::string& out, const Attributes& attributes) {
    rest_.clear();
    JsonWriter json(rest_);
    json.object();
    if (attributes.has_as_path) json.field("as_path", text_of(attributes.as_path));
    if (const PathOrigin origin = attributes.as_path.origin(); origin.kind == PathOrigin::Kind::as) {
      json.field("origin_asn", origin.asn.value);
    }
    if (attributes.origin) json.field("origin", to_string(*attributes.origin));
    if (attributes.next_hop) json.field("next_hop", text_of(*attributes.next_hop));
    if (attributes.link_local_next_hop) json.field("link_local_next_hop", text_of(*attributes.link_local_next_hop));
    if (attributes.local_pref) json.field("local_pref", *attributes.local_pref);
    if (attributes.med) json.field("med", *attributes.med);
    list(json, "communities", attributes.communities, text_of<Community>);
    list(json, "large_communities", attributes.large_communities, text_of<LargeCommunity>);
    list(json, "extended_communities", attributes.extended_communities,
         [](ExtendedCommunity one) { return hexadecimal(one.value); });
    if (attributes.atomic_aggregate) json.field("atomic_aggregate", true);
    if (attributes.aggregator) {
      json.key("aggregator").object().field("asn", attributes.aggregator->asn.value);
      json.field("address", text_of(attributes.aggregator->address)).end();
    }
    if (attributes.originator_id) json.field("originator_id", text_of(*attributes.originator_id));
    list(json, "cluster_list", attributes.cluster_list, text_of<IpAddress>);
    if (attributes.aigp) json.field("aigp", *attributes.aigp);
    if (attributes.otc) json.field("only_to_customer", attributes.otc->value);
    json.end();
    if (rest_.size() > 2) out.append(", ").append(rest_, 1, rest_.size() - 2);  // without its braces
  }

  template <class Items, class Text>
  static void list(JsonWriter& json, std::string_view name, const Items& items, Text text) {
    if (items.empty()) return;
    json.key(name).array();
    for (const auto& item : items) json.value(text(item));
    json.end();
  }

  std::string scratch_, rest_;
  TextCache texts_;
};

}  // namespace

std::unique_ptr<DumpFormat> make_json_format(const DumpOptions&) { return std::make_unique<JsonFormat>(); }

}  // namespace fairway
