#include "core/session/whois/texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "base/text.h"
#include "core/session/whois/session.h"
#include "core/tables/irr_rpki.h"
#include "core/tables/vrp.h"
#include "core/verdict/origin.h"
#include "core/wire/rpsl/object_key.h"
#include "core/wire/rpsl/set_member.h"

namespace fairway::whois {

namespace {

// A VRP as the route object that it stands for.
std::string text_of(const VrpTable& vrps, std::uint32_t id) {
  const Vrp vrp = vrps.vrp(id);
  const std::string prefix = to_string(vrp.prefix);
  const bool ipv4 = vrp.prefix.family() == Family::ipv4;
  std::string text = fmt::format("{:16}{}\n", ipv4 ? "route:" : "route6:", prefix);
  text += fmt::format("descr:          VRP of {} for AS{}, standing for a route object\n", prefix, vrp.asn.value);
  text += fmt::format("max-length:     {}\n", vrp.max_length);
  text += fmt::format("origin:         AS{}\n", vrp.asn.value);
  const auto anchors = vrps.trust_anchors();
  const std::string anchor = vrp.trust_anchor < anchors.size() ? anchors[vrp.trust_anchor] : std::string();
  text += fmt::format("source:         {}{}\n", kRpkiSource, anchor.empty() ? "" : "  # trust anchor " + anchor);
  return text;
}

// The ranges, in the order in which they are told: of one level, only those that no other one separates from `range`.
struct Ranged {
  NumberRange range;
  std::size_t rank, store;
  std::uint32_t id;
};
void order(std::vector<Ranged>& all, Relation relation) {
  const bool inner = relation == Relation::more || relation == Relation::one_more;
  std::sort(all.begin(), all.end(), [inner](const Ranged& a, const Ranged& b) {
    if (a.range == b.range) return std::tie(a.rank, a.store, a.id) < std::tie(b.rank, b.store, b.id);
    if (inner) return std::tie(a.range.first, b.range.last) < std::tie(b.range.first, a.range.last);
    const auto size = [](const NumberRange& range) { return range.last - range.first; };
    return std::tuple(size(a.range), a.range.first) < std::tuple(size(b.range), b.range.first);
  });
  if (relation == Relation::one_less && !all.empty()) {
    std::erase_if(all, [first = all.front().range](const Ranged& found) { return found.range != first; });
  }
  if (relation != Relation::one_more) return;
  std::optional<NumberRange> over;
  std::erase_if(all, [&](const Ranged& found) {
    if (over && over->contains(found.range) && *over != found.range) return true;
    over = found.range;
    return false;
  });
}

}  // namespace

Texts::Texts(const Registry& registry, const Selection& selection, const TextOptions& options)
    : registry_(registry), selection_(selection), options_(options) {
  for (const auto& store : registry.objects) readers_.emplace_back(*store);
}

bool Texts::wants_class(std::string_view name) const {
  return options_.classes.empty() || std::ranges::find(options_.classes, name) != options_.classes.end();
}

std::size_t Texts::rank_of(std::string_view source) const {
  const auto at = std::ranges::find(selection_.sources, source);
  return at == selection_.sources.end() ? kNotSelected : static_cast<std::size_t>(at - selection_.sources.begin());
}

void Texts::find(const std::string& key, const std::function<bool(const RpslObject&)>& is) {
  std::vector<Found> all;
  std::vector<std::uint32_t> ids;
  for (std::size_t i = 0; i < registry_.objects.size(); ++i) {
    const ObjectStore& store = *registry_.objects[i];
    store.find(key, ids);
    for (const std::uint32_t id : ids) {
      const std::size_t rank = rank_of(store.registry_of(id));
      if (rank != kNotSelected && wants_class(store.class_of(id))) all.push_back({rank, i, id});
    }
  }
  std::sort(all.begin(), all.end());
  for (const Found& found : all) {
    if (done()) return;
    const std::string_view text = readers_[found.store].text(found.id);
    RpslObjects objects(as_bytes(text));
    if (objects.next(object_) && is(object_)) add(text, object_);
  }
}

void Texts::find(const NumberRange& range, Relation relation) {
  std::vector<Ranged> all;
  for (std::size_t i = 0; i < registry_.objects.size(); ++i) {
    const ObjectStore& store = *registry_.objects[i];
    const auto take = [&](const NumberRange& found, std::uint32_t id) {
      if (relation == Relation::exact ? found != range : relation != Relation::less_or_exact && found == range) return;
      const std::size_t rank = rank_of(store.registry_of(id));
      if (rank != kNotSelected && wants_class(store.class_of(id))) all.push_back({found, rank, i, id});
    };
    if (relation == Relation::more || relation == Relation::one_more) {
      store.within(range, take);
    } else {
      store.containing(range, take);
    }
  }
  order(all, relation);
  for (const Ranged& found : all) {
    if (done()) return;
    const std::string_view text = readers_[found.store].text(found.id);
    RpslObjects objects(as_bytes(text));
    if (objects.next(object_)) add(text, object_);
  }
}

void Texts::add_vrp(std::uint32_t id) {
  const std::string text = text_of(*registry_.world.vrps, id);
  RpslObjects objects(as_bytes(text));
  if (!done() && objects.next(object_)) add(text, object_);
}

Result<std::string> Texts::take() {
  if (out_.size() > Session::kMostAnswer) {
    return fail(ErrorKind::usage, "The answer is too long: ask for less.");
  }
  while (out_.ends_with('\n')) out_.pop_back();
  return std::move(out_);
}

bool Texts::done() const { return out_.size() > Session::kMostAnswer || (options_.first_only && !out_.empty()); }

void Texts::add(std::string_view text, const RpslObject& object) {
  const std::string name = to_lower(object.attributes.front().name);
  std::string state;
  if (registry_.world.registry_rpki && (name == "route" || name == "route6")) {
    const RpslAttribute* source = object.find("source");
    const bool roa = source != nullptr && rpsl_value(source->value) == kRpkiSource;
    const auto route = route_of(object);
    if (route && !roa) {
      const auto verdict = judge_origin(*registry_.world.vrps, route->prefix, {PathOrigin::Kind::as, route->origin});
      if (verdict.state == OriginState::invalid && selection_.suppress_invalid) return;
      const bool unknown = verdict.state == OriginState::not_found;
      state = unknown ? "not_found # No ROAs found, or RPKI validation not enabled for source"
                      : std::string(to_string(verdict.state));
    }
  }
  if (options_.keys_only) return add_keys(name, object);
  if (!out_.empty()) out_ += '\n';
  out_ += text;
  if (!state.empty()) out_ += "rpki-ov-state:  " + state + "\n";
}

void Texts::add_keys(const std::string& name, const RpslObject& object) {
  std::string keys;
  const auto add_each = [&](std::string_view attribute_name, bool list) {
    for (const RpslAttribute& attribute : object.attributes) {
      if (!equal_ignoring_case(attribute.name, attribute_name)) continue;
      const std::string value = rpsl_value(attribute.value);
      if (!list) {
        keys += fmt::format("{}: {}\n", attribute_name, value);
        return;
      }
      for (const std::string_view word : split_list(value)) keys += fmt::format("{}: {}\n", attribute_name, word);
    }
  };
  if (name == "person" || name == "role") {
    add_each("nic-hdl", false);
  } else {
    add_each(name, false);
  }
  if (name == "route" || name == "route6") add_each("origin", false);
  add_each("members", true);
  add_each("mp-members", true);
  if (!out_.empty()) out_ += '\n';
  out_ += keys;
}

}  // namespace fairway::whois
