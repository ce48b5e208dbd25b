// IOS-XR: the lines of a configuration, BGP's neighbours and the groups that they use.
#include <array>
#include <utility>

#include "base/text.h"
#include "core/wire/routerconfig/iosxr_parser.h"

namespace fairway::reader {

namespace iosxr {
namespace {

// A neighbour, neighbor-group, session-group or af-group, as written.
struct Peer {
  std::string name{}, group{};
  std::uint32_t line = 0;
  std::optional<Prefix> range{};
  std::optional<Asn> remote_asn{}, local_asn{};
  std::optional<bool> gtsm{}, authentication{}, first_as{}, no_as_sets{};
  bool own_asn = false;
  struct Family {
    bool active = false;
    std::string group{}, policies[2] = {};
    std::uint32_t lines[2] = {0, 0};
    std::optional<std::uint32_t> max_prefix{};
    std::uint32_t max_prefix_line = 0;
    std::optional<bool> keeps{};
  };
  std::array<Family, 2> families{};
};

class Reader {
 public:
  Reader() : filters_(std::make_shared<Filters>()), parser_(*filters_, reading_) {}

  Result<Reading> read(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
      const std::string_view whole = cut(text, '\n');
      ++line_;
      std::string_view rest = whole;
      words.clear();
      for (std::string_view word = next_word(rest); !word.empty(); word = next_word(rest)) words.push_back(word);
      if (words.empty()) continue;
      if (!ends_with_.empty()) {
        if (words[0] == ends_with_) {
          close();
        } else {
          add_tokens(body_, whole, line_);
        }
        continue;
      }
      if (words[0].starts_with('!')) continue;
      line(words, whole.find_first_not_of(" \t"));
    }
    if (!ends_with_.empty()) return fail(ErrorKind::malformed, "a set or policy does not end", begins_);
    for (Body& policy : policies_) parser_.policy(policy.name, policy.line, std::move(policy.tokens));
    finish();
    return std::move(reading_);
  }

 private:
  using Words = const std::vector<std::string_view>&;
  struct Body {
    std::string_view name;
    std::uint32_t line;
    std::vector<Token> tokens;
  };
  static std::string_view at(Words words, std::size_t i) { return i < words.size() ? words[i] : std::string_view(); }

  // The lines of a set or policy have come to their end.
  void close() {
    if (kind_ == "prefix-set") parser_.prefix_set(name_, begins_, std::move(body_));
    if (kind_ == "as-path-set") parser_.path_set(name_, std::move(body_));
    if (kind_ == "community-set" || kind_ == "large-community-set") parser_.community_set(name_, std::move(body_));
    if (kind_ == "route-policy") policies_.push_back({name_, begins_, std::move(body_)});
    body_.clear();
    ends_with_ = {};
  }

  void line(Words words, std::size_t indent) {
    const std::string_view kind = words[0];
    if (!in_bgp_ || indent == 0) {
      for (const std::string_view set : {"prefix-set", "as-path-set", "community-set", "large-community-set",
                                         "extcommunity-set", "rd-set", "route-policy"}) {
        if (kind != set || words.size() < 2) continue;
        kind_ = kind;
        name_ = words[1];
        begins_ = line_;
        ends_with_ = kind == "route-policy" ? "end-policy" : "end-set";
        if (name_.find('(') != std::string_view::npos || words.size() > 2) {
          if (kind == "route-policy") reading_.complain(line_, "policies with parameters are not followed");
        }
        return;
      }
    }
    if (kind == "router") {
      in_bgp_ = at(words, 1) == "bgp";
      asn_ = in_bgp_ ? parse_asn(at(words, 2)) : asn_;
      bgp_indent_ = indent;
      peer_ = nullptr;
      return;
    }
    if (in_bgp_ && indent <= bgp_indent_) in_bgp_ = false;
    if (in_bgp_) bgp(words, indent);
  }

  void bgp(Words words, std::size_t indent) {
    const std::string_view kind = words[0];
    if (peer_ != nullptr && indent <= peer_indent_) peer_ = nullptr;
    if (peer_ != nullptr) return option(words, indent);
    const auto enter = [&](std::vector<Peer>& list) {
      list.push_back({.name = std::string(at(words, 1)), .line = line_});
      peer_ = &list.back();
      peer_indent_ = indent;
      family_.reset();
    };
    if (kind == "neighbor") {
      enter(peers_);
      if (at(words, 1).find('/') != std::string_view::npos) peer_->range = parse_prefix(at(words, 1), true);
    } else if (kind == "neighbor-group" || kind == "session-group" || kind == "af-group") {
      enter(groups_);
      if (kind != "af-group") return;
      family_ = at(words, 3) == "ipv6" ? 1 : 0;
      family_indent_ = indent;
    } else if (kind == "rpki" && at(words, 1) == "server") {
      reading_.validation.rtr = true;
      if (reading_.validation.line == 0) reading_.validation.line = line_;
    } else if (kind == "bgp" && at(words, 1) == "enforce-first-as") {
      enforces_first_as_ = at(words, 2) != "disable";
    } else if (kind == "vrf") {
      reading_.complain(line_, "another instance of BGP is not followed: " + std::string(at(words, 1)));
      in_bgp_ = false;
    }
  }

  void option(Words words, std::size_t indent) {
    const std::string_view kind = words[0], value = at(words, 1);
    if (kind == "address-family") {
      family_.reset();
      followed_ = at(words, 2) == "unicast" && (value == "ipv4" || value == "ipv6");
      if (followed_) {
        family_ = value == "ipv4" ? 0 : 1;
        peer_->families[*family_].active = true;
      }
      family_indent_ = indent;
      return;
    }
    if (!followed_ && indent > family_indent_) return;
    if (!family_ || indent <= family_indent_) {
      if (indent <= family_indent_) followed_ = true;
      if (kind == "remote-as") peer_->remote_asn = parse_asn(value);
      if (kind == "local-as") peer_->local_asn = parse_asn(value);
      if (kind == "use") peer_->group = at(words, 2);
      if (kind == "ttl-security") peer_->gtsm = value != "inheritance-disable";
      if (kind == "password" || kind == "keychain" || kind == "ao") peer_->authentication = true;
      if (kind == "enforce-first-as") peer_->first_as = value != "disable";
      if (kind == "as-set-processing") peer_->no_as_sets = value == "disallow";
      if (indent <= family_indent_) family_.reset();
      return;
    }
    Peer::Family& family = peer_->families[*family_];
    if (kind == "route-policy" && words.size() >= 3) {
      const std::size_t direction = words.back() == "in" ? 0 : 1;
      family.policies[direction] = value;
      family.lines[direction] = line_;
    } else if (kind == "use") {
      family.group = at(words, 2);
    } else if (kind == "maximum-prefix") {
      family.max_prefix = parse_number<std::uint32_t>(value);
      family.max_prefix_line = line_;
    } else if (kind == "soft-reconfiguration") {
      family.keeps = true;
    } else if (kind == "allowas-in") {
      peer_->own_asn = true;
    }
  }

  const Peer* group(std::string_view name) const {
    for (const Peer& group : groups_) {
      if (group.name == name && !name.empty()) return &group;
    }
    return nullptr;
  }

  void finish() {
    filters_->validates = reading_.validation.rtr;
    for (const Peer& peer : peers_) session(peer);
    reading_.sessions = filters_->sessions;
    reading_.interpreter = filters_;
  }

  void session(const Peer& own) {
    // The neighbour itself, its group, the group's group.
    std::vector<const Peer*> levels{&own};
    while (levels.size() < 5 && group(levels.back()->group) != nullptr) levels.push_back(group(levels.back()->group));
    const auto pick = [&](auto member) {
      for (const Peer* level : levels) {
        if (level->*member) return level->*member;
      }
      return own.*member;
    };
    RouterSession session{.name = own.name, .group = own.group, .line = own.line};
    session.remote = parse_ip(own.name);
    session.remote_range = own.range;
    session.remote_asn = pick(&Peer::remote_asn);
    session.local_asn = pick(&Peer::local_asn);
    if (!session.local_asn) session.local_asn = asn_;
    session.internal = session.remote_asn && session.remote_asn == session.local_asn;
    session.gtsm = pick(&Peer::gtsm).value_or(false);
    session.authentication = pick(&Peer::authentication).value_or(false);
    session.enforces_first_as = pick(&Peer::first_as).value_or(enforces_first_as_);
    session.rejects_as_sets = pick(&Peer::no_as_sets).value_or(false);
    std::array<std::array<std::string, 2>, 2> hooks;
    for (std::size_t i = 0; i < 2; ++i) {
      SessionFamily& family = session.families[i];
      for (const Peer* level : levels) {
        const Peer::Family& said = level->families[i];
        family.active = family.active || said.active;
        session.accepts_own_asn = session.accepts_own_asn || level->own_asn;
        take(said, family, hooks[i]);
        if (const Peer* shared = group(said.group)) take(shared->families[i], family, hooks[i]);
      }
      for (std::size_t k = 0; k < 2; ++k) {
        SessionPolicy& policy = k == 0 ? family.import : family.export_;
        policy.present = !hooks[i][k].empty();
        policy.name = hooks[i][k];
      }
    }
    filters_->hooks.push_back(std::move(hooks));
    filters_->sessions.push_back(std::move(session));
  }

  // What is not set yet.
  static void take(const Peer::Family& said, SessionFamily& family, std::array<std::string, 2>& hooks) {
    for (std::size_t k = 0; k < 2; ++k) {
      if (!hooks[k].empty() || said.policies[k].empty()) continue;
      hooks[k] = said.policies[k];
      (k == 0 ? family.import : family.export_).line = said.lines[k];
    }
    if (!family.max_prefix && said.max_prefix) {
      family.max_prefix = said.max_prefix;
      family.max_prefix_line = said.max_prefix_line;
    }
    family.keeps_rejected = family.keeps_rejected || said.keeps.value_or(false);
  }

  Reading reading_;
  std::shared_ptr<Filters> filters_;
  Parser parser_;
  std::uint32_t line_ = 0, begins_ = 0;
  std::string_view kind_, name_, ends_with_;  // of the set or policy whose lines are being read
  std::vector<Token> body_;
  std::vector<Body> policies_;
  bool in_bgp_ = false, enforces_first_as_ = true, followed_ = true;
  std::size_t bgp_indent_ = 0, peer_indent_ = 0, family_indent_ = 0;
  std::optional<std::size_t> family_;
  std::optional<Asn> asn_;
  Peer* peer_ = nullptr;
  std::vector<Peer> peers_, groups_;
};

}  // namespace
}  // namespace iosxr

Result<Reading> read_iosxr(std::string_view text) { return iosxr::Reader().read(text); }

}  // namespace fairway::reader
