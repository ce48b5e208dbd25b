#include "shell/notify/command.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstring>

#include "shell/notify/secret.h"

extern char** environ;

namespace fairway::notify {

namespace {

constexpr std::size_t kSaid = 4096;  // octets of standard error that are kept, the last ones

class Descriptor {
 public:
  explicit Descriptor(int handle = -1) : handle_(handle) {}
  Descriptor(Descriptor&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}
  ~Descriptor() { close(); }
  int get() const { return handle_; }
  void close() {
    if (handle_ >= 0) ::close(std::exchange(handle_, -1));
  }

 private:
  int handle_;
};

// A nameless file with that content, at its beginning: the program may read it or not.
Result<Descriptor> file_with(std::string_view content) {
  Descriptor file(::memfd_create("notification", MFD_CLOEXEC));
  for (std::string_view rest = content; file.get() >= 0 && !rest.empty();) {
    const ssize_t written = ::write(file.get(), rest.data(), rest.size());
    if (written <= 0) return fail(ErrorKind::system, std::strerror(errno));
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  if (file.get() < 0 || ::lseek(file.get(), 0, SEEK_SET) != 0) return fail(ErrorKind::system, std::strerror(errno));
  return file;
}

Result<pid_t> spawn(const std::vector<std::string>& command, const std::vector<std::string>& variables, int in,
                    int err) {
  std::vector<char*> arguments, environment;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  for (char** variable = environ; *variable != nullptr; ++variable) environment.push_back(*variable);
  for (const std::string& variable : variables) environment.push_back(const_cast<char*>(variable.c_str()));
  arguments.push_back(nullptr);
  environment.push_back(nullptr);

  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
  ::posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_adddup2(&files, err, STDERR_FILENO);
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  sigset_t none, pipe;
  ::sigemptyset(&none);
  ::sigemptyset(&pipe);
  ::sigaddset(&pipe, SIGPIPE);  // this program ignores it, and that would be inherited
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setsigdefault(&attributes, &pipe);
  ::posix_spawnattr_setpgroup(&attributes, 0);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  pid_t child = -1;
  const int code = ::posix_spawnp(&child, arguments[0], &files, &attributes, arguments.data(), environment.data());
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&files);
  if (code != 0) return fail(ErrorKind::system, std::strerror(code));
  return child;
}

// Waits at most a little while for something to read, and reads it.
void listen(int handle, std::string& said) {
  pollfd ready{handle, POLLIN, 0};
  constexpr int kStep = 20;  // milliseconds
  if (::poll(&ready, 1, kStep) <= 0) return;
  char block[1024];
  const ssize_t size = ::read(handle, block, sizeof block);
  if (size <= 0) {  // closed: the end is near
    ::poll(nullptr, 0, kStep);
    return;
  }
  said.append(block, static_cast<std::size_t>(size));
  if (said.size() > kSaid) said.erase(0, said.size() - kSaid);
}

}  // namespace

Result<void> run_command(const std::vector<std::string>& command, const std::vector<std::string>& variables,
                         std::string_view input, Duration time_limit, std::stop_token stop) {
  const std::string name = command.empty() ? "no program" : command[0];
  const auto failure = [&](std::string_view what) {
    return fail(ErrorKind::system, fmt::format("{}: {}", name, what));
  };
  if (command.empty()) return failure("nothing to run");
  auto in = file_with(input);
  if (!in) return failure(in.error().text);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return failure(std::strerror(errno));
  Descriptor reader(ends[0]), writer(ends[1]);
  const auto child = spawn(command, variables, in->get(), writer.get());
  if (!child) return failure(child.error().text);
  writer.close();

  const auto deadline = std::chrono::steady_clock::now() + std::chrono::microseconds(time_limit.microseconds);
  std::string said;
  int status = 0;
  bool killed = false;
  while (::waitpid(*child, &status, WNOHANG) == 0) {
    listen(reader.get(), said);
    if (!stop.stop_requested() && std::chrono::steady_clock::now() < deadline) continue;
    ::kill(-*child, SIGKILL);
    ::waitpid(*child, &status, 0);
    killed = true;
    break;
  }
  if (killed) return failure(stop.stop_requested() ? "stopped: the program is ending" : "its time was over; killed");
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  ::fcntl(reader.get(), F_SETFL, O_NONBLOCK);
  listen(reader.get(), said);
  return failure(fmt::format("{} {}{}{}", WIFEXITED(status) ? "exit code" : "ended by signal",
                             WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status), said.empty() ? "" : ": ",
                             concealed(said, {})));
}

}  // namespace fairway::notify
