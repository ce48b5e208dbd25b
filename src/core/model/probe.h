// Probe: a route as the filter of a session sees it, to ask a filter a question: would you let this in? And Decision:
// what a filter answers. Three-valued: what a reader of the filter does not understand is `unknown`, never a guess.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/model/as_path.h"
#include "core/model/attributes.h"
#include "core/model/ip_address.h"
#include "core/model/prefix.h"

namespace fairway {

// The state of a validation (RFC 6811 section 2; of a path, draft-ietf-sidrops-aspa-verification). `not_loaded`: the
// router asked has no table to say.
enum class Validation : std::uint8_t { not_loaded, unknown, valid, invalid };

// A community (RFC 1997) of its two halves.
constexpr Community community(std::uint32_t high, std::uint32_t low) { return {high << 16 | (low & 0xffff)}; }

inline constexpr Community kGracefulShutdown = community(65535, 0);  // RFC 8326
inline constexpr Community kNoPeer = community(65535, 65284);        // RFC 3765

struct Probe {
  Prefix prefix{};
  AsPath path{};                        // as received: the neighbour first
  std::optional<IpAddress> next_hop{};  // unset: the address of the session's neighbour
  std::vector<Community> communities{};
  std::vector<LargeCommunity> large_communities{};
  Validation origin = Validation::not_loaded;     // ROV
  Validation providers = Validation::not_loaded;  // ASPA
  std::optional<Asn> otc{};                       // Only to Customer (RFC 9234 section 5)
  std::optional<std::uint32_t> local_pref{};      // unset: what the router gives a route that has none (100)
  std::optional<std::uint32_t> med{};
  bool own = false;                              // of this router itself: from no session
  std::string learned_from{};                    // on export: the name of the session it came in by
  std::map<std::string, std::uint32_t> marks{};  // what a router's policy keeps on a route for itself: "tag"
};

enum class Outcome : std::uint8_t { accept, reject, unknown };

struct Decision {
  Outcome outcome = Outcome::unknown;
  std::uint32_t line = 0;     // of what decided, or of what was not understood; 0: no line did (a default)
  std::string why{};          // the statement in short; or what was not understood
  Probe route{};              // accepted: the route as the filter left it
  bool changes_known = true;  // `route` is that; false: it depends on something not understood
};

}  // namespace fairway
