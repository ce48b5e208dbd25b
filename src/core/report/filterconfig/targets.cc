#include "core/report/filterconfig/targets.h"

#include <algorithm>

#include "core/report/filterconfig/output.h"
#include "core/report/filterconfig/rows.h"

namespace fairway::filterconfig {

namespace {

constexpr Target kTargets[] = {
    {"bird-2.0.12", "BIRD 2.0.12", "# ", true, true, write_bird},
    {"openbgpd-7.7", "OpenBGPD 7.7", "# ", true, true, write_openbgpd},
    {"frr-8.4.4", "FRR 8.4.4", "! ", true, false, write_frr},
    {"junos-21.4", "Junos 21.4", "# ", false, false, write_junos},
    {"iosxr-7.5", "IOS XR 7.5", "! ", false, false, write_iosxr},
    {"gobgp-3.10", "GoBGP 3.10", "# ", true, false, write_gobgp},
    {"eos-4.28", "Arista EOS 4.28", "! ", false, false, write_eos},
    {"sros-22.10", "Nokia SR OS 22.10 (MD-CLI)", "# ", false, false, write_sros},
    {"routeros-7.14", "MikroTik RouterOS 7.14", "# ", false, false, write_routeros},
};

// The remarks at the top: what it was made from, what each clause means, what is not in it.
void append_head(std::string& text, const Target& target, const Document& document,
                 const std::vector<Coverage>& coverage) {
  Output out(target.comment);
  out.remark("Filters of AS", document.local_asn, " for ", target.product, ", written by Fairway. Edits are lost.");
  if (!target.loaded) out.remark("Written after the vendor's manual; it was not loaded on a device.");
  out.remark("Made from:");
  for (const TableSource& source : document.sources) {
    out.remark("  ", source.kind, source.source.empty() ? "" : " ", source.source, ", ",
               source.date ? std::string_view(to_string(*source.date)) : std::string_view("undated"), ", ",
               source.entries, " entries");
  }
  std::vector<bool> used(filtering::all_kinds().size());
  for (const NeighbourPolicy& policy : document.neighbours) {
    for (const auto* clauses : {&policy.import, &policy.export_}) {
      for (const Clause& clause : *clauses) used[static_cast<std::size_t>(clause.kind)] = true;
    }
  }
  out.remark("Clauses, and who asks for them:");
  for (std::size_t i = 0; i < used.size(); ++i) {
    const filtering::KindRow& row = filtering::all_kinds()[i];
    if (used[i]) out.remark("  ", row.name, ": ", row.sentence, " (", row.source, ")");
  }
  for (const Coverage& gap : coverage) {
    if (gap.support != Support::emitted) {
      out.remark("GAP: ", gap.what, " is ", gap.support == Support::partial ? "partly here: " : "not here: ", gap.note);
    }
  }
  for (const NeighbourPolicy& policy : document.neighbours) {
    for (const filtering::Gap& gap : policy.gaps) {
      out.remark("GAP: AS", policy.asn, ": ", filtering::row_of(gap.kind).name, ": ", gap.why);
    }
  }
  text = std::move(out.text());
}

}  // namespace

std::string_view to_string(Support support) {
  switch (support) {
    case Support::emitted: return "emitted";
    case Support::partial: return "partial";
    case Support::unsupported: return "unsupported";
  }
  return "";
}

std::span<const Target> targets() { return kTargets; }

const Target* find_target(std::string_view name) {
  const auto found = std::ranges::find_if(kTargets, [&](const Target& target) {
    return target.name == name || target.name.substr(0, target.name.find('-')) == name;
  });
  return found == std::end(kTargets) ? nullptr : &*found;
}

Configuration write(const Target& target, const Document& document) {
  Output body(target.comment);
  target.write(document, body);
  Configuration made;
  made.coverage = std::move(body.coverage());
  append_head(made.text, target, document, made.coverage);
  made.text += body.text();
  return made;
}

void Output::lacks(std::string what, Support support, std::string note) {
  const auto known = std::ranges::find(coverage_, what, &Coverage::what);
  if (known == coverage_.end()) {
    coverage_.push_back({std::move(what), support, std::move(note)});
  } else if (support > known->support) {
    known->support = support;
    known->note = std::move(note);
  }
}

std::vector<Family> families_of(const NeighbourPolicy& policy) {
  std::vector<Family> families;
  for (const Family family : kFamilies) {
    const bool carried =
        std::ranges::any_of(policy.sessions, [&](const SessionPolicy& s) { return s.family == family; });
    if (carried || policy.sessions.empty()) families.push_back(family);
  }
  return families;
}

std::string word_of(Kind kind, bool is_export) {
  return std::string(is_export ? "export " : "") + std::string(filtering::row_of(kind).name);
}

std::string_view local_role(Role neighbour, const RoleWords& words) {
  switch (neighbour) {
    case Role::customer: return words.provider;
    case Role::provider: return words.customer;
    case Role::peer: return words.peer;
    case Role::rs: return words.rs_client;
    case Role::rs_client: return words.rs;
    case Role::sibling: return {};
  }
  return {};
}

}  // namespace fairway::filterconfig
