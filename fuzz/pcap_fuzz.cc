// uses: core/wire/pcap core/model base
//
// A capture of any octets is read to an end: packets lie in the file one behind another, what they carry lies in them,
// and a stream tells no more octets than its segments have, holes apart. Nothing is told of a flow behind its end.
#include <map>

#include "core/wire/pcap/tcp_streams.h"
#include "hold.h"

namespace {

using namespace fairway;
using namespace fairway::pcap;

struct Check : StreamSink {
  std::uint64_t told = 0;
  std::map<std::uint32_t, bool> ended;
  void on_data(const Flow& flow, Instant, Bytes octets) override {
    hold(!octets.empty(), "what is told is something");
    hold(!ended[flow.number], "nothing comes behind the end");
    told += octets.size();
  }
  void on_gap(const Flow& flow, std::uint64_t octets) override {
    hold(octets != 0 && octets < std::uint64_t{1} << 31, "a hole has a size");
    hold(!ended[flow.number], "no hole lies behind the end");
  }
  void on_end(const Flow& flow) override { hold(!std::exchange(ended[flow.number], true), "a flow ends once"); }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Buffer input = padded(data, size);
  auto capture = Capture::open(input.bytes());
  if (!capture) return 0;
  StreamOptions options;
  options.most_waiting = 2000;  // so that it happens
  options.most_flows = 8;
  TcpStreams streams(options);
  Check check;
  std::uint64_t at = 0, carried = 0;
  for (;;) {
    const auto packet = capture->next();
    if (!packet) {
      hold(packet.error().where >= at && packet.error().where <= size, "an error lies behind the packets before it");
      break;
    }
    if (!*packet) break;
    const Packet& one = **packet;
    hold(one.offset >= at && one.offset + one.octets.size() <= size, "a packet lies in the file, behind others");
    at = one.offset + one.octets.size();
    const auto segment = read_segment(one);
    if (!segment) continue;
    hold(segment->payload.empty() ||
             (segment->payload.data() >= one.octets.data() &&
              segment->payload.data() + segment->payload.size() <= one.octets.data() + one.octets.size()),
         "a payload lies in its packet");
    carried += segment->payload.size();
    streams.add(*segment, one.time, check);
  }
  streams.finish(check);
  hold(check.told <= carried, "no more octets than were carried");
  return 0;
}
