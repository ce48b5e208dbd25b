#include "shell/feed/url.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

#include "base/text.h"

namespace fairway {

bool is_url(std::string_view text) {
  const std::size_t colon = text.find("://");
  return colon != std::string_view::npos && colon != 0 &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+'; });
}

namespace {

struct Transfer {
  const FetchRequest& request;
  const std::function<bool(Bytes)>& sink;
  const std::function<void(std::uint64_t, std::uint64_t)>& progress;
  Fetched fetched{};
  bool too_large = false;
  bool stopped = false;
};

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::size_t octets = size * count;
  transfer.fetched.octets += octets;
  transfer.too_large = transfer.fetched.octets > transfer.request.most;
  if (transfer.too_large) return 0;
  transfer.stopped = !transfer.sink({reinterpret_cast<const std::uint8_t*>(data), octets});
  return transfer.stopped ? 0 : octets;
}

// A header line. Those of a redirect are replaced by those of what it leads to.
std::size_t on_header(char* data, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  std::string_view line(data, size * count);
  if (line.starts_with("HTTP/")) transfer.fetched.etag.clear();
  const std::string_view name = cut(line, ':');
  if (equal_ignoring_case(name, "etag")) transfer.fetched.etag = trim(line);
  return size * count;
}

int on_progress(void* user, curl_off_t total, curl_off_t now, curl_off_t, curl_off_t) {
  auto& transfer = *static_cast<Transfer*>(user);
  if (transfer.progress)
    transfer.progress(static_cast<std::uint64_t>(now), static_cast<std::uint64_t>(std::max<curl_off_t>(total, 0)));
  return 0;
}

std::unexpected<Error> failure(CURLcode code, long status, const Transfer& transfer, std::string_view said) {
  if (transfer.too_large || code == CURLE_FILESIZE_EXCEEDED) {
    return fail(ErrorKind::refused,
                "it is larger than the " + std::to_string(transfer.request.most) + " octets that are allowed");
  }
  if (transfer.stopped) return fail(ErrorKind::refused, "what came could not be kept");
  switch (code) {
    case CURLE_URL_MALFORMAT: return fail(ErrorKind::usage, "this is no address of http, https, ftp or file");
    case CURLE_FILE_COULDNT_READ_FILE:
    case CURLE_REMOTE_FILE_NOT_FOUND: return fail(ErrorKind::not_found, "there is nothing at this address");
    case CURLE_HTTP_RETURNED_ERROR:
      if (status == 404 || status == 410)
        return fail(ErrorKind::not_found, "there is nothing at this address (HTTP " + std::to_string(status) + ")");
      return fail(ErrorKind::system, "the server answers HTTP " + std::to_string(status));
    case CURLE_PARTIAL_FILE: return fail(ErrorKind::truncated, "the transfer ended before its end");
    default: return fail(ErrorKind::system, said.empty() ? curl_easy_strerror(code) : std::string(said));
  }
}

struct CloseHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

}  // namespace

Result<Fetched> fetch(const FetchRequest& request, const std::function<bool(Bytes)>& sink,
                      const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  std::string_view rest = request.url;
  const std::string scheme = to_lower(cut(rest, ':'));
  if (scheme != "http" && scheme != "https" && scheme != "ftp" && scheme != "ftps" && scheme != "file") {
    return fail(ErrorKind::usage, "this is no address of http, https, ftp or file");
  }
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  const std::unique_ptr<CURL, CloseHandle> handle(ready == CURLE_OK ? curl_easy_init() : nullptr);
  if (!handle) return fail(ErrorKind::system, "libcurl cannot be started");
  CURL* curl = handle.get();
  Transfer transfer{request, sink, progress};
  char said[CURL_ERROR_SIZE] = "";
  std::unique_ptr<curl_slist, FreeList> headers;

  curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, said);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "fairway");
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https,ftp,ftps,file");
  curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, request.url.starts_with("https:") ? "https" : "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 5L);
  curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(curl, CURLOPT_FILETIME, 1L);
  curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request.most));
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, static_cast<long>(request.connect_seconds));
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 16L);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(request.stall_seconds));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(request.total_seconds));
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &transfer);
  if (!request.etag.empty()) {
    headers.reset(curl_slist_append(nullptr, ("If-None-Match: " + request.etag).c_str()));
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  } else if (request.modified) {
    curl_easy_setopt(curl, CURLOPT_TIMECONDITION, static_cast<long>(CURL_TIMECOND_IFMODSINCE));
    curl_easy_setopt(curl, CURLOPT_TIMEVALUE_LARGE, static_cast<curl_off_t>(request.modified->whole_seconds()));
  }

  const CURLcode code = curl_easy_perform(curl);
  long status = 0, unmet = 0;
  curl_off_t time = -1;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(curl, CURLINFO_CONDITION_UNMET, &unmet);
  curl_easy_getinfo(curl, CURLINFO_FILETIME_T, &time);
  if (code != CURLE_OK) return failure(code, status, transfer, said);
  transfer.fetched.unchanged = status == 304 || unmet != 0;
  if (time >= 0) transfer.fetched.modified = from_seconds(time);
  return transfer.fetched;
}

}  // namespace fairway
