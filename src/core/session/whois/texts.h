// The texts that one query is answered with, collected one behind the other.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/session/whois/lookup.h"
#include "core/session/whois/registry.h"
#include "core/wire/rpsl/objects.h"

namespace fairway::whois {

// Everything it is made of outlives it.
class Texts {
 public:
  Texts(const Registry& registry, const Selection& selection, const TextOptions& options);

  bool wants_class(std::string_view name) const;
  bool selected(std::string_view source) const { return rank_of(source) != kNotSelected; }

  // What the stores have under the key, and `is` says is it; the most trusted source first.
  void find(const std::string& key, const std::function<bool(const RpslObject&)>& is);
  // Of addresses and AS numbers: what stands in that relation to the range; less specific ones from the narrowest on.
  void find(const NumberRange& range, Relation relation);
  // The route object that a VRP stands for.
  void add_vrp(std::uint32_t id);

  // An empty line between them, none behind. Error: usage, if it is too long to be answered.
  Result<std::string> take();

 private:
  struct Found {
    std::size_t rank, store;
    std::uint32_t id;
    auto operator<=>(const Found&) const = default;
  };
  static constexpr std::size_t kNotSelected = ~std::size_t{0};

  std::size_t rank_of(std::string_view source) const;
  bool done() const;
  void add(std::string_view text, const RpslObject& object);
  void add_keys(const std::string& name, const RpslObject& object);

  const Registry& registry_;
  const Selection& selection_;
  const TextOptions& options_;
  std::vector<ObjectStore::Reader> readers_;
  RpslObject object_;
  std::string out_;
};

}  // namespace fairway::whois
