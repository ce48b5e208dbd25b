#include "core/verdict/network.h"

#include <array>

#include "core/tables/irr.h"
#include "core/tables/vrp.h"

namespace fairway {

std::string_view to_string(Registration registration) {
  constexpr std::array<std::string_view, 4> kWords = {"unknown", "good", "unregistered", "contradicted"};
  return kWords[static_cast<std::size_t>(registration)];
}

namespace {

Registration registration_of(OriginState rov, RegistryState irr) {
  if (rov == OriginState::valid) return Registration::good;
  if (rov == OriginState::invalid) return Registration::contradicted;
  switch (irr) {
    case RegistryState::valid: return Registration::good;
    case RegistryState::invalid_more_specific: return Registration::good;  // of me, if for a shorter prefix
    case RegistryState::invalid: return Registration::contradicted;
    case RegistryState::not_found:
      return rov == OriginState::not_found ? Registration::unregistered : Registration::unknown;
    case RegistryState::unknown: break;
  }
  return Registration::unknown;
}

OriginVerdict rov_of(const World& world, const Prefix& prefix, PathOrigin origin) {
  return world.vrps ? judge_origin(*world.vrps, prefix, origin) : OriginVerdict{};
}

}  // namespace

std::vector<OwnRoute> judge_network(const World& world, const Network& network) {
  std::vector<OwnRoute> routes;
  for (const OwnPrefix& own : network.prefixes) {
    if (own.ignore) continue;
    for (const Asn asn : own.origins) {
      const PathOrigin origin{PathOrigin::Kind::as, asn};
      OwnRoute route{own.prefix,
                     asn,
                     rov_of(world, own.prefix, origin),
                     judge_registry(world.irr.get(), own.prefix, origin),
                     Registration::unknown,
                     {}};
      route.registration = registration_of(route.rov.state, route.irr.state);
      if (own.max_length && *own.max_length > own.prefix.length()) {
        const Prefix more_specific(own.prefix.address(), *own.max_length);
        if (rov_of(world, more_specific, origin).state == OriginState::invalid) {
          route.remarks.push_back("more-specifics up to /" + std::to_string(*own.max_length) +
                                  " are meant, yet would be RPKI invalid");
        }
      }
      if (route.rov.state == OriginState::valid && route.irr.state == RegistryState::invalid) {
        route.remarks.push_back("route objects name other origins alone: filters built from the IRR refuse it");
      }
      if (route.irr.state == RegistryState::invalid_more_specific) {
        route.remarks.push_back("the IRR has it for a shorter prefix alone");
      }
      routes.push_back(std::move(route));
    }
  }
  return routes;
}

}  // namespace fairway
