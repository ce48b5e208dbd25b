#include "shell/serve/whois.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

#include "core/tables/irr.h"
#include "core/tables/world.h"

namespace fairway::serve {
namespace {

// A server on the loopback with routes of AS 1, and clients of it.
class Served {
 public:
  explicit Served(std::size_t routes, std::size_t most_clients = 1000) {
    WhoisOptions options{.listen = "127.0.0.1:0", .most_clients = most_clients};
    auto server = WhoisServer::open(registry(routes), options);
    EXPECT_TRUE(server) << server.error().text;
    server_ = *std::move(server);
    thread_ = std::thread([this] { server_->run(false); });
  }
  ~Served() {
    server_->stop();
    thread_.join();
  }

  static WhoisServer::Registry registry(std::size_t routes) {
    std::vector<RouteObject> objects;
    for (std::size_t i = 0; i < routes; ++i) {
      objects.push_back({Prefix(IpAddress::ipv4(static_cast<std::uint32_t>(i) << 8), 24), Asn{1}, 0});
    }
    World world;
    world.irr = std::make_shared<const IrrTable>(IrrTable::build(std::move(objects), {"RIPE"}));
    return std::make_shared<const whois::Registry>(whois::Registry::of(std::move(world)));
  }
  WhoisServer& server() { return *server_; }

  int connect() const {
    const std::string address = server_->address();
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = htons(static_cast<std::uint16_t>(std::atoi(address.c_str() + address.rfind(':') + 1)));
    const timeval patience{10, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    EXPECT_EQ(::connect(socket, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
    return socket;
  }
  static void send(int socket, std::string_view text) {
    while (!text.empty()) {
      const auto sent = ::send(socket, text.data(), text.size(), MSG_NOSIGNAL);
      ASSERT_GT(sent, 0);
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  // Until the server closes.
  static std::string rest(int socket) {
    std::string text;
    char block[65536];
    for (ssize_t size; (size = ::recv(socket, block, sizeof block, 0)) > 0;) {
      text.append(block, static_cast<std::size_t>(size));
    }
    ::close(socket);
    return text;
  }

 private:
  std::unique_ptr<WhoisServer> server_;
  std::thread thread_;
};

TEST(WhoisServer, AnswersManyQueriesOnOneConnection) {
  const Served served(3);
  const int socket = served.connect();
  std::string queries = "!!\n", expected;
  for (int i = 0; i < 20'000; ++i) {  // more than the session keeps waiting
    queries += "!gAS1\n";
    expected += "A33\n0.0.0.0/24 0.0.1.0/24 0.0.2.0/24\nC\n";
  }
  std::thread writer([&] { Served::send(socket, queries + "!q\n"); });
  const std::string answers = Served::rest(socket);
  EXPECT_TRUE(answers == expected) << answers.size() << " octets: " << answers.substr(0, 100);
  writer.join();
}

TEST(WhoisServer, AHalfClosedConnectionIsAnswered) {
  const Served served(1);
  const int socket = served.connect();
  Served::send(socket, "!!\n!gAS1\n!gAS1");
  ::shutdown(socket, SHUT_WR);
  EXPECT_EQ(Served::rest(socket), "A11\n0.0.0.0/24\nC\nA11\n0.0.0.0/24\nC\n");
}

TEST(WhoisServer, AClientThatDoesNotReadHoldsNobodyUp) {
  const Served served(100'000);
  const int silent = served.connect();
  Served::send(silent, "!!\n!gAS1\n!gAS1\n!gAS1\n!gAS1\n!gAS1\n!gAS1\n");
  for (int i = 0; i < 5; ++i) {
    const int other = served.connect();
    Served::send(other, "!gAS1\n");
    EXPECT_GT(Served::rest(other).size(), 1'000'000u);
  }
  ::close(silent);
}

TEST(WhoisServer, ANewRegistryIsAnsweredFromAtOnce) {
  Served served(1);
  const int socket = served.connect();
  const auto ask = [&] {
    Served::send(socket, "!gAS1\n");
    std::string answer;
    for (char block[1024]; !answer.ends_with("C\n");) {
      const auto size = ::recv(socket, block, sizeof block, 0);
      if (size <= 0) break;
      answer.append(block, static_cast<std::size_t>(size));
    }
    return answer;
  };
  Served::send(socket, "!!\n");
  EXPECT_EQ(ask(), "A11\n0.0.0.0/24\nC\n");
  const std::weak_ptr<const whois::Registry> old = [&] {
    auto second = Served::registry(2);
    const std::weak_ptr<const whois::Registry> seen = second;
    served.server().publish(std::move(second));
    return seen;
  }();
  EXPECT_EQ(ask(), "A22\n0.0.0.0/24 0.0.1.0/24\nC\n") << "on the same connection";
  served.server().publish(Served::registry(3));
  EXPECT_EQ(ask(), "A33\n0.0.0.0/24 0.0.1.0/24 0.0.2.0/24\nC\n");
  EXPECT_TRUE(old.expired()) << "nobody that is only connected keeps it";
  ::close(socket);
}

TEST(WhoisServer, AnAnswerUnderWayIsOfTheOldRegistry) {
  Served served(100'000);
  const int socket = served.connect();
  Served::send(socket, "!gAS1\n");
  char first = 0;
  ASSERT_EQ(::recv(socket, &first, 1, 0), 1);  // it is made, and much of it is not sent
  served.server().publish(Served::registry(1));
  EXPECT_GT(Served::rest(socket).size(), 1'000'000u);
}

TEST(WhoisServer, TooManyClientsWait) {
  const Served served(1, 2);
  const int first = served.connect(), second = served.connect(), third = served.connect();
  Served::send(third, "!gAS1\n");
  Served::send(first, "!gAS1\n");
  EXPECT_EQ(Served::rest(first), "A11\n0.0.0.0/24\nC\n");
  EXPECT_EQ(Served::rest(third), "A11\n0.0.0.0/24\nC\n") << "its turn has come";
  ::close(second);
}

TEST(WhoisServer, RefusesWhatIsNoAddress) {
  const auto registry = std::make_shared<const whois::Registry>();
  for (const char* address : {"", "localhost", "127.0.0.1:99999", "::1:43", "127.0.0.1:x"}) {
    const auto server = WhoisServer::open(registry, {.listen = address});
    ASSERT_FALSE(server) << address;
    EXPECT_EQ(server.error().kind, ErrorKind::usage) << address;
  }
  const auto server = WhoisServer::open(registry, {.listen = "192.0.2.1:4343"});
  ASSERT_FALSE(server) << "nobody has this address";
  EXPECT_EQ(server.error().kind, ErrorKind::system);
}

}  // namespace
}  // namespace fairway::serve
