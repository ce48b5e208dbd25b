// Reads a configuration of FRR, line by line.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/wire/routerconfig/frr_route_map.h"

namespace fairway::reader::frr {

using Words = std::vector<std::string_view>;

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), filters_(std::make_shared<Filters>()) {}
  Result<Reading> read();

 private:
  // A neighbour or a peer group, as written: what is unset comes from the group.
  struct Peer {
    std::string name{}, group{};
    std::uint32_t line = 0;
    bool is_group = false;
    std::optional<Prefix> range{};
    std::optional<Asn> remote_asn{}, local_asn{};
    std::optional<bool> internal{}, gtsm{}, authentication{}, enforces_first_as{};
    std::optional<LocalRole> local_role{};
    bool strict_role = false;
    struct Family {
      std::optional<bool> active, keeps;
      std::optional<std::uint32_t> max_prefix;
      std::uint32_t max_prefix_line = 0;
      Hooks hooks[2];
      std::uint32_t lines[2] = {0, 0};  // of the hooks
      bool accepts_own_asn = false;
    };
    std::array<Family, 2> families{};
  };

  void line(const Words& words);
  void not_understood(const Words& words);
  bool top(const Words& words);
  void router_line(Words words);
  void route_map_line(const Words& words);
  void rpki_line(const Words& words);
  // frr_list_lines.cc
  bool list_line(const Words& words);
  void prefix_list(const Words& words, std::size_t family);
  void path_list(const Words& words, std::size_t at);
  void community_list(const Words& words, bool large);
  // frr_neighbors.cc
  void neighbor(const Words& words, bool negated);
  void family_option(Peer& peer, const Words& words, bool negated);
  void hook(Peer::Family& family, const Words& words, bool negated);
  void finish();
  void add_session(const Peer& peer);

  std::string_view text_;
  std::shared_ptr<Filters> filters_;
  Reading reading_;
  std::uint32_t line_ = 0;
  enum class Context : std::uint8_t { top, router, route_map, rpki, other } context_ = Context::top;
  std::optional<std::size_t> family_;  // of the address-family block; unset: outside, or one that is not followed
  bool in_family_ = false;
  RouteMapEntry* entry_ = nullptr;
  std::optional<Asn> asn_;
  std::vector<Peer> peers_;
  std::map<std::string, std::size_t, std::less<>> peer_index_;
  std::map<std::string, std::uint32_t, std::less<>> list_lines_[2];
  bool default_ipv4_ = true, default_ipv6_ = false, rejects_as_sets_ = false, enforces_first_as_ = false;
  std::optional<bool> requires_policy_;
  bool datacenter_ = false, old_version_ = false;
};

}  // namespace fairway::reader::frr
