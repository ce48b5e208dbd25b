#include "shell/feed/zstd_stream.h"

#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <optional>

namespace fairway {

namespace {

constexpr std::size_t kBlock = 1 << 20;
constexpr std::size_t kChunk = 1 << 17;
constexpr std::size_t kBlockHeader = 3;  // octets, RFC 8878 section 3.1.1.2

struct Free {
  void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
};

class ZstdStream : public ByteStream {
 public:
  explicit ZstdStream(Input input) : input_(std::move(input)), stream_(ZSTD_createDStream()) {
    if (!stream_) error_ = Error{ErrorKind::system, "there is not enough memory for the zstd data", 0};
    if (stream_) first_ = asked_ = ZSTD_initDStream(stream_.get());
  }

  Result<Buffer> next() override {
    Buffer block;
    if (ended_) return block;
    block.resize(kBlock);
    ZSTD_outBuffer out{block.data(), kBlock, 0};
    while (!error_ && !finished_ && out.pos < out.size) step(out);
    block.resize(out.pos);
    if (!block.empty()) return block;
    ended_ = true;
    if (error_) return std::unexpected(*error_);
    return block;
  }

 private:
  void step(ZSTD_outBuffer& out) {
    const auto window = input_.peek(kChunk);
    if (!window) {
      error_ = window.error();
      return;
    }
    if (window->empty() && between_frames_) {
      finished_ = true;
      return;
    }
    const std::size_t made_before = out.pos;
    // What it decoded in the call that finds damage is lost, so it gets a block at a time: what it asks for without the
    // header of the next one.
    const std::size_t due = asked_ > kBlockHeader ? asked_ - kBlockHeader : asked_;
    ZSTD_inBuffer in{window->data(), std::min(window->size(), due), 0};
    const std::size_t code = ZSTD_decompressStream(stream_.get(), &out, &in);
    input_.consume(in.pos);
    if (ZSTD_isError(code)) {
      error_ = Error{ErrorKind::malformed, what(code), input_.offset()};
      return;
    }
    between_frames_ = code == 0;
    asked_ = between_frames_ ? first_ : code;
    if (window->empty() && !between_frames_ && out.pos == made_before) {
      error_ = Error{ErrorKind::truncated, "the zstd data end too early", input_.offset()};
    }
  }

  std::string what(std::size_t code) const {
    switch (ZSTD_getErrorCode(code)) {
      case ZSTD_error_prefix_unknown:
        return input_.offset() == 0 ? "is not zstd" : "behind the end of the zstd data stands something else";
      case ZSTD_error_frameParameter_windowTooLarge: return "the zstd data ask for a window of more than 128 MiB";
      case ZSTD_error_memory_allocation: return "there is not enough memory for the zstd data";
      default: return "the zstd data are damaged";
    }
  }

  Input input_;
  std::unique_ptr<ZSTD_DStream, Free> stream_;
  std::size_t first_ = 0, asked_ = 0;  // octets: to begin a frame with, and now
  bool between_frames_ = true;
  bool finished_ = false;
  bool ended_ = false;
  std::optional<Error> error_;
};

}  // namespace

std::unique_ptr<ByteStream> zstd_stream(Input input) { return std::make_unique<ZstdStream>(std::move(input)); }

}  // namespace fairway
