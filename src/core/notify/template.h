// Template: a text with {{placeholders}}, from which a webhook's body is made. A placeholder stands for its text as it
// stands inside a JSON string (quotes and control characters escaped, without quotes around it); {{json:NAME}} stands
// for the value itself: a string with its quotes, a number, a list, an object.
//
//   {"title": "{{subject}}", "prefixes": {{json:prefixes}}, "raw": {{json:notification}}}
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/notify/notification.h"

namespace fairway::notify {

struct Placeholder {
  std::string_view name;
  std::string_view meaning;
  std::string (*text)(const Notification&);
  void (*json)(std::string& out, const Notification&);
};
std::span<const Placeholder> placeholders();

// What is sent where no template is given: the whole notification.
inline constexpr std::string_view kDefaultTemplate = "{{json:notification}}";

class Template {
 public:
  // Error: malformed: a placeholder that does not exist (with what was probably meant), or one that does not end.
  // `where` is the octet.
  static Result<Template> parse(std::string_view text);

  std::string fill(const Notification& notification) const;

 private:
  struct Piece {
    std::string text;                          // as it stands, before
    const Placeholder* placeholder = nullptr;  // then this, unless null
    bool json = false;
  };
  std::vector<Piece> pieces_;
};

}  // namespace fairway::notify
