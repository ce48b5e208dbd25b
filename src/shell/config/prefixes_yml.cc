#include "shell/config/prefixes_yml.h"

#include <fmt/format.h>

#include <algorithm>

namespace fairway::config {

namespace {

using enum ValueType;

constexpr Key kRule[] = {
    {.name = "asn", .type = asn, .sentence = "origins", .required = true, .list = true},
    {.name = "description", .sentence = "what it is for"},
    {.name = "ignoreMorespecifics", .type = boolean, .sentence = "any more-specific of any length is fine"},
    {.name = "ignore", .type = boolean, .sentence = "not monitored"},
    {.name = "excludeMonitors", .sentence = "monitors that are off", .list = true},
};
constexpr Key kMonitored[] = {
    {.name = "upstreams", .type = asn, .sentence = "the ASes above", .list = true},
    {.name = "downstreams", .type = asn, .sentence = "the ASes below", .list = true},
};

constexpr std::string_view kVisibilityMonitor = "withdrawal-detection";

// Something that is passed over: told once, with how often.
class Notes {
 public:
  void add(const Node& item, std::string_view why) {
    for (Counted& known : counted_) {
      if (known.key == item.key) {
        ++known.count;
        return;
      }
    }
    counted_.push_back({item.key, {item.key_line, item.key_column, std::string(why)}, 1});
  }
  std::vector<Problem> take() {
    std::vector<Problem> notes;
    for (Counted& known : counted_) {
      std::string text = fmt::format("'{}' is not used: {}", known.key.substr(0, 60), known.note.text);
      if (known.count > 1) text += fmt::format(" ({} times in the file)", known.count);
      notes.push_back({known.note.line, known.note.column, std::move(text)});
    }
    return notes;
  }

 private:
  struct Counted {
    std::string key;
    Problem note;
    std::size_t count;
  };
  std::vector<Counted> counted_;
};

std::string_view why_unused(std::string_view key) {
  if (key == "group") return "who is told is not written here";
  if (key == "path") return "paths are judged by ASPA, relationships and neighbours instead of expressions";
  if (key == "includeMonitors" || key == "excludeMonitors") return "every check looks at every prefix";
  return "the key is not known";
}

// The map without the keys that the schema does not name; each of those is noted.
Node known_part(const Node& map, Schema schema, Notes& notes) {
  Node known = map;
  std::erase_if(known.items, [&](const Node& item) {
    const bool unknown =
        std::none_of(schema.begin(), schema.end(), [&](const Key& key) { return key.name == item.key; });
    if (unknown) notes.add(item, why_unused(item.key));
    return unknown;
  });
  return known;
}

class Reader {
 public:
  Result<NetworkReading> read(const Node& tree) {
    for (const Node& item : tree.items) {
      if (item.key == "options") {
        options(item);
      } else {
        rule(item);
      }
    }
    if (!problems_.empty()) return refuse(problems_);
    return NetworkReading{std::move(network_), notes_.take()};
  }

 private:
  void rule(const Node& item) {
    const auto prefix = parse_prefix(item.key);
    if (!prefix) {
      problems_.push_back({item.key_line, item.key_column, fmt::format("'{}' is no prefix", item.key.substr(0, 60))});
      return;
    }
    const Node known = known_part(item, kRule, notes_);
    if (!fits(known, kRule)) return;
    const Fields fields(known);
    OwnPrefix own;
    own.prefix = *prefix;
    own.origins = fields.asns("asn");
    own.description = fields.text("description");
    own.ignore = fields.flag("ignore");
    if (fields.flag("ignoreMorespecifics")) own.max_length = static_cast<std::uint8_t>(address_bits(prefix->family()));
    for (const std::string& monitor : fields.texts("excludeMonitors")) {
      if (monitor == kVisibilityMonitor) {
        own.occasional = true;
      } else {
        notes_.add(*known.find("excludeMonitors"), why_unused("excludeMonitors"));
      }
    }
    network_.prefixes.push_back(std::move(own));
  }

  void options(const Node& options) {
    bool upstreams = false, downstreams = false, first = true;
    for (const Node& item : options.items) {
      if (item.key != "monitorASns") {
        notes_.add(item, why_unused(item.key));
        continue;
      }
      for (const Node& monitored : item.items) {
        const auto asn = parse_asn(monitored.key);
        if (!asn) {
          problems_.push_back(
              {monitored.key_line, monitored.key_column, fmt::format("'{}' is no ASN", monitored.key.substr(0, 60))});
          continue;
        }
        network_.asns.push_back(*asn);
        const Node known = known_part(monitored, kMonitored, notes_);
        if (known.kind != Node::Kind::null && !fits(known, kMonitored)) continue;
        const bool up = neighbours(known, "upstreams", *asn, Role::provider);
        const bool down = neighbours(known, "downstreams", *asn, Role::customer);
        upstreams = (first || upstreams) && up;
        downstreams = (first || downstreams) && down;
        first = false;
      }
    }
    network_.providers_complete = upstreams;
    network_.customers_complete = downstreams;
  }

  // Whether the list is there.
  bool neighbours(const Node& monitored, std::string_view key, Asn local, Role role) {
    for (const Asn asn : Fields(monitored).asns(key)) {
      network_.neighbours.push_back({.asn = asn, .role = role, .local_asn = local});
    }
    return monitored.find(key) != nullptr;
  }

  bool fits(const Node& node, Schema schema) {
    const std::vector<Problem> found = check(node, schema);
    problems_.insert(problems_.end(), found.begin(), found.end());
    return found.empty();
  }

  Network network_;
  Notes notes_;
  std::vector<Problem> problems_;
};

}  // namespace

bool looks_like_prefixes_yml(const Node& tree) {
  if (tree.kind != Node::Kind::map) return false;
  bool found = false;
  for (const Node& item : tree.items) {
    if (item.key == "version") return false;
    found = found || item.key == "options" || parse_prefix(item.key);
  }
  return found;
}

Result<NetworkReading> read_prefixes_yml(const Node& tree) { return Reader().read(tree); }

}  // namespace fairway::config
