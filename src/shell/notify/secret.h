// Secrets: read from files when they are needed, never kept, never shown.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace fairway::notify {

// The first line of a file. Error: system; it names the file, not what is in it.
Result<std::string> read_secret(const std::string& path);

// Where an address leads, without what may be secret in it: "https://hooks.example.net/...".
std::string redacted(std::string_view url);

// One printable line of at most 200 characters, with every one of these secrets (of four characters or more) replaced.
std::string concealed(std::string_view text, std::span<const std::string> secrets);

}  // namespace fairway::notify
