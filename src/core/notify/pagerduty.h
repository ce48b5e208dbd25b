// A notification as an event of PagerDuty's Events API v2: the body of POST https://events.pagerduty.com/v2/enqueue.
#pragma once

#include <string>
#include <string_view>

#include "core/notify/notification.h"

namespace fairway::notify {

// open and update trigger, clear resolves; `dedup_key` is the incident's id. `source` names what watches: a host name.
std::string pagerduty(const Notification& notification, std::string_view routing_key, std::string_view source);

}  // namespace fairway::notify
