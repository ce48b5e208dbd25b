#include "shell/feed/gzip_stream.h"

#include <isa-l.h>

#include <algorithm>
#include <optional>

namespace fairway {

namespace {

constexpr std::size_t kBlock = 1 << 20;
constexpr std::size_t kChunk = 1 << 16;

class GzipStream : public ByteStream {
 public:
  explicit GzipStream(Input input) : input_(std::move(input)), state_(std::make_unique<inflate_state>()) {
    begin_member();
  }

  Result<Buffer> next() override {
    Buffer block;
    if (ended_) return block;
    if (error_) return stop();
    block.resize(kBlock);
    std::size_t filled = 0;
    while (filled < kBlock && !ended_ && !error_) filled += inflate_into(block.data() + filled, kBlock - filled);
    block.resize(filled);
    if (filled == 0 && error_) return stop();
    return block;
  }

 private:
  void begin_member() {
    isal_inflate_init(state_.get());
    state_->crc_flag = ISAL_GZIP;
    inside_ = false;
  }

  std::unexpected<Error> stop() {
    ended_ = true;
    return std::unexpected(*error_);
  }

  std::size_t inflate_into(std::uint8_t* out, std::size_t size) {
    const auto window = input_.peek(kChunk);
    if (!window) {
      error_ = window.error();
      return 0;
    }
    if (!inside_ && !enter(*window)) return 0;
    const auto given = static_cast<std::uint32_t>(std::min<std::size_t>(window->size(), 1u << 30));
    state_->next_in = const_cast<std::uint8_t*>(window->data());
    state_->avail_in = given;
    state_->next_out = out;
    state_->avail_out = static_cast<std::uint32_t>(size);
    const int code = isal_inflate(state_.get());
    // Where the data are damaged, ISA-L may count an octet that was not given.
    input_.consume(std::min(given - state_->avail_in, given));
    const std::size_t made = size - state_->avail_out;
    if (code != ISAL_DECOMP_OK && code != ISAL_END_INPUT) {
      error_ = Error{ErrorKind::malformed, "the gzip data are damaged", input_.offset()};
    } else if (state_->block_state == ISAL_BLOCK_FINISH) {
      begin_member();
    } else if (window->empty() && made == 0) {
      error_ = Error{ErrorKind::truncated, "the gzip data end too early", input_.offset()};
    }
    return made;
  }

  // Whether another member begins here. If not, this is the end, or an error.
  bool enter(Bytes window) {
    const bool first = input_.offset() == 0;
    if (window.size() >= 2 && window[0] == 0x1F && window[1] == 0x8B) return inside_ = true;
    if (std::all_of(window.begin(), window.end(), [](std::uint8_t octet) { return octet == 0; })) {
      if (window.empty()) {
        ended_ = true;
      } else {
        input_.consume(window.size());
      }
      return false;
    }
    error_ = Error{ErrorKind::malformed,
                   first ? "is not gzip" : "behind the end of the gzip data stands something else", input_.offset()};
    return false;
  }

  Input input_;
  std::unique_ptr<inflate_state> state_;
  bool inside_ = false;  // a member has begun
  bool ended_ = false;
  std::optional<Error> error_;
};

}  // namespace

std::unique_ptr<ByteStream> gzip_stream(Input input) { return std::make_unique<GzipStream>(std::move(input)); }

}  // namespace fairway
