// Fetching what an address names: http, https, ftp and file, by libcurl: proxies of the environment, redirects (never
// from https to something weaker), compressed transfer, conditional requests, limits of size and time.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "core/model/instant.h"

namespace fairway {

// Whether it is an address and not a path: "word://...".
bool is_url(std::string_view text);

struct FetchRequest {
  std::string url;
  // What we have: if it is still that, nothing is transferred. The time counts where there is no tag.
  std::string etag;
  std::optional<Instant> modified;
  std::uint64_t most = std::uint64_t{4} << 30;  // octets
  std::uint32_t connect_seconds = 20;
  std::uint32_t stall_seconds = 30;  // with hardly an octet moving for that long it is given up
  std::uint32_t total_seconds = 3600;
};

struct Fetched {
  bool unchanged = false;  // it is still what we have
  std::string etag;        // empty: the server gives none
  std::optional<Instant> modified;
  std::uint64_t octets = 0;  // handed to the sink
};

// Hands the content to `sink` piece by piece as it comes; a sink that answers false ends it (refused). `progress` is
// told octets moved so far and in all (0: not known), often. Errors: usage (an address that cannot be meant), not_found
// (404, 410, no such file), refused (more than `most`), truncated (fewer octets than announced), system (everything
// else outside: no route, no name, timeout, certificate, 5xx). The text does not name the address. Never answers half a
// content as a whole.
Result<Fetched> fetch(const FetchRequest& request, const std::function<bool(Bytes)>& sink,
                      const std::function<void(std::uint64_t, std::uint64_t)>& progress = {});

}  // namespace fairway
