// Result<T>: a value, or an Error that says what is wrong and where. The input may cause errors; our own mistakes are
// assertions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace fairway {

// What the caller may do about it.
enum class ErrorKind : std::uint8_t {
  usage,      // the request makes no sense: ask differently
  malformed,  // the bytes or the text are wrong at `where`: skip, resynchronise or refuse
  truncated,  // the input ends too early: wait for more, or refuse
  not_found,  // there is no such thing
  refused,    // a guard said no (empty or shrunken list, limit): keep the last good one
  system,     // the world outside failed: may be tried again
};

// An error. `text` is a whole sentence for people without the file's name; `where` is a byte offset (binary input) or a
// line (text input), as the function that returns it says; kNowhere if there is none.
struct Error {
  static constexpr std::uint64_t kNowhere = ~std::uint64_t{0};

  ErrorKind kind = ErrorKind::malformed;
  std::string text;
  std::uint64_t where = kNowhere;

  friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(ErrorKind kind, std::string text, std::uint64_t where = Error::kNowhere) {
  return std::unexpected<Error>(Error{kind, std::move(text), where});
}

}  // namespace fairway
