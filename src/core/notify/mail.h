// A notification as an e-mail (RFC 5322, MIME, plain text). The messages of one incident form a thread: the first is
// the root, all others answer it. Lines end in CR LF; no header can hold a line break, whatever comes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/notify/notification.h"

namespace fairway::notify {

struct MailHead {
  std::string from{};             // "fairway@example.net", or "Fairway <fairway@example.net>"
  std::vector<std::string> to{};  // addresses, in the same two forms
  std::string list_id{};          // RFC 2919, without brackets; empty: "fairway." and the domain of `from`
};

std::string mail(const Notification& notification, const MailHead& head);

// The address alone: what stands in the angle brackets, if there are any.
std::string_view address_of(std::string_view mailbox);
// Whether it is a mailbox that may be written to: one @, no blank or control character in the address.
bool is_mailbox(std::string_view mailbox);

}  // namespace fairway::notify
