// Every form of every kind of event, as text.
#include "core/report/dump.h"

#include <gtest/gtest.h>

namespace fairway {
namespace {

using mrt::Type;

const DumpFormatRow& row(std::string_view name) {
  for (const DumpFormatRow& one : dump_formats()) {
    if (one.name == name) return one;
  }
  ADD_FAILURE() << "there is no form " << name;
  return dump_formats().front();
}

mrt::Record record(Type type, std::uint16_t subtype, std::uint32_t seconds = 1401487200,
                   std::uint32_t microseconds = 0) {
  mrt::Record record;
  record.type = type;
  record.subtype = subtype;
  record.seconds = seconds;
  record.time = Instant{std::int64_t{seconds} * 1'000'000 + microseconds};
  return record;
}

Attributes full_attributes() {
  Attributes attributes;
  attributes.origin = OriginCode::egp;
  attributes.has_as_path = true;
  attributes.as_path = *parse_as_path("64500 4200000001 {64502,64503}");
  attributes.next_hop = parse_ip("192.0.2.254");
  attributes.med = 4294967295;
  attributes.local_pref = 100;
  attributes.atomic_aggregate = true;
  attributes.aggregator = Aggregator{Asn{64500}, *parse_ip("198.51.100.1")};
  attributes.communities = {Community{64500u << 16 | 7}, kNoExport, kNoAdvertise, kNoExportSubconfed, kBlackhole};
  attributes.large_communities = {{4200000001, 2, 3}, {1, 0, 0}};
  attributes.extended_communities = {
      {0x0002FDE900000064}, {0x0102C00002010064}, {0x0202FA56EA010064}, {0x430C000000000008}, {0x8006000041200000}};
  attributes.otc = Asn{64500};
  return attributes;
}

RouteEvent event(EventKind kind, std::string_view prefix, const Attributes* attributes, std::uint32_t key = 0) {
  RouteEvent event;
  event.kind = kind;
  event.time = Instant{1401487200'000'000};
  event.peer = {*parse_ip("192.0.2.1"), Asn{64500}, 0};
  event.prefix = *parse_prefix(prefix);
  event.attributes = attributes;
  event.attributes_key = key;
  return event;
}

std::string line(std::string_view form, const mrt::Record& record, const RouteEvent& event, DumpOptions options = {}) {
  std::string out;
  row(form).make(options)->append(out, record, event);
  return out;
}

TEST(BgpdumpFormat, RoutesOfATable) {
  const Attributes attributes = full_attributes();
  const RouteEvent route = event(EventKind::rib, "203.0.113.0/24", &attributes);
  constexpr std::string_view kRest =
      "|1401487200|B|192.0.2.1|64500|203.0.113.0/24|64500 4200000001 "
      "{64502,64503}|EGP|192.0.2.254|100|4294967295|64500:7 no-export "
      "no-advertise local-AS 65535:666|AG|64500 198.51.100.1|\n";
  EXPECT_EQ(line("bgpdump", record(Type::table_dump_v2, 2), route), "TABLE_DUMP2" + std::string(kRest));
  EXPECT_EQ(line("bgpdump", record(Type::table_dump, 1), route), "TABLE_DUMP" + std::string(kRest));
}

TEST(BgpdumpFormat, WhatIsAbsentIsPrintedAsBgpdumpDoes) {
  const Attributes nothing;
  EXPECT_EQ(line("bgpdump", record(Type::table_dump_v2, 2), event(EventKind::rib, "0.0.0.0/0", &nothing)),
            "TABLE_DUMP2|1401487200|B|192.0.2.1|64500|0.0.0.0/0||INCOMPLETE|255.255.255.255|0|0||NAG||\n");
}

TEST(BgpdumpFormat, TheFirstWordTellsTheRecord) {
  struct Case {
    Type type;
    std::uint16_t subtype;
    bool path_id;
    const char* word;
  };
  const Case cases[] = {
      {Type::bgp, 1, false, "BGP"},
      {Type::bgp4mp, 1, false, "BGP4MP"},
      {Type::bgp4mp, 4, false, "BGP4MP"},
      {Type::bgp4mp, 6, false, "BGP4MP_LOCAL"},
      {Type::bgp4mp, 7, false, "BGP4MP_LOCAL"},
      {Type::bgp4mp, 8, true, "BGP4MP_AP"},
      {Type::bgp4mp, 9, true, "BGP4MP_AP"},
      {Type::bgp4mp, 11, true, "BGP4MP_LOCAL_AP"},
      {Type::bgp4mp_et, 4, false, "BGP4MP_ET"},
      {Type::bgp4mp_et, 7, false, "BGP4MP_ET_LOCAL"},
      {Type::bgp4mp_et, 9, true, "BGP4MP_ET_AP"},
      {Type::bgp4mp_et, 11, true, "BGP4MP_ET_LOCAL_AP"},
      {Type::table_dump_v2, 8, true, "TABLE_DUMP2_AP"},
  };
  for (const Case& c : cases) {
    RouteEvent withdrawn = event(EventKind::withdraw, "203.0.113.0/24", nullptr);
    if (c.path_id) withdrawn.path_id = 4294967295;
    const bool extended = c.type == Type::bgp4mp_et;
    EXPECT_EQ(line("bgpdump", record(c.type, c.subtype, 1401487200, 42), withdrawn),
              std::string(c.word) + "|1401487200" + (extended ? ".000042" : "") + "|W|192.0.2.1|64500|203.0.113.0/24" +
                  (c.path_id ? "|4294967295" : "") + "\n");
  }
}

TEST(BgpdumpFormat, States) {
  RouteEvent state = event(EventKind::state, "0.0.0.0/0", nullptr);
  state.old_state = 6;
  state.new_state = 1;
  EXPECT_EQ(line("bgpdump", record(Type::bgp4mp, 5), state), "BGP4MP|1401487200|STATE|192.0.2.1|64500|6|1\n");
  EXPECT_EQ(line("bgpdump", record(Type::bgp4mp_et, 5), state),
            "BGP4MP_ET|1401487200.000000|STATE|192.0.2.1|64500|6|1\n");
  EXPECT_EQ(line("bgpdump", record(Type::bgp4mp, 1), event(EventKind::end_of_rib, "0.0.0.0/0", nullptr)), "");
}

TEST(BgpdumpFormat, Ipv6IsPrintedAsBgpdumpDoes) {
  const std::pair<const char*, const char*> cases[] = {
      {"2001:db8::/32", "2001:db8::/32"},
      {"::/0", "::/0"},
      {"::1/128", "::1/128"},
      {"::2/128", "::0.0.0.2/128"},
      {"::102:304/128", "::1.2.3.4/128"},
      {"::ffff:1.2.3.4/128", "::ffff:1.2.3.4/128"},
      {"2001:df1:3100:0:182:54:128:2/128", "2001:df1:3100::182:54:128:2/128"},
      {"2001:0:0:1:0:0:0:1/128", "2001:0:0:1::1/128"},
      {"2001:0:0:1:1:0:0:1/128", "2001::1:1:0:0:1/128"},
      {"0:1:2:3:4:5:6:7/128", "::1:2:3:4:5:6:7/128"},
      {"1:2:3:4:5:6:7:0/128", "1:2:3:4:5:6:7::/128"},
      {"1:2:3:4:5:6:7:8/128", "1:2:3:4:5:6:7:8/128"},
      {"fe80::abcd:ef00/128", "fe80::abcd:ef00/128"},
  };
  for (const auto& [prefix, printed] : cases) {
    EXPECT_EQ(line("bgpdump", record(Type::bgp4mp, 4), event(EventKind::withdraw, prefix, nullptr)),
              std::string("BGP4MP|1401487200|W|192.0.2.1|64500|") + printed + "\n");
  }
}

TEST(BgpdumpFormat, LargeCommunitiesAreAColumnOfTheirOwn) {
  const Attributes attributes = full_attributes();
  const std::string with =
      line("bgpdump", record(Type::bgp4mp, 4), event(EventKind::announce, "10.0.0.0/8", &attributes), {true});
  EXPECT_NE(with.find("|64500:7 no-export no-advertise local-AS 65535:666|4200000001:2:3 1:0:0|AG|"), std::string::npos)
      << with;
}

TEST(BgpdumpFormat, EqualKeysShareTheirText) {
  Attributes a = full_attributes(), b = full_attributes();
  b.local_pref = 7;
  for (const std::string_view form : {"bgpdump", "psv", "json"}) {
    const auto format = row(form).make({});
    const mrt::Record told = record(Type::bgp4mp, 4);
    std::string first, again, other, unknown;
    format->append(first, told, event(EventKind::announce, "10.0.0.0/8", &a, 1));
    format->append(other, told, event(EventKind::announce, "10.0.0.0/8", &b, 2));
    format->append(again, told, event(EventKind::announce, "10.0.0.0/8", &a, 1));
    format->append(unknown, told, event(EventKind::announce, "10.0.0.0/8", &b, 0));
    EXPECT_EQ(first, again);
    EXPECT_NE(first, other);
    EXPECT_EQ(other, unknown);
  }
}

TEST(PsvFormat, HasBgpkitsColumns) {
  const Attributes attributes = full_attributes();
  EXPECT_EQ(
      line("psv", record(Type::bgp4mp, 4), event(EventKind::announce, "10.0.0.0/8", &attributes)),
      "A|1401487200|192.0.2.1|64500|10.0.0.0/8|64500 4200000001 {64502,64503}|64502 "
      "64503|EGP|192.0.2.254|100|4294967295|"
      "64500:7 no-export no-advertise no-export-sub-confed 65535:666 ecas2:0:2:65001:00000064 ecv4:1:2:192.0.2.1:0064 "
      "ecas4:2:2:4200000001:0064 ecop:67:12:000000000008 ecraw:8006000041200000 lg:4200000001:2:3 lg:1:0:0|true|64500|"
      "198.51.100.1|64500\n");
  const Attributes nothing;
  EXPECT_EQ(line("psv", record(Type::table_dump_v2, 2), event(EventKind::rib, "10.0.0.0/8", &nothing)),
            "A|1401487200|192.0.2.1|64500|10.0.0.0/8||||||||false|||\n");
  RouteEvent withdrawn = event(EventKind::withdraw, "2001:db8::/32", nullptr);
  withdrawn.time.microseconds += 120'000;
  EXPECT_EQ(line("psv", record(Type::bgp4mp, 4), withdrawn),
            "W|1401487200.12|192.0.2.1|64500|2001:db8::/32||||||||false|||\n");
  EXPECT_EQ(line("psv", record(Type::bgp4mp, 5), event(EventKind::state, "0.0.0.0/0", nullptr)), "");
}

TEST(PsvFormat, EveryLineHasAsManyFieldsAsTheHeader) {
  const Attributes attributes = full_attributes(), nothing;
  const auto bars = [](std::string_view text) { return std::count(text.begin(), text.end(), '|'); };
  const mrt::Record told = record(Type::bgp4mp, 4);
  for (const Attributes* some : {&attributes, &nothing, static_cast<const Attributes*>(nullptr)}) {
    EXPECT_EQ(bars(line("psv", told, event(some ? EventKind::announce : EventKind::withdraw, "10.0.0.0/8", some))),
              bars(row("psv").header));
  }
}

TEST(JsonFormat, HasWhatTheEventHas) {
  const Attributes attributes = full_attributes();
  RouteEvent route = event(EventKind::rib, "2001:db8::/32", &attributes);
  route.path_id = 3;
  EXPECT_EQ(
      line("json", record(Type::table_dump_v2, 10), route),
      R"({"version": 1, "type": "rib", "time": "2014-05-30T22:00:00Z", "peer": {"address": "192.0.2.1", "asn": 64500}, "prefix": "2001:db8::/32", )"
      R"("path_id": 3, "as_path": "64500 4200000001 {64502,64503}", "origin": "EGP", "next_hop": "192.0.2.254", "local_pref": 100, )"
      R"("med": 4294967295, "communities": ["64500:7", "65535:65281", "65535:65282", "65535:65283", "65535:666"], )"
      R"("large_communities": ["4200000001:2:3", "1:0:0"], "extended_communities": ["0002fde900000064", "0102c00002010064", )"
      R"("0202fa56ea010064", "430c000000000008", "8006000041200000"], "atomic_aggregate": true, "aggregator": {"asn": 64500, )"
      R"("address": "198.51.100.1"}, "only_to_customer": 64500})"
      "\n");
  RouteEvent state = event(EventKind::state, "0.0.0.0/0", nullptr);
  state.new_state = 6;
  EXPECT_EQ(
      line("json", record(Type::bgp4mp, 5), state),
      R"({"version": 1, "type": "state", "time": "2014-05-30T22:00:00Z", "peer": {"address": "192.0.2.1", "asn": 64500}, )"
      R"("old_state": 0, "new_state": 6})"
      "\n");
  RouteEvent withdrawn = event(EventKind::withdraw, "10.0.0.0/8", nullptr);
  withdrawn.safi = Safi::multicast;
  EXPECT_EQ(
      line("json", record(Type::bgp4mp, 4), withdrawn),
      R"({"version": 1, "type": "withdraw", "time": "2014-05-30T22:00:00Z", "peer": {"address": "192.0.2.1", "asn": 64500}, )"
      R"("prefix": "10.0.0.0/8", "multicast": true})"
      "\n");
}

}  // namespace
}  // namespace fairway
