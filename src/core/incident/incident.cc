#include "core/incident/incident.h"

#include <array>

namespace fairway {
namespace {

struct TypeRow {
  IncidentKind kind;
  std::string_view word;
};
constexpr std::array<TypeRow, 18> kTypes{{
    {IncidentKind::hijack, "origin"},
    {IncidentKind::hijack, "sub-prefix"},
    {IncidentKind::hijack, "squatting"},
    {IncidentKind::hijack, "super-prefix"},
    {IncidentKind::hijack, "type-1"},
    {IncidentKind::hijack, "type-N"},
    {IncidentKind::leak, "1"},
    {IncidentKind::leak, "2"},
    {IncidentKind::leak, "3"},
    {IncidentKind::leak, "4"},
    {IncidentKind::leak, "5"},
    {IncidentKind::leak, "6"},
    {IncidentKind::outage, "prefix"},
    {IncidentKind::outage, "as"},
    {IncidentKind::outage, "country"},
    {IncidentKind::filter_gap, "passed"},
    {IncidentKind::filter_gap, "sent"},
    {IncidentKind::blind, "feed"},
}};

}  // namespace

IncidentKind kind_of(IncidentType type) { return kTypes[static_cast<std::size_t>(type)].kind; }

std::string_view to_string(IncidentKind kind) {
  constexpr std::string_view kWords[] = {"hijack", "leak", "outage", "filter-gap", "blind"};
  return kWords[static_cast<std::size_t>(kind)];
}

std::string_view to_string(IncidentType type) { return kTypes[static_cast<std::size_t>(type)].word; }

std::optional<IncidentType> parse_incident_type(std::string_view kind, std::string_view type) {
  for (std::size_t i = 0; i < kTypes.size(); ++i) {
    if (to_string(kTypes[i].kind) == kind && kTypes[i].word == type) return static_cast<IncidentType>(i);
  }
  return std::nullopt;
}

Confidence confidence_band(int sum) {
  return sum >= 8 ? Confidence::high : sum >= 4 ? Confidence::medium : Confidence::low;
}

std::string_view to_string(Confidence confidence) {
  constexpr std::string_view kWords[] = {"low", "medium", "high"};
  return kWords[static_cast<std::size_t>(confidence)];
}

std::string_view to_string(IncidentState state) { return state == IncidentState::open ? "open" : "cleared"; }

std::string_view to_string(Transition transition) {
  constexpr std::string_view kWords[] = {"opened", "changed", "cleared", "reopened"};
  return kWords[static_cast<std::size_t>(transition)];
}

}  // namespace fairway
