#include "core/notify/template.h"

#include <algorithm>

#include "base/json_writer.h"
#include "base/text.h"

namespace fairway::notify {

namespace {

const Placeholder* find(std::string_view name) {
  const auto all = placeholders();
  const auto found = std::ranges::find(all, name, &Placeholder::name);
  return found == all.end() ? nullptr : &*found;
}

std::string unknown(std::string_view name) {
  std::string text = "there is no placeholder '" + std::string(name.substr(0, 60)) + "'";
  const Placeholder* meant = nullptr;
  unsigned least = 4;
  for (const Placeholder& placeholder : placeholders()) {
    const unsigned distance = name.size() > 60 ? least : edit_distance(name, placeholder.name);
    if (distance >= least) continue;
    least = distance;
    meant = &placeholder;
  }
  if (meant != nullptr) text += "; did you mean '" + std::string(meant->name) + "'?";
  return text;
}

}  // namespace

Result<Template> Template::parse(std::string_view text) {
  Template result;
  std::size_t at = 0;
  for (;;) {
    const std::size_t open = text.find("{{", at);
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find("}}", open);
    if (close == std::string_view::npos) return fail(ErrorKind::malformed, "'{{' is not followed by '}}'", open);
    std::string_view name = trim(text.substr(open + 2, close - open - 2));
    const bool json = name.starts_with("json:");
    if (json) name.remove_prefix(5);
    const Placeholder* placeholder = find(name);
    if (placeholder == nullptr) return fail(ErrorKind::malformed, unknown(name), open);
    result.pieces_.push_back({std::string(text.substr(at, open - at)), placeholder, json});
    at = close + 2;
  }
  result.pieces_.push_back({std::string(text.substr(at)), nullptr, false});
  return result;
}

std::string Template::fill(const Notification& notification) const {
  std::string out, quoted;
  for (const Piece& piece : pieces_) {
    out += piece.text;
    if (piece.placeholder == nullptr) continue;
    if (piece.json) {
      piece.placeholder->json(out, notification);
    } else {
      quoted.clear();
      append_json_string(quoted, piece.placeholder->text(notification));
      out.append(quoted, 1, quoted.size() - 2);
    }
  }
  return out;
}

}  // namespace fairway::notify
