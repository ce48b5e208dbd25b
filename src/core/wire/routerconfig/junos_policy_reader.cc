#include "core/wire/routerconfig/junos_policy_reader.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace fairway::reader::junos {

std::string_view at(Words words, std::size_t i) { return i < words.size() ? words[i] : std::string_view(); }

std::string joined(Words words) {
  std::string text;
  for (const std::string_view word : words) text.append(text.empty() ? "" : " ").append(word);
  return text;
}

void not_understood(Reading& reading, std::uint32_t line, Words words) {
  reading.complain(line, "not understood: " + joined(words.first(std::min<std::size_t>(words.size(), 12))));
}

// The lengths that "exact", "upto /24" and so on let in. False: not understood.
bool PolicyReader::route_filter(Words words, RouteFilters& filters, NamedPrefixSet* named) {
  const auto prefix = parse_prefix(at(words, 0), true);
  if (!prefix) return false;
  const unsigned own = prefix->length(), bits = address_bits(prefix->family());
  unsigned least = own, most = own;
  const auto length = [](std::string_view text) {
    if (text.starts_with('/')) text.remove_prefix(1);
    return parse_number<unsigned>(text);
  };
  const std::string_view how = at(words, 1);
  std::size_t used = 2;
  if (how == "orlonger") {
    most = bits;
  } else if (how == "longer") {
    least = own + 1, most = bits;
  } else if (how == "upto") {
    const auto to = length(at(words, 2));
    if (!to) return false;
    most = *to, used = 3;
  } else if (how == "prefix-length-range") {
    std::string_view text = at(words, 2);
    const auto from = length(cut(text, '-')), to = length(text);
    if (!from || !to) return false;
    least = *from, most = *to, used = 3;
  } else if (how != "exact" && !how.empty()) {
    return false;
  }
  // A line with an action of its own is not followed.
  if (words.size() > used || most > bits || least > bits + 1 || least < own) return false;
  const PrefixRange range{*prefix, static_cast<std::uint8_t>(least), static_cast<std::uint8_t>(most)};
  filters.ranges.add(range, filters.lines++);
  if (named != nullptr && least <= most) named->entries.push_back({range, line_, true});
  return true;
}

// `members`: "64500", or "64512-65534".
void PolicyReader::as_list(std::string_view name, Words members) {
  AsList& list = filters_.as_lists[std::string(name)];
  const auto [found, fresh] = asn_set_index_.try_emplace(std::string(name), reading_.asn_sets.size());
  if (fresh) reading_.asn_sets.push_back({std::string(name), line_, {}});
  for (std::string_view text : members) {
    const auto first = parse_asn(cut(text, '-'));
    const auto last = text.empty() ? first : parse_asn(text);
    if (!first || !last || *last < *first) {
      list.understood = false;
      return not_understood(reading_, line_, members);
    }
    list.asns.add(*first, *last);
    reading_.asn_sets[found->second].ranges.emplace_back(*first, *last);
  }
}

bool PolicyReader::as_list_question(Term& term, Words words) {
  using enum AsListQuestion::Place;
  const std::string_view kind = at(words, 0);
  const auto place = kind == "as-path-origins" ? origin : kind == "as-path-neighbors" ? neighbour : any;
  if (words.size() != 3 || (words[1] != "as-list" && words[1] != "as-list-group")) return false;
  term.as_lists.push_back({place, std::string(words[2])});
  return true;
}

NamedPrefixSet& PolicyReader::named_set(std::string_view name) {
  const auto [found, fresh] = set_index_.try_emplace(std::string(name), reading_.prefix_sets.size());
  if (fresh) reading_.prefix_sets.push_back({std::string(name), line_, {}});
  return reading_.prefix_sets[found->second];
}

void PolicyReader::read(Words words, std::uint32_t line) {
  line_ = line;
  const std::string_view kind = at(words, 0);
  const std::string name(at(words, 1));
  if (kind == "prefix-list") {
    RangeSet& list = filters_.prefix_lists[name];
    NamedPrefixSet& set = named_set(name);
    if (words.size() < 3) return;
    const auto prefix = parse_prefix(at(words, 2), true);
    if (!prefix) return not_understood(reading_, line_, words);
    list.add(PrefixRange::only(*prefix), static_cast<std::uint32_t>(set.entries.size()));
    set.entries.push_back({PrefixRange::only(*prefix), line_, true});
  } else if (kind == "route-filter-list") {
    RouteFilters& list = filters_.route_filter_lists[name];
    if (words.size() > 2 && !route_filter(words.subspan(2), list, &named_set(name)))
      not_understood(reading_, line_, words);
  } else if (kind == "as-path" && words.size() >= 3) {
    auto expression = AsnExpression::parse(joined(words.subspan(2)));
    if (!expression) not_understood(reading_, line_, words);
    filters_.as_paths[name] = expression ? std::optional(*std::move(expression)) : std::nullopt;
  } else if (kind == "as-path-group" && at(words, 2) == "as-path" && words.size() >= 5) {
    auto expression = AsnExpression::parse(joined(words.subspan(4)));
    if (!expression) not_understood(reading_, line_, words);
    filters_.as_path_groups[name].push_back(expression ? std::optional(*std::move(expression)) : std::nullopt);
  } else if (kind == "as-list" && at(words, 2) == "members") {
    as_list(name, words.subspan(3));
  } else if (kind == "as-list-group" && at(words, 2) == "as-list" && at(words, 4) == "members") {
    as_list(name, words.subspan(5));
  } else if (kind == "defaults" && at(words, 1) == "route-filter") {
    filters_.walks_up = at(words, 2) == "walkup";
  } else if (kind == "community") {
    CommunityDefinition& definition = filters_.communities[name];
    if (at(words, 2) == "members" && words.size() == 4) definition.members.emplace_back(words[3]);
    if (at(words, 2) == "invert-match") definition.inverted = true;
  } else if (kind == "policy-statement" && words.size() > 2) {
    policy(name, words.subspan(2));
  } else if (kind != "condition" && kind != "damping") {
    not_understood(reading_, line_, words);
  }
}

void PolicyReader::policy(const std::string& name, Words words) {
  Policy& policy = filters_.policies[name];
  if (policy.line == 0) policy.line = line_;
  std::string_view term_name;
  if (at(words, 0) == "term") {
    term_name = at(words, 1);
    words = words.subspan(std::min<std::size_t>(2, words.size()));
  }
  auto found = std::ranges::find(policy.terms, term_name, &Term::name);
  if (found == policy.terms.end()) {
    // The nameless term stands behind all others.
    const auto before = term_name.empty() ? policy.terms.end() : std::ranges::find(policy.terms, "", &Term::name);
    found = policy.terms.insert(before, Term{});
    found->name = term_name;
    found->line = line_;
  }
  if (at(words, 0) == "from") return condition(*found, words.subspan(1));
  if (at(words, 0) == "then") return action(*found, words.subspan(1));
  if (at(words, 0) == "defaults" && at(words, 1) == "route-filter") {
    policy.walks_up = at(words, 2) == "walkup";
    return;
  }
  if (words.empty() || at(words, 0) == "defaults" || at(words, 0) == "dynamic-db") return;
  not_understood(reading_, line_, words);
  found->not_understood = joined(words);
}

void PolicyReader::condition(Term& term, Words words) {
  const std::string_view kind = at(words, 0), value = at(words, 1);
  const auto number = parse_number<std::uint32_t>(value);
  bool fine = true;
  if (kind == "route-filter") {
    fine = route_filter(words.subspan(1), term.route_filters, nullptr);
  } else if (kind == "prefix-list") {
    term.prefix_lists.emplace_back(value, "exact");
  } else if (kind == "prefix-list-filter") {
    term.prefix_lists.emplace_back(value, at(words, 2));
    fine = words.size() == 3 && (words[2] == "exact" || words[2] == "orlonger" || words[2] == "longer");
  } else if (kind == "route-filter-list") {
    term.route_filter_lists.emplace_back(value);
  } else if (kind == "as-path") {
    term.as_paths.emplace_back(value);
  } else if (kind == "as-path-group") {
    term.as_path_groups.emplace_back(value);
  } else if (kind == "as-path-origins" || kind == "as-path-neighbors" || kind == "as-path-transits") {
    fine = as_list_question(term, words);
  } else if (kind == "as-path-calc-length" && number) {
    term.path_length.emplace(*number, std::string(at(words, 2)));
  } else if (kind == "community") {
    term.communities.emplace_back(value);
  } else if (kind == "policy") {
    term.policies.emplace_back(value);
  } else if (kind == "protocol") {
    term.protocols.emplace_back(value);
  } else if (kind == "family" && (value == "inet" || value == "inet6")) {
    term.families.push_back(value == "inet" ? Family::ipv4 : Family::ipv6);
  } else if (kind == "validation-database" || kind == "validation-state") {
    fine = value == "valid" || value == "invalid" || value == "unknown";
    if (fine) {
      term.validation.push_back(value == "valid"     ? Validation::valid
                                : value == "invalid" ? Validation::invalid
                                                     : Validation::unknown);
    }
  } else if ((kind == "neighbor" || kind == "next-hop") && parse_ip(value)) {
    (kind == "neighbor" ? term.neighbours : term.next_hops).push_back(*parse_ip(value));
  } else if (kind == "local-preference" && number) {
    term.local_preference = number;
  } else if (kind == "metric" && number) {
    term.metric = number;
  } else if (kind == "tag" && number) {
    term.tag = number;
  } else {
    fine = false;
  }
  if (fine) return;
  term.not_understood = "from " + joined(words);
  reading_.complain(line_, "not understood: from " + joined(words));
}

void PolicyReader::action(Term& term, Words words) {
  using Kind = Term::Action::Kind;
  const std::string_view kind = at(words, 0), value = at(words, 1);
  Term::Action action{.line = line_};
  const auto amount = [&](Kind which) {
    action.kind = which;
    if (value == "add" || value == "subtract") action.sign = value == "add" ? '+' : '-';
    const auto number = parse_number<std::uint32_t>(words.back());
    action.number = number.value_or(0);
    return number.has_value();
  };
  bool fine = true;
  if (kind == "accept" || kind == "reject") {
    action.kind = kind == "accept" ? Kind::accept : Kind::reject;
  } else if (kind == "next") {
    action.kind = value == "policy" ? Kind::next_policy : Kind::next_term;
  } else if (kind == "default-action") {
    action.kind = value == "accept" ? Kind::default_accept : Kind::default_reject;
  } else if (kind == "local-preference") {
    fine = amount(Kind::local_preference);
  } else if (kind == "metric") {
    if (!amount(Kind::metric)) action.kind = Kind::other;
  } else if (kind == "tag") {
    fine = amount(Kind::tag);
  } else if (kind == "community" && words.size() == 3) {
    action.name = words[2];
    action.kind = value == "add" || value == "+"   ? Kind::community_add
                  : value == "set" || value == "=" ? Kind::community_set
                                                   : Kind::community_delete;
  } else if (kind == "as-path-prepend") {
    action.kind = Kind::prepend;
    action.name = joined(words.subspan(1));
  } else if (kind == "next-hop") {
    action.kind = Kind::next_hop;
    action.name = value;
  } else {
    static constexpr std::string_view kOthers[] = {"validation-state",
                                                   "origin",
                                                   "preference",
                                                   "load-balance",
                                                   "trace",
                                                   "color",
                                                   "class",
                                                   "priority",
                                                   "metric2",
                                                   "external",
                                                   "as-path-expand",
                                                   "forwarding-class",
                                                   "install-nexthop",
                                                   "dest-class",
                                                   "source-class",
                                                   "damping"};
    fine = std::ranges::find(kOthers, kind) != std::end(kOthers);
  }
  if (!fine) {
    term.understood_actions = false;
    reading_.complain(line_, "not understood: then " + joined(words));
    return;
  }
  // What ends a term stands behind what it changes, wherever it is written.
  const auto ends = [](Kind one) { return one <= Kind::next_policy; };
  const auto place = ends(action.kind) ? term.actions.end()
                                       : std::ranges::find_if(
                                             term.actions, [&](const Term::Action& other) { return ends(other.kind); });
  term.actions.insert(place, std::move(action));
}

}  // namespace fairway::reader::junos
