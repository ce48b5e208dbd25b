// The values of BIRD's filter language (BIRD 2.0 manual, chapter 5), and what may be asked of them.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/model/probe.h"
#include "core/wire/routerconfig/range_set.h"

namespace fairway::reader::bird {

// A value that is not known, and where it comes from.
struct Unknown {
  std::uint32_t line = 0;
  std::string why;
};
struct Void {};  // an attribute that is not there
// ROA_VALID and its like: the kind is the word before the '_'.
struct Enumerated {
  enum class Kind : std::uint8_t { roa, aspa, source, net, origin, scope, destination };
  Kind kind;
  std::uint32_t value;
  friend bool operator==(const Enumerated&, const Enumerated&) = default;
};
struct Pair {
  std::uint32_t first = 0, second = 0;
  friend bool operator==(const Pair&, const Pair&) = default;
};

using Clist = std::vector<Community>;
using LargeClist = std::vector<LargeCommunity>;
struct ExtendedClist {};  // extended communities are not followed

// A number, pair, large community, address or enumerated as a key whose order is the language's.
struct Key {
  enum class Kind : std::uint8_t { number, pair, large, ipv4, ipv6, enumerated };
  Kind kind = Kind::number;
  std::uint64_t high = 0, low = 0;
  friend auto operator<=>(const Key&, const Key&) = default;
};

// [ 1, 3..5 ], [ (65000,*) ], [ 10.0.0.0/8+ ]. Filled, then closed, then asked.
class Set {
 public:
  void add(const Key& from, const Key& to);
  // Pairs whose halves lie in two ranges.
  void add_box(Pair from, Pair to);
  // Prefixes that agree with `prefix` in all bits that both have, of `least` to `most` bits: also shorter ones.
  void add(const Prefix& prefix, unsigned least, unsigned most, std::uint32_t value);
  void close();

  bool contains(const Key& key) const;
  bool contains(const Prefix& prefix) const;

 private:
  struct Span {
    Key from, to;
  };
  struct Box {
    Pair from, to;
  };
  std::vector<Span> spans_;  // sorted, apart
  std::vector<Box> boxes_;
  RangeSet prefixes_;
  std::vector<PrefixRange> shorter_;  // sorted; lengths less than the prefix's own
};

// A path mask: [= * 64500 ? =].
struct MaskItem {
  enum class Kind : std::uint8_t { any_run, any_one, set, repeat };  // * ? 1..2 +
  Kind kind;
  std::shared_ptr<const Set> set;
};
using Mask = std::vector<MaskItem>;

using Value = std::variant<Unknown, Void, bool, std::uint32_t, Enumerated, IpAddress, Prefix, Pair, LargeCommunity,
                           std::string, std::shared_ptr<const Set>, AsPath, Mask, Clist, LargeClist, ExtendedClist>;

// A key of a value that can stand in a set of keys.
std::optional<Key> key_of(const Value& value);

// ROA_INVALID and its like by name.
std::optional<Enumerated> parse_enumerated(std::string_view name);

// Whether a mask matches the whole path; an AS_SET is one place that any of its members can fill.
bool matches(const Mask& mask, const AsPath& path);

// `a ~ b`. Nothing where the language has no such question.
std::optional<bool> match(const Value& a, const Value& b);
// `a = b`; and `a < b`.
std::optional<bool> equal(const Value& a, const Value& b);
std::optional<bool> less(const Value& a, const Value& b);

}  // namespace fairway::reader::bird
