// A Junos configuration as a run of statements: each as its words from the top, whether it is written with braces or as
// `set` lines. [ a b ] stands for two statements. What is `inactive:` or deactivated is left out.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "base/result.h"

namespace fairway::reader::junos {

using Words = std::span<const std::string_view>;

// Calls `visit(words, line)` for each. Error: a bracket, a quotation or a comment that does not end.
Result<void> for_each_statement(std::string_view text, const std::function<void(Words, std::uint32_t)>& visit);

}  // namespace fairway::reader::junos
