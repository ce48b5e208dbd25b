// Neighbours and peer groups.
#include <utility>

#include "base/text.h"
#include "core/wire/routerconfig/frr_reader.h"

namespace fairway::reader::frr {

void Reader::neighbor(const Words& words, bool negated) {
  const auto word = [&](std::size_t i) { return i < words.size() ? words[i] : std::string_view(); };
  const auto [found, fresh] = peer_index_.try_emplace(std::string(word(1)), peers_.size());
  if (fresh) peers_.push_back({.name = std::string(word(1)), .line = line_});
  Peer& peer = peers_[found->second];
  std::size_t at = 2;
  if (word(at) == "interface") ++at;
  if (word(at) == "v6only") ++at;
  const std::string_view option = word(at);
  const std::string_view value = word(at + 1);
  if (option == "remote-as") {
    if (value == "internal" || value == "external") {
      peer.internal = value == "internal";
    } else {
      peer.remote_asn = parse_asn(value);
    }
  } else if (option == "peer-group") {
    if (value.empty()) {
      peer.is_group = true;
    } else {
      peer.group = value;
      if (word(at + 2) == "remote-as") peer.remote_asn = parse_asn(word(at + 3));
    }
  } else if (option == "local-as") {
    peer.local_asn = parse_asn(value);
  } else if (option == "ttl-security") {
    peer.gtsm = !negated;
  } else if (option == "password") {
    peer.authentication = !negated;
  } else if (option == "enforce-first-as") {
    peer.enforces_first_as = !negated;
  } else if (option == "local-role") {
    static constexpr std::pair<std::string_view, LocalRole> kRoles[] = {{"provider", LocalRole::provider},
                                                                        {"rs-server", LocalRole::rs},
                                                                        {"rs-client", LocalRole::rs_client},
                                                                        {"customer", LocalRole::customer},
                                                                        {"peer", LocalRole::peer}};
    for (const auto& [name, role] : kRoles) {
      if (value == name) peer.local_role = role;
    }
    peer.strict_role = word(at + 2) == "strict-mode";
  } else {
    family_option(peer, words, negated);
  }
}

void Reader::family_option(Peer& peer, const Words& words, bool negated) {
  if (in_family_ && !family_) return;  // a family that is not followed
  Peer::Family& family = peer.families[in_family_ ? *family_ : 0];
  const std::string_view option = words[2];
  if (option == "activate") {
    family.active = !negated;
  } else if (option == "soft-reconfiguration") {
    family.keeps = !negated;
  } else if (option == "maximum-prefix" && words.size() > 3) {
    family.max_prefix = negated ? std::nullopt : parse_number<std::uint32_t>(words[3]);
    family.max_prefix_line = line_;
  } else if (option == "allowas-in") {
    family.accepts_own_asn = !negated;
  } else if (option == "route-map" || option == "prefix-list" || option == "filter-list" ||
             option == "distribute-list") {
    if (words.size() < 5) return not_understood(words);
    hook(family, words, negated);
  }
  // Other options do not bear on which routes pass.
}

void Reader::hook(Peer::Family& family, const Words& words, bool negated) {
  const std::size_t direction = words[4] == "in" ? 0 : 1;
  Hooks& hooks = family.hooks[direction];
  std::string& name = words[2] == "route-map"     ? hooks.route_map
                      : words[2] == "prefix-list" ? hooks.prefix_list
                      : words[2] == "filter-list" ? hooks.filter_list
                                                  : hooks.distribute_list;
  name = negated ? std::string_view() : words[3];
  if (!negated) family.lines[direction] = line_;
}

void Reader::finish() {
  for (std::size_t family = 0; family < 2; ++family) {
    for (auto& [name, list] : filters_->prefix_lists[family]) {
      list.close();
      NamedPrefixSet named{name, list_lines_[family][name], {}};
      for (const auto& [sequence, entry] : list.entries()) {
        named.entries.push_back({entry.range, entry.line, entry.permit});
      }
      reading_.prefix_sets.push_back(std::move(named));
    }
  }
  filters_->requires_policy = requires_policy_.value_or(!datacenter_ && !old_version_);
  filters_->validates = reading_.validation.rtr;
  for (const Peer& peer : peers_) {
    if (!peer.is_group) add_session(peer);
  }
  reading_.sessions = filters_->sessions;
  reading_.interpreter = filters_;
}

void Reader::add_session(const Peer& peer) {
  static const Peer kNoGroup;
  const auto found = peer_index_.find(peer.group);
  const Peer& group = peer.group.empty() || found == peer_index_.end() ? kNoGroup : peers_[found->second];
  const auto either = [](const auto& own, const auto& inherited) { return own ? own : inherited; };
  RouterSession session{.name = peer.name, .group = peer.group, .line = peer.line};
  session.remote = parse_ip(peer.name);
  session.remote_range = peer.range;
  session.remote_asn = either(peer.remote_asn, group.remote_asn);
  session.local_asn = either(either(peer.local_asn, group.local_asn), asn_);
  const auto internal = either(peer.internal, group.internal);
  session.internal = session.remote_asn ? session.remote_asn == session.local_asn : internal.value_or(false);
  session.gtsm = either(peer.gtsm, group.gtsm).value_or(false);
  session.authentication = either(peer.authentication, group.authentication).value_or(false);
  session.enforces_first_as = either(peer.enforces_first_as, group.enforces_first_as).value_or(enforces_first_as_);
  session.rejects_as_sets = rejects_as_sets_;
  session.local_role = either(peer.local_role, group.local_role);
  session.strict_role = peer.strict_role || group.strict_role;
  std::array<std::array<Hooks, 2>, 2> hooks;
  for (std::size_t i = 0; i < 2; ++i) {
    const Peer::Family &own = peer.families[i], &inherited = group.families[i];
    SessionFamily& family = session.families[i];
    family.active = either(own.active, inherited.active).value_or(i == 0 ? default_ipv4_ : default_ipv6_);
    family.keeps_rejected = either(own.keeps, inherited.keeps).value_or(false);
    family.max_prefix = either(own.max_prefix, inherited.max_prefix);
    family.max_prefix_line = own.max_prefix ? own.max_prefix_line : inherited.max_prefix_line;
    session.accepts_own_asn = session.accepts_own_asn || own.accepts_own_asn || inherited.accepts_own_asn;
    for (std::size_t k = 0; k < 2; ++k) {
      const auto pick = [&](std::string Hooks::* name) {
        return (own.hooks[k].*name).empty() ? inherited.hooks[k].*name : own.hooks[k].*name;
      };
      hooks[i][k] = {pick(&Hooks::distribute_list), pick(&Hooks::prefix_list), pick(&Hooks::filter_list),
                     pick(&Hooks::route_map)};
      SessionPolicy& policy = k == 0 ? family.import : family.export_;
      policy.present = hooks[i][k].any();
      policy.line = own.hooks[k].any() ? own.lines[k] : inherited.lines[k];
      policy.name = hooks[i][k].route_map.empty() ? hooks[i][k].prefix_list : hooks[i][k].route_map;
    }
  }
  filters_->hooks.push_back(std::move(hooks));
  filters_->sessions.push_back(std::move(session));
}

}  // namespace fairway::reader::frr
