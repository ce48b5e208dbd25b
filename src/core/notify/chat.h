// A notification as a chat message: JSON for an incoming webhook.
#pragma once

#include <string>

#include "core/notify/notification.h"

namespace fairway::notify {

// Slack, Mattermost, Rocket.Chat: `text` and one attachment, which all three read.
std::string slack(const Notification& notification);

// Microsoft Teams, a Workflows webhook ("When a Teams webhook request is received"): a message with one adaptive card.
std::string teams(const Notification& notification);

}  // namespace fairway::notify
