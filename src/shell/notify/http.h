// Sending over HTTP, by libcurl: proxies of the environment, TLS with the system's certificates, no redirects.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/model/instant.h"

namespace fairway::notify {

// Where to, and what opens the door there.
struct HttpTarget {
  std::string url{};
  std::string url_file{};              // holds the address, or its end behind `url`, where that is a secret
  std::vector<std::string> headers{};  // "Name: value"
  std::string headers_file{};          // the same, one a line, where they are secret
  std::string ca_file{};               // empty: those whom the system trusts
};

struct HttpRequest {
  std::string method = "POST";
  std::string content_type = "application/json";
  std::string body{};
  std::string path{};                  // behind the target's address: "/api/v2/alerts"
  std::vector<std::string> secrets{};  // in the body: what comes back must not show them
  Duration timeout = seconds(30);
};

// Any answer of 2xx. Errors: refused: the server says that the request itself is wrong (400, 413, 415, 422), sending it
// again is no use; system: everything else. The text says where, redacted, and what was answered.
Result<void> send_http(const HttpTarget& target, const HttpRequest& request, std::stop_token stop);

}  // namespace fairway::notify
