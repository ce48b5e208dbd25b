// uses: core/wire/bgp core/model base
//
// The fast reader of UPDATEs, which shares attributes through a cache, tells the same routes, attributes and kinds of
// findings as the plain one. Equal octets have one key; other keys mean other attributes or another way to read them.
#include <algorithm>

#include "core/wire/bgp/path_attributes.h"
#include "core/wire/bgp/route_update.h"
#include "core/wire/bgp/testing.h"
#include "core/wire/bgp/update.h"
#include "hold.h"

namespace {

using namespace fairway;
using namespace fairway::bgp;

// Which attributes are said to be wrong by which rule, each once, without what is missing: an UPDATE whose routes all
// go elsewhere is not asked for it.
std::vector<std::pair<std::uint8_t, std::string_view>> kinds(const Findings& findings) {
  std::vector<std::pair<std::uint8_t, std::string_view>> all;
  for (const Finding& finding : findings) {
    if (finding.rule != "RFC 7606 section 3 d") all.emplace_back(finding.attribute, finding.text);
  }
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

void check_attributes(Attributes plain, const RouteUpdate& fast, const std::optional<Reach>& reach) {
  if (fast.attributes != nullptr) {
    hold(testing::same(fast.attributes->attributes, plain), "attributes of NLRI");
  }
  if (fast.reach_attributes == nullptr) return;
  if (reach->next_hop) {
    plain.next_hop = reach->next_hop;
    plain.link_local_next_hop = reach->link_local_next_hop;
  }
  hold(testing::same(fast.reach_attributes->attributes, plain), "attributes of MP_REACH_NLRI");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  Encoding encoding;
  encoding.four_octet_asns = (data[0] & 1) == 0;
  encoding.may_err_about_add_path = (data[0] & 2) != 0;
  encoding.add_path = data[0] >> 4;
  const Buffer input = padded(data + 1, size - 1);
  const Cursor body(input.bytes());

  AttributeCache cache;
  RouteUpdateReader reader;
  RouteUpdate fast, again;
  reader.read(body, encoding, cache, fast);
  reader.read(body, encoding, cache, again);
  const auto key = [](const AttributeCache::Set* set) { return set == nullptr ? 0 : set->key; };
  hold(key(fast.attributes) == key(again.attributes) && key(fast.reach_attributes) == key(again.reach_attributes),
       "equal octets have one key");
  hold(fast.findings == again.findings, "the same findings for octets known and new");
  hold(key(fast.attributes) == 0 || key(fast.attributes) != key(fast.reach_attributes), "read twice, two keys");

  Update plain;
  Findings findings;
  if (const auto decoded = decode_update(body, encoding, plain, findings); !decoded) {
    hold(!fast.complete, "fields that are too long are not complete");
    return 0;
  }
  hold(fast.withdrawn == plain.withdrawn && fast.announced == plain.announced, "IPv4 routes");
  hold(fast.has_reach == plain.reach.has_value() && (!fast.has_reach || fast.reach == *plain.reach), "what is reached");
  hold(fast.has_unreach == plain.unreach.has_value() && (!fast.has_unreach || fast.unreach == *plain.unreach),
       "what is not reached any more");
  check_attributes(plain.attributes, fast, plain.reach);
  if (fast.attributes != nullptr || fast.reach_attributes != nullptr) {
    hold(kinds(fast.findings) == kinds(findings), "the same findings");
  }
  if (fast.end_of_rib) hold(plain.is_end_of_rib(), "an end of RIB");

  std::size_t events = 0;
  RouteEvent event;
  for_each_event(fast, event, [&](const RouteEvent& one) {
    ++events;
    hold((one.kind == EventKind::announce) == (one.attributes != nullptr), "what is announced has attributes");
  });
  hold(events == plain.withdrawn.size() + plain.announced.size() + (plain.reach ? plain.reach->announced.size() : 0) +
                     (plain.unreach ? plain.unreach->withdrawn.size() : 0) + fast.end_of_rib,
       "an event for each route");
  return 0;
}
