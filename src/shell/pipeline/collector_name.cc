#include "shell/pipeline/collector_name.h"

#include <algorithm>

#include "base/text.h"

namespace fairway {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_collector(std::string_view name) {
  if (name.starts_with("rrc") && name.size() > 3) return std::ranges::all_of(name.substr(3), is_digit);
  return name.starts_with("route-views");
}

// PROJECT.COLLECTOR.ribs|updates.TIME[.EXTENSION], where the collector's name may hold dots.
std::string_view of_bgpstream(std::string_view file) {
  if (!file.starts_with("routeviews.") && !file.starts_with("ris.")) return {};
  file.remove_prefix(file.find('.') + 1);
  const std::size_t end = std::min(file.find(".ribs."), file.find(".updates."));
  return end == std::string_view::npos ? std::string_view{} : file.substr(0, end);
}

}  // namespace

std::string collector_of(std::string_view path) {
  const std::vector<std::string_view> parts = split(path, '/');
  if (!parts.empty()) {
    if (const std::string_view name = of_bgpstream(parts.back()); !name.empty()) return std::string(name);
  }
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    if (is_collector(*part)) return std::string(*part);
  }
  return "common";
}

}  // namespace fairway
