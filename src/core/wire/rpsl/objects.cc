#include "core/wire/rpsl/objects.h"

#include <cstring>

#include "base/text.h"

namespace fairway {

const RpslAttribute* RpslObject::find(std::string_view name) const {
  for (const RpslAttribute& attribute : attributes) {
    if (attribute.name.size() == name.size() && equal_ignoring_case(attribute.name, name)) return &attribute;
  }
  return nullptr;
}

RpslObjects::RpslObjects(Bytes text) {
  std::string_view view = as_text(text);
  if (view.starts_with("\xEF\xBB\xBF")) view.remove_prefix(3);
  at_ = view.data();
  end_ = view.data() + view.size();
}

namespace {

constexpr bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '*';
}

}  // namespace

bool RpslObjects::next(RpslObject& object) {
  object.attributes.clear();
  object.garbled = 0;
  while (at_ != end_) {
    const char* line = at_;
    const auto* feed = static_cast<const char*>(std::memchr(line, '\n', static_cast<std::size_t>(end_ - line)));
    const char* stop = feed == nullptr ? end_ : feed;
    at_ = feed == nullptr ? end_ : feed + 1;
    ++line_;
    const char first = line == stop ? '\n' : *line;
    if (first == '%' || first == '#') continue;
    if (first == ' ' || first == '\t' || first == '+' || first == '\r' || first == '\n') {
      const bool empty = trim(std::string_view(line, static_cast<std::size_t>(stop - line))).empty();
      if (object.attributes.empty()) continue;
      if (empty) return true;  // some registries pad their empty lines
      RpslAttribute& last = object.attributes.back();
      last.value = {last.value.data(), static_cast<std::size_t>(stop - last.value.data())};
      continue;
    }
    const char* colon = line;
    while (colon != stop && is_name(*colon)) ++colon;
    if (colon == stop || *colon != ':' || colon == line) {
      ++object.garbled;
      continue;
    }
    if (object.attributes.empty()) object.line = line_;
    object.attributes.push_back(
        {{line, static_cast<std::size_t>(colon - line)}, {colon + 1, static_cast<std::size_t>(stop - colon - 1)}});
  }
  return !object.attributes.empty();
}

std::string rpsl_value(std::string_view raw) {
  if (is_plain(raw)) return std::string(trim(raw));
  std::string value;
  bool first = true;
  while (!raw.empty()) {
    std::string_view line = cut(raw, '\n');
    if (!first && line.starts_with('+')) line.remove_prefix(1);
    // Comment lines between continuation lines are part of the raw value.
    if (!first && line.starts_with('%')) continue;
    first = false;
    line = trim(line.substr(0, line.find('#')));
    if (line.empty()) continue;
    if (!value.empty()) value += ' ';
    value += line;
  }
  return value;
}

}  // namespace fairway
