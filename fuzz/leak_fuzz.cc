// uses: core/verdict core/tables core/model base
//
// Leak verdicts, hot and explained, are what the plain formulation says (leak_definition_for_tests.h), for any
// relationships, organisations, route servers and any path: sets, confederations, repetitions and loops included.
#include "core/verdict/leak_definition_for_tests.h"
#include "hold.h"

namespace {

using namespace fairway;

// Few ASes, so that paths meet the tables: networks free of transit, peer-locked ones and their siblings among them.
Asn asn_of(unsigned octet) {
  constexpr std::uint32_t values[] = {1, 2, 3, 4, 5, 6, 7, 8, 174, 3356, 3549, 15169, 36040, 13335, 64999, 0};
  return Asn{values[octet % std::size(values)]};
}

AsPath path_of(Plan& plan, unsigned size) {
  AsPath path;
  for (unsigned i = 0; i < size; ++i) {
    const unsigned octet = plan.next();
    path.raw_asns().push_back(octet & 0x80 ? Asn{1000 + i} : asn_of(octet));
    if ((octet & 0x70) == 0x70) path.close_segment(static_cast<SegmentType>(1 + plan.next() % 4));
  }
  if (path.segments().empty() ? !path.asns().empty() : path.segments().back().end != path.asns().size()) {
    path.close_segment(SegmentType::sequence);
  }
  return path;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 2048) return 0;
  Plan plan{data, data + size};
  const unsigned what = plan.next();
  const AsPath path = path_of(plan, plan.next());
  std::optional<Asn> otc;
  if (what & 1) otc = asn_of(plan.next());
  std::optional<Role> from;
  if (what & 2) from = static_cast<Role>(plan.next() % 6);
  std::vector<Asn> route_servers;
  for (unsigned count = plan.next() % 4; count != 0; --count) route_servers.push_back(asn_of(plan.next()));
  std::vector<OrganisationTable::Holder> holders;
  for (unsigned count = plan.next() % 8; count != 0; --count) {
    const unsigned octet = plan.next();
    holders.push_back({asn_of(octet), octet & 0x80 ? "A" : "B"});
  }
  std::vector<RelationshipLink> links;
  while (plan.at != plan.end) {
    const unsigned octet = plan.next();
    if (asn_of(octet) != asn_of(octet >> 4)) links.push_back({asn_of(octet), asn_of(octet >> 4), plan.next() % 2 != 0});
  }
  const auto relationships = RelationshipTable::build(links);
  const auto organisations = OrganisationTable::build({}, holders);
  const auto exchanges = ExchangeTable::build({}, route_servers);
  const PeerlockTable none = PeerlockTable::build({});
  const LeakTables tables{what & 4 ? nullptr : &relationships, what & 8 ? nullptr : &organisations,
                          what & 16 ? nullptr : &exchanges, what & 32 ? &none : nullptr};

  const LeakVerdict hot = judge_leak(tables, path, otc, from);
  hold(hot == explain_leak(tables, path, otc, from).verdict, "explained as judged");
  hold(hot == definition::leak(tables, path, otc, from), "judged as defined");
  return 0;
}
