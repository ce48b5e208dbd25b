#include "core/wire/routerconfig/frr_reader.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace fairway::reader {

namespace frr {

Result<Reading> Reader::read() {
  std::string_view rest = text_;
  Words words;
  while (!rest.empty()) {
    std::string_view text = cut(rest, '\n');
    ++line_;
    words.clear();
    for (std::string_view word = next_word(text); !word.empty(); word = next_word(text)) words.push_back(word);
    if (words.empty() || words[0].starts_with('!') || words[0].starts_with('#')) continue;
    if (words[0] == "end") break;  // FRR reads no further either
    line(words);
  }
  finish();
  return std::move(reading_);
}

void Reader::not_understood(const Words& words) {
  std::string text = "not understood:";
  for (std::size_t i = 0; i < words.size() && i < 12; ++i) text.append(" ").append(words[i]);
  reading_.complain(line_, std::move(text));
}

void Reader::line(const Words& words) {
  if (words[0] == "exit" || words[0] == "exit-route-map") {
    if (in_family_ && words[0] == "exit") {
      in_family_ = false;
    } else {
      context_ = Context::top;
      in_family_ = false;
      entry_ = nullptr;
    }
    return;
  }
  // A word of the top level ends what was before, as it does when FRR reads its file.
  if (top(words)) return;
  switch (context_) {
    case Context::router: return router_line(words);
    case Context::route_map: return route_map_line(words);
    case Context::rpki: return rpki_line(words);
    case Context::other: return;
    case Context::top: return not_understood(words);
  }
}

bool Reader::top(const Words& words) {
  const auto word = [&](std::size_t i) { return i < words.size() ? words[i] : std::string_view(); };
  const auto enter = [&](Context context) {
    context_ = context;
    in_family_ = false;
    entry_ = nullptr;
    return true;
  };
  if (word(0) == "router") {
    if (word(1) != "bgp") return enter(Context::other);
    if (word(3) == "vrf" || word(3) == "view") {
      reading_.complain(line_, "another instance of BGP is not followed: " + std::string(word(4)));
      return enter(Context::other);
    }
    asn_ = parse_asn(word(2));
    return enter(Context::router);
  }
  if (word(0) == "route-map" && words.size() >= 3 && context_ != Context::router) {
    enter(Context::route_map);
    const bool permit = word(2) != "deny";
    const auto sequence = words.size() > 3 ? parse_number<std::uint32_t>(word(3)) : 10;
    if (!sequence || (permit && word(2) != "permit")) {
      not_understood(words);
      return true;
    }
    RouteMapEntry& entry = filters_->route_maps[std::string(word(1))][*sequence];
    if (entry.line == 0) entry.line = line_;
    entry.permit = permit;
    entry_ = &entry;
    return true;
  }
  if (word(0) == "rpki" && words.size() == 1) return enter(Context::rpki);
  if (list_line(words)) return true;
  if (word(0) == "frr") {
    if (word(1) == "defaults") datacenter_ = word(2) == "datacenter";
    if (word(1) == "version") {  // before 7.4 EBGP needed no policy, and a saved configuration keeps to that
      std::string_view version = word(2);
      const auto major = parse_number<unsigned>(cut(version, '.'));
      const auto minor = parse_number<unsigned>(cut(version, '.'));
      old_version_ = major && (*major < 7 || (*major == 7 && minor.value_or(0) < 4));
    }
    return true;
  }
  if (context_ == Context::router || context_ == Context::route_map || context_ == Context::rpki) return false;
  for (const std::string_view block :
       {"interface", "vrf", "line", "key", "bfd", "segment-routing", "pseudowire", "vni"}) {
    if (word(0) == block) return enter(Context::other);
  }
  for (const std::string_view other :
       {"hostname", "log",      "password",    "enable", "service",    "debug",
        "ip",       "ipv6",     "access-list", "agentx", "domainname", "allow-external-route-update",
        "banner",   "no",       "zebra",       "bgp",    "username",   "dump",
        "smux",     "router-id"}) {
    if (word(0) == other) return true;
  }
  return false;
}

void Reader::rpki_line(const Words& words) {
  for (const std::string_view word : words) {
    if (word != "cache") continue;
    reading_.validation.rtr = true;
    if (reading_.validation.line == 0) reading_.validation.line = line_;
  }
}

void Reader::route_map_line(const Words& words) {
  if (entry_ == nullptr) return not_understood(words);
  const auto replace = [&](std::vector<Clause>& clauses, std::size_t key_words) {
    // A clause of the same kind takes the place of the one before.
    Clause clause{{words.begin() + 1, words.end()}, line_};
    std::erase_if(clauses, [&](const Clause& other) {
      if (other.words.size() < key_words || clause.words.size() < key_words) return false;
      return std::equal(other.words.begin(), other.words.begin() + static_cast<std::ptrdiff_t>(key_words),
                        clause.words.begin());
    });
    clauses.push_back(std::move(clause));
  };
  const auto word = [&](std::size_t i) { return i < words.size() ? words[i] : std::string_view(); };
  if (word(0) == "match" && words.size() > 1) {
    const bool of_address = word(1) == "ip" || word(1) == "ipv6";
    replace(entry_->matches, of_address ? (word(3) == "prefix-list" || word(3) == "prefix-len" ? 3 : 2) : 1);
  } else if (word(0) == "set" && words.size() > 1) {
    replace(entry_->sets, word(1) == "ip" || word(1) == "ipv6" || word(1) == "as-path" ? 2 : 1);
  } else if (word(0) == "call" && words.size() == 2) {
    entry_->call = word(1);
  } else if (word(0) == "on-match" && word(1) == "next") {
    entry_->then = RouteMapEntry::Then::next;
  } else if ((word(0) == "on-match" && word(1) == "goto") || word(0) == "continue") {
    const auto target = parse_number<std::uint32_t>(words.back());
    entry_->then = words.size() == 1 ? RouteMapEntry::Then::next : RouteMapEntry::Then::go_to;
    if (words.size() > 1 && !target) return not_understood(words);
    entry_->target = target.value_or(0);
  } else if (word(0) != "description") {
    not_understood(words);
    // It may have been anything.
    entry_->matches.push_back({{"line"}, line_});
  }
}

void Reader::router_line(Words words) {
  const bool negated = words[0] == "no";
  if (negated) words.erase(words.begin());
  const auto word = [&](std::size_t i) { return i < words.size() ? words[i] : std::string_view(); };
  if (word(0) == "address-family") {
    in_family_ = true;
    family_.reset();
    const bool unicast = words.size() == 2 || word(2) == "unicast";
    if (word(1) == "ipv4" && unicast) family_ = 0;
    if (word(1) == "ipv6" && unicast) family_ = 1;
    return;
  }
  if (word(0) == "exit-address-family") {
    in_family_ = false;
    return;
  }
  if (word(0) == "neighbor" && words.size() >= 3) return neighbor(words, negated);
  if (word(0) != "bgp") return;  // timers, networks, redistribution: not what a neighbour may send
  if (word(1) == "ebgp-requires-policy") requires_policy_ = !negated;
  if (word(1) == "reject-as-sets") rejects_as_sets_ = !negated;
  if (word(1) == "enforce-first-as") enforces_first_as_ = !negated;
  if (word(1) == "default" && word(2) == "ipv4-unicast") default_ipv4_ = !negated;
  if (word(1) == "default" && word(2) == "ipv6-unicast") default_ipv6_ = !negated;
  if (word(1) == "listen" && word(2) == "range" && word(4) == "peer-group") {
    Peer peer{.name = std::string(word(3)), .group = std::string(word(5)), .line = line_};
    peer.range = parse_prefix(word(3), true);
    peers_.push_back(std::move(peer));
  }
}

}  // namespace frr

Result<Reading> read_frr(std::string_view text) { return frr::Reader(text).read(); }

}  // namespace fairway::reader
