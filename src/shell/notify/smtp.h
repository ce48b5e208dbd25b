// Handing a message to a mail server (SMTP submission, RFC 5321, 6409; STARTTLS, RFC 3207), by libcurl.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/model/instant.h"

namespace fairway::notify {

enum class MailSecurity : std::uint8_t {
  starttls,  // TLS after a greeting in the clear; without it nothing is sent
  tls,       // TLS from the first octet
  none,      // in the clear: for a server on this host
};

struct MailServer {
  std::string host{};
  std::uint16_t port = 587;
  MailSecurity security = MailSecurity::starttls;
  std::string user{};           // empty: no login
  std::string password_file{};  // of that user
  std::string ca_file{};        // empty: those whom the system trusts
};

// What became of each recipient; together they are all of them.
struct MailOutcome {
  struct Refused {
    std::string recipient;
    std::string answer;  // "550 5.1.1 no such user"
  };
  std::vector<std::string> accepted{};
  std::vector<Refused> later{};  // 4xx: may be tried again
  std::vector<Refused> never{};  // 5xx
};

// `message` with CR LF. Error: nobody has it: system, may be tried again; refused: the server will not have the
// message.
Result<MailOutcome> send_mail(const MailServer& server, std::string_view from, const std::vector<std::string>& to,
                              std::string_view message, Duration timeout, std::stop_token stop);

}  // namespace fairway::notify
