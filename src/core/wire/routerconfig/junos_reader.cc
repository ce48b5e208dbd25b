// Junos: BGP's groups and neighbours, and where ROV has its data from.
#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "core/wire/routerconfig/junos_policy_reader.h"

namespace fairway::reader {

namespace junos {
namespace {

// What is said of all of BGP, of a group or of a neighbour.
struct Level {
  std::string name{};
  std::uint32_t line = 0;
  std::optional<Asn> peer_asn{}, local_asn{};
  std::optional<bool> internal{}, gtsm{}, authentication{}, first_as{}, keeps{}, own_asn{}, refuses{};
  std::optional<std::uint32_t> max_prefix[2] = {};
  std::uint32_t max_prefix_lines[2] = {0, 0};
  bool families[2] = {false, false};
  Chain chains[2] = {};
  std::optional<Prefix> allow{};
  std::vector<std::size_t> neighbours{};  // of a group
};

class Reader {
 public:
  Reader() : filters_(std::make_shared<Filters>()), policies_(*filters_, reading_) {}

  Result<Reading> read(std::string_view text) {
    const auto done = for_each_statement(text, [&](Words words, std::uint32_t line) {
      line_ = line;
      statement(words);
    });
    if (!done) return std::unexpected(done.error());
    finish();
    return std::move(reading_);
  }

 private:
  void statement(Words words) {
    for (const std::string_view word : words) {
      if (word == "apply-groups" || word == "apply-path") return not_understood(reading_, line_, words);
    }
    if (at(words, 0) == "policy-options") return policies_.read(words.subspan(1), line_);
    if (at(words, 0) == "protocols" && at(words, 1) == "bgp") return bgp(words.subspan(2));
    if (at(words, 0) == "routing-options") return routing_options(words.subspan(1));
    if (at(words, 0) == "routing-instances" || at(words, 0) == "logical-systems") {
      if (std::exchange(told_instances_, true)) return;
      reading_.complain(line_, "other routing instances are not followed");
    }
  }

  void routing_options(Words words) {
    if (at(words, 0) == "autonomous-system") asn_ = parse_asn(at(words, 1));
    if (at(words, 0) != "validation") return;
    ValidationSource& source = reading_.validation;
    if (at(words, 1) == "group" && at(words, 3) == "session") source.rtr = true;
    if (at(words, 1) == "static") source.listed = true;
    if (source.line == 0) source.line = line_;
  }

  void bgp(Words words) {
    Level* level = &all_;
    if (at(words, 0) == "group" && words.size() > 1) {
      const auto [found, fresh] = group_index_.try_emplace(std::string(words[1]), groups_.size());
      if (fresh) groups_.push_back({.name = std::string(words[1]), .line = line_});
      Level& group = groups_[found->second];
      level = &group;
      words = words.subspan(2);
      if (at(words, 0) == "neighbor" && words.size() > 1) {
        const std::string key = group.name + '\0' + std::string(words[1]);
        const auto [member, is_new] = neighbour_index_.try_emplace(key, neighbours_.size());
        if (is_new) {
          group.neighbours.push_back(neighbours_.size());
          neighbours_.push_back({.name = std::string(words[1]), .line = line_});
        }
        level = &neighbours_[member->second];
        words = words.subspan(2);
      }
    }
    option(*level, words);
  }

  void option(Level& level, Words words) {
    const std::string_view kind = at(words, 0), value = at(words, 1);
    if (kind == "import" || kind == "export") {
      Chain& chain = level.chains[kind == "import" ? 0 : 1];
      if (chain.line == 0) chain.line = line_;
      chain.policies.emplace_back(words.size() == 2 ? std::string(value) : joined(words.subspan(1)));
    } else if (kind == "type") {
      level.internal = value == "internal";
    } else if (kind == "peer-as") {
      level.peer_asn = parse_asn(value);
    } else if (kind == "local-as") {
      level.local_asn = parse_asn(value);
      if (at(words, 2) == "loops") level.own_asn = true;
    } else if (kind.starts_with("authentication-")) {
      level.authentication = true;
    } else if (kind == "ttl" || (kind == "multihop" && value == "ttl")) {
      level.gtsm = words.back() == "255";
    } else if (kind == "enforce-first-as") {
      level.first_as = value != "disable";
    } else if (kind == "keep") {
      level.keeps = value != "none";
    } else if (kind == "allow") {
      level.allow = parse_prefix(value, true);
    } else if (kind == "defaults" && value == "ebgp") {
      level.refuses = words.back().starts_with("reject");
    } else if (kind == "family" && (value == "inet" || value == "inet6") &&
               (at(words, 2) == "unicast" || at(words, 2) == "any" || words.size() == 2)) {
      const std::size_t index = value == "inet" ? 0 : 1;
      level.families[index] = true;
      if ((at(words, 3) == "prefix-limit" || at(words, 3) == "accepted-prefix-limit") && at(words, 4) == "maximum") {
        level.max_prefix[index] = parse_number<std::uint32_t>(at(words, 5));
        level.max_prefix_lines[index] = line_;
      }
      if (at(words, 3) == "loops") level.own_asn = true;
    }
  }

  void finish() {
    for (auto& [name, list] : filters_->as_lists) list.asns.close();
    filters_->validates = reading_.validation.rtr || reading_.validation.listed;
    for (const Level& group : groups_) {
      for (const std::size_t member : group.neighbours) session(group, neighbours_[member]);
      if (group.allow) {
        Level range = group;
        range.name = to_string(*group.allow);
        session(group, range);
      }
    }
    reading_.sessions = filters_->sessions;
    reading_.interpreter = filters_;
  }

  void session(const Level& group, const Level& own) {
    const auto pick = [&](auto member) {
      const auto &first = own.*member, &second = group.*member, &third = all_.*member;
      return first ? first : second ? second : third;
    };
    RouterSession session{.name = own.name, .group = group.name, .line = own.line};
    session.remote = parse_ip(own.name);
    if (!session.remote) session.remote_range = own.allow;
    session.local_asn = pick(&Level::local_asn);
    if (!session.local_asn) session.local_asn = asn_;
    session.internal = pick(&Level::internal).value_or(false);
    session.remote_asn = session.internal ? session.local_asn : pick(&Level::peer_asn);
    if (session.remote_asn && session.remote_asn == session.local_asn) session.internal = true;
    session.gtsm = pick(&Level::gtsm).value_or(false);
    session.authentication = pick(&Level::authentication).value_or(false);
    session.enforces_first_as = pick(&Level::first_as).value_or(false);
    session.accepts_own_asn = pick(&Level::own_asn).value_or(false);
    const bool said = own.families[0] || own.families[1] || group.families[0] || group.families[1] ||
                      all_.families[0] || all_.families[1];
    const bool is_ipv6 = session.remote && session.remote->family == Family::ipv6;
    std::array<Chain, 2> chains;
    for (std::size_t k = 0; k < 2; ++k) {
      chains[k] = own.chains[k].line != 0     ? own.chains[k]
                  : group.chains[k].line != 0 ? group.chains[k]
                                              : all_.chains[k];
    }
    for (std::size_t i = 0; i < 2; ++i) {
      SessionFamily& family = session.families[i];
      family.active = said ? own.families[i] || group.families[i] || all_.families[i] : is_ipv6 == (i == 1);
      family.keeps_rejected = pick(&Level::keeps).value_or(true);
      for (const Level* level : {&own, &group, &std::as_const(all_)}) {
        if (family.max_prefix || !level->max_prefix[i]) continue;
        family.max_prefix = level->max_prefix[i];
        family.max_prefix_line = level->max_prefix_lines[i];
      }
      for (std::size_t k = 0; k < 2; ++k) {
        SessionPolicy& policy = k == 0 ? family.import : family.export_;
        policy.present = !chains[k].policies.empty();
        policy.line = chains[k].line;
        if (chains[k].policies.size() == 1) policy.name = chains[k].policies[0];
      }
    }
    filters_->chains.push_back(std::move(chains));
    filters_->reject_by_default.push_back(pick(&Level::refuses).value_or(false));
    filters_->sessions.push_back(std::move(session));
  }

  Reading reading_;
  std::shared_ptr<Filters> filters_;
  PolicyReader policies_;
  std::uint32_t line_ = 0;
  bool told_instances_ = false;
  std::optional<Asn> asn_;
  Level all_;
  std::vector<Level> groups_, neighbours_;
  std::map<std::string, std::size_t, std::less<>> group_index_, neighbour_index_;
};

}  // namespace
}  // namespace junos

Result<Reading> read_junos(std::string_view text) { return junos::Reader().read(text); }

}  // namespace fairway::reader
