// prefixes.yml of BGPalerter: a map from each prefix to its rule, and `options.monitorASns`. Read into the same Network
// as network.yaml:
//
//   asn                  -> origins
//   ignoreMorespecifics  -> max_length as long as the family allows
//   ignore, description  -> the same
//   excludeMonitors with "withdrawal-detection" -> occasional
//   options.monitorASns  -> asns; upstreams -> neighbours that are providers, downstreams -> customers. A list that is
//   there
//                           is complete (an empty one too): only where every monitored AS has one, the network's is
//                           complete
//
// What has no place here (groups, path expressions, other monitors, keys we do not know) becomes a note, once each.
#pragma once

#include "shell/config/network.h"

namespace fairway::config {

// No `version`, but a prefix as a key or `options`.
bool looks_like_prefixes_yml(const Node& tree);

// Error: malformed, as read_network.
Result<NetworkReading> read_prefixes_yml(const Node& tree);

}  // namespace fairway::config
