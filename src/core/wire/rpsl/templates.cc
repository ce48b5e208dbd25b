#include "core/wire/rpsl/templates.h"

#include <algorithm>

#include "base/text.h"

namespace fairway {

namespace {

// Attributes in order. Behind a name: '!' mandatory, '1' at most one, 'p' the primary key or a part of it, 'k' found by
// its values (core/wire/rpsl/object_key.h).
struct Template {
  std::string_view class_name, attributes;
};

#define CONTACTS "admin-c k tech-c k "
#define TAIL "remarks notify mnt-by !k changed source !1"

constexpr Template kTemplates[] = {
    {"as-block", "as-block !1p descr " CONTACTS "mnt-lower " TAIL},
    {"as-set", "as-set !1p descr members k mbrs-by-ref k " CONTACTS TAIL},
    {"aut-num",
     "aut-num !1p as-name !1 descr member-of k import mp-import import-via export mp-export export-via default "
     "mp-default " CONTACTS TAIL},
    {"filter-set", "filter-set !1p descr filter 1 mp-filter 1 " CONTACTS TAIL},
    {"inet-rtr", "inet-rtr !1p descr alias local-as !1 ifaddr interface peer mp-peer member-of k " CONTACTS TAIL},
    {"inet6num", "inet6num !1p netname !1 descr country ! " CONTACTS "rev-srv status !1 mnt-lower mnt-routes " TAIL},
    {"inetnum", "inetnum !1p netname !1 descr country ! " CONTACTS "rev-srv status !1 mnt-lower mnt-routes " TAIL},
    {"key-cert", "key-cert !1p method 1 owner fingerpr 1 certif ! " CONTACTS TAIL},
    {"mntner", "mntner !1p descr " CONTACTS "upd-to ! mnt-nfy auth ! " TAIL},
    {"peering-set", "peering-set !1p descr peering mp-peering " CONTACTS TAIL},
    {"person", "person !1 address ! phone ! fax-no e-mail nic-hdl !1p " TAIL},
    {"role", "role !1 address ! phone fax-no e-mail ! " CONTACTS "nic-hdl !1p " TAIL},
    {"route",
     "route !1p descr origin !1pk holes member-of k inject aggr-mtd 1 aggr-bndry 1 export-comps 1 components "
     "1 " CONTACTS "mnt-lower mnt-routes signature " TAIL},
    {"route-set", "route-set !1p descr members k mp-members k mbrs-by-ref k " CONTACTS TAIL},
    {"route6",
     "route6 !1p descr origin !1pk holes member-of k inject aggr-mtd 1 aggr-bndry 1 export-comps 1 components "
     "1 " CONTACTS "mnt-lower mnt-routes signature " TAIL},
    {"rtr-set", "rtr-set !1p descr members k mp-members k mbrs-by-ref k " CONTACTS TAIL},
};

#undef CONTACTS
#undef TAIL

bool is_flags(std::string_view word) { return word.find_first_not_of("!1pk") == std::string_view::npos; }

void append_line(std::string& out, std::string_view name, std::string_view flags) {
  constexpr std::size_t kColumn = 16;
  const auto has = [flags](char flag) { return flags.find(flag) != std::string_view::npos; };
  const std::size_t begin = out.size();
  out.append(name).append(":");
  out.resize(std::max(out.size() + 1, begin + kColumn), ' ');
  out += has('!') ? "[mandatory]  " : "[optional]   ";
  out += has('1') ? "[single]     " : "[multiple]   ";
  out += has('p') ? (has('k') ? "[primary/look-up key]" : "[primary key]") : has('k') ? "[look-up key]" : "[ ]";
  out += '\n';
}

}  // namespace

std::string rpsl_template(std::string_view class_name) {
  std::string text;
  for (const Template& known : kTemplates) {
    if (known.class_name != class_name) continue;
    std::string_view rest = known.attributes;
    std::string_view name = next_word(rest);
    while (!name.empty()) {
      std::string_view next = next_word(rest);
      const std::string_view flags = !next.empty() && is_flags(next) ? next : std::string_view();
      append_line(text, name, flags);
      name = flags.empty() ? next : next_word(rest);
    }
  }
  return text;
}

std::vector<std::string_view> template_classes() {
  std::vector<std::string_view> names;
  for (const Template& known : kTemplates) names.push_back(known.class_name);
  return names;
}

}  // namespace fairway
