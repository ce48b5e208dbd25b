#include "core/notify/mail.h"

#include <algorithm>

#include "base/text.h"
#include "core/notify/words.h"

namespace fairway::notify {

namespace {

constexpr std::size_t kLongest = 76;  // characters of an encoded line (RFC 2045 section 6.7)
constexpr std::string_view kHex = "0123456789ABCDEF";

bool is_plain(char c) { return c >= ' ' && c <= '~'; }

// One line of printable text; anything else becomes a question mark.
std::string one_line(std::string_view text) {
  std::string line(text);
  std::ranges::replace_if(line, [](char c) { return !is_plain(c); }, '?');
  return line;
}

void append_encoded(std::string& out, char c) {
  const auto octet = static_cast<unsigned char>(c);
  out += '=';
  out += kHex[octet >> 4];
  out += kHex[octet & 15];
}

// Quoted-printable, RFC 2045 section 6.7; `text` has line feeds.
void append_quoted_printable(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = cut(text, '\n');
    std::size_t begun = out.size();
    for (std::size_t i = 0; i < line.size(); ++i) {
      const bool last = i + 1 == line.size();
      const bool as_it_is = is_plain(line[i]) && line[i] != '=' && !(line[i] == ' ' && last);
      if (out.size() - begun + (as_it_is ? 1 : 3) + (last ? 0 : 1) > kLongest) {
        out += "=\r\n";
        begun = out.size();
      }
      if (as_it_is) {
        out += line[i];
      } else {
        append_encoded(out, line[i]);
      }
    }
    out += "\r\n";
  }
}

// "Mon, 23 Nov 2026 22:13:03 +0000"
std::string date_of(Instant at) {
  constexpr std::string_view kDays[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};  // 1970-01-01 was a Thursday
  constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::int64_t second = std::max<std::int64_t>(at.whole_seconds(), 0);
  const CivilDate date = civil_from_days(second / 86400);
  const std::string clock = to_string(from_seconds(second)).substr(11, 8);
  return std::string(kDays[static_cast<std::size_t>(second / 86400 % 7)]) + ", " + std::to_string(date.day) + ' ' +
         std::string(kMonths[date.month - 1]) + ' ' + std::to_string(date.year) + ' ' + clock + " +0000";
}

std::string_view domain_of(std::string_view mailbox) {
  const std::string_view address = address_of(mailbox);
  const std::size_t at = address.rfind('@');
  return at == std::string_view::npos ? "localhost" : address.substr(at + 1);
}

}  // namespace

std::string_view address_of(std::string_view mailbox) {
  const std::size_t open = mailbox.rfind('<');
  if (open == std::string_view::npos) return trim(mailbox);
  const std::string_view rest = mailbox.substr(open + 1);
  return trim(rest.substr(0, rest.find('>')));
}

bool is_mailbox(std::string_view mailbox) {
  const std::string_view address = address_of(mailbox);
  const std::size_t at = address.find('@');
  return at != std::string_view::npos && at != 0 && at + 1 < address.size() && address.rfind('@') == at &&
         std::ranges::all_of(mailbox, is_plain) && address.find_first_of(" <>,;") == std::string_view::npos;
}

std::string mail(const Notification& n, const MailHead& head) {
  const std::string domain = one_line(domain_of(head.from));
  const std::string thread = n.incident.id + '@' + domain;
  const bool root = n.stage == Stage::open && n.sequence == 1;
  std::string out;
  const auto field = [&](std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(one_line(value)).append("\r\n");
  };
  field("Date", date_of(n.at));
  field("From", head.from);
  for (std::size_t i = 0; i < head.to.size(); ++i) {
    out.append(i == 0 ? "To: " : " ").append(one_line(head.to[i])).append(i + 1 == head.to.size() ? "\r\n" : ",\r\n");
  }
  field("Subject", subject(n));
  field("Message-ID", '<' + (root ? thread : id_of(n) + '@' + domain) + '>');
  if (!root) {
    field("In-Reply-To", '<' + thread + '>');
    field("References", '<' + thread + '>');
  }
  field("List-Id", "Fairway incidents <" + (head.list_id.empty() ? "fairway." + domain : head.list_id) + '>');
  field("Auto-Submitted", "auto-generated");  // RFC 3834: no vacation notices, please
  field("X-Fairway-Incident", n.incident.id);
  field("X-Fairway-Transition", to_string(n.stage));
  field("MIME-Version", "1.0");
  field("Content-Type", "text/plain; charset=utf-8");
  field("Content-Transfer-Encoding", "quoted-printable");
  out += "\r\n";
  append_quoted_printable(out, body(n));
  return out;
}

}  // namespace fairway::notify
