// TcpStreams: the octets of TCP connections out of their segments, in sequence: what was sent again is told once, what
// came early waits for what is missing. A recording may begin in the middle of a connection, and may miss packets: then
// the hole is told and reading goes on behind it. Memory is bounded.
#pragma once

#include <cstdint>
#include <map>
#include <memory>

#include "base/bytes.h"
#include "core/model/instant.h"
#include "core/wire/pcap/segment.h"

namespace fairway::pcap {

// One direction of one connection. A connection between the same ends as an earlier one has another number.
struct Flow {
  std::uint32_t number = 0;
  Endpoint source, destination;
};

class StreamSink {
 public:
  virtual ~StreamSink() = default;
  virtual void on_data(const Flow& flow, Instant time, Bytes octets) = 0;
  virtual void on_gap(const Flow&, std::uint64_t /*octets*/) {}  // so many are missing here
  virtual void on_end(const Flow&) {}                            // FIN, RST or a new connection
};

struct StreamOptions {
  std::size_t most_flows = 65536;                   // segments of further ones are passed over
  std::size_t most_waiting = std::size_t{4} << 20;  // octets of one flow that came early
};

class TcpStreams {
 public:
  explicit TcpStreams(const StreamOptions& options = {});
  ~TcpStreams();

  // Segments of anything but TCP are passed over.
  void add(const Segment& segment, Instant time, StreamSink& sink);
  // The recording ends: what waits is told, behind its holes.
  void finish(StreamSink& sink);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fairway::pcap
