#include "shell/config/yaml.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <map>
#include <streambuf>

#include "base/text.h"

namespace fairway::config {

namespace {

Problem at(const YAML::Mark& mark, std::string text) {
  return {static_cast<std::uint32_t>(mark.line + 1), static_cast<std::uint32_t>(mark.column + 1), std::move(text)};
}

std::unexpected<Error> refuse(const Problem& problem) {
  return fail(ErrorKind::malformed, to_string(problem), problem.line);
}

// Thrown out of the parser when the tree is not one we read; caught in parse_yaml.
struct Refused {
  Problem problem;
};

// Reads from a text without copying it.
struct TextBuffer : std::streambuf {
  explicit TextBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());
    setg(begin, begin, begin + text.size());
  }
};

std::size_t count_nodes(const Node& node) {
  std::size_t count = 1;
  for (const Node& item : node.items) count += count_nodes(item);
  return count;
}

class TreeBuilder : public YAML::EventHandler {
 public:
  Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    open(mark, Node::Kind::null, anchor);
    close();
  }
  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, const std::string& value) override {
    open(mark, Node::Kind::scalar, anchor);
    stack_.back().node.text = value;
    close();
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, Node::Kind::list, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, Node::Kind::map, anchor);
  }
  void OnMapEnd() override { close(); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) throw Refused{at(mark, "this alias stands inside what it names")};
    count(mark, found->second.nodes);
    Node copy = found->second.node;
    place(std::move(copy));
  }

 private:
  struct Open {
    Node node;
    YAML::anchor_t anchor;
    bool key_known = false;  // in a map: the next node is a value
    Node key{};
  };
  struct Anchored {
    Node node;
    std::size_t nodes;
  };

  void count(const YAML::Mark& mark, std::size_t nodes) {
    nodes_ += nodes;
    if (nodes_ > kMaxNodes)
      throw Refused{at(mark, fmt::format("more than {} values: this is no configuration", kMaxNodes))};
  }
  void open(const YAML::Mark& mark, Node::Kind kind, YAML::anchor_t anchor) {
    count(mark, 1);
    Node node;
    node.kind = kind;
    node.line = static_cast<std::uint32_t>(mark.line + 1);
    node.column = static_cast<std::uint32_t>(mark.column + 1);
    stack_.push_back({std::move(node), anchor});
  }
  void close() {
    Open done = std::move(stack_.back());
    stack_.pop_back();
    if (done.node.kind == Node::Kind::map) refuse_duplicates(done.node);
    if (done.anchor != YAML::NullAnchor) anchors_[done.anchor] = {done.node, count_nodes(done.node)};
    place(std::move(done.node));
  }
  // Puts a finished node where it belongs.
  void place(Node node) {
    if (stack_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = stack_.back();
    if (parent.node.kind == Node::Kind::map) {
      if (!parent.key_known) {
        if (node.kind != Node::Kind::scalar && node.kind != Node::Kind::null) {
          throw Refused{{node.line, node.column, "a key must be a word, not a list or a map"}};
        }
        parent.key = std::move(node);
        parent.key_known = true;
        return;
      }
      node.key = std::move(parent.key.text);
      node.key_line = parent.key.line;
      node.key_column = parent.key.column;
      parent.key_known = false;
    }
    parent.node.items.push_back(std::move(node));
  }

  static void refuse_duplicates(const Node& map) {
    std::vector<const Node*> items;
    for (const Node& item : map.items) items.push_back(&item);
    std::stable_sort(items.begin(), items.end(), [](const Node* a, const Node* b) { return a->key < b->key; });
    for (std::size_t i = 1; i < items.size(); ++i) {
      if (items[i]->key != items[i - 1]->key) continue;
      throw Refused{
          {items[i]->key_line, items[i]->key_column,
           fmt::format("'{}' stands here a second time; first in line {}", items[i]->key, items[i - 1]->key_line)}};
    }
  }

  Node root_;
  std::vector<Open> stack_;
  std::map<YAML::anchor_t, Anchored> anchors_;
  std::size_t nodes_ = 0;
};

}  // namespace

const Node* Node::find(std::string_view name) const {
  if (kind != Kind::map) return nullptr;
  for (const Node& item : items) {
    if (item.key == name) return item.kind == Kind::null ? nullptr : &item;
  }
  return nullptr;
}

std::string to_string(const Problem& problem) {
  if (problem.line == 0) return problem.text;
  return fmt::format("line {}, column {}: {}", problem.line, problem.column, problem.text);
}

Result<Node> parse_yaml(std::string_view text) {
  if (text.size() > kMaxYaml) {
    return fail(ErrorKind::malformed,
                fmt::format("{} octets: more than {} is no configuration", text.size(), kMaxYaml));
  }
  try {
    TextBuffer buffer(text);
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    TreeBuilder builder;
    if (!parser.HandleNextDocument(builder)) return Node{};
    TreeBuilder second;
    if (parser.HandleNextDocument(second)) {
      const Node node = second.take();
      return refuse({node.line, node.column, "a second document begins here; only one is read"});
    }
    return builder.take();
  } catch (const Refused& refused) {
    return refuse(refused.problem);
  } catch (const YAML::Exception& error) {
    return refuse(at(error.mark, "this is not YAML: " + error.msg));
  }
}

std::string quote_yaml(std::string_view text) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
           c == '/' || c == '-' || c == '+' || c == '@' || c == '(' || c == ')' || c == ' ' || c == ':';
  };
  bool safe = !text.empty() && plain(text.front()) &&
              std::string_view("-+. :@").find(text.front()) == std::string_view::npos && text.back() != ' ' &&
              text.back() != ':' && std::all_of(text.begin(), text.end(), plain) &&
              text.find(": ") == std::string_view::npos;
  for (const std::string_view word : {"null", "true", "false", "yes", "no", "on", "off", "y", "n", "unknown"}) {
    safe = safe && !equal_ignoring_case(text, word);
  }
  if (safe) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (c == '\n') {
      quoted += "\\n";
    } else if (octet < 0x20 || octet == 0x7F) {
      quoted += fmt::format("\\x{:02X}", octet);
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

}  // namespace fairway::config
