#include "shell/feed/input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>

namespace fairway {

namespace {

constexpr std::size_t kChunk = 1 << 20;

std::string because(int error) { return std::generic_category().message(error); }

// Closes the file when the last copy of the reading function dies.
struct Descriptor {
  int number;
  bool ours;
  ~Descriptor() {
    if (ours) ::close(number);
  }
};

}  // namespace

Result<Input> Input::open(const std::string& path) {
  auto descriptor = std::make_shared<Descriptor>(STDIN_FILENO, false);
  if (path != "-") {
    descriptor = std::make_shared<Descriptor>(::open(path.c_str(), O_RDONLY | O_CLOEXEC), true);
    if (descriptor->number < 0) {
      const int error = errno;
      descriptor->ours = false;
      return fail(error == ENOENT ? ErrorKind::not_found : ErrorKind::system, "cannot be opened: " + because(error));
    }
  }
  struct stat status;
  if (::fstat(descriptor->number, &status) == 0 && S_ISDIR(status.st_mode)) {
    return fail(ErrorKind::usage, "is a folder, not a file");
  }
  const auto read = [descriptor](std::uint8_t* target, std::size_t size) -> Result<std::size_t> {
    for (;;) {
      const ssize_t count = ::read(descriptor->number, target, size);
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno != EINTR) return fail(ErrorKind::system, "cannot be read: " + because(errno));
    }
  };
  return Input(path == "-" ? "standard input" : path, read);
}

Input Input::of_memory(Bytes bytes, std::string name) {
  return Input(std::move(name), [bytes](std::uint8_t* target, std::size_t size) mutable -> Result<std::size_t> {
    const std::size_t count = std::min(size, bytes.size());
    if (count != 0) std::memcpy(target, bytes.data(), count);
    bytes = bytes.subspan(count);
    return count;
  });
}

Result<Bytes> Input::peek(std::size_t least) {
  if (buffer_.size() - begin_ < least && !ended_) fill(least);
  if (buffer_.size() - begin_ < least && failure_) return std::unexpected(*failure_);
  return buffer_.bytes().subspan(begin_);
}

void Input::fill(std::size_t least) {
  // What was consumed goes when it is at least as much as what stays, so that moving costs no more than reading did.
  if (begin_ != 0 && begin_ >= buffer_.size() - begin_) {
    const std::size_t left = buffer_.size() - begin_;
    if (left != 0) std::memmove(buffer_.data(), buffer_.data() + begin_, left);
    buffer_.resize(left);
    begin_ = 0;
  }
  while (!ended_ && buffer_.size() - begin_ < least) {
    const std::size_t size = buffer_.size();
    buffer_.resize(size + std::max(kChunk, least - (size - begin_)));
    const auto count = read_(buffer_.data() + size, buffer_.size() - size);
    buffer_.resize(size + count.value_or(0));
    if (!count) {
      failure_ = count.error();
      failure_->where = offset_ + (size - begin_);
    }
    ended_ = count.value_or(0) == 0;
  }
}

void Input::consume(std::size_t count) {
  begin_ += count;
  offset_ += count;
}

}  // namespace fairway
