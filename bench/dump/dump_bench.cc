// uses: shell/feed core/wire/mrt core/model base
// libs: BZip2::BZip2
//
// `fairway dump` beside `bgpdump -m` on a compressed table: the real one of route-views.jinx of 2014-05-30, or a
// generated one of the same size where FAIRWAY_TEST_DATA is not set. Both programs run as their users run them, in
// turn, their output thrown away; before that it is compared: the lines must be the same. Decompression alone is
// measured in this process.
//
//   bench.dump PROGRAM        PROGRAM is fairway
#include <bzlib.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "base/byte_writer.h"
#include "base/hash.h"
#include "shell/feed/source.h"

namespace {

using namespace fairway;

constexpr int kRuns = 5;

[[noreturn]] void leave(const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  std::exit(1);
}

struct Cost {
  double wall = 0, cpu = 0;  // seconds
};

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

// Runs a program with its output going to `out`, its complaints nowhere.
Cost run(const std::vector<std::string>& words, int out) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(out, STDOUT_FILENO);
    ::dup2(::open("/dev/null", O_WRONLY), STDERR_FILENO);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }
  int status = 0;
  rusage usage{};
  if (child < 0 || ::wait4(child, &status, 0, &usage) != child) leave("cannot run " + words[0]);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) leave(words[0] + " ended with status " + std::to_string(status));
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  return {wall.count(), seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime)};
}

struct Answer {
  std::uint64_t lines = 0, octets = 0, hash = 0;
  bool operator==(const Answer&) const = default;
};

Answer answer_of(const std::vector<std::string>& words) {
  std::FILE* file = std::tmpfile();
  if (file == nullptr) leave("cannot make a temporary file");
  run(words, ::fileno(file));
  std::rewind(file);
  Answer answer;
  std::vector<std::uint8_t> block(1 << 20);
  for (std::size_t size; (size = std::fread(block.data(), 1, block.size(), file)) > 0;) {
    answer.lines +=
        static_cast<std::uint64_t>(std::count(block.begin(), block.begin() + static_cast<std::ptrdiff_t>(size), '\n'));
    answer.octets += size;
    answer.hash = hash_bytes({block.data(), size}, answer.hash);
  }
  std::fclose(file);
  return answer;
}

Cost decompress(const std::string& path, unsigned threads, std::uint64_t& octets) {
  rusage before{}, after{};
  ::getrusage(RUSAGE_SELF, &before);
  const auto begin = std::chrono::steady_clock::now();
  octets = 0;
  {
    auto stream = open_stream(path, threads);
    if (!stream) leave(path + ": " + stream.error().text);
    for (;;) {
      const auto block = (*stream)->next();
      if (!block) leave(path + ": " + block.error().text);
      if (block->empty()) break;
      octets += block->size();
    }
  }
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
  ::getrusage(RUSAGE_SELF, &after);
  return {wall.count(), seconds_of(after.ru_utime) + seconds_of(after.ru_stime) - seconds_of(before.ru_utime) -
                            seconds_of(before.ru_stime)};
}

// 500,000 routes to 500,000 prefixes from 8 peers, one in six with attributes of its own, as a TABLE_DUMP_V2 file.
std::string generated_table() {
  constexpr std::uint32_t kTime = 1'500'000'000, kRoutes = 500'000, kPeers = 8;
  ByteWriter out;
  const auto record = [&out](std::uint16_t subtype, const ByteWriter& body) {
    out.u32(kTime), out.u16(13), out.u16(subtype), out.u32(static_cast<std::uint32_t>(body.size()));
    out.bytes(body.written());
  };
  ByteWriter peers;
  peers.u32(0x0A000001), peers.u16(0), peers.u16(kPeers);
  for (std::uint32_t i = 0; i < kPeers; ++i) peers.u8(2), peers.u32(i), peers.u32(0xC0000201 + i), peers.u32(64500 + i);
  record(1, peers);
  for (std::uint32_t i = 0; i < kRoutes; ++i) {
    const auto set = static_cast<std::uint32_t>(mix(i / 6, 42));
    const std::uint32_t peer = set % kPeers;
    ByteWriter attributes;
    attributes.u8(0x40), attributes.u8(1), attributes.u8(1), attributes.u8(set % 3);
    const unsigned length = 2 + set / 8 % 4;
    attributes.u8(0x40), attributes.u8(2), attributes.u8(static_cast<std::uint8_t>(2 + 4 * length)), attributes.u8(2);
    attributes.u8(static_cast<std::uint8_t>(length)), attributes.u32(64500 + peer);
    for (unsigned hop = 1; hop < length; ++hop) attributes.u32(static_cast<std::uint32_t>(mix(set, hop) % 60000 + 1));
    attributes.u8(0x40), attributes.u8(3), attributes.u8(4), attributes.u32(0xC0000201 + peer);
    const unsigned communities = set / 64 % 5;
    if (communities != 0)
      attributes.u8(0xC0), attributes.u8(8), attributes.u8(static_cast<std::uint8_t>(4 * communities));
    for (unsigned k = 0; k < communities; ++k) attributes.u32((64500 + peer) << 16 | (set >> k) % 5000);
    ByteWriter body;
    body.u32(i), body.u8(24), body.u24(0x010000 + i), body.u16(1);
    body.u16(static_cast<std::uint16_t>(peer)), body.u32(kTime - set % 100000);
    body.u16(static_cast<std::uint16_t>(attributes.size())), body.bytes(attributes.written());
    record(2, body);
  }
  const Bytes plain = out.written();
  std::string packed(plain.size() + plain.size() / 50 + 1000, '\0');
  auto size = static_cast<unsigned>(packed.size());
  if (BZ2_bzBuffToBuffCompress(packed.data(), &size, reinterpret_cast<char*>(const_cast<std::uint8_t*>(plain.data())),
                               static_cast<unsigned>(plain.size()), 9, 0, 0) != BZ_OK) {
    leave("cannot compress");
  }
  packed.resize(size);
  return packed;
}

std::string table() {
  if (const char* data = std::getenv("FAIRWAY_TEST_DATA")) {
    return std::string(data) + "/mrt/full/routeviews.route-views.jinx.ribs.1401487200.bz2";
  }
  const std::string path = "/tmp/fairway-bench-dump-" + std::to_string(::getpid()) + ".bz2";
  std::ofstream(path, std::ios::binary) << generated_table();
  return path;
}

void print(const char* what, const Cost& cost, const Cost& rival) {
  std::printf("%-34s %7.3f s wall %7.3f s CPU   %5.1f x\n", what, cost.wall, cost.cpu, rival.wall / cost.wall);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) leave("usage: bench.dump FAIRWAY");
  const std::string path = table();
  const std::vector<std::string> ours = {argv[1], "dump", path}, theirs = {"bgpdump", "-m", path};
  const Answer answer = answer_of(ours);
  if (answer != answer_of(theirs)) leave("the answers differ: nothing to measure");
  std::printf("%s: %llu lines, %llu octets of text, the same from both\n", path.c_str(),
              static_cast<unsigned long long>(answer.lines), static_cast<unsigned long long>(answer.octets));

  const int nowhere = ::open("/dev/null", O_WRONLY);
  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  Cost best_ours{1e9, 1e9}, best_theirs{1e9, 1e9}, best_unpacking{1e9, 1e9};
  std::uint64_t octets = 0;
  for (int i = 0; i < kRuns; ++i) {
    const auto better = [](Cost& best, const Cost& cost) {
      if (cost.wall < best.wall) best = cost;
    };
    better(best_theirs, run(theirs, nowhere));
    better(best_ours, run(ours, nowhere));
    better(best_unpacking, decompress(path, cores, octets));
  }
  std::printf("best of %d runs in turn, %u cores\n", kRuns, cores);
  print("bgpdump -m", best_theirs, best_theirs);
  print("fairway dump", best_ours, best_theirs);
  print("  of which decompression, alone", best_unpacking, best_theirs);
  std::printf("decoding and printing cost %.2f of the CPU of decompressing (%.0f MB to %.0f MB)\n",
              (best_ours.cpu - best_unpacking.cpu) / best_unpacking.cpu, static_cast<double>(octets) * 1e-6,
              static_cast<double>(answer.octets) * 1e-6);
  ::close(nowhere);
  if (std::getenv("FAIRWAY_TEST_DATA") == nullptr) ::unlink(path.c_str());
}
