#include "core/notify/syslog.h"

#include <algorithm>

#include "core/notify/words.h"

namespace fairway::notify {

namespace {

constexpr std::size_t kLongest = 2048;
constexpr std::size_t kMembers = 10;  // of a list: one parameter each

std::string plain(std::string_view text) {
  std::string out(text);
  std::ranges::replace_if(out, [](char c) { return c < ' ' || c > '~'; }, '?');
  return out;
}

// A field of the header: no blanks, and a hyphen where nothing is known (section 6.2).
std::string word(std::string_view text, std::size_t most) {
  std::string out = plain(text.substr(0, most));
  std::ranges::replace(out, ' ', '?');
  return out.empty() ? "-" : out;
}

void append_parameter(std::string& out, std::string_view name, std::string_view value) {
  out.append(" ").append(name).append("=\"");
  for (const char c : plain(value)) {
    if (c == '"' || c == '\\' || c == ']') out += '\\';  // section 6.3.3
    out += c;
  }
  out += '"';
}

template <class List, class Write>
void append_list(std::string& out, std::string_view name, const List& list, Write write) {
  for (std::size_t i = 0; i < list.size() && i < kMembers; ++i) append_parameter(out, name, write(list[i]));
}

}  // namespace

std::string syslog(const Notification& n, const SyslogHead& head) {
  constexpr int kInformational = 6, kBySeverity[] = {5, 4, 2};
  const Incident& i = n.incident;
  const Confidence confidence = confidence_band(i.confidence);
  const int severity = n.stage == Stage::clear ? kInformational : kBySeverity[static_cast<std::size_t>(confidence)];
  std::string out = '<' + std::to_string(head.facility * 8 + severity) + ">1 " + to_string(n.at) + ' ';
  out += word(head.host, 255) + " fairway - " + std::string(to_string(n.stage)) + " [fairway@32473";
  append_parameter(out, "id", id_of(n));
  append_parameter(out, "incident", i.id);
  if (n.test) append_parameter(out, "test", "true");
  append_parameter(out, "kind", to_string(kind_of(i.type)));
  append_parameter(out, "type", to_string(i.type));
  append_parameter(out, "confidence", to_string(confidence));
  append_parameter(out, "score", std::to_string(i.confidence));
  append_parameter(out, "opened", to_string(i.opened));
  if (i.cleared) append_parameter(out, "cleared", to_string(*i.cleared));
  append_list(out, "offender", i.offenders, [](Asn asn) { return to_string(asn); });
  append_list(out, "victim", i.victims, [](Asn asn) { return to_string(asn); });
  append_list(out, "prefix", i.prefixes, [](const Prefix& prefix) { return to_string(prefix); });
  append_parameter(out, "prefixes", std::to_string(i.prefixes.size()));
  out += "] " + plain(subject(n));
  if (out.size() > kLongest) out.resize(kLongest);
  return out;
}

std::string counted(std::string_view message) { return std::to_string(message.size()) + ' ' + std::string(message); }

}  // namespace fairway::notify
