// The vendors, one row each, defined beside their writers.
#pragma once

#include "core/report/routerconfig/router_config.h"

namespace fairway::routerconfig {

extern const Vendor kIos, kXr, kEos, kJunos, kHuawei, kHuaweiXpl, kNokia, kNokiaMd, kNokiaSrl, kRouterOs6, kRouterOs7,
    kBird, kOpenBgpd, kJson, kFormat, kFrr, kVyos, kNftables;

}  // namespace fairway::routerconfig
