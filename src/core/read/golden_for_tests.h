// The small files of tests/golden/read, and the real ones, as readers want them.
#pragma once

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "base/bytes.h"

namespace fairway {

inline Buffer buffer_of(std::string_view text) { return Buffer::copy_of(as_bytes(text)); }

inline Buffer golden(const std::string& name) {
  std::ifstream file(std::string(FAIRWAY_SOURCE_DIR) + "/tests/golden/read/" + name, std::ios::binary);
  EXPECT_TRUE(file) << name;
  return buffer_of(std::string(std::istreambuf_iterator<char>(file), {}));
}

// What `command` prints, with "$D" standing for the folder of real data; empty where there is none.
inline Buffer real(const std::string& command) {
  const char* folder = std::getenv("FAIRWAY_TEST_DATA");
  Buffer buffer;
  if (folder == nullptr) return buffer;
  FILE* pipe = ::popen(("D='" + std::string(folder) + "'; " + command).c_str(), "r");
  std::uint8_t block[1 << 16];
  for (std::size_t size; (size = std::fread(block, 1, sizeof block, pipe)) != 0;) buffer.append({block, size});
  ::pclose(pipe);
  return buffer;
}

// The same bytes at the end of a page of their own size plus padding, so that a sanitizer sees reads behind it.
inline void expect_total_over_prefixes(const Buffer& whole, auto read) {
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Buffer part = Buffer::copy_of(whole.bytes().first(size));
    read(part.bytes());
  }
}

}  // namespace fairway

#define FAIRWAY_REAL(name, command)                                   \
  if (std::getenv("FAIRWAY_TEST_DATA") == nullptr) {                  \
    GTEST_SKIP() << "skipped: no shared data: set FAIRWAY_TEST_DATA"; \
  }                                                                   \
  const Buffer name = real(command);                                  \
  ASSERT_FALSE(name.empty()) << command
