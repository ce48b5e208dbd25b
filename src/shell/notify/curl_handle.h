// A handle of libcurl, with what every transfer of this folder has in common.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "core/model/instant.h"

namespace fairway::notify {

class CurlHandle {
 public:
  // `ca_file`: who may vouch for the server, instead of those whom the system trusts; empty: those.
  CurlHandle(Duration timeout, const std::string& ca_file, std::stop_token stop);

  CurlHandle(const CurlHandle&) = delete;  // libcurl holds its address
  CurlHandle& operator=(const CurlHandle&) = delete;

  CURL* get() const { return curl_.get(); }
  template <class T>
  void set(CURLoption option, T value) {
    curl_easy_setopt(curl_.get(), option, value);
  }
  void add_header(const std::string& header);  // before run()
  void add_recipient(const std::string& address);

  CURLcode run();
  // What went wrong, in libcurl's words; it names hosts but no address.
  std::string said(CURLcode code) const;

 private:
  struct Close {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };
  using List = std::unique_ptr<curl_slist, Close>;
  static void append(List& list, const std::string& text);

  std::stop_token stop_;
  char said_[CURL_ERROR_SIZE] = "";
  List headers_, recipients_;
  std::unique_ptr<CURL, Close> curl_;
};

}  // namespace fairway::notify
