#include "shell/config/replace_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace fairway::config {

Result<void> replace_file(const std::string& path, std::string_view content, Access access) {
  const auto failed = [&](const char* what) {
    return fail(ErrorKind::system, path + ": " + what + ": " + std::strerror(errno));
  };
  const std::string beside = path + ".part";
  const int file =
      ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, access == Access::mine ? 0600 : 0644);
  if (file < 0) return failed("cannot be written");
  while (!content.empty()) {
    const ssize_t written = ::write(file, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const auto error = failed("cannot be written");
      ::close(file);
      ::unlink(beside.c_str());
      return error;
    }
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  const bool kept = ::fsync(file) == 0;
  ::close(file);
  if (!kept || ::rename(beside.c_str(), path.c_str()) != 0) {
    const auto error = failed("cannot be put into place");
    ::unlink(beside.c_str());
    return error;
  }
  return {};
}

}  // namespace fairway::config
