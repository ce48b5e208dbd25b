#include "core/wire/bgp/route_update.h"

#include <utility>

#include "core/wire/bgp/path_attributes.h"
#include "core/wire/bgp/update.h"

namespace fairway::bgp {

using enum FindingAction;

namespace {

constexpr std::uint8_t kMpReach = 14, kMpUnreach = 15;

}  // namespace

void RouteUpdateReader::read(Cursor body, const Encoding& encoding, AttributeCache& cache, RouteUpdate& into) {
  into.withdrawn.clear();
  into.announced.clear();
  into.findings.clear();
  into.attributes = into.reach_attributes = nullptr;
  into.has_reach = into.has_unreach = false;

  const UpdateFields fields = split_update(body);
  // NLRI attributes are taken out and read here; the others, and the next hop, make the key.
  Decoding decoding;
  decoding.encoding = encoding;
  decoding.reach = &into.reach;
  decoding.unreach = &into.unreach;
  decoding.findings = &into.findings;
  decoding.read_nlri(fields.withdrawn, Family::ipv4, Safi::unicast, 0, into.withdrawn);
  decoding.read_nlri(fields.announced, Family::ipv4, Safi::unicast, 0, into.announced);
  Bytes run = fields.attributes.rest();
  bool cut = false, reach_seen = false, unreach_seen = false;
  run_.clear();
  for (Cursor rest = fields.attributes; !rest.empty();) {
    const std::uint64_t offset = rest.offset();
    const Bytes tail = rest.rest();
    const auto attribute = next_attribute(rest);
    if (!attribute) {
      if (cut) run_.bytes(tail);  // the cache's decoder tells what is wrong with it
      break;
    }
    if (attribute->type != kMpReach && attribute->type != kMpUnreach) {
      if (cut) run_.bytes(attribute->octets);
      continue;
    }
    if (!cut) run_.bytes(run.first(run.size() - tail.size()));
    cut = true;
    bool& seen = attribute->type == kMpReach ? reach_seen : unreach_seen;
    if (std::exchange(seen, true)) {
      decoding.report(attribute->type, session_reset, "RFC 7606 section 3 g", "an attribute stands twice", offset);
      continue;
    }
    const AttributeRow& row = *find_attribute(attribute->type);
    if ((attribute->flags & (kOptional | kTransitive)) != row.flags) {
      decoding.report(attribute->type, session_reset, "RFC 7606 section 3 c",
                      "the Optional or Transitive flag is not as it must be", offset);
    }
    if (const auto wrong = row.decode(attribute->value, decoding); !wrong.empty()) {
      decoding.report(attribute->type, row.on_error, row.rule, wrong, offset);
    }
  }
  into.has_reach = decoding.has_reach;
  into.has_unreach = decoding.has_unreach;
  into.complete = fields.ok && !decoding.damaged;

  if (cut) run = run_.written();
  const std::uint64_t at = fields.attributes.offset();
  const auto tell = [&](const AttributeCache::Set& set, bool needs_next_hop) {
    for (Finding finding : set.findings) {
      finding.offset = at;
      into.findings.push_back(finding);
    }
    check_mandatory(set.attributes, needs_next_hop, at, into.findings);
  };
  if (!into.announced.empty()) {
    into.attributes = &cache.get(run, encoding.four_octet_asns, Family::ipv4, false);
    tell(*into.attributes, true);
  }
  if (into.has_reach && !into.reach.announced.empty()) {
    mp_run_.clear();
    write_abbreviated_reach(into.reach, mp_run_);
    mp_run_.bytes(run);
    into.reach_attributes =
        &cache.get(mp_run_.written(), encoding.four_octet_asns, static_cast<Family>(into.reach.afi), true);
    if (into.attributes == nullptr) tell(*into.reach_attributes, false);
  }
  into.end_of_rib = into.complete && run.empty() && into.withdrawn.empty() && into.announced.empty() && !reach_seen &&
                    (!unreach_seen || (into.has_unreach && into.unreach.known() && into.unreach.withdrawn.empty()));
}

}  // namespace fairway::bgp
