// uses: core/filter core/model base
//
// A filter is lines "name value". Whatever the lines, each is taken or refused with a reason; what was taken can be
// asked; and the ways to match a prefix hang together: exact is more and less at once, any is more or less.
#include <cstdio>
#include <cstdlib>

#include "core/filter/route_filter.h"
#include "hold.h"

using namespace fairway;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  const char* const matches[] = {"exact", "more", "less", "any"};
  RouteFilter filters[4];
  bool has_prefix = false;
  while (!text.empty()) {
    std::string_view line = cut(text, '\n');
    const std::string_view name = cut(line, ' ');
    if (name == "match") continue;
    if (line.size() > 200) return 0;  // a long expression is slow to compile, and no harder
    for (RouteFilter& filter : filters) {
      const auto added = filter.add(name, line);
      hold(added || (added.error().kind == ErrorKind::usage && !added.error().text.empty()),
           "refused without a reason");
      hold(!added || !filter.empty(), "taken, but not a condition");
      has_prefix |= added && name == "prefix";
    }
  }
  for (std::size_t i = 0; has_prefix && i < 4; ++i)
    hold(filters[i].add("match", matches[i]).has_value(), "match refused");

  for (const char* prefix : {"0.0.0.0/0", "10.0.0.0/8", "10.1.2.0/24", "2001:db8::/32"}) {
    for (const char* path : {"", "1 2 3", "64500 {64501,64502}", "(64512) 3356"}) {
      Attributes attributes;
      attributes.as_path = *parse_as_path(path);
      attributes.communities = {kNoExport, Community{64500u << 16 | 1}};
      attributes.large_communities = {{64500, 1, 2}};
      RouteEvent event;
      event.prefix = *parse_prefix(prefix);
      event.peer = {IpAddress::ipv4(0xC0000201), Asn{64500}, 0};
      event.attributes = &attributes;
      const bool exact = filters[0].accepts(event), more = filters[1].accepts(event), less = filters[2].accepts(event),
                 any = filters[3].accepts(event);
      if (!has_prefix) {
        hold(exact == more && more == less && less == any, "match matters without a prefix");
        continue;
      }
      hold(!exact || (more && less), "exact is not more and less");
      hold(any == (more || less), "any is not more or less");
    }
  }
  return 0;
}
