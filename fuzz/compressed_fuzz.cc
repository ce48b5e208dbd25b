// uses: shell/feed base
//
// gzip, xz and zstd: a file is read to the same content or the same error whether it is there at once or comes octet by
// octet; what is read of its first half is the beginning of what is read of all; errors lie in the file. What is read
// of xz and zstd to the end is what their libraries decode in one call.
#include <lzma.h>
#include <zstd.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include "hold.h"
#include "shell/feed/gzip_stream.h"
#include "shell/feed/source.h"
#include "shell/feed/xz_stream.h"
#include "shell/feed/zstd_stream.h"

namespace {

using namespace fairway;

constexpr std::size_t kMost = 1 << 20;  // of content: what compresses a million to one says nothing new

struct Content {
  std::string text;
  std::optional<Error> error;
  bool too_much = false;
};

Content read(std::unique_ptr<ByteStream> stream, std::size_t size) {
  Content content;
  while (content.text.size() <= kMost) {
    auto block = stream->next();
    if (!block) {
      content.error = block.error();
      hold(content.error->where <= size && !content.error->text.empty(), "an error lies in the file and says what");
      const auto after = stream->next();
      hold(after && after->empty(), "behind an error there is nothing");
      return content;
    }
    if (block->empty()) return content;
    content.text += as_text(block->bytes());
  }
  content.too_much = true;
  return content;
}

// At most `step` octets at a time.
Input in_steps(Bytes file, std::size_t step) {
  return Input("steps", [file, step](std::uint8_t* target, std::size_t size) mutable -> Result<std::size_t> {
    const std::size_t count = std::min({size, step, file.size()});
    std::copy_n(file.begin(), count, target);
    file = file.subspan(count);
    return count;
  });
}

std::optional<std::string> at_once(Compression compression, Bytes file) {
  std::string out(kMost, '\0');
  if (compression == Compression::xz) {
    std::uint64_t memory = 512u << 20;
    std::size_t in = 0, made = 0;
    const lzma_ret code = lzma_stream_buffer_decode(&memory, LZMA_CONCATENATED, nullptr, file.data(), &in, file.size(),
                                                    reinterpret_cast<std::uint8_t*>(out.data()), &made, out.size());
    if (code != LZMA_OK || in != file.size()) return std::nullopt;
    out.resize(made);
    return out;
  }
  const std::size_t made = ZSTD_decompress(out.data(), out.size(), file.data(), file.size());
  if (ZSTD_isError(made)) return std::nullopt;
  out.resize(made);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 1 << 16) return 0;
  const Bytes file(data, size);
  const Compression compression = compression_of(file);
  if (compression != Compression::gzip && compression != Compression::xz && compression != Compression::zstd) return 0;
  const auto open = [&](Input input) {
    return compression == Compression::gzip ? gzip_stream(std::move(input))
           : compression == Compression::xz ? xz_stream(std::move(input))
                                            : zstd_stream(std::move(input));
  };
  const Content whole = read(open(Input::of_memory(file)), size);
  if (whole.too_much) return 0;
  const Content stepped = read(open(in_steps(file, 1 + size % 7)), size);
  hold(whole.text == stepped.text, "the same content however it comes");
  hold(whole.error.has_value() == stepped.error.has_value(), "and the same end");
  if (whole.error) hold(whole.error->kind == stepped.error->kind, "of the same kind");
  const Content half = read(open(Input::of_memory(file.first(size / 2))), size / 2);
  hold(half.too_much || whole.text.starts_with(half.text), "half of it is the beginning");
  if (compression == Compression::gzip) return 0;
  if (!whole.error) hold(at_once(compression, file) == whole.text, "as the library decodes it");
  return 0;
}
