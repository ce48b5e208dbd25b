#include "core/wire/routerconfig/community_named.h"

#include <utility>

#include "base/text.h"
#include "core/model/probe.h"

namespace fairway::reader {

namespace {

constexpr std::pair<std::string_view, Community> kWellKnown[] = {{"graceful-shutdown", kGracefulShutdown},
                                                                 {"blackhole", kBlackhole},
                                                                 {"no-export", kNoExport},
                                                                 {"no-advertise", kNoAdvertise},
                                                                 {"local-AS", kNoExportSubconfed},
                                                                 {"no-peer", kNoPeer},
                                                                 {"accept-own", community(65535, 1)},
                                                                 {"llgr-stale", community(65535, 6)},
                                                                 {"no-llgr", community(65535, 7)},
                                                                 {"accept-own-nexthop", community(65535, 8)}};

}  // namespace

std::optional<Community> community_named(std::string_view text) {
  for (const auto& [name, value] : kWellKnown) {
    if (name == text) return value;
  }
  if (const auto number = parse_number<std::uint32_t>(text)) return Community{*number};
  return parse_community(text);
}

}  // namespace fairway::reader
