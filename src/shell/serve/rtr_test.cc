#include "shell/serve/rtr.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "core/session/rtr/client_session.h"
#include "shell/serve/listen.h"

namespace fairway::serve {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::shared_ptr<const VrpTable> vrps_of(unsigned count, std::uint32_t asn = 1) {
  std::vector<Vrp> vrps;
  for (unsigned i = 0; i < count; ++i) vrps.push_back({Prefix(IpAddress::ipv4(i << 8), 24), 24, Asn{asn}, 0});
  return std::make_shared<const VrpTable>(VrpTable::build(std::move(vrps)));
}
std::shared_ptr<const AspaTable> one_aspa() {
  return std::make_shared<const AspaTable>(AspaTable::build({{Asn{1}, {Asn{2}}}}));
}

class Rtr : public testing::Test {
 protected:
  void start(RtrOptions options = {}) {
    options.listen = "127.0.0.1:0";
    options.tell = [this](const std::string& line) { told_ += line + "\n"; };
    auto opened = RtrServer::open(options);
    ASSERT_TRUE(opened.has_value()) << opened.error().text;
    server_ = *std::move(opened);
    thread_ = std::thread([this] { server_->run(false); });
  }
  void TearDown() override {
    for (const int socket : sockets_) ::close(socket);
    if (!server_) return;
    server_->stop();
    thread_.join();
  }

  int dial() {
    const std::string address = server_->address();
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    EXPECT_EQ(::connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
    timeval longest{10, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof longest);
    sockets_.push_back(socket);
    return socket;
  }
  static void send(int socket, const std::vector<std::uint8_t>& octets) {
    ASSERT_EQ(::send(socket, octets.data(), octets.size(), MSG_NOSIGNAL), static_cast<ssize_t>(octets.size()));
  }
  // What comes next; 0: it was closed; below: nothing came in time.
  static ssize_t receive(int socket, rtr::ClientSession& client) {
    std::uint8_t octets[65536];
    const ssize_t size = ::recv(socket, octets, sizeof octets, 0);
    if (size > 0) client.take({octets, static_cast<std::size_t>(size)}, Instant{});
    return size;
  }
  // Until the client knows a serial.
  static void sync(int socket, rtr::ClientSession& client, std::uint32_t serial) {
    send(socket, client.to_send());
    while (!client.epoch() || client.epoch()->serial != serial) {
      ASSERT_GT(receive(socket, client), 0) << client.trouble();
      send(socket, client.to_send());
      ASSERT_FALSE(client.ended()) << client.trouble();
    }
  }
  // Waits until the server's status is so.
  bool becomes(const auto& so) const {
    const auto end = steady_clock::now() + std::chrono::seconds(10);
    while (!so(server_->status())) {
      if (steady_clock::now() > end) return false;
      std::this_thread::sleep_for(milliseconds(5));
    }
    return true;
  }

  std::unique_ptr<RtrServer> server_;
  std::thread thread_;
  std::vector<int> sockets_;
  std::string told_;  // of the server's thread: to be read when it is over
};

rtr::ClientSession client_of(std::uint8_t version) {
  rtr::ClientOptions options;
  options.newest = version;
  rtr::ClientSession client(options);
  client.connected(Instant{});
  return client;
}

TEST_F(Rtr, SynchronisesRoutersOfEveryVersionAndTellsThemOfChanges) {
  start();
  EXPECT_TRUE(server_->publish(vrps_of(1000), one_aspa()));
  std::vector<std::pair<int, rtr::ClientSession>> clients;
  for (const std::uint8_t version : {0, 1, 2, 2}) {
    clients.emplace_back(dial(), client_of(version));
    sync(clients.back().first, clients.back().second, 1);
    EXPECT_EQ(clients.back().second.payload()->vrps->size(), 1000u);
    EXPECT_EQ(clients.back().second.payload()->aspas->aspas().size(), version == 2 ? 1u : 0u);
  }
  EXPECT_FALSE(server_->publish(vrps_of(1000), one_aspa())) << "the same";
  EXPECT_TRUE(server_->publish(vrps_of(999), one_aspa()));
  for (auto& [socket, client] : clients) {
    sync(socket, client, 2);  // it asks because it is notified
    EXPECT_EQ(client.payload()->vrps->size(), 999u);
  }
  const RtrStatus status = server_->status();
  EXPECT_TRUE(status.has_data);
  EXPECT_EQ(status.clients, (std::array<std::size_t, 3>{1, 1, 2}));
  EXPECT_EQ(status.silent_clients, 0u);
  EXPECT_EQ(status.queries, 8u);
  EXPECT_EQ(status.vrps, 999u);
  EXPECT_EQ(status.serials, (std::array<std::uint32_t, 3>{2, 2, 2}));
  EXPECT_GT(status.octets, 4u * 20000u);
  ::close(sockets_.back());
  sockets_.pop_back();
  EXPECT_TRUE(becomes([](const RtrStatus& now) { return now.clients[2] == 1; }));
}

TEST_F(Rtr, AnswersNoDataRatherThanOldData) {
  start();
  const int socket = dial();
  auto client = client_of(1);
  send(socket, client.to_send());
  ASSERT_GT(receive(socket, client), 0);
  EXPECT_TRUE(client.says_no_data());
  server_->publish(vrps_of(2), nullptr);
  sync(socket, client, 1);  // it was notified
  EXPECT_FALSE(client.says_no_data());
  server_->withhold();
  EXPECT_FALSE(server_->status().has_data);
  client.tick(client.next());
  send(socket, client.to_send());
  while (!client.says_no_data()) ASSERT_GT(receive(socket, client), 0);
  EXPECT_EQ(client.payload()->vrps->size(), 2u) << "the router's own timer decides";
}

TEST_F(Rtr, NotifiesNoOftenerThanItMay) {
  RtrOptions options;
  options.notify_seconds = 1;
  start(options);
  server_->publish(vrps_of(1), nullptr);
  const int socket = dial();
  auto client = client_of(1);
  sync(socket, client, 1);
  server_->publish(vrps_of(2), nullptr);
  sync(socket, client, 2);  // at once
  const auto begin = steady_clock::now();
  for (unsigned count = 3; count <= 20; ++count) server_->publish(vrps_of(count), nullptr);
  sync(socket, client, 20);
  EXPECT_GT(steady_clock::now() - begin, milliseconds(500));
  EXPECT_EQ(server_->status().queries, 3u);
}

TEST_F(Rtr, DropsARouterThatDoesNotTakeItsAnswer) {
  RtrOptions options;
  options.send_seconds = 1;
  start(options);
  server_->publish(vrps_of(400'000), nullptr);
  const int deaf = dial();
  int size = 4096;
  ::setsockopt(deaf, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  for (int i = 0; i < 4; ++i) send(deaf, client_of(1).to_send());
  const int socket = dial();
  auto client = client_of(1);
  sync(socket, client, 1);  // beside it
  EXPECT_EQ(client.payload()->vrps->size(), 400'000u);
  EXPECT_TRUE(becomes([](const RtrStatus& now) { return now.dropped == 1 && now.clients[1] == 1; }));
  server_->stop();
  thread_.join();
  thread_ = std::thread([] {});
  EXPECT_NE(told_.find("it does not take its answer"), std::string::npos) << told_;
}

TEST_F(Rtr, EndsSessionsThatMakeNoSense) {
  start();
  server_->publish(vrps_of(1), nullptr);
  const int socket = dial();
  send(socket, {'G', 'E', 'T', ' ', '/', ' ', 'H', 'T', 'T', 'P'});
  auto client = client_of(2);
  ssize_t size = 0;
  while ((size = receive(socket, client)) > 0) {
  }
  EXPECT_EQ(size, 0) << "it was closed";
  EXPECT_NE(client.trouble().find("Corrupt Data"), std::string::npos) << client.trouble();
  EXPECT_TRUE(becomes([](const RtrStatus& now) { return now.dropped == 1 && now.silent_clients == 0; }));
}

TEST_F(Rtr, LetsFurtherRoutersWait) {
  RtrOptions options;
  options.most_clients = 2;
  start(options);
  server_->publish(vrps_of(1), nullptr);
  const int first = dial();
  dial();
  EXPECT_TRUE(becomes([](const RtrStatus& now) { return now.connections == 2; }));
  const int third = dial();
  auto client = client_of(1);
  send(third, client.to_send());
  std::this_thread::sleep_for(milliseconds(200));
  EXPECT_EQ(server_->status().connections, 2u);
  ::close(first);
  sockets_.erase(sockets_.begin());
  sync(third, client, 1);
  EXPECT_EQ(client.payload()->vrps->size(), 1u);
}

TEST(RtrServer, SaysWhatIsWrongWithItsOptions) {
  RtrOptions options;
  options.listen = "1.2.3.4.5:x";
  EXPECT_EQ(RtrServer::open(options).error().kind, ErrorKind::usage);
  options.listen = "";
  options.listen_tls = "127.0.0.1:0";
  EXPECT_EQ(RtrServer::open(options).error().kind, ErrorKind::system);
  options.tls = {"/nowhere/certificate.pem", "/nowhere/key.pem", ""};
  EXPECT_NE(RtrServer::open(options).error().text.find("/nowhere/certificate.pem"), std::string::npos);
}

TEST(ListenAddress, HasManyForms) {
  const auto is = [](std::string_view text, const char* host, const char* port) {
    return parse_listen_address(text, "323") == ListenAddress{host, port};
  };
  EXPECT_TRUE(is("127.0.0.1:3323", "127.0.0.1", "3323"));
  EXPECT_TRUE(is("127.0.0.1", "127.0.0.1", "323"));
  EXPECT_TRUE(is("[::1]:3323", "::1", "3323"));
  EXPECT_TRUE(is("[::1]", "::1", "323"));
  EXPECT_TRUE(is("::1", "::1", "323"));
  EXPECT_TRUE(is(":3323", "::", "3323"));
  EXPECT_TRUE(is("localhost", "localhost", "323"));
  EXPECT_FALSE(parse_listen_address("127.0.0.1"));
  EXPECT_FALSE(parse_listen_address("127.0.0.1:http", "323"));
  EXPECT_FALSE(parse_listen_address("a:b:1", "323"));
}

}  // namespace
}  // namespace fairway::serve
