// uses: core/read core/tables core/model base
//
// What was read of a SLURM file says the same when it is written with one name for each member and read again. Applied
// to VRPs, what it removes is what RFC 8416 section 3.3.1 says, one by one, and its assertions are all there
// afterwards.
#include <algorithm>

#include "base/json_writer.h"
#include "core/read/slurm.h"
#include "hold.h"

using namespace fairway;

namespace {

std::string plain(const Slurm& slurm) {
  std::string out;
  JsonWriter json(out);
  json.object().field("slurmVersion", 2).key("validationOutputFilters").object();
  json.key("prefixFilters").array();
  for (const auto& filter : slurm.prefix_filters) {
    json.object();
    if (filter.prefix) json.field("prefix", to_string(*filter.prefix));
    if (filter.asn) json.field("asn", filter.asn->value);
    json.field("comment", filter.comment).end();
  }
  json.end().key("bgpsecFilters").array();
  for (const Asn asn : slurm.bgpsec_asns) json.object().field("asn", asn.value).end();
  json.end().key("aspaFilters").array();
  for (const auto& filter : slurm.aspa_filters)
    json.object().field("customerAsn", filter.customer.value).field("comment", filter.comment).end();
  json.end().end().key("locallyAddedAssertions").object().key("prefixAssertions").array();
  for (const auto& assertion : slurm.prefix_assertions) {
    json.object().field("prefix", to_string(assertion.prefix)).field("asn", assertion.asn.value);
    json.field("maxPrefixLength", assertion.max_length).field("comment", assertion.comment).end();
  }
  json.end().key("bgpsecAssertions").array().end().key("aspaAssertions").array();
  for (const auto& assertion : slurm.aspa_assertions) {
    json.object().field("customerAsn", assertion.aspa.customer.value).key("providerAsns").array();
    for (const Asn provider : assertion.aspa.providers) json.value(provider.value);
    json.end().field("comment", assertion.comment).end();
  }
  json.end().end().end();
  return out;
}

bool matches(const Slurm::PrefixFilter& filter, const Vrp& vrp) {
  if (filter.prefix && filter.asn) return filter.prefix->covers(vrp.prefix) && *filter.asn == vrp.asn;
  return filter.prefix ? filter.prefix->covers(vrp.prefix) : *filter.asn == vrp.asn;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Buffer input = padded(data, size);
  const auto slurm = read_slurm(input.bytes());
  if (!slurm) {
    hold(slurm.error().where <= size, "an error's place is in the input");
    return 0;
  }
  const Buffer written = padded(plain(*slurm));
  hold(is_slurm(written.bytes()), "the plain form is known as SLURM");
  const auto again = read_slurm(written.bytes());
  hold(again.has_value() && *again == *slurm, "the plain form says the same");

  std::vector<Vrp> vrps;
  for (const auto& filter : slurm->prefix_filters) {
    vrps.push_back({filter.prefix.value_or(Prefix()), 32, filter.asn.value_or(Asn{1}), 0});
    vrps.push_back({filter.prefix.value_or(Prefix()), 32, Asn{2}, 0});
  }
  vrps.push_back({*parse_prefix("192.0.2.0/24"), 24, Asn{64496}, 0});
  std::vector<Vrp> expected;
  for (const Vrp& vrp : vrps) {
    if (std::none_of(slurm->prefix_filters.begin(), slurm->prefix_filters.end(),
                     [&](const auto& filter) { return matches(filter, vrp); }))
      expected.push_back(vrp);
  }
  const std::size_t removed = vrps.size() - expected.size();
  for (const auto& assertion : slurm->prefix_assertions)
    expected.push_back({assertion.prefix, assertion.max_length, assertion.asn, 1});
  hold(apply(*slurm, vrps, 1) == removed && vrps == expected, "filters, then assertions");

  // Two files with the same addresses never go together; a file alone always does.
  const Slurm twice[] = {*slurm, *slurm};
  const std::string names[] = {"a", "b"};
  bool addresses = !slurm->prefix_assertions.empty() || !slurm->aspa_assertions.empty() ||
                   !slurm->aspa_filters.empty() || !slurm->bgpsec_asns.empty();
  for (const auto& filter : slurm->prefix_filters) addresses = addresses || filter.prefix;
  hold(merge(twice, names).has_value() == !addresses, "an overlap is refused");
  hold(merge(std::span(twice, 1), names).has_value(), "one file overlaps with nobody");
  return 0;
}
