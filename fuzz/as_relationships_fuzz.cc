// uses: core/read core/tables core/model base
//
// Links and clique say the same when they are written plainly and read again.
#include "core/read/as_relationships.h"
#include "hold.h"

using namespace fairway;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = read_as_relationships({data, size});
  is_as_relationships({data, size});
  if (!read) return 0;
  if (read->links.empty()) return 0;
  std::string plain = "# input clique:";
  for (const Asn asn : read->clique) plain += " " + to_string(asn);
  plain += "\n";
  for (const RelationshipLink& link : read->links) {
    hold(link.a != link.b, "an AS has no link with itself");
    plain += to_string(link.a) + "|" + to_string(link.b) + (link.transit ? "|-1" : "|0") +
             (read->format == "serial-2" ? "|bgp\n" : "\n");
  }
  hold(is_as_relationships(as_bytes(plain)), "the plain form is known");
  const auto again = read_as_relationships(as_bytes(plain));
  hold(again.has_value() && again->links == read->links && again->clique == read->clique &&
           again->format == read->format,
       "the plain form says the same");
  return 0;
}
