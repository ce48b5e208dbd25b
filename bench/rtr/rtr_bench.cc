// uses: core/session/rtr core/tables core/wire/rtr core/model base
//
// All VRPs of the Internet to one router and to eight at once: `fairway serve rtr` and StayRTR, each a process of its
// own with the same export, on the loopback, version 1. A router is a thread that frames and counts what comes, and
// takes hardly any time itself. First the answers are checked: as many VRPs as the export has.
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <thread>

#include "bench/files.h"
#include "bench/measure.h"
#include "core/session/rtr/client_session.h"

namespace {

using namespace fairway;
using namespace fairway::bench;
using std::chrono::steady_clock;

int dial(std::uint16_t port) {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0) return socket;
  ::close(socket);
  return -1;
}

// Asks for everything; how many VRPs come until the End of Data. The connection stays open if `kept` is there.
std::size_t ask(std::uint16_t port, int* kept = nullptr) {
  const int socket = dial(port);
  if (socket < 0) return 0;
  const std::uint8_t query[] = {1, 2, 0, 0, 0, 0, 0, 8};
  if (::send(socket, query, sizeof query, MSG_NOSIGNAL) != sizeof query) return 0;
  std::vector<std::uint8_t> octets(1 << 18);
  std::size_t have = 0, count = 0;
  for (bool ended = false; !ended;) {
    const ssize_t size = ::recv(socket, octets.data() + have, octets.size() - have, 0);
    if (size <= 0) return 0;
    have += static_cast<std::size_t>(size);
    Cursor stream(Bytes(octets.data(), have));
    while (const auto pdu = rtr::next_pdu(stream)) {
      count += pdu->type == 4 || pdu->type == 6 ? 1 : 0;
      if (pdu->type == 10) ended = true;  // no data yet
      if (pdu->type == 7) ended = true;
    }
    std::copy(octets.begin() + static_cast<std::ptrdiff_t>(have - stream.left()),
              octets.begin() + static_cast<std::ptrdiff_t>(have), octets.begin());
    have = stream.left();
  }
  if (kept != nullptr) {
    *kept = socket;
  } else {
    ::close(socket);
  }
  return count;
}

// Seconds until the last of so many has everything.
double together(std::uint16_t port, unsigned routers, std::size_t expected) {
  std::vector<std::size_t> counts(routers);
  std::vector<std::thread> threads;
  const auto begin = steady_clock::now();
  for (unsigned i = 0; i < routers; ++i) threads.emplace_back([&, i] { counts[i] = ask(port); });
  for (std::thread& thread : threads) thread.join();
  const double took = seconds_since(begin);
  for (const std::size_t count : counts) {
    if (count != expected) leave("a router has " + std::to_string(count) + " VRPs, not " + std::to_string(expected));
  }
  return took;
}

// The whole table in our own client, as an application gets it.
double to_a_table(std::uint16_t port, std::size_t expected) {
  const auto begin = steady_clock::now();
  const int socket = dial(port);
  rtr::ClientSession client;
  client.connected({});
  const auto query = client.to_send();
  if (::send(socket, query.data(), query.size(), MSG_NOSIGNAL) < 0) leave("the server does not take a query");
  std::vector<std::uint8_t> octets(1 << 16);
  while (!client.payload()) {
    const ssize_t size = ::recv(socket, octets.data(), octets.size(), 0);
    if (size <= 0) leave("the server left: " + client.trouble());
    client.take(Bytes(octets.data(), static_cast<std::size_t>(size)), {});
  }
  ::close(socket);
  if (client.payload()->vrps->size() != expected) leave("our client has another number of VRPs");
  return seconds_since(begin);
}

class Server {
 public:
  Server(const std::vector<std::string>& words, std::uint16_t port, std::size_t expected) : port_(port) {
    process_ = ::fork();
    if (process_ == 0) {
      std::vector<char*> arguments;
      for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
      arguments.push_back(nullptr);
      const int nothing = ::open("/dev/null", O_RDWR);
      ::dup2(nothing, 1);
      ::dup2(nothing, 2);
      ::execvp(arguments[0], arguments.data());
      ::_exit(127);
    }
    const auto begin = steady_clock::now();
    while (ask(port) != expected) {
      if (seconds_since(begin) > 900) leave(words[0] + " does not serve what it is given");
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
  }
  ~Server() {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
  }
  std::uint16_t port() const { return port_; }
  // VmRSS or VmHWM, in MB.
  double memory(const std::string& which) const {
    std::ifstream file("/proc/" + std::to_string(process_) + "/status");
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with(which + ":")) return std::stod(line.substr(which.size() + 1)) / 1000;
    }
    return 0;
  }

 private:
  pid_t process_ = -1;
  std::uint16_t port_;
};

constexpr unsigned kMany = 200;

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) leave("usage: bench.rtr FAIRWAY");
  Files files;
  const auto& given = files.routes_and_vrps();
  const std::size_t expected = VrpTable::build(given.vrps).size();
  const std::string path = files.write("vrps.json", rpki_json(given.vrps));
  std::printf("%s: %zu VRPs\n", given.what.c_str(), expected);
  double one = 0, eight = 0;
  {
    const Server ours({argv[1], "serve", "rtr", "--listen", "127.0.0.1:33230", "--rpki", path}, 33230, expected);
    one = fastest(5, [&] { together(ours.port(), 1, expected); });
    eight = fastest(5, [&] { together(ours.port(), 8, expected); });
    row("`serve rtr`: everything to one router", one, "s", at_most(0.25));
    row("`serve rtr`: everything to eight at once", eight, "s", at_most(1));
    row("everything into a table, our client", fastest(5, [&] { to_a_table(ours.port(), expected); }), "s");
    const double before = ours.memory("VmRSS");
    std::vector<int> sockets(kMany, -1);
    for (int& socket : sockets) {
      if (ask(ours.port(), &socket) != expected) leave("one of many routers has another number of VRPs");
    }
    row("`serve rtr`: memory", before, "MB");
    row("memory for " + std::to_string(kMany) + " more routers that stay", ours.memory("VmRSS") - before, "MB",
        at_most(20));
    for (const int socket : sockets) ::close(socket);
  }
  const Server theirs({"stayrtr", "-bind", "127.0.0.1:33231", "-cache", path, "-checktime=false", "-metrics.addr", "",
                       "-loglevel", "error"},
                      33231, expected);
  const double their_one = together(theirs.port(), 1, expected), their_eight = together(theirs.port(), 8, expected);
  row("StayRTR: everything to one router", their_one, "s");
  row("StayRTR: everything to eight at once", their_eight, "s");
  row("StayRTR: memory", theirs.memory("VmRSS"), "MB");
  row("speed to one router, StayRTR = 1", their_one / one, "times");
  row("speed to eight, StayRTR = 1", their_eight / eight, "times");
}
