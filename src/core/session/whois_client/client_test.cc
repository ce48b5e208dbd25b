#include "core/session/whois_client/client.h"

#include <gtest/gtest.h>

namespace fairway {
namespace {

// Takes what the client sends.
std::string sent(WhoisClient& client) {
  const std::string text(client.output());
  client.sent(text.size());
  return text;
}

std::string data(const std::string& words) { return "A" + std::to_string(words.size() + 1) + "\n" + words + "\nC\n"; }

constexpr const char* kKnowsA = "C\nF Missing required set name for A query\n";

TEST(WhoisClient, LetsTheServerExpandWhereItCan) {
  SetQuery query;
  query.sets = {"AS-FOO", "AS-GONE"};
  query.sources = {"RIPE", "RADB"};
  query.asns = {Asn{65000}, Asn{64}};
  WhoisClient client(query);
  EXPECT_EQ(sent(client), "!!\n!nfairway\n!sRIPE,RADB\n!a\n");
  ASSERT_TRUE(client.receive("C\nC\nF Missing required set name for A query\n"));
  EXPECT_EQ(sent(client), "!a4AS-FOO\n!a4AS-GONE\n");
  ASSERT_TRUE(client.receive(data("10.0.0.0/24 10.0.1.0/24") + "D\n"));
  EXPECT_EQ(sent(client), "!iAS-GONE\n");  // is there no such set, or are there no prefixes?
  ASSERT_TRUE(client.receive("D\n"));
  EXPECT_EQ(sent(client), "!gAS64\n");  // 65000 is for private use
  ASSERT_TRUE(client.receive(data("192.0.2.0/24 2001:db8::/32")));
  EXPECT_TRUE(client.finished());
  EXPECT_EQ(sent(client), "!q\n");
  const SetAnswer answer = client.take();
  EXPECT_EQ(answer.missing, std::vector<std::string>{"AS-GONE"});
  EXPECT_EQ(answer.asns, std::vector<Asn>{Asn{64}});
  EXPECT_EQ(answer.remarks.size(), 1u);
  ASSERT_EQ(answer.ranges.size(), 3u);
  EXPECT_EQ(to_string(answer.ranges[2].prefix), "192.0.2.0/24");
}

TEST(WhoisClient, AsksForMembersWhereTheServerCannotExpand) {
  SetQuery query;
  query.sets = {"AS-FOO"};
  query.route_sets = {"RS-FOO"};
  WhoisClient client(query);
  sent(client);
  ASSERT_TRUE(client.receive("C\nF Unrecognized command\n"));
  EXPECT_EQ(sent(client), "!iAS-FOO,1\n!iRS-FOO,1\n");
  ASSERT_TRUE(client.receive(data("AS2 AS1 AS2") + data("10.0.0.0/8^16 10.1.0.0/16")));
  EXPECT_EQ(sent(client), "!gAS1\n!gAS2\n");
  ASSERT_TRUE(client.receive("C\nD\n"));
  EXPECT_TRUE(client.finished());
  EXPECT_EQ(client.take().ranges[0], (PrefixRange{*parse_prefix("10.0.0.0/8"), 16, 16}));
}

TEST(WhoisClient, WalksWithExceptionsAndADepthAndTellsTheWay) {
  SetQuery query;
  query.sets = {"AS-FOO"};
  query.except = {"as-no", "AS3"};
  query.depth = 3;
  query.provenance = true;
  WhoisClient client(query);
  sent(client);
  ASSERT_TRUE(client.receive("C\n"));
  EXPECT_EQ(sent(client), "!iAS-FOO\n");
  ASSERT_TRUE(client.receive(data("AS1 AS-NO AS-BAR AS3")));
  EXPECT_EQ(sent(client), "!iAS-BAR\n");
  ASSERT_TRUE(client.receive(data("AS2 AS1 AS-FOO AS-DEEP")));
  EXPECT_EQ(sent(client), "!iAS-DEEP\n");
  ASSERT_TRUE(client.receive(data("AS-DEEPER AS4")));
  EXPECT_EQ(sent(client), "!gAS1\n!gAS2\n!gAS4\n");
  ASSERT_TRUE(client.receive("D\n" + data("10.0.0.0/8") + "C\n"));
  const SetAnswer answer = client.take();
  ASSERT_EQ(answer.sets.size(), 3u);
  EXPECT_EQ(answer.sets[2].name, "AS-DEEP");
  EXPECT_EQ(answer.sets[2].via, 1u);
  EXPECT_EQ(answer.asn_via, (std::vector<std::uint32_t>{0, 1, 2}));
  EXPECT_EQ(answer.origins.at(0).asn, Asn{2});
}

TEST(WhoisClient, OneRequestAtATimeWithoutPipelining) {
  SetQuery query;
  query.asns = {Asn{1}, Asn{2}};
  WhoisClient client(query, {.name = "test", .pipelining = false});
  EXPECT_EQ(sent(client), "!!\n!ntest\n");
  ASSERT_TRUE(client.receive("C\n"));
  EXPECT_EQ(sent(client), "!gAS1\n");
  ASSERT_TRUE(client.receive("C\n"));
  EXPECT_EQ(sent(client), "!gAS2\n");
}

TEST(WhoisClient, AnswersMayComeOctetByOctet) {
  SetQuery query;
  query.sets = {"AS-FOO"};
  WhoisClient client(query);
  std::string all = kKnowsA + data("10.0.0.0/24 10.0.1.0/24");
  for (const char& octet : all) {
    sent(client);
    ASSERT_TRUE(client.receive({&octet, 1}));
  }
  EXPECT_TRUE(client.finished());
  EXPECT_EQ(client.take().ranges.size(), 2u);
}

TEST(WhoisClient, RefusesWhatIsNoProtocolAndWhatIsTooMuch) {
  const auto error = [](const std::string& text, std::size_t most = 10) {
    SetQuery query;
    query.sets = {"AS-FOO"};
    query.most_prefixes = most;
    WhoisClient client(query);
    const auto received = client.receive(text);
    return received ? std::optional<ErrorKind>() : received.error().kind;
  };
  EXPECT_EQ(error("HTTP/1.1 400 Bad Request\r\n"), ErrorKind::malformed);
  EXPECT_EQ(error("C\nC\nC\nC\nC\nC\nC\nC\n"), ErrorKind::malformed);  // more answers than questions
  EXPECT_EQ(error(kKnowsA + std::string("A3\n10.0.0.0/8\nC\n")), ErrorKind::malformed);
  EXPECT_EQ(error(kKnowsA + std::string("A-1\n")), ErrorKind::malformed);
  EXPECT_EQ(error(std::string(5000, 'C')), ErrorKind::malformed);
  EXPECT_EQ(error(kKnowsA + data("10.0.0.0/24 10.0.1.0/24"), 1), ErrorKind::refused);
  EXPECT_EQ(error(kKnowsA + std::string("A99999999999999\n10.0.0.0/8 ")), std::nullopt);
}

}  // namespace
}  // namespace fairway
