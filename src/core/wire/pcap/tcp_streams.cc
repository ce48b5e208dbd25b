#include "core/wire/pcap/tcp_streams.h"

#include <utility>

namespace fairway::pcap {

namespace {

struct Waiting {
  Buffer octets;
  Instant time;
};

// What a piece that waits costs besides its octets.
constexpr std::size_t kPerPiece = 256;

struct Stream {
  Flow flow;
  std::uint32_t first = 0;  // sequence number of the first octet
  std::uint64_t next = 0;   // place in the stream of the octet that comes next; its lower half is the sequence number
  bool after_syn_data = false;  // nothing came behind the octets of the SYN itself
  bool ended = false;
  std::optional<std::uint64_t> fin;          // the place behind the last octet
  std::map<std::uint64_t, Waiting> waiting;  // by place
  std::size_t waiting_octets = 0;            // kPerPiece included

  // The place that a sequence number near `next` means.
  std::uint64_t place_of(std::uint32_t sequence) const {
    const auto ahead = static_cast<std::int32_t>(sequence - static_cast<std::uint32_t>(next));
    return next + static_cast<std::uint64_t>(static_cast<std::int64_t>(ahead));
  }

  void tell(std::uint64_t place, Bytes octets, Instant time, StreamSink& sink) {
    const std::uint64_t known = next - place;
    if (known >= octets.size()) return;
    const Bytes fresh = octets.subspan(static_cast<std::size_t>(known));
    next += fresh.size();
    sink.on_data(flow, time, fresh);
  }

  // Tells what waits and is due now.
  void drain(StreamSink& sink) {
    while (!waiting.empty() && waiting.begin()->first <= next) {
      const auto node = waiting.extract(waiting.begin());
      waiting_octets -= node.mapped().octets.size() + kPerPiece;
      tell(node.key(), node.mapped().octets.bytes(), node.mapped().time, sink);
    }
    if (fin && *fin <= next) end(sink);
  }

  void end(StreamSink& sink) {
    if (std::exchange(ended, true)) return;
    waiting.clear();
    waiting_octets = 0;
    sink.on_end(flow);
  }

  void finish(StreamSink& sink) {
    while (!waiting.empty()) give_up(sink);
  }

  // What is missing will not come.
  void give_up(StreamSink& sink) {
    sink.on_gap(flow, waiting.begin()->first - next);
    next = waiting.begin()->first;
    drain(sink);
  }

  void wait(std::uint64_t place, Bytes octets, Instant time) {
    const auto [at, fresh] = waiting.try_emplace(place);
    Waiting& slot = at->second;
    if (!fresh && slot.octets.size() >= octets.size()) return;
    waiting_octets += octets.size() - slot.octets.size() + (fresh ? kPerPiece : 0);
    slot = {Buffer::copy_of(octets), time};
  }
};

}  // namespace

struct TcpStreams::State {
  StreamOptions options;
  std::map<std::pair<Endpoint, Endpoint>, Stream> streams;
  std::uint32_t numbers = 0;

  Stream* stream_of(const Segment& segment, StreamSink& sink) {
    const std::pair ends(segment.source, segment.destination);
    const auto found = streams.find(ends);
    const bool known = found != streams.end();
    const std::uint32_t first = segment.sequence + (segment.syn ? 1 : 0);
    const bool again = known && segment.syn && first != found->second.first;  // else a SYN that is sent again
    if (known && !again) return &found->second;
    if (known) {
      found->second.finish(sink);
      found->second.end(sink);
    }
    if (!known && streams.size() >= options.most_flows) return nullptr;
    Stream& stream = streams[ends];
    stream = Stream{};
    stream.flow = {numbers++, segment.source, segment.destination};
    stream.first = first;
    // Some way up, so that what comes late does not stand before the beginning.
    stream.next = (std::uint64_t{1} << 32) + first;
    return &stream;
  }
};

TcpStreams::TcpStreams(const StreamOptions& options) : state_(std::make_unique<State>()) { state_->options = options; }
TcpStreams::~TcpStreams() = default;

void TcpStreams::add(const Segment& segment, Instant time, StreamSink& sink) {
  if (segment.transport != Transport::tcp) return;
  Stream* stream = state_->stream_of(segment, sink);
  if (stream == nullptr || stream->ended) return;
  if (segment.rst) {
    stream->finish(sink);
    stream->end(sink);
    return;
  }
  const std::uint64_t place = stream->place_of(segment.sequence + (segment.syn ? 1 : 0));
  // Recordings made up by programs have octets on a SYN that does not count itself.
  if (stream->after_syn_data && !segment.syn && place + 1 == stream->next) stream->next = place;
  stream->after_syn_data = segment.syn && !segment.payload.empty();
  if (segment.fin) stream->fin = place + segment.payload.size();
  if (place <= stream->next) {
    stream->tell(place, segment.payload, time, sink);
  } else if (!segment.payload.empty()) {
    stream->wait(place, segment.payload, time);
  }
  stream->drain(sink);
  while (stream->waiting_octets > state_->options.most_waiting) stream->give_up(sink);
}

void TcpStreams::finish(StreamSink& sink) {
  for (auto& [ends, stream] : state_->streams) stream.finish(sink);
}

}  // namespace fairway::pcap
