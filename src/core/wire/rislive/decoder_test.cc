#include "core/wire/rislive/decoder.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace fairway::rislive {
namespace {

// A BGP message of that body, which is written in hexadecimal.
std::string bgp_message(const std::string& body, const std::string& type = "02") {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  const std::size_t length = 19 + body.size() / 2;
  std::string text(32, 'F');
  for (int shift = 12; shift >= 0; shift -= 4) text += kDigits[length >> shift & 15];
  return text + type + body;
}

std::string heard(const std::string& fields, const std::string& type = "UPDATE") {
  return R"({"type":"ris_message","data":{"timestamp":1700000000.25,"peer":"192.0.2.1","peer_asn":"64500",)"
         R"("id":"192.0.2.1-7","host":"rrc00.ripe.net","type":")" +
         type + "\"" + (fields.empty() ? "" : ",") + fields + "}}";
}

// ORIGIN, AS_PATH 64500 {64501,64502}, NEXT_HOP, MED 100, AGGREGATOR, a community and a large one; one withdrawal, one
// route. By hand from RFC 4271, 1997, 8092.
const std::string kBody =
    "000418C63364"
    "0046"
    "40010100"
    "40021002010000FBF401020000FBF50000FBF6"
    "400304C0000201"
    "80040400000064"
    "C007080000FBF5C0000263"
    "C00804FBF40007"
    "C0200C0000FBF40000000100000002"
    "18C00002";
const std::string kFields =
    R"("path":[64500,[64501,64502]],"origin":"igp","med":100,"aggregator":"64501:192.0.2.99",)"
    R"("community":[[64500,7]],"announcements":[{"next_hop":"192.0.2.1","prefixes":["192.0.2.0/24"]}],)"
    R"("withdrawals":["198.51.100.0/24"])";

// What a message says, kept.
struct Told {
  Message message;
  std::string collector;
  std::vector<RouteEvent> events;
  std::vector<Attributes> attributes;  // of each event; empty ones of those without
};
Told decode(Decoder& decoder, const std::string& text) {
  const auto message = decoder.decode(text);
  EXPECT_TRUE(message.has_value()) << text << ": " << message.error().text;
  if (!message) return {};
  Told told{*message, std::string(message->collector), {message->events.begin(), message->events.end()}, {}};
  for (const RouteEvent& event : told.events) {
    told.attributes.push_back(event.attributes == nullptr ? Attributes() : *event.attributes);
  }
  return told;
}
Told decode(const std::string& text) {
  Decoder decoder;
  return decode(decoder, text);
}

void expect_routes(const Told& told) {
  EXPECT_EQ(told.message.kind, Kind::update);
  EXPECT_EQ(told.collector, "rrc00");
  ASSERT_EQ(told.events.size(), 2u);
  EXPECT_EQ(told.events[0].kind, EventKind::withdraw);
  EXPECT_EQ(told.events[0].prefix, *parse_prefix("198.51.100.0/24"));
  EXPECT_EQ(told.events[0].attributes, nullptr);
  const RouteEvent& route = told.events[1];
  EXPECT_EQ(route.kind, EventKind::announce);
  EXPECT_EQ(route.prefix, *parse_prefix("192.0.2.0/24"));
  EXPECT_EQ(route.time, Instant{1'700'000'000'250'000});
  EXPECT_EQ(route.peer.address, *parse_ip("192.0.2.1"));
  EXPECT_EQ(route.peer.asn, Asn{64500});
  const Attributes& attributes = told.attributes[1];
  EXPECT_EQ(to_string(attributes.as_path), "64500 {64501,64502}");
  EXPECT_TRUE(attributes.has_as_path);
  EXPECT_EQ(attributes.origin, OriginCode::igp);
  EXPECT_EQ(attributes.next_hop, *parse_ip("192.0.2.1"));
  EXPECT_EQ(attributes.med, 100u);
  EXPECT_EQ(attributes.aggregator, (Aggregator{Asn{64501}, *parse_ip("192.0.2.99")}));
  EXPECT_EQ(attributes.communities, std::vector<Community>{*parse_community("64500:7")});
}

TEST(RisLive, OctetsAndFieldsSayTheSame) {
  const Told exact = decode(heard(kFields + R"(,"raw":")" + bgp_message(kBody) + "\""));
  EXPECT_TRUE(exact.message.exact);
  expect_routes(exact);
  EXPECT_EQ(exact.attributes[1].large_communities, (std::vector<LargeCommunity>{{64500, 1, 2}}));
  const Told fields = decode(heard(kFields));
  EXPECT_FALSE(fields.message.exact);
  expect_routes(fields);
  EXPECT_TRUE(fields.attributes[1].large_communities.empty()) << "no field says them";
  const Told octets = decode(heard(R"("raw":")" + bgp_message(kBody) + "\""));
  EXPECT_TRUE(octets.message.exact);
  expect_routes(octets);
}

// The collector has sessions with old speakers: two octets an AS (RFC 6793).
TEST(RisLive, OctetsOfTwoOctetSpeakers) {
  const std::string body =
      "0000"
      "0014"
      "40010100"
      "4002060202FBF4000D"
      "400304C0000201"
      "18C00002";
  const std::string fields =
      R"("path":[64500,13],"announcements":[{"next_hop":"192.0.2.1","prefixes":["192.0.2.0/24"]}])";
  const Told told = decode(heard(fields + R"(,"raw":")" + bgp_message(body) + "\""));
  EXPECT_TRUE(told.message.exact);
  ASSERT_EQ(told.events.size(), 1u);
  EXPECT_EQ(to_string(told.attributes[0].as_path), "64500 13");
}

TEST(RisLive, OctetsThatCannotBeReadAreLeftForTheFields) {
  for (const std::string& raw : {std::string("FF"), std::string("x"), bgp_message(kBody).substr(0, 100),
                                 bgp_message("0000"
                                             "00FF"
                                             "40"),
                                 bgp_message("", "04")}) {
    const Told told = decode(heard(kFields + R"(,"raw":")" + raw + "\""));
    EXPECT_FALSE(told.message.exact) << raw;
    expect_routes(told);
  }
}

TEST(RisLive, Ipv6HasTwoNextHops) {
  const Told told = decode(heard(
      R"("path":["64500"],"origin":"INCOMPLETE","announcements":[{"next_hop":"2001:db8::1,fe80::1","prefixes":["2001:db8:1::/48","2001:db8:2::/48"]}])"));
  ASSERT_EQ(told.events.size(), 2u);
  EXPECT_EQ(told.attributes[1].next_hop, *parse_ip("2001:db8::1"));
  EXPECT_EQ(told.attributes[1].link_local_next_hop, *parse_ip("fe80::1"));
  EXPECT_EQ(told.attributes[1].origin, OriginCode::incomplete);
}

TEST(RisLive, SessionsGoUpAndDown) {
  Decoder decoder;
  for (const auto& [state, from, to] : {std::tuple{"down", SessionState::established, SessionState::idle},
                                        std::tuple{"connected", SessionState::idle, SessionState::established}}) {
    const Told told = decode(decoder, heard(R"("state":")" + std::string(state) + "\"", "RIS_PEER_STATE"));
    EXPECT_EQ(told.message.kind, Kind::peer_state);
    ASSERT_EQ(told.events.size(), 1u);
    EXPECT_EQ(told.events[0].kind, EventKind::state);
    EXPECT_EQ(told.events[0].old_state, static_cast<std::uint16_t>(from));
    EXPECT_EQ(told.events[0].new_state, static_cast<std::uint16_t>(to));
  }
}

TEST(RisLive, WhatTheServerSaysOfItself) {
  Decoder decoder;
  EXPECT_EQ(decode(decoder, R"({"type":"pong","data":null})").message.kind, Kind::pong);
  EXPECT_EQ(decode(decoder, R"({"type":"pong"})").message.kind, Kind::pong);
  EXPECT_EQ(decode(decoder, R"({"type":"ris_rrc_list","data":["rrc00"]})").message.kind, Kind::collectors);
  EXPECT_EQ(decode(decoder, R"({"type":"ris_subscribe_ok","data":{"subscription":{}}})").message.kind,
            Kind::subscribed);
  EXPECT_EQ(decode(decoder, R"({"type":"ris_song","data":{}})").message.kind, Kind::unknown);
  const Told error = decode(decoder, R"({"type":"ris_error","data":{"message":"slow down"}})");
  EXPECT_EQ(error.message.kind, Kind::error);
  EXPECT_EQ(error.message.text, "slow down");
  for (const char* type : {"OPEN", "KEEPALIVE", "NOTIFICATION"}) {
    const Told told = decode(decoder, heard("", type));
    EXPECT_EQ(told.message.kind, Kind::session) << type;
    EXPECT_TRUE(told.events.empty());
  }
}

TEST(RisLive, WhatIsNotOfThisFormIsAnError) {
  Decoder decoder;
  for (const std::string& text :
       {std::string(), std::string("{"), std::string("[]"), std::string("7"), std::string(R"({"data":{}})"),
        std::string(R"({"type":"ris_message"})"), std::string(R"({"type":"ris_message","data":{"type":"UPDATE"}})"),
        heard(R"("path":7)"), heard(R"("path":[[[1]]])"), heard(R"("withdrawals":["x"])"),
        heard(R"("announcements":[{"prefixes":["192.0.2.0/24"]}])"), heard(R"("community":[[70000,1]])"),
        heard(R"("med":-1)"), heard("", "RIS_PEER_STATE"), heard(R"("state":"odd")", "RIS_PEER_STATE")}) {
    const auto message = decoder.decode(text);
    ASSERT_FALSE(message.has_value()) << text;
    EXPECT_EQ(message.error().kind, ErrorKind::malformed);
  }
  EXPECT_EQ(decode(decoder, heard(kFields)).events.size(), 2u) << "it reads on";
}

// What the collectors said in March 2019, with and without its octets.
TEST(RisLiveOnRealData, OctetsAndFieldsSayTheSame) {
  const char* data = std::getenv("FAIRWAY_TEST_DATA");
  if (data == nullptr) GTEST_SKIP() << "no shared data: set FAIRWAY_TEST_DATA";
  std::ifstream file(std::string(data) + "/live/ris-live-stream.json");
  std::vector<Kind> kinds;
  std::size_t routes = 0, damaged = 0;
  Decoder decoder;
  for (std::string line; std::getline(file, line);) {
    if (!decoder.decode(line)) {
      ++damaged;  // the last one lacks its end
      continue;
    }
    const Told told = decode(decoder, line);
    kinds.push_back(told.message.kind);
    if (told.message.kind != Kind::update) continue;
    EXPECT_TRUE(told.message.exact);
    line.replace(line.find("\"raw\""), 5, "\"war\"");
    const Told fields = decode(decoder, line);
    EXPECT_FALSE(fields.message.exact);
    ASSERT_EQ(told.events.size(), fields.events.size());
    for (std::size_t i = 0; i < told.events.size(); ++i, ++routes) {
      EXPECT_EQ(told.events[i].kind, fields.events[i].kind);
      EXPECT_EQ(told.events[i].prefix, fields.events[i].prefix);
      EXPECT_EQ(told.attributes[i].as_path, fields.attributes[i].as_path);
      EXPECT_EQ(told.attributes[i].origin, fields.attributes[i].origin);
      EXPECT_EQ(told.attributes[i].next_hop, fields.attributes[i].next_hop);
      EXPECT_EQ(told.attributes[i].med, fields.attributes[i].med);
      EXPECT_EQ(told.attributes[i].communities, fields.attributes[i].communities);
    }
  }
  EXPECT_EQ(routes, 1u);
  EXPECT_EQ(damaged, 1u);
  EXPECT_EQ(kinds, (std::vector<Kind>{Kind::update, Kind::peer_state, Kind::error, Kind::session, Kind::session,
                                      Kind::session}));
}

}  // namespace
}  // namespace fairway::rislive
