// The texts that a schema makes: a value, an example, the reference.
#include <fmt/format.h>

#include <algorithm>

#include "shell/config/schema.h"

namespace fairway::config {

namespace {

constexpr std::size_t kWidth = 100;  // a bracketed list longer than this stands one value a line

class Printer {
 public:
  Printer(std::string& out, Absent absent) : out_(out), absent_(absent) {}

  // `indent` blanks before each line but the first, which is begun already when `begun`.
  void map(const Node& map, Schema schema, std::size_t indent, bool begun) {
    for (const Key& key : schema) {
      const Node* node = map.find(key.name);
      if (node == nullptr) {
        comment(key, indent, begun);
        continue;
      }
      if (!begun) out_.append(indent, ' ');
      begun = false;
      out_.append(key.name).append(":");
      value(*node, key, indent);
    }
    if (begun) out_.append("{}\n");
  }

 private:
  // Where a line is begun already ("- "), the comment waits for its end.
  void comment(const Key& key, std::size_t indent, bool begun) {
    if (absent_ == Absent::leave_out || !key.unset.empty() || key.required) return;
    (begun ? pending_ : out_) += fmt::format("{:{}}# {}: unknown  # {}\n", "", indent, key.name, key.sentence);
  }
  void end_line() {
    out_ += '\n';
    out_ += pending_;
    pending_.clear();
  }

  void value(const Node& node, const Key& key, std::size_t indent) {
    if (key.type == ValueType::map) {
      end_line();
      if (node.kind != Node::Kind::list) return map(node, key.keys, indent + 2, false);
      for (const Node& item : node.items) {
        out_.append(indent + 2, ' ').append("- ");
        map(item, key.keys, indent + 4, true);
      }
      return;
    }
    if (!key.list) {
      out_.append(" ").append(key.type == ValueType::boolean ? node.text : quote_yaml(node.text));
      return end_line();
    }
    std::vector<std::string> words;
    std::size_t size = indent + key.name.size() + 4;
    const std::span<const Node> items =
        node.kind == Node::Kind::list ? std::span<const Node>(node.items) : std::span(&node, 1);
    for (const Node& item : items) {
      words.push_back(quote_yaml(item.text));
      size += words.back().size() + 2;
    }
    if (size <= kWidth) {
      out_ += fmt::format(" [{}]", fmt::join(words, ", "));
    } else {
      for (const std::string& word : words) out_ += fmt::format("\n{:{}}- {}", "", indent + 2, word);
    }
    end_line();
  }

  std::string& out_;
  Absent absent_;
  std::string pending_;
};

void write_example(std::string& out, Schema schema, std::size_t indent, std::string_view bullet) {
  for (const Key& key : schema) {
    out += fmt::format("{:{}}# {}\n", "", indent + bullet.size(), key.sentence);
    out += fmt::format("{:{}}{}{}:", "", indent, bullet, key.name);
    if (!bullet.empty()) {
      indent += bullet.size();
      bullet = {};
    }
    if (key.type != ValueType::map) {
      out += fmt::format(" {}\n", key.example);
      continue;
    }
    out += '\n';
    write_example(out, key.keys, indent + 2, key.list ? "- " : "");
  }
}

std::string type_of(const Key& key) {
  std::string text(to_string(key.type));
  if (key.type == ValueType::choice) {
    text.clear();
    for (const std::string_view choice : key.choices) text += fmt::format("{}`{}`", text.empty() ? "" : " or ", choice);
  }
  if (key.type == ValueType::number && key.highest != 0xFFFFFFFF) text += fmt::format(", at most {}", key.highest);
  return key.list ? "list of " + text : text;
}

void write_reference(std::string& out, Schema schema, const std::string& path) {
  out += fmt::format("### {}\n\n", path.empty() ? "At the top" : "`" + path + "`");
  out += "| key | type | not there | what it says | example |\n|---|---|---|---|---|\n";
  for (const Key& key : schema) {
    const std::string_view unset = key.required ? "must be there" : key.unset.empty() ? "not known" : key.unset;
    const std::string sample = key.example.empty() ? "" : fmt::format("`{}`", key.example);
    out += fmt::format("| `{}` | {} | {} | {} | {} |\n", key.name, type_of(key), unset, key.sentence, sample);
  }
  out += '\n';
  for (const Key& key : schema) {
    if (key.type != ValueType::map) continue;
    write_reference(out, key.keys,
                    fmt::format("{}{}{}{}", path, path.empty() ? "" : ".", key.name, key.list ? "[]" : ""));
  }
}

}  // namespace

std::string print(const Node& map, Schema schema, Absent absent) {
  std::string out;
  Printer(out, absent).map(map, schema, 0, false);
  return out;
}

std::string example(Schema schema) {
  std::string out;
  write_example(out, schema, 0, "");
  return out;
}

std::string reference(Schema schema) {
  std::string out;
  write_reference(out, schema, "");
  out.pop_back();  // the last table's blank line
  return out;
}

}  // namespace fairway::config
