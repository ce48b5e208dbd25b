#include "shell/notify/http.h"

#include <fmt/format.h>

#include <fstream>

#include "base/text.h"
#include "shell/notify/curl_handle.h"
#include "shell/notify/secret.h"

namespace fairway::notify {

namespace {

constexpr std::size_t kAnswer = 4096;  // octets of the answer that are kept, for an error's text
constexpr std::size_t kToken = 6;       // characters of an address from which on a word of it may be a secret

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* user) {
  std::string& answer = *static_cast<std::string*>(user);
  answer.append(data, std::min(size * count, kAnswer - answer.size()));
  return size * count;
}

struct Opened {
  std::string url;
  std::vector<std::string> headers;
  std::vector<std::string> secrets;  // that no text may show
};

// The target with what its files say.
Result<Opened> open(const HttpTarget& target) {
  Opened opened{target.url, target.headers, {}};
  if (!target.url_file.empty()) {
    auto url = read_secret(target.url_file);
    if (!url) return std::unexpected(url.error());
    opened.url += *url;
  }
  // Behind the host anything may be a token, alone or with what stands around it.
  const std::size_t path = opened.url.find('/', opened.url.find("://") + 3);
  if (path != std::string::npos) {
    std::string_view rest = std::string_view(opened.url).substr(path + 1);
    opened.secrets.emplace_back(rest);
    while (!rest.empty()) {
      const std::size_t size = std::min(rest.find_first_of("/?&="), rest.size());
      if (size >= kToken) opened.secrets.emplace_back(rest.substr(0, size));
      rest.remove_prefix(std::min(size + 1, rest.size()));
    }
  }
  if (!target.headers_file.empty()) {
    std::ifstream file(target.headers_file);
    if (!file) return fail(ErrorKind::system, "cannot read " + target.headers_file);
    for (std::string line; std::getline(file, line);) {
      if (!trim(line).empty()) opened.headers.emplace_back(trim(line));
    }
  }
  for (const std::string& header : opened.headers) {
    std::string_view value = header;
    cut(value, ':');
    opened.secrets.emplace_back(trim(value));
    for (std::string_view word = next_word(value); !word.empty(); word = next_word(value)) {
      opened.secrets.emplace_back(word);  // "Bearer TOKEN"
    }
  }
  return opened;
}

bool is_wrong_request(long status) { return status == 400 || status == 413 || status == 415 || status == 422; }

}  // namespace

Result<void> send_http(const HttpTarget& target, const HttpRequest& request, std::stop_token stop) {
  auto opened = open(target);
  if (!opened) return std::unexpected(opened.error());
  opened->secrets.insert(opened->secrets.end(), request.secrets.begin(), request.secrets.end());
  const std::string url = opened->url + request.path;
  if (!url.starts_with("http://") && !url.starts_with("https://")) {
    return fail(ErrorKind::system, "the address to send to does not begin with http:// or https://");
  }
  std::string answer;
  CurlHandle curl(request.timeout, target.ca_file, std::move(stop));
  curl.set(CURLOPT_URL, url.c_str());
  curl.set(CURLOPT_PROTOCOLS_STR, "http,https");
  curl.set(CURLOPT_WRITEFUNCTION, on_body);
  curl.set(CURLOPT_WRITEDATA, &answer);
  if (request.method != "GET") {
    curl.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl.set(CURLOPT_POSTFIELDS, request.body.data());
    curl.set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
    curl.add_header("Content-Type: " + request.content_type);
    curl.add_header("Expect:");  // no waiting for 100 Continue
  }
  for (const std::string& header : opened->headers) curl.add_header(header);

  const CURLcode code = curl.run();
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  if (code != CURLE_OK) {
    return fail(ErrorKind::system, fmt::format("{}: {}", redacted(url), concealed(curl.said(code), opened->secrets)));
  }
  if (status >= 200 && status < 300) return {};
  return fail(is_wrong_request(status) ? ErrorKind::refused : ErrorKind::system,
              fmt::format("{} answers HTTP {}: {}", redacted(url), status, concealed(answer, opened->secrets)));
}

}  // namespace fairway::notify
