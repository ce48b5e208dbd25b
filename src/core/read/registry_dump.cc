#include "core/read/registry_dump.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "core/read/object_text.h"
#include "core/read/rpki_export.h"
#include "core/wire/rpsl/objects.h"
#include "core/wire/rpsl/policy.h"
#include "core/wire/rpsl/set_member.h"

namespace fairway {

namespace {

// Most values are one line without a comment: those are not copied.
std::string_view value_of(const RpslAttribute& attribute, std::string& kept) {
  if (is_plain(attribute.value)) return trim(attribute.value);
  kept = rpsl_value(attribute.value);
  return kept;
}

// Calls take(word) for each word in the lists of that attribute.
void each_word(const RpslObject& object, std::string_view name, auto take) {
  std::string kept;
  for (const RpslAttribute& attribute : object.attributes) {
    if (attribute.name.size() != name.size() || !equal_ignoring_case(attribute.name, name)) continue;
    for (const std::string_view word : split_list(value_of(attribute, kept))) take(word);
  }
}

enum class Class : std::uint8_t { route, route6, as_set, route_set, aut_num, filter_set, peering_set, other };

Class class_of(std::string_view name) {
  static constexpr std::string_view kNames[] = {"route",   "route6",     "as-set",     "route-set",
                                                "aut-num", "filter-set", "peering-set"};
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    if (name.size() == kNames[i].size() && equal_ignoring_case(name, kNames[i])) return static_cast<Class>(i);
  }
  return Class::other;
}

class Reader {
 public:
  Reader(ObjectStore* texts, bool policies) : texts_(texts), policies_(policies) {}

  Result<RegistryDump> read(Bytes bytes) {
    RpslObjects objects(bytes);
    RpslObject object;
    std::size_t seen = 0;
    while (objects.next(object)) {
      ++seen;
      const std::string_view name = object.attributes.front().name;
      const RpslAttribute* source = object.find("source");
      std::string kept;
      const std::string_view registry = source == nullptr ? std::string_view() : value_of(*source, kept);
      count(registry, name);
      read_object(object);
      if (texts_ != nullptr) keep_object(*texts_, object, class_name_, registry_name_);
    }
    if (seen == 0) return fail(ErrorKind::refused, "it holds no RPSL object: an empty table is not used");
    for (auto& [key, number] : counts_) result_.counts.push_back({key.first, key.second, number});
    const std::size_t read = result_.objects.size() + result_.sets.size();
    if (read + result_.skips.count != 0) {
      if (auto error = refusal(read, result_.skips, "objects")) return std::unexpected(*std::move(error));
    }
    return std::move(result_);
  }

 private:
  // Objects of one registry and class follow each other: the last counter is remembered.
  void count(std::string_view registry, std::string_view name) {
    if (last_ == nullptr || registry != last_registry_ || name != last_name_) {
      last_registry_ = registry;
      last_name_ = name;
      registry_name_ = to_upper(registry);
      class_name_ = to_lower(name);
      last_ = &counts_[{registry_name_, class_name_}];
      registry_ = index_of_name(result_.registries, registry_name_);
      class_ = class_of(name);
    }
    ++*last_;
  }

  void read_object(const RpslObject& object) {
    if (class_ == Class::other) return;
    std::string kept;
    const std::string_view key = value_of(object.attributes.front(), kept);
    if (!registry_) return result_.skips.add(object.line, "more than 256 registries");
    switch (class_) {
      case Class::route: return read_route(object, key, Family::ipv4);
      case Class::route6: return read_route(object, key, Family::ipv6);
      case Class::as_set: return read_set(object, key, SetClass::as_set);
      case Class::route_set: return read_set(object, key, SetClass::route_set);
      case Class::aut_num:
        if (const auto asn = parse_asn(key)) {
          read_claim(object, *asn);
          if (policies_) read_policy(object, *asn);
        } else if (policies_) {
          result_.rules.add(object.line, "it is no AS", key);
        }
        return;
      default:
        if (policies_) read_named_policy(object);
    }
  }

  void read_policy(const RpslObject& object, Asn asn) {
    AutNumPolicy policy;
    policy.asn = asn;
    policy.registry = *registry_;
    std::string kept;
    for (const RpslAttribute& attribute : object.attributes) {
      if (!is_policy_attribute(attribute.name)) continue;
      const std::string_view value = value_of(attribute, kept);
      if (const auto error = read_policy_rule(attribute.name, value, policy)) {
        const char* begin = object.attributes.front().name.data();
        const auto lines = std::count(begin, attribute.name.data(), '\n');
        result_.rules.add(object.line + static_cast<std::uint64_t>(lines), "AS" + to_string(asn) + ": " + error->text,
                          value);
      }
    }
    result_.policies.push_back(std::move(policy));
  }

  void read_named_policy(const RpslObject& object) {
    auto read = read_policy_set(object);
    if (!read) return result_.rules.add(object.line, "its name is none of its class", object.attributes.front().value);
    if (read->error) result_.rules.add(object.line, read->set.name + ": " + read->error->text);
    read->set.registry = *registry_;
    result_.policy_sets.push_back(std::move(read->set));
  }

  void read_route(const RpslObject& object, std::string_view text, Family family) {
    const auto prefix = parse_prefix(text);
    if (!prefix || text.find('/') == std::string_view::npos || prefix->family() != family) {
      return result_.skips.add(object.line, "its prefix is none of its class", text);
    }
    const RpslAttribute* origin = object.find("origin");
    if (origin == nullptr) return result_.skips.add(object.line, "it has no origin", text);
    std::string kept;
    const std::string_view written = value_of(*origin, kept);
    const auto asn = parse_asn(written);
    if (!asn) return result_.skips.add(object.line, "its origin is no AS", written);
    result_.objects.push_back({*prefix, *asn, *registry_});
    read_claim(object, *prefix);
  }

  void read_set(const RpslObject& object, std::string_view text, SetClass set_class) {
    auto name = parse_set_name(text);
    if (!name) return result_.skips.add(object.line, "its name is none of a set", text);
    SetObject set;
    set.name = *std::move(name);
    set.set_class = set_class;
    set.registry = *registry_;
    const auto take = [&](std::string_view word) {
      auto member = parse_set_member(word);
      // An as-set has neither prefixes nor ranges.
      if (!member ||
          (set_class == SetClass::as_set && (member->kind == SetMember::Kind::prefix || !member->range.is_none()))) {
        return result_.members.add(object.line, "it is no member of " + set.name, word);
      }
      switch (member->kind) {
        case SetMember::Kind::asn: set.asns.push_back({member->asn, member->range}); break;
        case SetMember::Kind::prefix: set.prefixes.push_back({member->prefix, member->range}); break;
        case SetMember::Kind::set:
          set.sets.push_back({std::move(member->name), std::move(member->source), member->range});
      }
    };
    each_word(object, "members", take);
    each_word(object, "mp-members", take);
    each_word(object, "mbrs-by-ref", [&](std::string_view word) { set.by_reference.push_back(to_upper(word)); });
    result_.sets.push_back(std::move(set));
  }

  void read_claim(const RpslObject& object, std::variant<Asn, Prefix> member) {
    if (object.find("member-of") == nullptr) return;
    MemberClaim claim{member, *registry_, {}, {}};
    each_word(object, "member-of", [&](std::string_view word) {
      if (auto name = parse_set_name(word)) claim.sets.push_back(*std::move(name));
    });
    each_word(object, "mnt-by", [&](std::string_view word) { claim.maintainers.push_back(to_upper(word)); });
    if (!claim.sets.empty()) result_.claims.push_back(std::move(claim));
  }

  std::map<std::pair<std::string, std::string>, std::size_t> counts_;
  std::size_t* last_ = nullptr;
  std::string last_registry_, last_name_;   // as written
  std::string registry_name_, class_name_;  // in upper and in lower case
  ObjectStore* texts_;
  const bool policies_;
  Class class_ = Class::other;
  std::optional<std::uint8_t> registry_;
  RegistryDump result_;
};

}  // namespace

Result<RegistryDump> read_registry_dump(Bytes bytes, ObjectStore* texts, bool policies) {
  return Reader(texts, policies).read(bytes);
}

bool is_rpsl(Bytes head) {
  static constexpr std::string_view kClasses[] = {
      "route",        "route6",   "aut-num",    "as-set",      "route-set",   "mntner",   "inetnum",    "inet6num",
      "as-block",     "inet-rtr", "filter-set", "peering-set", "rtr-set",     "key-cert", "person",     "role",
      "organisation", "domain",   "irt",        "poem",        "poetic-form", "limerick", "dictionary", "repository",
  };
  Lines lines(head);
  std::string_view line;
  while (lines.next(line)) {
    if (trim(line).empty() || line.front() == '#' || line.front() == '%') continue;
    const std::string_view name = line.substr(0, line.find(':'));
    if (name.size() == line.size()) return false;
    return std::any_of(std::begin(kClasses), std::end(kClasses),
                       [&](std::string_view c) { return equal_ignoring_case(c, name); });
  }
  return false;
}

}  // namespace fairway
