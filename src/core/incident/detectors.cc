#include <array>

#include "core/incident/detector.h"

namespace fairway {
namespace {

constexpr Detector kDetectors[] = {
    {"origin", true, detect_origin},           {"new-prefix", true, detect_new_prefix},
    {"forged-path", true, detect_forged_path}, {"leak", true, detect_leak},
    {"my-network", false, detect_my_network},
};

// In the order of IncidentType. A forged path looks like any new link: it takes more than novelty. A leak by
// relationship alone must be seen by two views.
constexpr std::array<TypeRule, 15> kRules{{
    {1},  // origin
    {1},  // sub-prefix
    {1},  // squatting
    {1},  // super-prefix
    {4},  // type-1
    {8},  // type-N
    {2},
    {2},
    {2},
    {2},  // leaks of type 1 to 4
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
