#include "apps/fairway/output.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace fairway {

Output::Output(int descriptor, std::size_t buffer_size)
    : descriptor_(descriptor), limit_(buffer_size), terminal_(::isatty(descriptor) == 1) {
  const char* term = std::getenv("TERM");
  colour_ = terminal_ && std::getenv("NO_COLOR") == nullptr && term != nullptr && std::string_view(term) != "dumb";
  if (terminal_) limit_ = 0;  // people want to see lines as they come
  buffer_.reserve(limit_);
}

void Output::write(std::string_view text) {
  if (text_ != nullptr) {
    text_->append(text);
    return;
  }
  constexpr std::size_t kLong = std::size_t{1} << 17;  // not worth copying
  if (buffer_.size() + text.size() > limit_ || text.size() >= kLong) flush();
  if (text.size() > limit_ || text.size() >= kLong) {
    put(text);
  } else {
    buffer_.append(text);
  }
}

void Output::line(std::string_view text) {
  write(text);
  write("\n");
  flush();
}

void Output::flush() {
  put(buffer_);
  buffer_.clear();
}

void Output::put(std::string_view text) {
  while (!text.empty() && usable()) {
    const ssize_t written = ::write(descriptor_, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      closed_ = true;
    } else if (errno != EINTR) {
      error_ = errno;
    }
  }
}

}  // namespace fairway
