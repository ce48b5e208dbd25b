#include "apps/fairway/expand_why.h"

#include <algorithm>
#include <numeric>

#include "base/json_writer.h"

namespace fairway {

namespace {

// The sets from the one that was asked for down to `set`.
std::vector<std::string_view> path_to(const SetAnswer& answer, std::uint32_t set) {
  std::vector<std::string_view> path;
  for (; set != kNoSet; set = answer.sets[set].via) path.push_back(answer.sets[set].name);
  std::reverse(path.begin(), path.end());
  return path;
}

std::uint32_t set_of(const SetAnswer& answer, const SetAnswer::Origin& origin) {
  if (origin.set != kNoSet || origin.asn == Asn{}) return origin.set;
  const auto at = std::lower_bound(answer.asns.begin(), answer.asns.end(), origin.asn);
  return answer.asn_via[static_cast<std::size_t>(at - answer.asns.begin())];
}

std::string text_of(const PrefixRange& range) {
  std::string text = to_string(range.prefix);
  if (range.exact()) return text;
  text += '^' + std::to_string(range.least);
  if (range.least != range.most) text += '-' + std::to_string(range.most);
  return text;
}

}  // namespace

void append_why(std::string& out, const SetAnswer& answer, bool json) {
  std::vector<std::size_t> order(answer.ranges.size());
  std::iota(order.begin(), order.end(), 0);
  const auto key = [&](std::size_t at) { return std::pair(answer.ranges[at], answer.origins[at].asn); };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  order.erase(std::unique(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) == key(b); }),
              order.end());
  for (const std::size_t at : order) {
    const PrefixRange& range = answer.ranges[at];
    const SetAnswer::Origin& origin = answer.origins[at];
    const auto path = path_to(answer, set_of(answer, origin));
    if (json) {
      JsonWriter writer(out);
      writer.object().key("version").value(1).key("prefix").value(to_string(range.prefix));
      writer.key("least").value(unsigned{range.least}).key("most").value(unsigned{range.most}).key("origin");
      if (origin.asn == Asn{}) {
        writer.null();
      } else {
        writer.value(origin.asn.value);
      }
      writer.key("registry");
      if (origin.registry.empty()) {
        writer.null();
      } else {
        writer.value(origin.registry);
      }
      writer.key("sets").array();
      for (const std::string_view set : path) writer.value(set);
      writer.end().end();
    } else {
      out += text_of(range) + "  " + (origin.asn == Asn{} ? "-" : "AS" + to_string(origin.asn)) + "  " +
             (origin.registry.empty() ? "" : origin.registry + "  ");
      for (std::size_t i = 0; i < path.size(); ++i) out.append(i == 0 ? "" : " > ").append(path[i]);
      if (path.empty()) out += "named itself";
    }
    out += '\n';
  }
}

}  // namespace fairway
