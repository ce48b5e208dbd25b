#include "shell/config/fetched_state.h"

#include "shell/config/replace_file.h"
#include "shell/config/schema.h"
#include "shell/feed/source.h"

namespace fairway::config {

namespace {

using enum ValueType;

constexpr Key kFile[] = {
    {.name = "file", .sentence = "its name", .example = "vrps.json", .required = true},
    {.name = "url", .sentence = "where it came from", .example = "\"https://example.net/vrps.json\"", .required = true},
    {.name = "etag", .sentence = "the server's tag", .example = "\"abc\""},
    {.name = "modified", .type = instant, .sentence = "the server's time", .example = "2026-06-19T00:00:00Z"},
    {.name = "octets", .sentence = "its size", .example = "1", .required = true},
};
constexpr Key kTop[] = {
    {.name = "version",
     .type = number,
     .sentence = "of this format: 1",
     .example = "1",
     .required = true,
     .highest = 1},
    {.name = "files", .type = map, .sentence = "what was fetched", .list = true, .keys = kFile},
};

std::string path_in(const std::string& directory) { return directory + "/.fetched.yaml"; }

}  // namespace

FetchedState load_fetched(const std::string& directory) {
  FetchedState state;
  const auto content = read_all(path_in(directory), 1, 64u << 20);
  if (!content) return state;
  const auto tree = parse_yaml(as_text(content->bytes()));
  if (!tree || !check(*tree, kTop).empty()) return state;
  for (const Fields& fields : Fields(*tree).maps("files")) {
    state[fields.text("file")] = {fields.text("url"), fields.text("etag"), fields.instant("modified"),
                                  parse_number<std::uint64_t>(fields.text("octets")).value_or(0)};
  }
  return state;
}

Result<void> save_fetched(const std::string& directory, const FetchedState& state) {
  std::vector<Node> files;
  for (const auto& [name, file] : state) {
    files.push_back(MapBuilder()
                        .text("file", name)
                        .text("url", file.url)
                        .text("etag", file.etag)
                        .value("modified", file.modified)
                        .text("octets", std::to_string(file.octets))
                        .take());
  }
  const Node top = MapBuilder().number("version", 1).maps("files", std::move(files)).take();
  return replace_file(path_in(directory), print(top, kTop));
}

}  // namespace fairway::config
