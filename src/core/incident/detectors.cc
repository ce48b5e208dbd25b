#include <array>

#include "core/incident/detector.h"

namespace fairway {
namespace {

constexpr Detector kDetectors[] = {
    {"origin", true, detect_origin},           {"new-prefix", true, detect_new_prefix},
    {"forged-path", true, detect_forged_path}, {"leak", true, detect_leak},
    {"my-network", false, detect_my_network},
};

// In the order of IncidentType. A forged path looks like any new link, and relationships are inferred, with errors:
// those take more than one thing that speaks for them.
constexpr std::array<TypeRule, 15> kRules{{
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
}};

}  // namespace

std::span<const Detector> detectors() { return kDetectors; }
const TypeRule& rule_of(IncidentType type) { return kRules[static_cast<std::size_t>(type)]; }

}  // namespace fairway
