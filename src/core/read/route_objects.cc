#include "core/read/route_objects.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "core/read/rpki_export.h"
#include "core/read/rpsl.h"

namespace fairway {

namespace {

// Most values are one line without a comment: those are not copied.
std::string_view value_of(const RpslAttribute& attribute, std::string& kept) {
  if (attribute.value.find_first_of("#\n") == std::string_view::npos) return trim(attribute.value);
  kept = rpsl_value(attribute.value);
  return kept;
}

class Reader {
 public:
  Result<RouteObjectDump> read(Bytes bytes) {
    RpslObjects objects(bytes);
    RpslObject object;
    std::size_t seen = 0, routes = 0;
    while (objects.next(object)) {
      ++seen;
      const std::string_view name = object.attributes.front().name;
      const RpslAttribute* source = object.find("source");
      std::string kept;
      const std::string_view registry = source == nullptr ? std::string_view() : value_of(*source, kept);
      count(registry, name);
      const bool route = equal_ignoring_case(name, "route"), route6 = equal_ignoring_case(name, "route6");
      if (!route && !route6) continue;
      ++routes;
      read_route(object, route ? Family::ipv4 : Family::ipv6);
    }
    if (seen == 0) return fail(ErrorKind::refused, "it holds no RPSL object: an empty table is not used");
    for (auto& [key, number] : counts_) result_.counts.push_back({key.first, key.second, number});
    if (routes != 0) {
      if (auto error = refusal(result_.objects.size(), result_.skips, "route objects"))
        return std::unexpected(*std::move(error));
    }
    return std::move(result_);
  }

 private:
  // Objects of one registry and class follow each other: the last counter is remembered.
  void count(std::string_view registry, std::string_view name) {
    if (last_ == nullptr || registry != last_registry_ || name != last_name_) {
      last_registry_ = registry;
      last_name_ = name;
      last_ = &counts_[{to_upper(registry), to_lower(name)}];
      registry_ = index_of_name(result_.registries, to_upper(registry));
    }
    ++*last_;
  }

  void read_route(const RpslObject& object, Family family) {
    const RpslAttribute& first = object.attributes.front();
    std::string kept;
    const std::string_view text = value_of(first, kept);
    const auto prefix = parse_prefix(text);
    if (!prefix || text.find('/') == std::string_view::npos || prefix->family() != family) {
      return result_.skips.add(object.line, "its prefix is none of its class", text);
    }
    const RpslAttribute* origin = object.find("origin");
    if (origin == nullptr) return result_.skips.add(object.line, "it has no origin", text);
    std::string other;
    const std::string_view written = value_of(*origin, other);
    const auto asn = parse_asn(written);
    if (!asn) return result_.skips.add(object.line, "its origin is no AS", written);
    if (!registry_) return result_.skips.add(object.line, "more than 256 registries");
    result_.objects.push_back({*prefix, *asn, *registry_});
  }

  std::map<std::pair<std::string, std::string>, std::size_t> counts_;
  std::size_t* last_ = nullptr;
  std::string last_registry_, last_name_;
  std::optional<std::uint8_t> registry_;
  RouteObjectDump result_;
};

}  // namespace

Result<RouteObjectDump> read_route_objects(Bytes bytes) { return Reader().read(bytes); }

}  // namespace fairway
