// The table of evidence: every name that may stand in an incident, its weight, and who uses the name so. Positive
// weights speak for an incident. Where Cloudflare Radar has a tag, name and weight are its own; names of GRIP's tags
// are kept where they fit.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/incident/incident.h"

namespace fairway {

enum class EvidenceId : std::uint8_t {
  // What was seen: one of these stands in every incident.
  new_origin,
  new_more_specific,
  new_space,
  new_less_specific,
  new_edge,
  leak_by_relationship,
  leak_by_otc,
  leak_by_tier1,
  leak_by_peerlock,
  leak_by_role,
  reorigination_burst,
  internal_burst,
  visibility_lost,
  as_lost,
  country_lost,
  passed_filter,
  sent_out,
  feed_silent,
  // What my network says.
  not_intended_origin,
  not_my_neighbour,
  my_prefix,
  intended_origin,
  // What the registries say.
  rpki_new_origin_invalid,
  rpki_new_origin_valid,
  rpki_old_origin_invalid,
  irr_new_origin_invalid,
  irr_new_origin_valid,
  irr_old_origin_invalid,
  aspa_not_provider,
  aspa_invalid,
  bogon_prefix,
  bogon_old_origin,
  unallocated_prefix,
  bogon_origin,
  // How the two are related.
  asrel_new_origin_provider,
  asrel_new_origin_customer,
  asrel_new_origin_peer,
  asrel_sibling_origins,
  old_origin_on_path,
  origins_adjacent,
  edge_between_strangers,
  newcomer_is_stub,
  leaker_outranks,
  // What the newcomer is.
  dps_asn,
  private_asn,
  fat_finger_asn,
  prepend_typo,
  previously_announced,
  announces_around,
  prior_moas,
  covers_own_prefixes,
  ixp_prefix,
  long_prefix,
  blackhole,
  same_country,
  // How it came and how far it goes.
  after_withdrawal,
  flapping,
  lost_widely,
  seen_widely,
  seen_by_one_view,
  flooding_view,
  many_prefixes,
  provisional_baseline,
  stale_table,
  // Keeps the sum honest: the cap where too few views carry a full table.
  few_full_views,
};

struct EvidenceRow {
  EvidenceId id;
  std::string_view name;
  int weight;
  std::string_view meaning;  // a clause for people
  std::string_view source;   // whose tag it is; empty: ours
};
std::span<const EvidenceRow> evidence_table();
const EvidenceRow& evidence_row(EvidenceId id);

Evidence evidence(EvidenceId id, std::string fact);              // with the weight of the table
Evidence evidence(EvidenceId id, int weight, std::string fact);  // of few_full_views alone

// The table's own text of a name, which lives for ever; "retired" for one that is not in the table any more.
std::string_view lasting_name(std::string_view name);

int sum(const std::vector<Evidence>& evidence);
// Adds it, or, if the name stands there already, leaves the list as it is.
void add(std::vector<Evidence>& list, Evidence evidence);
// Orders by the table.
void sort(std::vector<Evidence>& list);

}  // namespace fairway
