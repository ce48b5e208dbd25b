#include <array>

#include "core/incident/detector.h"

namespace fairway {
namespace {

constexpr Detector kDetectors[] = {
    {"origin", true, false, detect_origin},           {"new-prefix", true, false, detect_new_prefix},
    {"forged-path", true, false, detect_forged_path}, {"leak", true, false, detect_leak},
    {"my-network", false, false, detect_my_network},  {"filter-gap", false, true, detect_filter_gap},
};

// In the order of IncidentType. A forged path looks like any new link, and relationships are inferred, with errors:
// those take more than one thing that speaks for them.
constexpr std::array<TypeRule, 18> kRules{{
    {1},  // origin
    {1},  // sub-prefix
    {1},  // squatting
    {1},  // super-prefix
    {5},  // type-1
    {8},  // type-N
    {3},
    {3},
    {3},
    {3},  // leaks of type 1 to 4
    {4},  // leak of type 5
    {3},  // leak of type 6
    {1},
    {4},
    {8},  // outages
    {1},
    {1},  // filter gaps
    {1},  // blind
}};

}  // namespace

std::span<const Detector> detectors() { return kDetectors; }
const TypeRule& rule_of(IncidentType type) { return kRules[static_cast<std::size_t>(type)]; }

}  // namespace fairway
