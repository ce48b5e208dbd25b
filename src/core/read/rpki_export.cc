#include "core/read/rpki_export.h"

#include <algorithm>

namespace fairway {

std::optional<std::uint8_t> index_of_name(std::vector<std::string>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  const auto index = static_cast<std::size_t>(found - names.begin());
  if (index > 255) return std::nullopt;
  if (found == names.end()) names.emplace_back(name);
  return static_cast<std::uint8_t>(index);
}

}  // namespace fairway
