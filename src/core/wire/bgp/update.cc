#include "core/wire/bgp/update.h"

#include "core/wire/bgp/path_attributes.h"

namespace fairway::bgp {

namespace {

bool has_any(const Attributes& attributes) {
  return attributes.origin || attributes.has_as_path || attributes.next_hop || attributes.med ||
         attributes.local_pref || attributes.atomic_aggregate || attributes.aggregator ||
         !attributes.communities.empty() || !attributes.extended_communities.empty() ||
         !attributes.large_communities.empty() || attributes.originator_id || !attributes.cluster_list.empty() ||
         attributes.aigp || attributes.otc || !attributes.unknown.empty();
}

// The length of what was appended behind the two octets at `at` goes into them.
Result<void> close_field(ByteWriter& out, std::size_t at, std::string_view name) {
  const std::size_t size = out.size() - at - 2;
  if (size > 0xFFFF) {
    return fail(ErrorKind::usage,
                std::string(name) + ": " + std::to_string(size) + " octets do not fit: at most 65535.");
  }
  out.set_u16(at, static_cast<std::uint16_t>(size));
  return {};
}

}  // namespace

bool Update::is_end_of_rib() const {
  if (!withdrawn.empty() || !announced.empty() || reach || has_any(attributes)) return false;
  return !unreach || (unreach->known() && unreach->withdrawn.empty());
}

UpdateFields split_update(Cursor body) {
  UpdateFields fields;
  const auto field = [&] {
    const std::size_t size = body.u16();
    if (size > body.left()) fields.ok = false;
    return body.sub(std::min(size, body.left()));
  };
  fields.withdrawn = field();
  fields.attributes = field();
  fields.announced = body.sub(body.left());
  fields.ok &= body.ok();
  return fields;
}

Result<void> decode_update(Cursor body, const Encoding& encoding, Update& into, Findings& findings) {
  const UpdateFields fields = split_update(body);
  if (!fields.ok)
    return fail(ErrorKind::malformed, "The fields of an UPDATE are longer than the message.", body.offset());
  into.withdrawn.clear();
  into.attributes.clear();
  into.announced.clear();
  Reach reach;
  Unreach unreach;
  Decoding decoding;
  decoding.encoding = encoding;
  decoding.attributes = &into.attributes;
  decoding.reach = &reach;
  decoding.unreach = &unreach;
  decoding.findings = &findings;
  decoding.read_nlri(fields.withdrawn, Family::ipv4, Safi::unicast, 0, into.withdrawn);
  decode_path_attributes(fields.attributes, decoding);
  decoding.read_nlri(fields.announced, Family::ipv4, Safi::unicast, 0, into.announced);
  into.reach = decoding.has_reach ? std::optional(std::move(reach)) : std::nullopt;
  into.unreach = decoding.has_unreach ? std::optional(std::move(unreach)) : std::nullopt;
  if (!into.announced.empty() || into.reach) {
    check_mandatory(into.attributes, !into.announced.empty(), fields.attributes.offset(), findings);
  }
  return {};
}

Result<void> encode_update(const Update& update, const Encoding& encoding, ByteWriter& out) {
  const bool path_ids = encoding.has_path_ids(Family::ipv4, Safi::unicast);
  const std::size_t withdrawn = out.size();
  out.u16(0);
  encode_nlri(out, update.withdrawn, path_ids);
  if (auto done = close_field(out, withdrawn, "withdrawn routes"); !done) return done;
  const std::size_t attributes = out.size();
  out.u16(0);
  const Encodable from{encoding, &update.attributes, update.reach ? &*update.reach : nullptr,
                       update.unreach ? &*update.unreach : nullptr, false};
  if (auto done = encode_path_attributes(from, out); !done) return done;
  if (auto done = close_field(out, attributes, "path attributes"); !done) return done;
  encode_nlri(out, update.announced, path_ids);
  return {};
}

}  // namespace fairway::bgp
