// Stands in for libFuzzer where it is not linked: runs the fuzzer's property over every file of its corpus and over
// the empty input. Each input is an allocation of its exact size, so that the address sanitizer sees any read beyond.
// Usage: NAME_fuzz FOLDER|FILE...    Exit code 1: no seeds, or a file that cannot be read.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run(const std::string& input) {
  auto exact = std::make_unique<std::uint8_t[]>(input.size());
  std::copy(input.begin(), input.end(), exact.get());
  LLVMFuzzerTestOneInput(exact.get(), input.size());
}

std::vector<std::filesystem::path> files_of(const std::filesystem::path& path) {
  if (!std::filesystem::is_directory(path)) return {path};
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  run("");
  int seeds = 0;
  for (int i = 1; i < argc; ++i) {
    for (const auto& path : files_of(argv[i])) {
      std::ifstream file(path, std::ios::binary);
      if (!file) {
        std::fprintf(stderr, "cannot read %s\n", path.c_str());
        return 1;
      }
      // Said before it runs: where the property fails, the last line names the input.
      std::printf("%s\n", path.c_str());
      std::fflush(stdout);
      run(std::string(std::istreambuf_iterator<char>(file), {}));
      ++seeds;
    }
  }
  if (seeds == 0) {
    std::fprintf(stderr, "no seeds: a fuzzer needs at least one file in its corpus\n");
    return 1;
  }
  std::printf("%d seeds and the empty input: fine\n", seeds);
}
