#include "shell/feed/bzip2_stream.h"

#include <algorithm>
#include <deque>
#include <optional>

#include "shell/feed/bzip2_block.h"
#include "shell/feed/pool.h"

namespace fairway {

namespace {

using bzip2::Block;

constexpr unsigned kMagicBits = 48;
constexpr std::size_t kSlack = 16;        // octets behind a guessed end that decode_block needs
constexpr std::size_t kStep = 256 << 10;  // how much is searched for blocks at a time

// A block that probably begins at `start`, being decoded.
struct Guess {
  std::uint64_t start;  // bits in the whole input
  char level;
  std::future<Block> block;
};

class Bzip2Stream : public ByteStream {
 public:
  Bzip2Stream(Input input, unsigned threads) : input_(std::move(input)), ahead_(2 * threads + 1), pool_(threads) {}

  Result<Buffer> next() override {
    while (!ended_) {
      Result<Buffer> step = inside_ ? next_block() : begin_stream();
      if (!step) ended_ = true;
      if (!step || !step->empty()) return step;
    }
    return Buffer();
  }

 private:
  // The window from `at_` on, at least `octets` of it if there are so many; the position in it of bit `at_` is at_ % 8.
  Result<Bytes> here(std::size_t octets) {
    input_.consume(static_cast<std::size_t>(at_ / 8 - input_.offset()));
    return input_.peek(octets);
  }
  std::unexpected<Error> stop(ErrorKind kind, std::string text) { return fail(kind, std::move(text), at_ / 8); }

  Result<Buffer> begin_stream() {
    at_ = (at_ + 7) / 8 * 8;
    const auto window = here(4);
    if (!window) return std::unexpected(window.error());
    if (window->empty()) {
      ended_ = true;
      return Buffer();
    }
    const std::string_view header = as_text(*window).substr(0, 4);
    if (header.size() == 4 && header.starts_with("BZh") && header[3] >= '1' && header[3] <= '9') {
      level_ = header[3];
      checksum_ = 0;
      inside_ = true;
      at_ += 32;
      return Buffer();
    }
    if (at_ == 0) return stop(ErrorKind::malformed, "is not bzip2");
    if (std::string_view("BZh").starts_with(header)) return stop(ErrorKind::truncated, "the bzip2 data end too early");
    return stop(ErrorKind::malformed, "behind the end of the bzip2 data stands something else");
  }

  Result<Buffer> next_block() {
    const auto window = here(11);
    if (!window) return std::unexpected(window.error());
    const unsigned shift = at_ % 8;
    if (window->size() * 8 < shift + kMagicBits + 32) return stop(ErrorKind::truncated, "the bzip2 data end too early");
    const std::uint64_t magic = bzip2::bits_at(*window, shift, kMagicBits);
    const auto checksum = static_cast<std::uint32_t>(bzip2::bits_at(*window, shift + kMagicBits, 32));
    if (magic == bzip2::kEndMagic) {
      if (checksum != checksum_) return stop(ErrorKind::malformed, "the checksum of the bzip2 data is wrong");
      at_ += kMagicBits + 32;
      inside_ = false;
      return Buffer();
    }
    if (magic != bzip2::kBlockMagic) return stop(ErrorKind::malformed, "the bzip2 data are damaged");

    auto block = guessed();
    if (!block) return std::unexpected(block.error());
    std::size_t left = 0;
    if (block->state == Block::State::needs_more) block = decoded_here(left);
    if (!block) return std::unexpected(block.error());
    if (block->state == Block::State::needs_more) {
      if (left >= bzip2::kLongestBlock) return stop(ErrorKind::malformed, "a bzip2 block is longer than any can be");
      return stop(ErrorKind::truncated, "the bzip2 data end too early");
    }
    if (block->state == Block::State::damaged) return stop(ErrorKind::malformed, "the bzip2 data are damaged");
    checksum_ = (checksum_ << 1 | checksum_ >> 31) ^ checksum;
    at_ += block->bits;
    return std::move(block->content);
  }

  // The block at `at_` as one of the pool's threads has decoded it, or will; needs_more if nobody was asked.
  Result<Block> guessed() {
    while (!guesses_.empty() && guesses_.front().start < at_) {
      trusted_ = false;  // there was no block: somebody may be playing with us, so no more work on guesses
      guesses_.pop_front();
    }
    if (found_ && *found_ < at_) {
      trusted_ = false;
      found_.reset();
    }
    if (trusted_) {
      if (const auto guessing = guess(); !guessing) return std::unexpected(guessing.error());
    }
    if (guesses_.empty() || guesses_.front().start != at_ || guesses_.front().level != level_) {
      Block nothing;
      nothing.state = Block::State::needs_more;
      return nothing;
    }
    Block block = guesses_.front().block.get();
    guesses_.pop_front();
    return block;
  }

  // Decoded here and now; `left` becomes how much of the input there was for it.
  Result<Block> decoded_here(std::size_t& left) {
    const auto window = here(bzip2::kLongestBlock);
    if (!window) return std::unexpected(window.error());
    left = window->size();
    return bzip2::decode_block(bzip2::cut_block(*window, at_ % 8, bzip2::kLongestBlock, level_));
  }

  // Looks for blocks ahead and gives them to the pool, until enough of them are under way.
  Result<void> guess() {
    if (searched_ < at_) searched_ = at_;
    while (guesses_.size() < ahead_ && !(searched_all_ && !found_)) {
      const auto from = static_cast<std::size_t>(searched_ / 8 - input_.offset());
      const auto window = input_.peek(from + kStep);
      if (!window) return guesses_.empty() ? Result<void>(std::unexpected(window.error())) : Result<void>();
      searched_all_ = window->size() < from + kStep;
      const std::uint64_t base = input_.offset() * 8;
      const auto start = bzip2::find_block(*window, searched_ - base);
      const std::uint64_t end = base + std::uint64_t{window->size()} * 8;
      // A block goes to the pool when the next one is found, which says how much of the input it needs.
      if (found_ && (start || searched_all_ || end - *found_ > bzip2::kLongestBlock * 8)) {
        const std::uint64_t stop = start ? base + *start : end;
        const auto octets = static_cast<std::size_t>((stop - *found_) / 8) + kSlack;
        auto work = [cut = bzip2::cut_block(*window, *found_ - base, octets, level_)] {
          return bzip2::decode_block(cut);
        };
        guesses_.push_back({*found_, level_, pool_.run(std::move(work))});
        found_.reset();
      }
      if (start) found_ = base + *start;
      searched_ = start ? base + *start + kMagicBits : std::max(searched_, end < kMagicBits ? 0 : end - kMagicBits + 1);
      if (!start && !found_ && end - at_ > bzip2::kLongestBlock * 8) break;  // no block for long: not ours to find
    }
    return {};
  }

  Input input_;
  const std::size_t ahead_;  // how many blocks are under way at most
  std::uint64_t at_ = 0;     // where we are: in bits, certain
  bool inside_ = false;      // of a stream, behind its header
  char level_ = '9';
  std::uint32_t checksum_ = 0;  // of the stream's blocks so far
  bool ended_ = false;

  bool trusted_ = true;                 // guesses have been right
  std::uint64_t searched_ = 0;          // in bits: blocks that begin before were found
  bool searched_all_ = false;           // up to the end of the input
  std::optional<std::uint64_t> found_;  // the last that was found, not given to the pool yet
  std::deque<Guess> guesses_;
  Pool pool_;  // last: its threads end before the rest goes
};

}  // namespace

std::unique_ptr<ByteStream> bzip2_stream(Input input, unsigned threads) {
  return std::make_unique<Bzip2Stream>(std::move(input), threads == 0 ? 1 : threads);
}

}  // namespace fairway
