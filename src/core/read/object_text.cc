#include "core/read/object_text.h"

#include "base/text.h"
#include "core/wire/rpsl/object_key.h"

namespace fairway {

namespace {

// "auth: MD5-PW $1$abc" without the hash; every other line as it is.
void append_line(std::string& text, std::string_view line, bool mntner) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  const std::size_t colon = line.find(':');
  if (mntner && colon != std::string_view::npos && equal_ignoring_case(line.substr(0, colon), "auth")) {
    std::string_view rest = line.substr(colon + 1);
    const std::string scheme = to_upper(next_word(rest));
    if (scheme.ends_with("-PW")) {
      text.append(line.substr(0, colon + 1)).append(" ").append(scheme).append(" DummyValue  # Filtered\n");
      return;
    }
  }
  text.append(line).append("\n");
}

}  // namespace

std::string object_text(const RpslObject& object) {
  const RpslAttribute &first = object.attributes.front(), &last = object.attributes.back();
  const char* end = last.value.data() + last.value.size();
  std::string_view lines(first.name.data(), static_cast<std::size_t>(end - first.name.data()));
  const bool mntner = equal_ignoring_case(first.name, "mntner");
  std::string text;
  text.reserve(lines.size() + 1);
  if (!mntner && lines.find('\r') == std::string_view::npos) {  // nearly all
    text.append(lines);
    if (!text.ends_with('\n')) text += '\n';
    return text;
  }
  while (!lines.empty()) append_line(text, cut(lines, '\n'), mntner);
  return text;
}

void keep_object(ObjectStore& store, const RpslObject& object, std::string_view class_name, std::string_view registry) {
  if (const auto range = range_of(object)) {
    store.add(class_name, registry, object_text(object), keys_of(object), *range);
  } else {
    store.add(class_name, registry, object_text(object), keys_of(object));
  }
}

}  // namespace fairway
