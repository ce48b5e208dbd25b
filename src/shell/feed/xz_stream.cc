#include "shell/feed/xz_stream.h"

#include <lzma.h>

#include <optional>

namespace fairway {

namespace {

constexpr std::size_t kBlock = 1 << 20;
constexpr std::size_t kChunk = 1 << 16;
constexpr std::uint64_t kMemory = 512u << 20;  // xz -9 needs 65 MiB to decompress

std::string what(lzma_ret code) {
  switch (code) {
    case LZMA_MEMLIMIT_ERROR: return "the xz data ask for more than 512 MiB of memory";
    case LZMA_MEM_ERROR: return "there is not enough memory for the xz data";
    case LZMA_FORMAT_ERROR: return "behind the end of the xz data stands something else";
    case LZMA_OPTIONS_ERROR: return "the xz data use a filter that is not supported";
    default: return "the xz data are damaged";
  }
}

class XzStream : public ByteStream {
 public:
  explicit XzStream(Input input) : input_(std::move(input)) {
    const lzma_ret code = lzma_stream_decoder(&stream_, kMemory, LZMA_CONCATENATED);
    if (code != LZMA_OK) error_ = Error{ErrorKind::system, what(code), 0};
  }
  ~XzStream() override { lzma_end(&stream_); }

  Result<Buffer> next() override {
    Buffer block;
    if (ended_) return block;
    block.resize(kBlock);
    stream_.next_out = block.data();
    stream_.avail_out = kBlock;
    while (!error_ && !finished_ && stream_.avail_out != 0) step();
    block.resize(kBlock - stream_.avail_out);
    if (!block.empty()) return block;
    ended_ = true;
    if (error_) return std::unexpected(*error_);
    return block;
  }

 private:
  void step() {
    const auto window = input_.peek(kChunk);
    if (!window) {
      error_ = window.error();
      return;
    }
    stream_.next_in = window->data();
    stream_.avail_in = window->size();
    const lzma_ret code = lzma_code(&stream_, window->empty() ? LZMA_FINISH : LZMA_RUN);
    input_.consume(window->size() - stream_.avail_in);
    if (code == LZMA_STREAM_END) {
      finished_ = true;
    } else if (code == LZMA_BUF_ERROR) {
      error_ = Error{ErrorKind::truncated, "the xz data end too early", input_.offset()};
    } else if (code != LZMA_OK) {
      error_ = Error{ErrorKind::malformed, what(code), input_.offset()};
    }
  }

  Input input_;
  lzma_stream stream_ = LZMA_STREAM_INIT;
  bool finished_ = false;
  bool ended_ = false;
  std::optional<Error> error_;
};

}  // namespace

std::unique_ptr<ByteStream> xz_stream(Input input) { return std::make_unique<XzStream>(std::move(input)); }

}  // namespace fairway
