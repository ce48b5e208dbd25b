// Weighing: all that speaks for and against an accusation, as it stood when the route was told. A row of the table asks
// one group of questions; a new kind of evidence is a row in evidence.cc and a line in the file of its group. What
// depends on how far a route goes is added when the case is weighed (casebook.cc).
#pragma once

#include <span>
#include <vector>

#include "core/incident/accusation.h"
#include "core/incident/evidence.h"

namespace fairway {

struct Weigher {
  std::string_view name;
  void (*ask)(const Accusation& accusation, const RouteChange& change, const Knowledge& knowledge,
              std::vector<Evidence>& evidence);
};
std::span<const Weigher> weighers();
std::vector<Evidence> weigh(const Accusation& accusation, const RouteChange& change, const Knowledge& knowledge);

void weigh_sight(const Accusation&, const RouteChange&, const Knowledge&, std::vector<Evidence>&);  // what was seen
void weigh_my_network(const Accusation&, const RouteChange&, const Knowledge&, std::vector<Evidence>&);  // network.yaml
void weigh_registries(const Accusation&, const RouteChange&, const Knowledge&,
                      std::vector<Evidence>&);  // RPKI, IRR, ASPA, IANA, RIRs
void weigh_kinship(const Accusation&, const RouteChange&, const Knowledge&,
                   std::vector<Evidence>&);  // relation of the two ASes
void weigh_newcomer(const Accusation&, const RouteChange&, const Knowledge&,
                    std::vector<Evidence>&);  // what and where the offender is

// Accusations about who originates a prefix.
constexpr bool is_about_origin(IncidentType type) {
  return type == IncidentType::origin || type == IncidentType::sub_prefix || type == IncidentType::squatting ||
         type == IncidentType::super_prefix;
}
constexpr bool is_about_path(IncidentType type) { return type == IncidentType::type_1 || type == IncidentType::type_n; }
constexpr bool is_transit_leak(IncidentType type) {
  return type >= IncidentType::leak_1 && type <= IncidentType::leak_4;
}

// How far its routes go says something about it.
constexpr bool is_about_spread(IncidentType type) { return type <= IncidentType::leak_6; }

// "AS1, AS2" with names; of long lists the first few.
std::string names(const Facts& facts, const std::vector<Asn>& asns);

}  // namespace fairway
