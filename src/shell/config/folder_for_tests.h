// A folder of its own for a test, gone with it.
#pragma once

#include <unistd.h>
#include <utime.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "core/model/instant.h"

namespace fairway {

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "fairway-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

  // Writes a file; with `time`, as if it had been written then.
  std::string write(const std::string& name, std::string_view content, std::optional<Instant> time = {}) const {
    const std::string path = path_ + "/" + name;
    std::ofstream(path, std::ios::binary) << content;
    if (time) {
      const utimbuf times{static_cast<time_t>(time->whole_seconds()), static_cast<time_t>(time->whole_seconds())};
      ::utime(path.c_str(), &times);
    }
    return path;
  }
  std::string read(const std::string& name) const {
    std::ifstream file(path_ + "/" + name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }
  bool has(const std::string& name) const { return std::filesystem::exists(path_ + "/" + name); }
  std::size_t size() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
  }

 private:
  std::string path_;
};

// A file of tests/golden/read.
inline std::string golden_text(const std::string& name) {
  std::ifstream file(std::string(FAIRWAY_SOURCE_DIR) + "/tests/golden/read/" + name, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace fairway
