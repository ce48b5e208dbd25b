#include "shell/feed/ris_live_subscription.h"

#include <boost/container_hash/hash.hpp>

#include "base/json_writer.h"

namespace fairway {

namespace {

std::string subscription(const RisLiveWish& wish, const std::string* collector, const Prefix* prefix,
                         std::string_view type) {
  std::string text;
  JsonWriter json(text);
  json.object().field("type", "ris_subscribe").key("data").object();
  if (collector != nullptr) json.field("host", *collector);
  if (!type.empty()) json.field("type", type);
  if (prefix != nullptr) {
    json.field("prefix", to_string(*prefix));
    json.field("moreSpecific", wish.more_specific).field("lessSpecific", wish.less_specific);
  }
  if (type == wish.type) {
    if (!wish.path.empty()) json.field("path", wish.path);
    if (!wish.require.empty()) json.field("require", wish.require);
  }
  json.key("socketOptions").object().field("includeRaw", true).field("acknowledge", true).end();
  json.end().end();
  return text;
}

}  // namespace

std::vector<std::string> subscriptions(const RisLiveWish& wish) {
  std::vector<const std::string*> collectors;
  for (const std::string& collector : wish.collectors) collectors.push_back(&collector);
  if (collectors.empty()) collectors.push_back(nullptr);
  std::vector<const Prefix*> prefixes;
  for (const Prefix& prefix : wish.prefixes) prefixes.push_back(&prefix);
  if (prefixes.empty()) prefixes.push_back(nullptr);
  const bool filtered = !wish.prefixes.empty() || !wish.path.empty() || !wish.type.empty() || !wish.require.empty();
  constexpr std::string_view kPeerState = "RIS_PEER_STATE";
  std::vector<std::string> all;
  for (const std::string* collector : collectors) {
    for (const Prefix* prefix : prefixes) all.push_back(subscription(wish, collector, prefix, wish.type));
    if (wish.peer_states && filtered && wish.type != kPeerState) {
      all.push_back(subscription(wish, collector, nullptr, kPeerState));
    }
  }
  return all;
}

WantedPrefixes::WantedPrefixes(const RisLiveWish& wish)
    : all_(wish.prefixes.empty()), more_specific_(wish.more_specific) {
  for (const Prefix& prefix : wish.prefixes) {
    prefixes_.insert(prefix);
    lengths_[prefix.family() == Family::ipv4 ? 0 : 1].set(prefix.length());
    for (unsigned length = 0; wish.less_specific && length < prefix.length(); ++length) {
      covering_.insert(prefix.parent(length));
    }
  }
}

bool WantedPrefixes::wants(const Prefix& prefix) const {
  if (all_ || prefixes_.contains(prefix) || covering_.contains(prefix)) return true;
  const std::bitset<129>& lengths = lengths_[prefix.family() == Family::ipv4 ? 0 : 1];
  for (unsigned length = 0; more_specific_ && length < prefix.length(); ++length) {
    if (lengths[length] && prefixes_.contains(prefix.parent(length))) return true;
  }
  return false;
}

bool RecentIds::add(std::string_view id) {
  if (id.empty()) return true;
  const std::uint64_t key = boost::hash<std::string_view>()(id);
  if (!known_.insert(key).second) return false;
  order_.push_back(key);
  if (order_.size() > kMost) {
    known_.erase(order_.front());
    order_.pop_front();
  }
  return true;
}

}  // namespace fairway
