#include "core/tables/irr_expand.h"

#include <algorithm>
#include <bit>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <iterator>
#include <numeric>

#include "base/text.h"
#include "core/tables/bogon.h"
#include "core/tables/irr.h"
#include "core/tables/irr_hygiene.h"
#include "core/tables/irr_rpki.h"
#include "core/tables/world.h"

namespace fairway {

std::string_view to_string(SetFinding::Kind kind) {
  static constexpr std::string_view kWords[] = {
      "missing",        "cycle",           "too-deep",  "too-many",
      "private-member", "reserved-member", "collision", "transit-free-member"};
  return kWords[static_cast<std::size_t>(kind)];
}

namespace {

using Kind = SetFinding::Kind;

std::uint64_t packed(std::uint32_t id, RangeOperator range) {
  const std::uint32_t low = std::uint32_t{range.plus} << 24 | std::uint32_t{range.least} << 16 |
                            std::uint32_t{range.most} << 8 | range.longest;
  return std::uint64_t{id} << 32 | low;
}

// An entry of a source list as places in the registries of a table.
std::vector<std::uint8_t> places_of(std::span<const std::string> sources, std::span<const std::string> registries) {
  std::vector<std::uint8_t> places;
  for (const std::string& source : sources) {
    for (std::size_t i = 0; i < registries.size(); ++i) {
      if (equal_ignoring_case(source, registries[i])) places.push_back(static_cast<std::uint8_t>(i));
    }
  }
  return places;
}

// Where sets of a class are looked for, the first one first.
std::vector<std::uint8_t> order_of(const World& world, SetClass set_class, const ExpandOptions& options) {
  const std::vector<std::string> sources = believed(options.sources, world.trust.of(set_class));
  if (!sources.empty()) return places_of(sources, world.sets->registries());
  std::vector<std::uint8_t> order(world.sets->registries().size());
  std::iota(order.begin(), order.end(), std::uint8_t{0});
  return order;
}

constexpr SetClass kClasses[] = {SetClass::as_set, SetClass::route_set};

class Walk {
 public:
  Walk(const World& world, const ExpandOptions& options) : options_(options), table_(world.sets.get()) {
    for (const std::string& word : options.except) except_.insert(to_upper(word));
    if (table_ == nullptr) return;
    for (const SetClass each : kClasses) order_[static_cast<std::size_t>(each)] = order_of(world, each, options);
    except_names_.resize(table_->names());
    for (const std::string& word : except_) {
      const std::uint32_t name = table_->find(word);
      if (name != SetTable::kNone) except_names_[name] = true;
    }
    reported_.resize(table_->names());
  }

  // The set of that name in the first registry that has one, of the class or of any.
  std::uint32_t choose(std::uint32_t name, std::optional<SetClass> only) const {
    for (const SetClass each : kClasses) {
      if (only && *only != each) continue;
      for (const std::uint8_t registry : order_[static_cast<std::size_t>(each)]) {
        if (const std::uint32_t set = pick(name, registry, each); set != SetTable::kNone) return set;
      }
    }
    return SetTable::kNone;
  }

  Expansion run(std::span<const std::string> objects) {
    for (const std::string& object : objects) start(object);
    for (std::uint32_t at = 0; at < result_.sets.size() && !full_; ++at) follow(at);
    std::sort(result_.asns.begin(), result_.asns.end(), [](const ExpandedAsn& a, const ExpandedAsn& b) {
      return std::pair(a.asn, a.range) < std::pair(b.asn, b.range);
    });
    find_odd_members(result_, result_.findings);
    if (!options_.allow_private) {
      std::erase_if(result_.asns, [](const ExpandedAsn& found) { return bogon_asn(found.asn) != nullptr; });
    }
    if (table_ != nullptr) find_cycles(*table_, result_, result_.findings);
    return std::move(result_);
  }

 private:
  std::uint32_t pick(std::uint32_t name, std::uint8_t registry, std::optional<SetClass> only) const {
    const auto [first, end] = table_->named(name);
    for (std::uint32_t set = first; set < end; ++set) {
      if (table_->sets()[set].registry == registry && (!only || table_->sets()[set].set_class == *only)) return set;
    }
    return SetTable::kNone;
  }

  void tell(Kind kind, std::string where, std::string what) {
    result_.findings.push_back({kind, std::move(where), std::move(what)});
  }
  std::string where(std::uint32_t at) const { return result_.sets[at].source + "::" + result_.sets[at].name; }

  void start(const std::string& object) {
    if (const auto asn = parse_asn(object)) {
      add(*asn, kNamed, {});
      return;
    }
    std::string_view name = object;
    std::string_view source;
    if (const std::size_t pin = name.find("::"); pin != std::string_view::npos) {
      source = name.substr(0, pin);
      name.remove_prefix(pin + 2);
    }
    std::uint32_t set = SetTable::kNone;
    if (table_ != nullptr) {
      const std::uint32_t id = table_->find(to_upper(name));
      if (id != SetTable::kNone && except_names_[id]) return;
      if (id != SetTable::kNone && source.empty()) set = choose(id, std::nullopt);
      const std::string pinned(source);
      if (id != SetTable::kNone && !source.empty()) {
        for (const std::uint8_t place : places_of({&pinned, 1}, table_->registries()))
          set = pick(id, place, std::nullopt);
      }
    }
    if (set == SetTable::kNone) {
      tell(Kind::missing, {}, to_upper(object));
      result_.complete = false;
      return;
    }
    visit(set, kNamed, {});
  }

  void add(Asn asn, std::uint32_t via, RangeOperator range) {
    if (full_ || !seen_asns_.insert(packed(asn.value, range)).second) return;
    if (!except_.empty() && except_.contains("AS" + to_string(asn))) return;
    if (result_.asns.size() == options_.most_asns) {
      return stop(via, "more than " + std::to_string(options_.most_asns) + " ASes");
    }
    result_.asns.push_back({asn, via, range});
  }

  void stop(std::uint32_t via, std::string why) {
    full_ = true;
    result_.complete = false;
    tell(Kind::too_many, via == kNamed ? std::string() : where(via), std::move(why));
  }

  void visit(std::uint32_t set, std::uint32_t via, RangeOperator range) {
    if (full_ || !seen_sets_.insert(packed(set, range)).second) return;
    // Range operators on the way make a set a thousand different ones; without them there are no more than are loaded.
    if (result_.sets.size() > table_->size() + kMostVariants) return stop(via, "sets with ever other range operators");
    const SetTable::Set& found = table_->sets()[set];
    const unsigned depth = via == kNamed ? 0 : result_.sets[via].depth + 1;
    result_.sets.push_back(
        {std::string(table_->name(found.name)), table_->registries()[found.registry], via, depth, set, range});
    compare(set);
    if (depth > kUnusualDepth && !deep_) {
      deep_ = true;
      tell(Kind::too_deep, where(via), "more than " + std::to_string(kUnusualDepth) + " levels of sets");
    }
  }

  // Tells of sets of the same name that other registries have and that say something else.
  void compare(std::uint32_t set) {
    const std::uint32_t name = table_->sets()[set].name;
    const auto [first, end] = table_->named(name);
    if (end - first < 2 || reported_[name]) return;
    reported_[name] = true;
    std::string others;
    for (std::uint32_t other = first; other < end; ++other) {
      if (other == set || table_->sets()[other].set_class != table_->sets()[set].set_class) continue;
      if (std::ranges::equal(table_->asns(set), table_->asns(other)) &&
          std::ranges::equal(table_->members(set), table_->members(other)) &&
          std::ranges::equal(table_->prefixes(set), table_->prefixes(other))) {
        continue;
      }
      others += (others.empty() ? "" : ", ") + table_->registries()[table_->sets()[other].registry];
    }
    if (!others.empty()) {
      const std::uint8_t registry = table_->sets()[set].registry;
      tell(Kind::collision, table_->registries()[registry] + "::" + std::string(table_->name(name)), others);
    }
  }

  void follow(std::uint32_t at) {
    const std::uint32_t set = result_.sets[at].id;
    const RangeOperator outer = result_.sets[at].range;
    const bool routes = table_->sets()[set].set_class == SetClass::route_set;
    for (const SetObject::As& member : table_->asns(set)) {
      const auto range = routes ? member.range.then(outer) : outer;
      if (range) add(member.asn, at, *range);
    }
    const bool deep = options_.depth != 0 && result_.sets[at].depth + 1 >= options_.depth;
    for (const SetTable::Member& member : table_->members(set)) {
      if (full_) return;
      if (except_names_[member.name]) continue;
      const std::string_view name = table_->name(member.name);
      if (deep) {
        tell(Kind::too_deep, where(at), std::string(name));
        result_.complete = false;
        continue;
      }
      // A route-set may have as-sets as members, an as-set no route-sets.
      const std::optional<SetClass> only = routes ? std::nullopt : std::optional(SetClass::as_set);
      const std::uint32_t found = !member.known_registry ? SetTable::kNone
                                  : member.registry == SetTable::kAnyRegistry
                                      ? choose(member.name, only)
                                      : pick(member.name, member.registry, only);
      if (found == SetTable::kNone) {
        if (missing_.insert(member.name).second) tell(Kind::missing, where(at), std::string(name));
        continue;
      }
      const auto range = routes ? member.range.then(outer) : outer;
      if (range) visit(found, at, *range);
    }
  }

  static constexpr std::size_t kMostVariants = 100'000;

  const ExpandOptions& options_;
  const SetTable* table_;
  std::vector<std::uint8_t> order_[2];  // by class
  boost::unordered_flat_set<std::string> except_;
  std::vector<bool> except_names_, reported_;
  boost::unordered_flat_set<std::uint64_t> seen_asns_, seen_sets_;
  boost::unordered_flat_set<std::uint32_t> missing_;
  Expansion result_;
  bool full_ = false, deep_ = false;
};

constexpr auto before = [](const ExpandedPrefix& a, const ExpandedPrefix& b) {
  return std::tie(a.prefix, a.least, a.most) < std::tie(b.prefix, b.least, b.most);
};

// Sorts ids below `bound`. Where they are many, marks them in as many bits: each is there once anyway.
void sort_ids(std::vector<std::uint32_t>& ids, std::size_t bound) {
  if (ids.size() < bound / 64) {
    std::sort(ids.begin(), ids.end());
    return;
  }
  std::vector<std::uint64_t> marks(bound / 64 + 1);
  for (const std::uint32_t id : ids) marks[id / 64] |= std::uint64_t{1} << id % 64;
  ids.clear();
  for (std::size_t word = 0; word < marks.size(); ++word) {
    for (std::uint64_t bits = marks[word]; bits != 0; bits &= bits - 1) {
      ids.push_back(static_cast<std::uint32_t>(word * 64) + static_cast<std::uint32_t>(std::countr_zero(bits)));
    }
  }
}

// What ASes without a range operator originate, by ids: the tables are sorted, so ids are.
class Collection {
 public:
  Collection(const World& world, Family family, const ExpandOptions& options)
      : irr_(world.irr.get()), vrps_(world.vrps.get()), rpki_(world.registry_rpki.get()), family_(family) {
    const std::vector<std::string> sources = believed(options.sources, world.trust.of(family));
    keep_invalid_ = options.keep_invalid || rpki_ == nullptr;
    const auto names = [](const std::string& source) { return equal_ignoring_case(source, kRpkiSource); };
    use_roas_ =
        rpki_ != nullptr && vrps_ != nullptr && (sources.empty() || std::any_of(sources.begin(), sources.end(), names));
    if (irr_ == nullptr) return;
    used_.resize(irr_->registries().size(), sources.empty());
    for (const std::uint8_t place : places_of(sources, irr_->registries())) used_[place] = true;
  }

  // Calls routes(id) for its route objects, roas(id) for its VRPs.
  void each(Asn asn, auto routes, auto roas) const {
    if (irr_ != nullptr) {
      for (const std::uint32_t id : irr_->of_origin(asn, family_)) {
        if (used_[irr_->objects()[id].registry] && (keep_invalid_ || !rpki_->invalid(id))) routes(id);
      }
    }
    if (!use_roas_ || asn.value == 0) return;
    for (const std::uint32_t id : rpki_->of_origin(asn, family_)) roas(id);
  }
  ExpandedPrefix route(std::uint32_t id) const {
    const RouteObject& object = irr_->objects()[id];
    const auto length = static_cast<std::uint8_t>(object.prefix.length());
    return {object.prefix, length, length, object.origin, id};
  }
  ExpandedPrefix roa(std::uint32_t id) const {
    const Vrp vrp = vrps_->vrp(id);
    const auto length = static_cast<std::uint8_t>(vrp.prefix.length());
    return {vrp.prefix, length, length, vrp.asn, kRoa};
  }

 private:
  const IrrTable* irr_;
  const VrpTable* vrps_;
  const RegistryRpki* rpki_;
  Family family_;
  bool keep_invalid_ = false, use_roas_ = false;
  std::vector<bool> used_;
};

}  // namespace

Expansion expand_asns(const World& world, std::span<const std::string> objects, const ExpandOptions& options) {
  return Walk(world, options).run(objects);
}

std::uint32_t find_set(const World& world, std::string_view name, std::optional<SetClass> only,
                       const ExpandOptions& options) {
  if (world.sets == nullptr) return SetTable::kNone;
  const std::uint32_t id = world.sets->find(to_upper(name));
  return id == SetTable::kNone ? id : Walk(world, options).choose(id, only);
}

Result<std::vector<ExpandedPrefix>> expand_prefixes(const World& world, const Expansion& expansion, Family family,
                                                    const ExpandOptions& options) {
  const Collection collection(world, family, options);
  const unsigned bits = address_bits(family);
  std::vector<std::uint32_t> routes, roas;
  std::vector<ExpandedPrefix> ranged;
  const auto add_ranged = [&](ExpandedPrefix found, RangeOperator range) {
    const auto lengths = range.apply({found.least, found.most}, bits);
    if (!lengths) return;
    found.least = lengths->least;
    found.most = lengths->most;
    ranged.push_back(found);
  };
  const auto too_many = [&] { return routes.size() + roas.size() + ranged.size() > 2 * options.most_prefixes; };
  const auto refuse = [&] {
    return fail(ErrorKind::refused, "more than " + std::to_string(options.most_prefixes) + " prefixes");
  };
  for (const ExpandedAsn& found : expansion.asns) {
    if (found.range.is_none()) {
      collection.each(
          found.asn, [&](std::uint32_t id) { routes.push_back(id); }, [&](std::uint32_t id) { roas.push_back(id); });
    } else {
      collection.each(
          found.asn, [&](std::uint32_t id) { add_ranged(collection.route(id), found.range); },
          [&](std::uint32_t id) { add_ranged(collection.roa(id), found.range); });
    }
    if (too_many()) return refuse();
  }
  for (const ExpandedSet& set : expansion.sets) {
    if (set.id == SetTable::kNone) continue;
    for (const SetObject::Ranged& member : world.sets->prefixes(set.id)) {
      if (member.prefix.family() != family) continue;
      const auto range = member.range.then(set.range);
      const auto length = static_cast<std::uint8_t>(member.prefix.length());
      if (range) add_ranged({member.prefix, length, length, {}, kMember}, *range);
    }
    if (too_many()) return refuse();
  }
  sort_ids(routes, world.irr ? world.irr->objects().size() : 0);
  sort_ids(roas, world.vrps ? world.vrps->size() : 0);
  std::stable_sort(ranged.begin(), ranged.end(), before);

  // Three sorted lists, the earlier one first among equals.
  std::vector<ExpandedPrefix> prefixes;
  prefixes.reserve(routes.size() + roas.size() + ranged.size());
  const auto add = [&](const ExpandedPrefix& found) {
    if (prefixes.empty() || before(prefixes.back(), found)) prefixes.push_back(found);
  };
  auto route = routes.begin(), roa = roas.begin();
  auto range = ranged.begin();
  if (roas.empty() && ranged.empty()) {
    for (; route != routes.end(); ++route) add(collection.route(*route));
  }
  while (route != routes.end() || roa != roas.end() || range != ranged.end()) {
    std::optional<ExpandedPrefix> first;
    int from = 0;
    const auto offer = [&](const ExpandedPrefix& found, int list) {
      if (first && !before(found, *first)) return;
      first = found;
      from = list;
    };
    if (route != routes.end()) offer(collection.route(*route), 0);
    if (roa != roas.end()) offer(collection.roa(*roa), 1);
    if (range != ranged.end()) offer(*range, 2);
    add(*first);
    if (from == 0) ++route;
    if (from == 1) ++roa;
    if (from == 2) ++range;
  }
  if (prefixes.size() > options.most_prefixes) return refuse();
  return prefixes;
}

std::string path_of(const Expansion& expansion, const ExpandedAsn& asn) {
  std::string path = "AS" + to_string(asn.asn);
  for (std::uint32_t via = asn.via; via != kNamed; via = expansion.sets[via].via) {
    path = expansion.sets[via].source + "::" + expansion.sets[via].name + " > " + path;
  }
  return path;
}

}  // namespace fairway
