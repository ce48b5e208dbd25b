// A file format as one list of declarations. From the same list come the checks of a text, the printing of a value, the
// commented example and the reference page in docs/formats.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/asn.h"
#include "core/model/instant.h"
#include "core/model/ip_address.h"
#include "core/model/prefix.h"
#include "shell/config/yaml.h"

namespace fairway::config {

enum class ValueType : std::uint8_t { text, asn, prefix, address, instant, number, boolean, choice, as_path, map };
std::string_view to_string(ValueType type);  // "text", "ASN", "prefix", ... as the reference page says it

// One key of a format.
struct Key {
  std::string_view name;
  ValueType type = ValueType::text;
  std::string_view sentence;      // what it says, without a full stop
  std::string_view example = {};  // as it stands in the file; of a map: nothing, its keys have theirs
  std::string_view unset = {};    // what holds where it does not stand; empty: nothing is known then
  bool required = false;
  bool list = false;                   // of such values; a single value may stand without brackets
  std::uint32_t highest = 0xFFFFFFFF;  // of a number
  std::span<const std::string_view> choices = {};
  std::span<const Key> keys = {};  // of a map
};
using Schema = std::span<const Key>;

// Holds a tree against a schema: unknown keys (with a suggestion), missing ones, values of the wrong type. Empty: it
// fits, and Fields may read it. In the order of the text.
std::vector<Problem> check(const Node& map, Schema schema);

// `problems`, one a line, as one error whose `where` is the first one's line.
std::unexpected<Error> refuse(const std::vector<Problem>& problems);

// How print() treats keys that are not there.
enum class Absent : std::uint8_t {
  leave_out,
  as_comment,  // "# role: unknown  # what it says": for a person to fill in; only of keys without `unset`
};
// A tree that fits, as text: keys in the schema's order, lists of plain values in brackets. Reads back as the same
// values.
std::string print(const Node& map, Schema schema, Absent absent = Absent::leave_out);

// A file with every key and its example, each under its sentence.
std::string example(Schema schema);

// The keys as Markdown tables, one for each map.
std::string reference(Schema schema);

// A map of a tree that fits its schema: values by key. Absent is nothing, empty or false.
class Fields {
 public:
  explicit Fields(const Node& map) : map_(map) {}

  std::string text(std::string_view key) const;
  bool flag(std::string_view key) const;
  std::optional<Asn> asn(std::string_view key) const;
  std::optional<Prefix> prefix(std::string_view key) const;
  std::optional<IpAddress> address(std::string_view key) const;
  std::optional<Instant> instant(std::string_view key) const;
  std::optional<std::uint32_t> number(std::string_view key) const;
  std::vector<std::string> texts(std::string_view key) const;
  std::vector<Asn> asns(std::string_view key) const;
  std::vector<Prefix> prefixes(std::string_view key) const;
  std::vector<IpAddress> addresses(std::string_view key) const;
  // The maps of a list, or the one map.
  std::vector<Fields> maps(std::string_view key) const;

  const Node& node() const { return map_; }

 private:
  std::span<const Node> values(std::string_view key) const;

  const Node& map_;
};

// The mirror of Fields: builds a tree. Absent, empty and false values are left out.
class MapBuilder {
 public:
  MapBuilder() { map_.kind = Node::Kind::map; }

  MapBuilder& text(std::string_view key, std::string_view value);
  MapBuilder& flag(std::string_view key, bool value);
  MapBuilder& texts(std::string_view key, std::vector<std::string> values);
  MapBuilder& maps(std::string_view key, std::vector<Node> maps);
  MapBuilder& map(std::string_view key, Node map);
  MapBuilder& number(std::string_view key, std::optional<std::uint32_t> value);
  template <class T>
  MapBuilder& value(std::string_view key, const std::optional<T>& value) {
    return value ? text(key, to_string(*value)) : *this;
  }
  template <class T>
  MapBuilder& values(std::string_view key, const std::vector<T>& values) {
    std::vector<std::string> written;
    for (const T& value : values) written.push_back(to_string(value));
    return texts(key, std::move(written));
  }
  Node take() { return std::move(map_); }

 private:
  Node map_;
};

}  // namespace fairway::config
