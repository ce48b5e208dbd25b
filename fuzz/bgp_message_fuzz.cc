// uses: core/wire/bgp core/model base
//
// Messages of a stream: each is framed or refused with an error that says where, and the cursor moves only over whole
// ones. What is decoded and encoded again decodes to the same, whatever was agreed on (first octet): ASNs of two
// octets, ADD-PATH, extended messages.
#include "as4_path.h"
#include "core/wire/bgp/message.h"
#include "core/wire/bgp/testing.h"
#include "hold.h"

namespace {

using namespace fairway;
using namespace fairway::bgp;

bool same_message(const Message& a, const Message& b) {
  const Update *x = std::get_if<Update>(&a), *y = std::get_if<Update>(&b);
  if (x != nullptr && y != nullptr) {
    return x->withdrawn == y->withdrawn && x->announced == y->announced && x->reach == y->reach &&
           x->unreach == y->unreach && testing::same(x->attributes, y->attributes);
  }
  if (a.index() != b.index()) return false;
  return std::visit(
      [&](const auto& one) {
        using T = std::decay_t<decltype(one)>;
        if constexpr (std::is_same_v<T, Update>) {
          return false;
        } else {
          return one == std::get<T>(b);
        }
      },
      a);
}

void check(const RawMessage& raw, const Encoding& encoding, std::uint64_t end) {
  Findings findings;
  const auto message = decode_message(raw, encoding, findings);
  if (!message) {
    hold(message.error().kind == ErrorKind::malformed && message.error().where <= end, "an error lies in the input");
    return;
  }
  for (const Finding& finding : findings) {
    hold(finding.offset <= end && !finding.text.empty() && !finding.rule.empty(), "a finding says where, what and why");
  }
  const Update* update = std::get_if<Update>(&*message);
  if (update != nullptr && !encoding.four_octet_asns && !fits_as4_path(update->attributes.as_path)) return;
  ByteWriter out;
  if (const auto encoded = encode_message(*message, encoding, out); !encoded) {
    hold(encoded.error().kind == ErrorKind::usage && out.size() == 0, "refused as a whole");
    // Our form of a message may be longer than the one that came: by AS4_PATH, by parameters in their long form.
    hold(raw.body.left() > kMaxMessage / 8, "what is short fits");
    return;
  }
  Cursor cursor(out.written());
  const auto framed = next_message(cursor, encoding.extended_messages);
  hold(framed && cursor.empty() && framed->type == raw.type, "what was encoded is one message");
  Findings again;
  const auto decoded = decode_message(*framed, encoding, again);
  hold(decoded && same_message(*message, *decoded), "the same is decoded again");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  Encoding encoding;
  encoding.four_octet_asns = (data[0] & 1) == 0;
  encoding.extended_messages = (data[0] & 2) != 0;
  encoding.add_path = data[0] >> 4;
  const Buffer input = padded(data + 1, size - 1);

  Cursor stream(input.bytes());
  while (!stream.empty()) {
    const std::size_t before = stream.left();
    const auto raw = next_message(stream, encoding.extended_messages);
    if (!raw) {
      hold(stream.left() == before && raw.error().where == stream.offset(), "an error consumes nothing");
      break;
    }
    hold(before - stream.left() == raw->body.left() + kHeaderSize, "a message is its header and its body");
    check(*raw, encoding, input.size());
  }
  // A body alone, so that no marker is in the way of what the fuzzer changes.
  const auto type = static_cast<MessageType>(1 + input.bytes()[0] % 5);
  check({type, Cursor(input.bytes().subspan(1), 1)}, encoding, input.size());
  return 0;
}
