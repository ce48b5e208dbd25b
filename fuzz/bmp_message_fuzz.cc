// uses: core/wire/bmp core/wire/bgp core/model base
//
// Messages of a stream: each is framed or refused with an error that says where, and the cursor moves only over whole
// ones. What is decoded lies in its message; encoded again it decodes to the same, in version 3 and 4.
#include "core/wire/bmp/message.h"
#include "core/wire/bmp/statistics.h"
#include "hold.h"

namespace {

using namespace fairway;
using namespace fairway::bmp;

// What a station asks a message for never fails in another way than by having nothing.
void ask(const Message& message) {
  bgp::Findings findings;
  if (const auto* up = std::get_if<PeerUp>(&message)) {
    for (const Cursor& open : {up->sent_open, up->received_open}) {
      if (const auto decoded = PeerUp::open(open, findings); !decoded)
        hold(decoded.error().where >= open.offset(), "an error lies in the OPEN");
    }
  }
  if (const auto* down = std::get_if<PeerDown>(&message)) {
    hold(!to_string(down->reason).empty(), "a reason has words");
    hold(!(down->notification() && down->event()), "one reason at most");
  }
  if (const auto* report = std::get_if<StatisticsReport>(&message)) {
    for (const Tlv& tlv : report->statistics) {
      if (const auto statistic = read_statistic(tlv)) hold(statistic->row->type == tlv.type, "of its type");
    }
  }
}

void check(const RawMessage& raw, std::uint64_t end) {
  const auto message = decode_message(raw);
  if (!message) {
    hold(message.error().kind == ErrorKind::malformed && message.error().where <= end, "an error lies in the input");
    return;
  }
  ask(*message);
  ByteWriter out;
  const auto encoded = encode_message(*message, out, raw.version);
  hold(encoded.has_value(), "what was decoded fits");
  Cursor cursor(out.written());
  const auto framed = next_message(cursor);
  hold(framed && cursor.empty() && framed->type == raw.type && framed->version == raw.version, "it is one message");
  const auto again = decode_message(*framed);
  hold(again && *again == *message, "the same is decoded again");
  ByteWriter twice;
  hold(encode_message(*again, twice, raw.version).has_value(), "and encoded");
  hold(std::ranges::equal(out.written(), twice.written()), "to the same octets");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const Buffer input = padded(data, size);
  Cursor stream(input.bytes());
  while (!stream.empty()) {
    const std::size_t before = stream.left();
    const auto raw = next_message(stream);
    if (!raw) {
      hold(stream.left() == before && raw.error().where == stream.offset(), "an error consumes nothing");
      break;
    }
    hold(before - stream.left() == raw->body.left() + kHeaderSize, "a message is its header and its body");
    check(*raw, size);
  }
  // A body alone, so that no length is in the way of what the fuzzer changes.
  const auto type = static_cast<MessageType>(data[0] % 8);
  check({static_cast<std::uint8_t>(data[0] < 128 ? 3 : 4), type, Cursor(input.bytes().subspan(1), 1)}, size);
  return 0;
}
