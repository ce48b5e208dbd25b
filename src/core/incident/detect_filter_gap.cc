// Filter gaps: a router tells by BMP what is behind its filters. What should have been stopped and stands there is a
// gap in the filter for that neighbour; what should not leave and is in an Adj-RIB-Out was sent. MANRS action 1,
// measured where it is done.
#include "core/incident/detector.h"
#include "core/tables/bogon.h"
#include "core/tables/expectation.h"
#include "core/tables/vrp.h"
#include "core/tables/world.h"
#include "core/verdict/origin.h"

namespace fairway {
namespace {

bool is_invalid(const RouteChange& change, const Facts& facts) {
  const VrpTable* vrps = facts.world().vrps.get();
  return vrps != nullptr &&
         judge_origin(*vrps, change.prefix, {PathOrigin::Kind::as, change.origin}).state == OriginState::invalid;
}

bool is_bogon(const RouteChange& change) {
  const BogonPrefix* bogon = bogon_prefix(change.prefix);
  return (bogon != nullptr && bogon->prefix.covers(change.prefix)) ||
         (change.origin.value != 0 && bogon_asn(change.origin) != nullptr);
}

// A prefix of mine that a neighbour tells me, who is not meant to.
bool is_my_own(const RouteChange& change, const Facts& facts) {
  const Expectation* mine = facts.expectation();
  return mine != nullptr && change.table == RibKind::adj_rib_in_post && mine->covering(change.prefix) != nullptr &&
         mine->fit(change.prefix, change.origin) == Expectation::Fit::wrong_origin;
}

}  // namespace

std::string filter_gap_reason(const RouteChange& change, const Facts& facts) {
  if (is_invalid(change, facts)) return "RPKI invalid: " + facts.rpki(change.prefix, change.origin).fact;
  if (const auto bogon = facts.bogon(change.prefix)) return "special-purpose space: " + *bogon;
  if (const auto bogon = facts.bogon_asn(change.origin)) return "origin AS" + to_string(change.origin) + ": " + *bogon;
  return "a prefix of my network from " + facts.name(change.origin);
}

void detect_filter_gap(const RouteChange& change, const Knowledge& knowledge, Accusations& accusations) {
  const bool sent = change.table == RibKind::adj_rib_out_post;
  if (!sent && change.table != RibKind::adj_rib_in_post) return;
  const Asn neighbour = knowledge.rib.key(change.view).asn;
  if (neighbour.value == 0) return;  // the router's own routes, as some tell them
  if (!is_bogon(change) && !is_invalid(change, knowledge.facts) && !is_my_own(change, knowledge.facts)) return;
  accusations.push_back(
      {sent ? IncidentType::filter_sent : IncidentType::filter_passed, change.id, neighbour, Asn{}, {}, change.id});
}

}  // namespace fairway
