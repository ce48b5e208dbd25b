// uses: core/session/whois_client core/model base
//
// Whatever a server sends, in whatever pieces, the client ends or waits or refuses with a reason, asks no more than it
// was told of, and its answer has what it promises. The first octet of the input chooses what is asked, the second how
// large the pieces are.
#include <algorithm>
#include <string>

#include "core/session/whois_client/client.h"
#include "hold.h"

using namespace fairway;

namespace {

SetQuery query_of(unsigned choice) {
  SetQuery query;
  query.sets = {"AS-FOO", choice & 1 ? "RIPE::AS-BAR" : "AS-BAR"};
  query.route_sets = {"RS-FOO"};
  query.asns = {Asn{64}};
  if (choice & 2) query.except = {"AS-LOOP", "as65"};
  if (choice & 4) query.depth = 3;
  query.prefixes = (choice & 8) == 0;
  query.ipv6 = choice & 16;
  query.routed_only = choice & 32;
  query.provenance = choice & 64;
  query.most_asns = 100;
  query.most_prefixes = 100;
  return query;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const SetQuery query = query_of(data[0]);
  const std::size_t piece = data[1] % 32 + 1u;
  std::string_view text(reinterpret_cast<const char*>(data + 2), size - 2);
  WhoisClient client(query, {.pipelining = data[0] < 128});
  std::size_t asked = 0;
  while (!text.empty() && !client.finished()) {
    asked += client.output().size();
    client.sent(client.output().size());
    const auto received = client.receive(text.substr(0, piece));
    text.remove_prefix(std::min(piece, text.size()));
    if (!received) {
      hold(!received.error().text.empty(), "refused without a reason");
      return 0;
    }
  }
  hold(asked <= 4096 + 8192 * size, "asks without end");
  if (!client.finished()) return 0;
  hold(client.output().ends_with("!q\n"), "no farewell");
  const SetAnswer answer = client.take();
  hold(answer.ranges.size() <= query.most_prefixes && answer.asns.size() <= query.most_asns, "more than was allowed");
  hold(std::is_sorted(answer.asns.begin(), answer.asns.end()), "ASNs out of order");
  if (!query.provenance) return 0;
  hold(answer.origins.size() == answer.ranges.size() && answer.asn_via.size() == answer.asns.size(),
       "provenance is not parallel");
  for (std::size_t i = 0; i < answer.sets.size(); ++i) {
    hold(answer.sets[i].via == kNoSet || answer.sets[i].via < i, "a set named by a later one");
  }
  return 0;
}
