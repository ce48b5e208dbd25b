// uses: base
#include "bench/measure.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "base/bytes.h"
#include "base/hash.h"

namespace fairway::bench {

namespace {

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

class TemporaryFile {
 public:
  TemporaryFile() : file_(std::tmpfile()) {
    if (file_ == nullptr) leave("cannot make a temporary file");
  }
  ~TemporaryFile() { std::fclose(file_); }
  int descriptor() const { return ::fileno(file_); }
  // Reads it from its beginning.
  template <class Visit>
  void read(Visit visit) {
    std::rewind(file_);
    std::vector<std::uint8_t> block(1 << 20);
    for (std::size_t size; (size = std::fread(block.data(), 1, block.size(), file_)) > 0;)
      visit(Bytes(block.data(), size));
  }

 private:
  std::FILE* file_;
};

// Three digits that count, more if it has them before the point.
std::string readable(double figure) {
  const double size = std::abs(figure);
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3, figure);
  return text;
}

}  // namespace

void leave(const std::string& why) {
  std::fflush(stdout);
  std::fprintf(stderr, "%s\n", why.c_str());
  std::exit(1);
}

Cost run(const std::vector<std::string>& words, int out, std::string* told) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  TemporaryFile complaints;
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(out, STDOUT_FILENO);
    ::dup2(complaints.descriptor(), STDERR_FILENO);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }
  int status = 0;
  rusage usage{};
  if (child < 0 || ::wait4(child, &status, 0, &usage) != child) leave("cannot run " + words[0]);
  const double wall = seconds_since(begin);
  if (told != nullptr) complaints.read([&](Bytes part) { *told += as_text(part); });
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) leave(words[0] + " ended with status " + std::to_string(status));
  return {wall, seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime)};
}

int nowhere() {
  static const int descriptor = ::open("/dev/null", O_WRONLY);
  return descriptor;
}

double seconds_of_timing(const std::string& told, const std::string& what) {
  const std::string key = "timing: " + what + " ";
  const std::size_t at = told.find(key);
  if (at == std::string::npos) leave("the program does not tell how long it took: " + what);
  return std::strtod(told.c_str() + at + key.size(), nullptr);
}

double cpu_used() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}

Answer answer_of(const std::vector<std::string>& words) {
  TemporaryFile file;
  run(words, file.descriptor());
  Answer answer;
  file.read([&](Bytes part) {
    answer.lines += static_cast<std::uint64_t>(std::count(part.begin(), part.end(), '\n'));
    answer.octets += part.size();
    answer.hash = hash_bytes(part, answer.hash);
  });
  return answer;
}

std::string text_of(const std::vector<std::string>& words) {
  TemporaryFile file;
  run(words, file.descriptor());
  std::string text;
  file.read([&](Bytes part) { text += as_text(part); });
  return text;
}

void row(const std::string& what, double figure, const char* unit, std::optional<Bar> bar) {
  std::string limit = "-", verdict = "-";
  if (bar) {
    const bool most = bar->kind == Bar::Kind::at_most;
    limit = (most ? "at most " : "at least ") + readable(bar->limit);
    verdict = (most ? figure <= bar->limit : figure >= bar->limit) ? "met" : "NOT MET";
  }
  std::printf("| %s | %s %s | %s | %s |\n", what.c_str(), readable(figure).c_str(), unit, limit.c_str(),
              verdict.c_str());
  std::fflush(stdout);
}

}  // namespace fairway::bench
