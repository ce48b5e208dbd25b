// What programs read: JSON, and lines of a form that the caller chooses.
#include "core/report/routerconfig/vendor_rows.h"
#include "core/report/routerconfig/writing.h"

namespace fairway::routerconfig {

namespace {

void put_json_prefixes(std::string& out, const List& list) {
  put(out, "{ \"", list.name, "\": [");
  std::string_view before = "\n    { \"prefix\": \"";
  for (const PrefixRange& range : RangesToWrite(out, list)) {
    put(out, before, range.prefix.address(), "\\/", range.prefix.length());
    before = ",\n    { \"prefix\": \"";
    if (range.exact()) {
      put(out, "\", \"exact\": true }");
    } else {
      put(out, "\", \"exact\": false,");
      if (has_lower_bound(range)) put(out, "\n      \"greater-equal\": ", range.least, ',');
      put(out, " \"less-equal\": ", range.most, " }");
    }
  }
  put(out, "\n] }\n");
}

void put_json_asns(std::string& out, const List& list) {
  put(out, "{\"", list.name, "\": [");
  std::string_view before = "\n  ";
  for (const std::string& group : groups_of_asns(list, ",", true)) {
    put(out, before, group);
    before = ",\n  ";
  }
  put(out, "\n]}\n");
}

// %n address, %l length, %a and %A least and greatest length, %N the list's name, %m mask, %i inverse mask.
void put_formatted(std::string& out, const List& list) {
  const std::string_view format = list.format;
  for (const PrefixRange& range : RangesToWrite(out, list)) {
    const Prefix& prefix = range.prefix;
    for (std::size_t i = 0; i < format.size(); ++i) {
      if (format[i] == '\\' && i + 1 < format.size()) {
        const char c = format[++i];
        out += c == 'n' ? '\n' : c == 't' ? '\t' : c;
        continue;
      }
      if (format[i] != '%' || i + 1 == format.size()) {
        out += format[i];
        continue;
      }
      const IpAddress mask{prefix.family(), Prefix::mask_high(prefix.length()), Prefix::mask_low(prefix.length())};
      switch (format[++i]) {
        case 'r':
        case 'n': put(out, prefix.address()); break;
        case 'l': put(out, prefix.length()); break;
        case 'a': put(out, range.least); break;
        case 'A': put(out, range.most); break;
        case 'N': put(out, list.name); break;
        case 'm': put(out, mask); break;
        case 'i':
          put(out, IpAddress{mask.family, ~mask.high & Prefix::mask_high(address_bits(mask.family)),
                             ~mask.low & Prefix::mask_low(address_bits(mask.family))});
          break;
        default: out += format[i];
      }
    }
  }
  if (!format.ends_with("\\n")) out += '\n';
}

}  // namespace

bool is_format(std::string_view format) {
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] == '\\') {
      ++i;
    } else if (format[i] == '%' &&
               (++i == format.size() || std::string_view("rnlaANmi%").find(format[i]) == std::string_view::npos)) {
      return false;
    }
  }
  return true;
}

const Vendor kJson{.name = "json",
                   .letters = "j",
                   .summary = "JSON",
                   .writers = {put_json_prefixes, nullptr, nullptr, put_json_asns, nullptr, nullptr, put_json_asns}};
const Vendor kFormat{
    .name = "format", .letters = "F", .summary = "lines of a form of your own", .writers = {put_formatted}};

}  // namespace fairway::routerconfig
