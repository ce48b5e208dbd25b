#include "shell/feed/url.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "shell/feed/http_server_for_tests.h"

namespace fairway {
namespace {

using Answer = HttpServer::Answer;

struct Got {
  Result<Fetched> result;
  std::string body;
};

Got get(FetchRequest request) {
  Got got{fail(ErrorKind::system, "not run"), {}};
  got.result = fetch(request, [&](Bytes bytes) {
    got.body += as_text(bytes);
    return true;
  });
  return got;
}

Got get(const std::string& url) {
  FetchRequest request;
  request.url = url;
  return get(request);
}

TEST(Url, IsToldFromAPath) {
  EXPECT_TRUE(is_url("https://example.net/x"));
  EXPECT_TRUE(is_url("rtr://example.net:323"));
  EXPECT_FALSE(is_url("/var/lib/x"));
  EXPECT_FALSE(is_url("a/b://c"));
  EXPECT_FALSE(is_url("-"));
}

TEST(Fetch, BringsBodyTagAndTime) {
  const HttpServer server([](const HttpServer::Request&) {
    return HttpServer::ok(
        "hello", "ETag: \"v1\"\r\nLast-Modified: Mon, 12 Nov 2018 21:12:16 GMT\r\nContent-Type: image/png\r\n");
  });
  const Got got = get(server.url("/x"));
  ASSERT_TRUE(got.result) << got.result.error().text;
  EXPECT_EQ(got.body, "hello") << "the type that a server claims is nobody's business";
  EXPECT_EQ(got.result->etag, "\"v1\"");
  EXPECT_EQ(got.result->modified, parse_instant("2018-11-12T21:12:16Z"));
  EXPECT_EQ(got.result->octets, 5u);
  EXPECT_FALSE(got.result->unchanged);
}

TEST(Fetch, AsksWhetherItHasChanged) {
  const HttpServer server([](const HttpServer::Request& request) {
    if (request.has("If-None-Match: \"v1\"\r\n")) return HttpServer::status("304 Not Modified", "ETag: \"v1\"\r\n");
    if (request.has("If-Modified-Since: Mon, 12 Nov 2018 21:12:16 GMT\r\n"))
      return HttpServer::status("304 Not Modified");
    return HttpServer::ok("new", "ETag: \"v2\"\r\n");
  });
  FetchRequest request;
  request.url = server.url("/x");
  request.etag = "\"v1\"";
  EXPECT_TRUE(get(request).result->unchanged);
  EXPECT_EQ(get(request).body, "");
  request.etag = "\"v0\"";
  EXPECT_EQ(get(request).body, "new");
  request.etag.clear();
  request.modified = parse_instant("2018-11-12T21:12:16Z");
  EXPECT_TRUE(get(request).result->unchanged);
}

TEST(Fetch, FollowsRedirectsButNotForEver) {
  const HttpServer server([](const HttpServer::Request& request) {
    if (request.path == "/loop") return HttpServer::status("302 Found", "Location: /loop\r\n");
    if (request.path == "/old") return HttpServer::status("301 Moved", "Location: /new\r\nETag: \"old\"\r\n");
    if (request.path == "/file") return HttpServer::status("302 Found", "Location: file:///etc/passwd\r\n");
    return HttpServer::ok("moved");
  });
  const Got moved = get(server.url("/old"));
  ASSERT_TRUE(moved.result) << moved.result.error().text;
  EXPECT_EQ(moved.body, "moved");
  EXPECT_EQ(moved.result->etag, "") << "the tag of the redirect is not the content's";
  EXPECT_EQ(get(server.url("/loop")).result.error().kind, ErrorKind::system);
  const Got local = get(server.url("/file"));
  EXPECT_FALSE(local.result) << "a server may not send us to our own files";
  EXPECT_EQ(local.body, "");
}

TEST(Fetch, AHalfTransferIsAnError) {
  const HttpServer server([](const HttpServer::Request&) {
    return Answer{"HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nhalf"};
  });
  const Got got = get(server.url("/x"));
  ASSERT_FALSE(got.result);
  EXPECT_EQ(got.result.error().kind, ErrorKind::truncated);
}

TEST(Fetch, SaysWhatIsNotThere) {
  const HttpServer server([](const HttpServer::Request& request) {
    return HttpServer::status(request.path == "/gone"   ? "410 Gone"
                              : request.path == "/busy" ? "503 Busy"
                                                        : "404 Not Found");
  });
  EXPECT_EQ(get(server.url("/x")).result.error().kind, ErrorKind::not_found);
  EXPECT_EQ(get(server.url("/gone")).result.error().kind, ErrorKind::not_found);
  EXPECT_EQ(get(server.url("/busy")).result.error(), (Error{ErrorKind::system, "the server answers HTTP 503"}));
  EXPECT_EQ(get("file:///no/such/file").result.error().kind, ErrorKind::not_found);
  EXPECT_EQ(get("rtr://127.0.0.1:323").result.error().kind, ErrorKind::usage);
  EXPECT_EQ(get("http://127.0.0.1:1/").result.error().kind, ErrorKind::system);
}

TEST(Fetch, HasALimit) {
  const HttpServer server([](const HttpServer::Request& request) {
    if (request.path == "/told") return HttpServer::ok(std::string(1000, 'x'));
    return Answer{"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(100000, 'x')};
  });
  FetchRequest request;
  request.most = 999;
  for (const char* path : {"/told", "/untold"}) {
    request.url = server.url(path);
    const Got got = get(request);
    ASSERT_FALSE(got.result) << path;
    EXPECT_EQ(got.result.error().kind, ErrorKind::refused) << got.result.error().text;
    EXPECT_LE(got.body.size(), 999u);
  }
}

TEST(Fetch, GivesUpOnAServerThatSaysNothing) {
  const HttpServer server(
      [](const HttpServer::Request&) { return Answer{"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", true}; });
  FetchRequest request;
  request.url = server.url("/x");
  request.stall_seconds = 1;
  request.total_seconds = 20;
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(get(request).result.error().kind, ErrorKind::system);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

TEST(Fetch, AFileIsAnAddressToo) {
  const auto path = std::filesystem::temp_directory_path() / ("fairway-url-" + std::to_string(::getpid()));
  std::ofstream(path) << "content";
  const Got got = get("file://" + path.string());
  ASSERT_TRUE(got.result) << got.result.error().text;
  EXPECT_EQ(got.body, "content");
  ASSERT_TRUE(got.result->modified);
  FetchRequest request;
  request.url = "file://" + path.string();
  request.modified = got.result->modified;
  EXPECT_TRUE(get(request).result->unchanged);
  std::filesystem::remove(path);
}

TEST(Fetch, ASinkThatCannotKeepItEndsIt) {
  const HttpServer server([](const HttpServer::Request&) { return HttpServer::ok("hello"); });
  FetchRequest request;
  request.url = server.url("/x");
  const auto result = fetch(request, [](Bytes) { return false; });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::refused);
}

}  // namespace
}  // namespace fairway
