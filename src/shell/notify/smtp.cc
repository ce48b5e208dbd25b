#include "shell/notify/smtp.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "shell/notify/curl_handle.h"
#include "shell/notify/secret.h"

namespace fairway::notify {

namespace {

// Follows the dialogue: libcurl tells the fate of the whole message, not of each recipient.
struct Dialogue {
  const std::vector<std::string>& to;
  std::size_t asked = 0;  // recipients that were named
  bool asking = false;    // the last command named one
  MailOutcome outcome{};
  std::string refusal{};  // the server's last one

  void on_command(std::string_view line) {
    asking = line.starts_with("RCPT TO:");
    if (asking) ++asked;
  }
  void on_reply(std::string_view line) {
    if (line.starts_with('4') || line.starts_with('5')) refusal = trim(line);
    const bool final = line.size() < 4 || line[3] != '-';
    if (!asking || !final || asked == 0 || asked > to.size()) return;
    const std::string& recipient = to[asked - 1];
    if (line.starts_with('2')) {
      outcome.accepted.push_back(recipient);
    } else {
      (line.starts_with('5') ? outcome.never : outcome.later).push_back({recipient, concealed(line, {})});
    }
    asking = false;
  }
};

int on_debug(CURL*, curl_infotype type, char* data, std::size_t size, void* user) {
  auto& dialogue = *static_cast<Dialogue*>(user);
  if (type == CURLINFO_HEADER_OUT) dialogue.on_command({data, size});
  if (type == CURLINFO_HEADER_IN) dialogue.on_reply({data, size});
  return 0;
}

std::size_t on_read(char* out, std::size_t size, std::size_t count, void* user) {
  auto& rest = *static_cast<std::string_view*>(user);
  const std::size_t octets = std::min(size * count, rest.size());
  std::memcpy(out, rest.data(), octets);
  rest.remove_prefix(octets);
  return octets;
}

std::size_t on_write(char*, std::size_t size, std::size_t count, void*) { return size * count; }

}  // namespace

Result<MailOutcome> send_mail(const MailServer& server, std::string_view from, const std::vector<std::string>& to,
                              std::string_view message, Duration timeout, std::stop_token stop) {
  std::vector<std::string> secrets;
  CurlHandle curl(timeout, server.ca_file, std::move(stop));
  if (!server.user.empty()) {
    auto password = read_secret(server.password_file);
    if (!password) return std::unexpected(password.error());
    curl.set(CURLOPT_USERNAME, server.user.c_str());
    curl.set(CURLOPT_PASSWORD, password->c_str());
    secrets.push_back(*std::move(password));
  }
  const bool v6 = server.host.find(':') != std::string::npos;
  const std::string url = fmt::format("{}://{}{}{}:{}", server.security == MailSecurity::tls ? "smtps" : "smtp",
                                      v6 ? "[" : "", server.host, v6 ? "]" : "", server.port);
  const std::string sender = fmt::format("<{}>", from);
  std::string_view rest = message;
  Dialogue dialogue{to};
  curl.set(CURLOPT_URL, url.c_str());
  curl.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl.set(CURLOPT_NOPROXY, "*");
  curl.set(CURLOPT_USE_SSL,
           static_cast<long>(server.security == MailSecurity::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
  curl.set(CURLOPT_MAIL_FROM, sender.c_str());
  curl.set(CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
  for (const std::string& recipient : to) curl.add_recipient(fmt::format("<{}>", recipient));
  curl.set(CURLOPT_UPLOAD, 1L);
  curl.set(CURLOPT_READFUNCTION, on_read);
  curl.set(CURLOPT_READDATA, &rest);
  curl.set(CURLOPT_WRITEFUNCTION, on_write);
  curl.set(CURLOPT_VERBOSE, 1L);  // for on_debug, which keeps no command
  curl.set(CURLOPT_DEBUGFUNCTION, on_debug);
  curl.set(CURLOPT_DEBUGDATA, &dialogue);

  const CURLcode code = curl.run();
  if (code == CURLE_OK) return dialogue.outcome;
  if (dialogue.outcome.never.size() + dialogue.outcome.later.size() == to.size()) {
    dialogue.outcome.accepted.clear();  // nobody took it; each has its own reason
    return dialogue.outcome;
  }
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  // Behind the recipients a 5xx is about the message; before, it is about us, and may be repaired.
  const bool wrong_message = !dialogue.outcome.accepted.empty() && status >= 500 && status < 600;
  return fail(wrong_message ? ErrorKind::refused : ErrorKind::system,
              fmt::format("{}: {}{}", redacted(url), concealed(curl.said(code), secrets),
                          dialogue.refusal.empty() ? "" : fmt::format(" ({})", concealed(dialogue.refusal, secrets))));
}

}  // namespace fairway::notify
