// uses: core/model base
//
// `fairway expand` beside bgpq4 on an as-set of a million prefixes. A whois server on the loopback address has its
// answer ready, so that what is measured is the two programs and no disk: their output must be the same, in files; then
// both run in turn, and what they print goes nowhere.
//
//   bench.expand PROGRAM        PROGRAM is fairway
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "core/model/prefix.h"

namespace {

using namespace fairway;

constexpr int kRuns = 5;
constexpr std::size_t kPrefixes = 1'000'000;

[[noreturn]] void leave(const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  std::exit(1);
}

// Lengths as in the routing table, in no order.
std::string answer_of_the_set() {
  std::mt19937 random(7);
  constexpr unsigned kLengths[] = {16, 19, 20, 21, 22, 22, 23, 23, 24, 24, 24, 24, 24, 24};
  std::vector<Prefix> prefixes;
  while (prefixes.size() < kPrefixes) {
    while (prefixes.size() < kPrefixes + kPrefixes / 10) {
      prefixes.emplace_back(IpAddress::ipv4(static_cast<std::uint32_t>(random())),
                            kLengths[random() % std::size(kLengths)]);
    }
    std::sort(prefixes.begin(), prefixes.end());
    prefixes.erase(std::unique(prefixes.begin(), prefixes.end()), prefixes.end());
  }
  std::shuffle(prefixes.begin(), prefixes.end(), random);
  prefixes.resize(kPrefixes);
  std::string words;
  for (const Prefix& prefix : prefixes) words += (words.empty() ? "" : " ") + to_string(prefix);
  words += '\n';
  return "A" + std::to_string(words.size()) + "\n" + words + "C\n";
}

void serve(int listener, const std::string& set) {
  for (int connection; (connection = ::accept(listener, nullptr, nullptr)) >= 0; ::close(connection)) {
    std::string held;
    char block[4096];
    for (ssize_t size; (size = ::recv(connection, block, sizeof block, 0)) > 0;) {
      held.append(block, static_cast<std::size_t>(size));
      for (std::size_t end; (end = held.find('\n')) != held.npos; held.erase(0, end + 1)) {
        const std::string query = held.substr(0, end);
        if (query == "!!" || query == "!q") continue;
        const std::string reply = query == "!a"             ? "F Missing required set name for A query\n"
                                  : query == "!s-lc"        ? "A5\nRIPE\nC\n"
                                  : query.starts_with("!a") ? ""
                                                            : "C\n";
        const std::string& text = reply.empty() ? set : reply;
        for (std::size_t at = 0; at < text.size();) {
          const ssize_t sent = ::send(connection, text.data() + at, text.size() - at, MSG_NOSIGNAL);
          if (sent <= 0) break;
          at += static_cast<std::size_t>(sent);
        }
      }
    }
  }
}

struct Cost {
  double wall = 0, cpu = 0;  // seconds
  long memory = 0;           // KiB, at most
};

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

Cost run(std::vector<std::string> words, const std::string& out) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600), STDOUT_FILENO);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }
  int status = 0;
  rusage usage{};
  if (child < 0 || ::wait4(child, &status, 0, &usage) != child) leave("cannot run " + words[0]);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) leave(words[0] + " ended with status " + std::to_string(status));
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  return {wall.count(), seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime), usage.ru_maxrss};
}

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void print(const char* who, const Cost& cost) {
  std::printf("  %-16s %7.3f s wall  %7.3f s CPU  %5ld MiB\n", who, cost.wall, cost.cpu, cost.memory / 1024);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) leave("usage: bench.expand PROGRAM");
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(listener, reinterpret_cast<sockaddr*>(&address), size);
  ::listen(listener, 8);
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  const std::string host = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  const std::string set = answer_of_the_set();
  std::thread([listener, &set] { serve(listener, set); }).detach();

  char folder[] = "/tmp/bench-expand-XXXXXX";
  if (::mkdtemp(folder) == nullptr) leave("no folder in /tmp");
  const std::string theirs = std::string(folder) + "/bgpq4", ours = std::string(folder) + "/fairway";
  for (const char* option : {"-4", "-4A"}) {
    std::vector<Cost> bgpq4, fairway;
    const std::vector<std::string> their_words{"bgpq4", "-h", host, option, "AS-MILLION"};
    const std::vector<std::string> our_words{arguments[1], "expand", "-h", host, option, "AS-MILLION"};
    run(their_words, theirs);
    run(our_words, ours);
    if (content(theirs) != content(ours)) leave("the outputs differ");
    for (int i = 0; i < kRuns; ++i) {
      bgpq4.push_back(run(their_words, "/dev/null"));
      fairway.push_back(run(our_words, "/dev/null"));
    }
    const auto median = [](std::vector<Cost>& costs) {
      std::sort(costs.begin(), costs.end(), [](const Cost& a, const Cost& b) { return a.wall < b.wall; });
      return costs[costs.size() / 2];
    };
    const Cost a = median(bgpq4), b = median(fairway);
    std::printf("%zu prefixes, %s, the same output\n", kPrefixes, option);
    print("bgpq4", a);
    print("fairway expand", b);
    std::printf("  %.1f times faster (CPU: %.1f times less)\n", a.wall / b.wall, a.cpu / b.cpu);
  }
  for (const std::string& file : {theirs, ours, std::string(folder)}) ::remove(file.c_str());
  std::_Exit(std::fflush(stdout) == 0 ? 0 : 1);  // the server still waits
}
