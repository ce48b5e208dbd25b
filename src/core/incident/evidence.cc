#include "core/incident/evidence.h"

#include <algorithm>
#include <cassert>

namespace fairway {
namespace {

using enum EvidenceId;
constexpr EvidenceRow kRows[] = {
    {new_origin, "new_origin", 1, "the prefix has an origin that it never had", "GRIP moas"},
    {new_more_specific, "new_more_specific", 1, "a new prefix under one of another origin", "GRIP submoas"},
    {new_space, "new_space", 0, "nobody announced this space, nor what covers it", "ARTEMIS Q"},
    {new_less_specific, "new_less_specific", 1, "a new prefix over announced prefixes of others", ""},
    {new_edge, "new_edge", 1, "two ASes stand next to each other that never did", "GRIP edges"},
    {leak_by_relationship, "leak_by_relationship", 2, "the path goes up again after it went down or across",
     "Cloudflare"},
    {leak_by_otc, "leak_by_otc", 8, "Only-to-Customer was set before, and the path went on to a provider or peer",
     "RFC 9234"},
    {leak_by_tier1, "leak_by_tier1", 2, "an AS stands between two ASes that have no provider", "Mauch"},
    {leak_by_peerlock, "leak_by_peerlock", 4, "an AS carries a route of one whose transit it never is",
     "NTT peer lock"},
    {leak_by_role, "leak_by_role", 8, "by the roles of my neighbours, my AS leaked it", ""},
    {reorigination_burst, "reorigination_burst", 4, "one AS announces prefixes of many others as its own",
     "RFC 7908 3.5"},
    {internal_burst, "internal_burst", 3, "a burst of more-specifics of one's own prefixes", "RFC 7908 3.6"},
    {visibility_lost, "visibility_lost", 0, "the views that had it withdrew it", "BGPalerter visibility"},
    {as_lost, "as_lost", 4, "nearly all prefixes of the AS are gone", ""},
    {country_lost, "country_lost", 8, "most prefixes of the country are gone", ""},
    {passed_filter, "passed_filter", 4, "a neighbour's route that should be stopped is behind the filter", "MANRS 1"},
    {sent_out, "sent_out", 4, "a route that should be stopped was sent to a neighbour", "MANRS 1"},
    {feed_silent, "feed_silent", 8, "nothing was heard of the feed", ""},

    {not_intended_origin, "not_intended_origin", 4, "my prefix from an AS that I did not write down", "ARTEMIS 0"},
    {not_my_neighbour, "not_my_neighbour", 5, "my AS behind one that is no neighbour of mine", "ARTEMIS 1"},
    {my_prefix, "my_prefix", 4, "it is a prefix of mine", ""},
    {intended_origin, "intended_origin", -8, "I wrote it down like this", ""},

    {rpki_new_origin_invalid, "rpki_new_origin_invalid", 8, "the announcement is RPKI invalid", "Cloudflare"},
    {rpki_new_origin_valid, "rpki_new_origin_valid", -8, "the announcement is RPKI valid",
     "GRIP rpki-all-newcomer-valid"},
    {rpki_old_origin_invalid, "rpki_old_origin_invalid", -2, "what was announced before was RPKI invalid",
     "Cloudflare"},
    {irr_new_origin_invalid, "irr_new_origin_invalid", 4, "route objects name other origins", "Cloudflare"},
    {irr_new_origin_valid, "irr_new_origin_valid", -4, "a route object names this origin", "Cloudflare"},
    {irr_old_origin_invalid, "irr_old_origin_invalid", -2, "route objects did not name the old origin either",
     "Cloudflare"},
    {aspa_not_provider, "aspa_not_provider", 8, "the origin's ASPA does not name the AS before it as provider", "ASPA"},
    {aspa_invalid, "aspa_invalid", 4, "the path is ASPA invalid", "ASPA"},
    {bogon_prefix, "bogon_prefix", 4, "special-purpose space that nobody may announce", "IANA"},
    {bogon_old_origin, "bogon_old_origin", -1, "the old origin is a bogon ASN", "Cloudflare"},
    {unallocated_prefix, "unallocated_prefix", 4, "no registry has allocated the space", "RIR delegations"},
    {bogon_origin, "bogon_origin", 2, "no registry has assigned the origin's number", "RIR delegations"},

    {asrel_new_origin_provider, "asrel_new_origin_provider", -4, "the new origin is a provider of the old one",
     "Cloudflare"},
    {asrel_new_origin_customer, "asrel_new_origin_customer", -2, "the new origin is a customer of the old one",
     "Cloudflare"},
    {asrel_new_origin_peer, "asrel_new_origin_peer", -2, "the new origin is a peer of the old one", "Cloudflare"},
    {asrel_sibling_origins, "asrel_sibling_origins", -4, "both belong to one organisation", "Cloudflare"},
    {old_origin_on_path, "old_origin_on_path", -4, "the old origin carries the route itself",
     "GRIP newcomer-behind-oldcomer"},
    {origins_adjacent, "origins_adjacent", -2, "the two ASes are neighbours in known paths", ""},
    {edge_between_strangers, "edge_between_strangers", 2, "the relationships know both ASes and no link between them",
     "DFOH"},
    {newcomer_is_stub, "newcomer_is_stub", 2, "the AS that claims to carry the route has no customer", "DFOH"},
    {leaker_outranks, "leaker_outranks", -2,
     "the leaker carries at least as many customers as the AS it told: the link may be read the wrong way",
     "Cloudflare hegemony filter"},

    {dps_asn, "dps_asn", -4, "the new origin protects others against denial of service", "GRIP dps-asn"},
    {private_asn, "private_asn", -8, "the new origin is a private or reserved number: a misconfiguration",
     "GRIP due-to-private-asn"},
    {fat_finger_asn, "fat_finger_asn", -2, "the new origin is one keystroke away from the old one",
     "GRIP misconfig-fatfinger-asn"},
    {prepend_typo, "prepend_typo", -2, "the new origin is as small as a number of prepends", "GRIP newcomer-small-asn"},
    {previously_announced, "previously_announced", -4, "the new origin announces what covers or touches it already",
     "GRIP previously-announced-by-newcomers"},
    {announces_around, "announces_around", -2, "the new origin announces a block around that of the old one", ""},
    {prior_moas, "prior_moas", -2, "the prefix had several origins before: anycast, or shared", "GRIP"},
    {covers_own_prefixes, "covers_own_prefixes", -4, "some of the covered prefixes are its own", ""},
    {ixp_prefix, "ixp_prefix", -4, "the peering LAN of an exchange point", "GRIP ixp-prefix"},
    {long_prefix, "long_prefix", -2, "longer than networks accept (/24, /48)", "GRIP long-prefix"},
    {blackhole, "blackhole", -4, "carries the community BLACKHOLE", "RFC 7999"},
    {same_country, "same_country", -1, "the registries delegated space and number in one country", "RIR delegations"},

    {after_withdrawal, "after_withdrawal", -1, "every view had lost the old origin before", "GRIP moas-transfer"},
    {flapping, "flapping", -1, "it has come and gone before", ""},
    {lost_widely, "lost_widely", 1, "at least 3 full views withdrew it", ""},
    {seen_widely, "seen_widely", 1, "at least half of the full views carry it", ""},
    {seen_by_one_view, "seen_by_one_view", -1, "one view alone carries it", ""},
    {flooding_view, "flooding_view", -8, "every view that carries it is filling or flooding", ""},
    {many_prefixes, "many_prefixes", 1, "it is not one prefix", ""},
    {provisional_baseline, "provisional_baseline", -1,
     "no table was read: what was normal is only what was heard before", ""},
    {stale_table, "stale_table", 0, "nothing was heard between the table and the updates: it may be older", ""},

    {few_full_views, "few_full_views", 0, "fewer than 3 full views: no more than low confidence", ""},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < std::size(kRows); ++i) {
    if (kRows[i].id != static_cast<EvidenceId>(i)) return false;
  }
  return std::size(kRows) == static_cast<std::size_t>(few_full_views) + 1;
}
static_assert(in_order());

std::size_t place(const Evidence& evidence) {
  return static_cast<std::size_t>(std::ranges::find(kRows, evidence.name, &EvidenceRow::name) - std::begin(kRows));
}

}  // namespace

std::span<const EvidenceRow> evidence_table() { return kRows; }
const EvidenceRow& evidence_row(EvidenceId id) { return kRows[static_cast<std::size_t>(id)]; }

Evidence evidence(EvidenceId id, std::string fact) {
  const EvidenceRow& row = evidence_row(id);
  return {row.name, row.weight, std::move(fact)};
}
Evidence evidence(EvidenceId id, int weight, std::string fact) {
  return {evidence_row(id).name, weight, std::move(fact)};
}

std::string_view lasting_name(std::string_view name) {
  const auto row = std::ranges::find(kRows, name, &EvidenceRow::name);
  return row == std::end(kRows) ? std::string_view("retired") : row->name;
}

int sum(const std::vector<Evidence>& list) {
  int total = 0;
  for (const Evidence& evidence : list) total += evidence.weight;
  return total;
}

void add(std::vector<Evidence>& list, Evidence evidence) {
  if (std::ranges::find(list, evidence.name, &Evidence::name) == list.end()) list.push_back(std::move(evidence));
}

void sort(std::vector<Evidence>& list) { std::ranges::stable_sort(list, {}, place); }

}  // namespace fairway
