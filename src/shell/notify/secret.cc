#include "shell/notify/secret.h"

#include <algorithm>
#include <fstream>

#include "base/text.h"

namespace fairway::notify {

Result<std::string> read_secret(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  if (!file || !std::getline(file, line)) return fail(ErrorKind::system, "cannot read " + path);
  return std::string(trim(line));
}

std::string redacted(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return "...";
  const std::size_t end = std::min(url.find_first_of("/?#", scheme + 3), url.size());
  std::string_view authority = url.substr(scheme + 3, end - scheme - 3);
  const std::size_t user = authority.rfind('@');  // and a password, perhaps
  if (user != std::string_view::npos) authority.remove_prefix(user + 1);
  std::string text = std::string(url.substr(0, scheme + 3)) + std::string(authority);
  return end + 1 >= url.size() ? text : text + "/...";
}

std::string concealed(std::string_view text, std::span<const std::string> secrets) {
  std::string line(text);
  for (const std::string& secret : secrets) {
    if (secret.size() < 4) continue;
    for (std::size_t at = 0; (at = line.find(secret, at)) != std::string::npos; at += 3) {
      line.replace(at, secret.size(), "...");
    }
  }
  std::ranges::replace_if(line, [](char c) { return c < ' ' || c > '~'; }, ' ');
  line = trim(line);
  if (line.size() > 200) line = line.substr(0, 200) + "...";
  return line;
}

}  // namespace fairway::notify
