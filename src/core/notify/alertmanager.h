// Notifications as Alertmanager's API v2 takes them: the body of POST /api/v2/alerts.
//
// An alert is known by its labels alone, so they hold only what never changes in an incident; the rest is annotations.
// Alertmanager ends what is not heard of again: alerts that stand open are sent again and again, each time with an end
// that lies a little ahead; a clear has its end in the past.
#pragma once

#include <map>
#include <span>
#include <string>

#include "core/notify/notification.h"

namespace fairway::notify {

struct AlertmanagerOptions {
  std::map<std::string, std::string> labels{};  // added to each alert: {"team", "noc"}
  Duration lasts = seconds(300);                // how far ahead the end of an open alert lies
};

// A JSON array with an alert for each. Labels: alertname ("Hijack", "Leak", ...), incident, kind, type, severity.
std::string alerts(std::span<const Notification> notifications, const AlertmanagerOptions& options, Instant now);

}  // namespace fairway::notify
