#include <algorithm>

#include "core/report/routerconfig/vendor_rows.h"
#include "core/report/routerconfig/writing.h"

namespace fairway::routerconfig {

namespace {

constexpr const Vendor* kVendors[] = {
    &kIos,  &kXr,       &kEos, &kJunos,     &kHuawei,    &kHuaweiXpl, &kNokia,    &kNokiaMd, &kNokiaSrl,
    &kBird, &kOpenBgpd, &kFrr, &kRouterOs6, &kRouterOs7, &kVyos,      &kNftables, &kJson,    &kFormat,
};

const Vendor* find(std::string_view Vendor::* member, std::string_view text) {
  const auto found = std::find_if(std::begin(kVendors), std::end(kVendors),
                                  [&](const Vendor* vendor) { return vendor->*member == text; });
  return found == std::end(kVendors) ? nullptr : *found;
}

}  // namespace

std::span<const Vendor* const> vendors() { return kVendors; }
const Vendor* find_vendor(std::string_view name) { return find(&Vendor::name, name); }
const Vendor* find_vendor_letters(std::string_view letters) {
  return letters.empty() ? &kIos : find(&Vendor::letters, letters);
}

bool has_neighbour(const List& list) { return std::binary_search(list.asns.begin(), list.asns.end(), list.neighbour); }

std::vector<std::string> groups_of_asns(const List& list, std::string_view separator, bool neighbour) {
  std::vector<std::string> groups;
  unsigned in_group = 0;
  for (const Asn asn : list.asns) {
    if (!neighbour && asn == list.neighbour) continue;
    if (in_group == 0) {
      groups.emplace_back();
    } else {
      groups.back() += separator;
    }
    append_to(groups.back(), asn);
    if (++in_group == list.width) in_group = 0;
  }
  return groups;
}

}  // namespace fairway::routerconfig
