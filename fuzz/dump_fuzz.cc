// uses: core/report core/filter core/wire/mrt core/wire/bgp core/model base
//
// Any octets as text: bgpdump's form has a line for each event but an end of RIB, with as many columns as its kind has;
// psv a line of as many columns as its header, json one object a line without a control character. What a filter lets
// through is a part of what there is without it.
#include "core/report/dump.h"

#include <algorithm>

#include "hold.h"

namespace {

using namespace fairway;

struct Counted : mrt::EventSink {
  std::size_t events = 0, lines = 0;
  void on_event(const mrt::Record&, const RouteEvent& event) override {
    ++events;
    lines += event.kind != EventKind::end_of_rib;
  }
};

std::size_t columns(std::string_view line) { return 1 + static_cast<std::size_t>(std::ranges::count(line, '|')); }

void check_bgpdump(std::string_view line) {
  const std::size_t count = columns(line);
  const bool add_path = line.substr(0, line.find('|')).ends_with("_AP");
  std::string_view rest = line;
  cut(rest, '|');
  cut(rest, '|');
  const std::string_view kind = cut(rest, '|');
  if (kind == "STATE") {
    hold(count == 7, "a state has 7 columns");
  } else if (kind == "W") {
    hold(count == 6u + add_path, "a withdrawal has 6 columns");
  } else {
    hold(kind == "A" || kind == "B", "no other kind");
    hold(count == 15u + add_path, "a route has 15 columns");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 1 << 16) return 0;
  const Buffer input = padded(data, size);
  const auto dump = [&](const DumpFormatRow& format, const RouteFilter& filter) {
    std::string out;
    Dump dump(format.make({}), mrt::EventDecoder(), filter);
    for (Cursor cursor(input.bytes()); !cursor.empty();) {
      const auto record = mrt::next_record(cursor);
      if (!record) break;
      (void)dump.append(out, *record);
    }
    return out;
  };
  Counted counted;
  mrt::EventDecoder decoder;
  for (Cursor cursor(input.bytes()); !cursor.empty();) {
    const auto record = mrt::next_record(cursor);
    if (!record) break;
    (void)decoder.decode(*record, counted);
  }
  const RouteFilter all;
  RouteFilter announced;
  hold(announced.add("type", "announce").has_value(), "there is such a type");
  for (const DumpFormatRow& format : dump_formats()) {
    const std::string text = dump(format, all);
    hold(text.empty() || text.back() == '\n', "lines are whole");
    const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n'));
    hold(format.name == "bgpdump" ? lines == counted.lines : lines <= counted.events, "a line for each event");
    for (std::string_view rest = text; !rest.empty();) {
      const std::string_view line = cut(rest, '\n');
      hold(std::ranges::all_of(line, [](char c) { return c >= ' ' && c <= '~'; }), "lines are plain text");
      if (format.name == "bgpdump") check_bgpdump(line);
      if (format.name == "psv") hold(columns(line) == columns(format.header), "psv has the header's columns");
      if (format.name == "json") hold(line.front() == '{' && line.back() == '}', "a line of json is an object");
    }
    std::string_view rest = text;
    const std::string part = dump(format, announced);
    for (std::string_view some = part; !some.empty();) {
      const std::string_view wanted = cut(some, '\n');
      while (true) {
        hold(!rest.empty(), "a filter adds nothing");
        if (cut(rest, '\n') == wanted) break;
      }
    }
  }
  return 0;
}
