#include "core/wire/bgp/path_attributes.h"

#include <array>

#include "core/wire/bgp/attribute_files.h"

namespace fairway::bgp {

using enum FindingAction;

namespace {

constexpr std::uint8_t kMpReach = 14, kMpUnreach = 15;

class TypesSeen {
 public:
  // Whether `type` was not seen before.
  bool add(std::uint8_t type) {
    const std::uint64_t bit = std::uint64_t{1} << (type % 64);
    const bool fresh = (words_[type / 64] & bit) == 0;
    words_[type / 64] |= bit;
    return fresh;
  }

 private:
  std::array<std::uint64_t, 4> words_{};
};

void decode_unknown(const WireAttribute& attribute, std::uint64_t offset, Decoding& into) {
  if ((attribute.flags & kOptional) == 0) {
    into.report(attribute.type, session_reset, "RFC 4271 section 6.3", "a well-known attribute is unknown", offset);
  }
  const auto flags = static_cast<std::uint8_t>(attribute.flags & ~kExtendedLength);
  into.attributes->unknown.push_back({flags, attribute.type, attribute.value.rest()});
}

Result<void> encode_one(std::string_view name, std::uint8_t flags, std::uint8_t type, Bytes value, ByteWriter& out) {
  constexpr std::size_t kMost = 0xFFFF;
  if (value.size() > kMost) {
    return fail(ErrorKind::usage,
                std::string(name) + ": " + std::to_string(value.size()) + " octets do not fit: at most 65535.");
  }
  const bool extended = value.size() > 0xFF;
  out.u8(static_cast<std::uint8_t>(extended ? flags | kExtendedLength : flags & ~kExtendedLength));
  out.u8(type);
  if (extended) {
    out.u16(static_cast<std::uint16_t>(value.size()));
  } else {
    out.u8(static_cast<std::uint8_t>(value.size()));
  }
  out.bytes(value);
  return {};
}

}  // namespace

std::optional<WireAttribute> next_attribute(Cursor& cursor) {
  WireAttribute attribute;
  const Bytes before = cursor.rest();
  attribute.flags = cursor.u8();
  attribute.type = cursor.u8();
  attribute.value = cursor.sub((attribute.flags & kExtendedLength) != 0 ? cursor.u16() : cursor.u8());
  if (!cursor.ok()) return std::nullopt;
  attribute.octets = before.first(before.size() - cursor.left());
  return attribute;
}

void decode_path_attributes(Cursor run, Decoding& into) {
  TypesSeen seen;
  while (!run.empty()) {
    const std::uint64_t offset = run.offset();
    const auto attribute = next_attribute(run);
    if (!attribute) {
      into.report(0, treat_as_withdraw, "RFC 7606 section 4", "an attribute is longer than the attributes together",
                  offset);
      break;
    }
    const std::uint8_t type = attribute->type;
    if (!seen.add(type)) {
      const bool multiprotocol = type == kMpReach || type == kMpUnreach;
      into.report(type, multiprotocol ? session_reset : attribute_discard, "RFC 7606 section 3 g",
                  "an attribute stands twice", offset);
      continue;
    }
    const AttributeRow* row = find_attribute(type);
    if (row == nullptr) {
      decode_unknown(*attribute, offset, into);
      continue;
    }
    if ((attribute->flags & (kOptional | kTransitive)) != row->flags) {
      into.report(type, row->on_error == session_reset ? session_reset : treat_as_withdraw, "RFC 7606 section 3 c",
                  "the Optional or Transitive flag is not as it must be", offset);
    }
    if (const auto wrong = row->decode(attribute->value, into); !wrong.empty()) {
      into.report(type, row->on_error, row->rule, wrong, offset);
    }
  }
  if (into.has_as4_path || into.as4_aggregator) merge_as4(into);
}

Result<void> encode_path_attributes(const Encodable& from, ByteWriter& out) {
  ByteWriter value;
  for (const AttributeRow& row : attribute_rows()) {
    value.clear();
    const auto present = row.encode(from, value);
    if (!present) return std::unexpected(present.error());
    if (!*present) continue;
    if (auto done = encode_one(row.name, row.flags, row.type, value.written(), out); !done) return done;
  }
  for (const RawAttribute& raw : from.attributes->unknown) {
    const std::string name = "attribute " + std::to_string(raw.type);
    if (auto done = encode_one(name, raw.flags, raw.type, raw.value, out); !done) return done;
  }
  return {};
}

void check_mandatory(const Attributes& attributes, bool needs_next_hop, std::uint64_t offset, Findings& findings) {
  constexpr std::string_view kRule = "RFC 7606 section 3 d";
  if (!attributes.origin) findings.push_back({1, treat_as_withdraw, kRule, "ORIGIN is missing", offset});
  if (!attributes.has_as_path) findings.push_back({2, treat_as_withdraw, kRule, "AS_PATH is missing", offset});
  if (needs_next_hop && !attributes.next_hop)
    findings.push_back({3, treat_as_withdraw, kRule, "NEXT_HOP is missing", offset});
}

}  // namespace fairway::bgp
