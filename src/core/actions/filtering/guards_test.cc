#include "core/actions/filtering/guards.h"

#include <gtest/gtest.h>

#include "core/actions/filtering/filtering_for_tests.h"
#include "core/actions/filtering/lists_text.h"

namespace fairway::filtering {
namespace {

KeptLists kept(const Document& document) {
  auto lists = read_lists(print_lists(document));
  EXPECT_TRUE(lists) << lists.error().text;
  return *std::move(lists);
}

std::string guards_of(const std::vector<Objection>& objections) {
  std::string text;
  for (const Objection& objection : objections) text += std::string(to_string(objection.guard)) + " ";
  return text;
}

PrefixList& list_of(Document& document, std::string_view name) {
  return *std::ranges::find(document.prefix_lists, name, &PrefixList::name);
}

std::vector<PrefixRange> slash24s(unsigned count) {
  std::vector<PrefixRange> ranges;
  for (unsigned i = 0; i < count; ++i) {
    ranges.push_back(PrefixRange::only(Prefix(IpAddress::ipv4(0x05280000u + 512 * i), 24)));
  }
  return ranges;
}

TEST(Lists, ReadBackAsTheyWere) {
  const Document document = a_document();
  const KeptLists lists = kept(document);
  ASSERT_EQ(lists.prefixes.size(), document.prefix_lists.size());
  for (std::size_t i = 0; i < lists.prefixes.size(); ++i) {
    EXPECT_EQ(lists.prefixes[i].ranges, document.prefix_lists[i].ranges) << lists.prefixes[i].name;
  }
  ASSERT_EQ(lists.asns.size(), document.asn_lists.size());
  for (std::size_t i = 0; i < lists.asns.size(); ++i) EXPECT_EQ(lists.asns[i].ranges, document.asn_lists[i].ranges);
  ASSERT_EQ(lists.pairs.size(), 1u);
  EXPECT_EQ(lists.pairs[0].pairs, document.pair_lists[0].pairs);
}

TEST(Lists, DamageIsToldWithItsLine) {
  const auto error = [](std::string_view text) { return read_lists(text).error().text; };
  EXPECT_EQ(error(""), "the kept lists are empty: the file is damaged");
  EXPECT_EQ(error("hello\n"), "line 1: this is no list that `fairway filter build` kept");
  EXPECT_EQ(error("fairway filter lists 1\n192.0.2.0/24\n"), "line 2: an entry that is of no list");
  EXPECT_EQ(error("fairway filter lists 1\nprefixes A\n192.0.2.0/33\n"), "line 3: no prefix");
  EXPECT_EQ(error("fairway filter lists 1\nasns A\n9-3\n"), "line 3: no ASN");
  EXPECT_EQ(error("fairway filter lists 1\npairs A\n192.0.2.0/24\n"), "line 3: no prefix and origin");
}

TEST(Guards, NothingSpeaksAgainstWhatIsAsItWas) {
  const Document document = a_document();
  const KeptLists before = kept(document);
  EXPECT_EQ(guards_of(object(document, &before, {})), "");
  EXPECT_EQ(guards_of(object(document, nullptr, {})), "") << "the first build has nothing to be compared with";
}

// More than 20 % and more than 5 entries.
TEST(Guards, GreatChangesAreObjectedTo) {
  Document document = a_document();
  PrefixList& list = list_of(document, "AS3333_PREFIXES");
  list.ranges[0] = slash24s(100);
  const KeptLists before = kept(document);
  const auto after = [&](unsigned count) {
    list.ranges[0] = slash24s(count);
    return guards_of(object(document, &before, {}));
  };
  EXPECT_EQ(after(80), "") << "20 of 100 is not more than 20 %";
  EXPECT_EQ(after(79), "delta ");
  EXPECT_EQ(after(120), "");
  EXPECT_EQ(after(121), "delta ");
  // As many come as go: each counts apart.
  auto moved = slash24s(130);
  moved.erase(moved.begin(), moved.begin() + 30);
  list.ranges[0] = moved;
  EXPECT_EQ(guards_of(object(document, &before, {})), "delta delta ");
}

TEST(Guards, AFewEntriesMayChangeWhateverTheShare) {
  Document document = a_document();
  PrefixList& list = list_of(document, "AS3333_PREFIXES");
  list.ranges[0] = slash24s(6);
  const KeptLists before = kept(document);
  list.ranges[0] = slash24s(1);
  EXPECT_EQ(guards_of(object(document, &before, {})), "") << "five entries less";
  list.ranges[0].clear();
  list.ranges[1].clear();
  EXPECT_EQ(guards_of(object(document, &before, {})), "empty delta ");
  EXPECT_EQ(guards_of(object(document, &before, {.allow_empty = true})), "delta ");
}

// What is aggregated differently is not changed.
TEST(Guards, SameSetInOtherRangesIsNoChange) {
  Document document = a_document();
  PrefixList& list = list_of(document, "AS3333_PREFIXES");
  std::vector<PrefixRange> halves;
  for (unsigned i = 0; i < 64; ++i) {
    halves.push_back(PrefixRange::only(Prefix(IpAddress::ipv4(0x05280000u + 256 * i), 24)));
  }
  list.ranges[0] = halves;
  const KeptLists before = kept(document);
  list.ranges[0] = {{prefix("5.40.0.0/18"), 24, 24}};
  EXPECT_EQ(guards_of(object(document, &before, {})), "");
}

TEST(Guards, BeaconsMustPass) {
  Document document = a_document();
  document.neighbours[0].beacons = {prefix("5.20.0.0/23"), prefix("5.20.4.0/24")};
  EXPECT_EQ(guards_of(object(document, nullptr, {})), "");
  document.neighbours[0].beacons.push_back(prefix("5.21.0.0/24"));
  const auto objections = object(document, nullptr, {});
  ASSERT_EQ(guards_of(objections), "beacon ");
  EXPECT_EQ(objections[0].what, "the beacon 5.21.0.0/24 would be refused from AS3333 by prefix");
}

TEST(Guards, MyOwnPrefixesMustGoOut) {
  Network network = a_network();
  network.prefixes.push_back({.prefix = prefix("10.0.0.0/8"), .origins = {Asn{64500}}});
  const World world = a_world();
  const auto document = compose(network, world, allowed_in(network, world), {.only = {Asn{3334}}});
  ASSERT_TRUE(document);
  const auto objections = object(*document, nullptr, {});
  ASSERT_EQ(guards_of(objections), "beacon ");
  EXPECT_EQ(objections[0].what, "my 10.0.0.0/8 would not be announced to AS3334: refused by bogon-prefix");
}

TEST(Guards, BogonsMustNot) {
  Document document = a_document();
  list_of(document, "FW_BOGONS").ranges = {};
  const auto objections = object(document, nullptr, {});
  EXPECT_FALSE(objections.empty());
  for (const Objection& objection : objections) EXPECT_EQ(objection.guard, Objection::Guard::bogon);
}

TEST(Guards, AListMayStayAsItWas) {
  Document document = a_document();
  const KeptLists before = kept(document);
  const auto old = list_of(document, "AS3333_PREFIXES").ranges;
  list_of(document, "AS3333_PREFIXES").ranges = {};
  EXPECT_TRUE(keep_as_it_was(document, before, "AS3333_PREFIXES"));
  EXPECT_EQ(list_of(document, "AS3333_PREFIXES").ranges, old);
  EXPECT_FALSE(keep_as_it_was(document, before, "AS1_PREFIXES"));
  EXPECT_TRUE(keep_as_it_was(document, before, document.neighbours[0]));
  EXPECT_FALSE(keep_as_it_was(document, {}, document.neighbours[0]));
}

}  // namespace
}  // namespace fairway::filtering
