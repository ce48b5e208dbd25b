#include "core/tables/aspa.h"

#include <gtest/gtest.h>

namespace fairway {
namespace {

using Auth = AspaTable::Auth;

TEST(AspaTable, SaysWhatTheCustomerAttests) {
  const AspaTable table = AspaTable::build({{Asn{1}, {Asn{2}, Asn{3}}}, {Asn{4}, {}}}, from_seconds(5));
  EXPECT_EQ(table.authorised(Asn{1}, Asn{2}), Auth::provider);
  EXPECT_EQ(table.authorised(Asn{1}, Asn{4}), Auth::not_provider);
  EXPECT_EQ(table.authorised(Asn{2}, Asn{1}), Auth::no_attestation);
  EXPECT_EQ(table.authorised(Asn{4}, Asn{1}), Auth::not_provider);
  EXPECT_EQ(table.built(), from_seconds(5));
}

TEST(AspaTable, EmptyAttestsNothing) {
  EXPECT_EQ(AspaTable::build({}).authorised(Asn{0}, Asn{0}), Auth::no_attestation);
}

TEST(AspaTable, UnitesSeveralOfOneCustomer) {
  const AspaTable table =
      AspaTable::build({{Asn{9}, {Asn{5}, Asn{3}}}, {Asn{1}, {Asn{2}}}, {Asn{9}, {Asn{3}, Asn{4}}}});
  ASSERT_EQ(table.aspas().size(), 2u);
  EXPECT_EQ(table.aspas()[1], (Aspa{Asn{9}, {Asn{3}, Asn{4}, Asn{5}}}));
  EXPECT_EQ(table.find(Asn{9}), 1u);
}

TEST(AspaTable, AsZeroIsNobodysProvider) {
  const AspaTable table = AspaTable::build({{Asn{1}, {Asn{0}}}, {Asn{2}, {Asn{0}, Asn{3}}}});
  EXPECT_EQ(table.authorised(Asn{1}, Asn{0}), Auth::not_provider);
  EXPECT_EQ(table.authorised(Asn{1}, Asn{7}), Auth::not_provider);
  EXPECT_EQ(table.authorised(Asn{2}, Asn{0}), Auth::not_provider);
  EXPECT_EQ(table.authorised(Asn{2}, Asn{3}), Auth::provider);
}

// A search that orders ASNs by a signed 32-bit difference misses a provider when the list spans 2^31.
TEST(AspaTable, FindsProvidersFarApart) {
  const std::uint32_t values[] = {1,          100,        64500,      0x7FFFFFFF, 0x80000000,
                                  0x80000001, 4200000000, 4200000001, 0xFFFFFFFF};
  const std::size_t count = std::size(values);
  for (unsigned chosen = 0; chosen < 1u << count; ++chosen) {
    Aspa aspa{Asn{7}, {}};
    for (std::size_t i = count; i-- > 0;) {
      if (chosen >> i & 1) aspa.providers.push_back(Asn{values[i]});
    }
    const AspaTable table = AspaTable::build({aspa});
    for (std::size_t i = 0; i < count; ++i) {
      EXPECT_EQ(table.authorised(Asn{7}, Asn{values[i]}), chosen >> i & 1 ? Auth::provider : Auth::not_provider)
          << chosen << ' ' << i;
    }
  }
}

TEST(AspaTable, FindsEveryOneOfManyCustomers) {
  std::vector<Aspa> aspas;
  for (std::uint32_t i = 0; i < 5000; ++i) aspas.push_back({Asn{i * 65536 + i % 7}, {Asn{i + 1}}});
  const AspaTable table = AspaTable::build(aspas);
  for (std::uint32_t i = 0; i < 5000; ++i) {
    EXPECT_EQ(table.authorised(aspas[i].customer, Asn{i + 1}), Auth::provider);
    EXPECT_EQ(table.find(Asn{i * 65536 + 9}), AspaTable::kNone);
  }
}

TEST(AspaTable, DifferenceNamesTheCustomers) {
  const AspaTable old = AspaTable::build({{Asn{1}, {Asn{2}}}, {Asn{3}, {Asn{4}}}, {Asn{5}, {Asn{6}}}});
  const AspaTable next = AspaTable::build({{Asn{2}, {}}, {Asn{3}, {Asn{4}}}, {Asn{5}, {Asn{6}, Asn{7}}}});
  EXPECT_EQ(difference(old, next), (std::vector{Asn{1}, Asn{2}, Asn{5}}));
  EXPECT_TRUE(difference(next, next).empty());
}

}  // namespace
}  // namespace fairway
