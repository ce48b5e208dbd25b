#include "shell/config/mirror_state4.h"

#include <simdjson.h>

#include "base/json_writer.h"
#include "shell/config/replace_file.h"
#include "shell/feed/source.h"

namespace fairway::config {

std::optional<MirrorState4> load_state4(const std::string& path) {
  const auto content = read_all(path, 1, 64u << 20);
  if (!content) return std::nullopt;
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  if (parser.parse(content->data(), content->size()).get(object) != simdjson::SUCCESS) return std::nullopt;
  MirrorState4 state;
  std::uint64_t version = 0;
  const auto read = [&](const char* name, std::string& text) {
    std::string_view found;
    if (object[name].get(found) != simdjson::SUCCESS) return false;
    text = found;
    return true;
  };
  if (object["version"].get(version) != simdjson::SUCCESS || version != 1 || !read("configured", state.configured) ||
      !read("key", state.key) || !read("notification", state.notification)) {
    return std::nullopt;
  }
  return state;
}

Result<void> save_state4(const std::string& path, const MirrorState4& state) {
  std::string text;
  JsonWriter json(text);
  json.object().field("version", 1).field("configured", state.configured).field("key", state.key);
  json.field("notification", state.notification).end();
  return replace_file(path, text + "\n");
}

}  // namespace fairway::config
