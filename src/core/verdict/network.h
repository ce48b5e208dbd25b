// The verdict on my own network: are my prefixes registered so that others believe my routes? (MANRS Action 4: the RPKI
// or the IRR has to say what I announce.)
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/tables/expectation.h"
#include "core/tables/world.h"
#include "core/verdict/origin.h"
#include "core/verdict/registry.h"

namespace fairway {

enum class Registration : std::uint8_t {
  unknown,       // neither table is loaded, or the one that is says nothing
  good,          // RPKI valid; or not in the RPKI, and a route object says so
  unregistered,  // neither says anything
  contradicted,  // RPKI invalid; or not RPKI valid, and route objects name others alone
};
std::string_view to_string(Registration registration);  // "unknown", "good", "unregistered", "contradicted"

// One of my prefixes with one of its origins.
struct OwnRoute {
  Prefix prefix;
  Asn origin;
  OriginVerdict rov;
  RegistryVerdict irr;
  Registration registration = Registration::unknown;
  std::vector<std::string> remarks;  // whole sentences
};

// In the order of the network; ignored prefixes are left out.
std::vector<OwnRoute> judge_network(const World& world, const Network& network);

}  // namespace fairway
