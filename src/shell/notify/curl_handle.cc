#include "shell/notify/curl_handle.h"

#include <new>

namespace fairway::notify {

namespace {

int on_progress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::stop_token*>(user)->stop_requested() ? 1 : 0;
}

}  // namespace

CurlHandle::CurlHandle(Duration timeout, const std::string& ca_file, std::stop_token stop) : stop_(std::move(stop)) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (ready == CURLE_OK) curl_.reset(curl_easy_init());
  set(CURLOPT_ERRORBUFFER, said_);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_USERAGENT, "fairway");
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.microseconds / 1000));
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, on_progress);
  set(CURLOPT_XFERINFODATA, &stop_);
  if (!ca_file.empty()) set(CURLOPT_CAINFO, ca_file.c_str());
}

void CurlHandle::append(List& list, const std::string& text) {
  curl_slist* longer = curl_slist_append(list.get(), text.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  list.release();
  list.reset(longer);
}
void CurlHandle::add_header(const std::string& header) { append(headers_, header); }
void CurlHandle::add_recipient(const std::string& address) { append(recipients_, address); }

CURLcode CurlHandle::run() {
  if (!curl_) return CURLE_FAILED_INIT;  // setting options of none was harmless
  if (headers_) set(CURLOPT_HTTPHEADER, headers_.get());
  if (recipients_) set(CURLOPT_MAIL_RCPT, recipients_.get());
  return curl_easy_perform(curl_.get());
}

std::string CurlHandle::said(CURLcode code) const {
  if (code == CURLE_ABORTED_BY_CALLBACK) return "the program is ending";
  return said_[0] != '\0' ? said_ : curl_easy_strerror(code);
}

}  // namespace fairway::notify
