// uses: core/wire/bgp core/model base
//
// A run of path attributes, of an UPDATE or of a RIB entry, with ASNs of two octets or four, decodes to values that
// encode to octets which decode to the same: with those of four octets without any finding but those that are about
// values themselves. Towards a speaker of two octets nothing is lost on the way to one of four: AS4_PATH carries it.
#include "as4_path.h"
#include "core/wire/bgp/path_attributes.h"
#include "core/wire/bgp/testing.h"
#include "hold.h"

namespace {

using namespace fairway;
using namespace fairway::bgp;

struct Decoded {
  Attributes attributes;
  Reach reach;
  Unreach unreach;
  Findings findings;
  bool has_reach = false, has_unreach = false;
};

Decoded decode(Bytes run, const Encoding& encoding, bool in_rib) {
  Decoded decoded;
  Decoding into;
  into.encoding = encoding;
  into.in_rib = in_rib;
  into.attributes = &decoded.attributes;
  into.reach = &decoded.reach;
  into.unreach = &decoded.unreach;
  into.findings = &decoded.findings;
  decode_path_attributes(Cursor(run), into);
  decoded.has_reach = into.has_reach;
  decoded.has_unreach = into.has_unreach;
  for (const Finding& finding : decoded.findings) hold(finding.offset <= run.size(), "a finding lies in the run");
  return decoded;
}

Result<void> encode(const Decoded& decoded, const Encoding& encoding, ByteWriter& out) {
  const Encodable from{encoding, &decoded.attributes, decoded.has_reach ? &decoded.reach : nullptr,
                       decoded.has_unreach ? &decoded.unreach : nullptr, false};
  return encode_path_attributes(from, out);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  Encoding encoding;
  encoding.four_octet_asns = (data[0] & 1) == 0;
  encoding.add_path = data[0] >> 4;
  const bool in_rib = (data[0] & 2) != 0;
  const Buffer input = padded(data + 1, size - 1);

  const Decoded first = decode(input.bytes(), encoding, in_rib);
  // In a RIB entry the whole attribute with an AFI from 1024 on, of which there is none but BGP-LS, may look
  // abbreviated.
  if (in_rib && first.has_reach && !first.reach.abbreviated && first.reach.afi >= 1024) return 0;
  Encoding four = encoding;
  four.four_octet_asns = true;
  ByteWriter out;
  if (!encode(first, four, out)) {
    hold(input.size() > 0x7FFF, "what is short fits");
    return 0;
  }
  const Buffer written = padded(out.written().data(), out.size());
  const Decoded second = decode(written.bytes(), four, in_rib);
  hold(second.has_reach == first.has_reach && second.has_unreach == first.has_unreach, "NLRI attributes");
  hold(!first.has_reach || first.reach == second.reach, "MP_REACH_NLRI");
  hold(!first.has_unreach || first.unreach == second.unreach, "MP_UNREACH_NLRI");
  hold(testing::same(first.attributes, second.attributes), "attributes");

  Encoding two = encoding;
  two.four_octet_asns = false;
  ByteWriter narrow;
  if (!encode(first, two, narrow) || !fits_as4_path(first.attributes.as_path)) return 0;
  const Buffer narrowed = padded(narrow.written().data(), narrow.size());
  const Decoded third = decode(narrowed.bytes(), two, in_rib);
  hold(to_string(third.attributes.as_path) == to_string(first.attributes.as_path), "the path over two octets");
  hold(third.attributes.aggregator == first.attributes.aggregator, "the aggregator over two octets");
  return 0;
}
