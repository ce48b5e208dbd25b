// uses: shell/feed base
//
// Blocks decoded side by side give what libbz2 gives, which decodes them one after another: the same content where it
// finds the file whole, the beginning of it where it finds damage.
#include <bzlib.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "hold.h"
#include "shell/feed/bzip2_stream.h"

namespace {

constexpr std::size_t kMost = 4 << 20;  // of content: what compresses a million to one says nothing new

struct Content {
  std::string text;
  bool whole = false;
  bool too_much = false;
};

Content one_after_another(std::string_view file) {
  Content content;
  while (content.text.size() <= kMost) {
    if (file.empty()) {
      content.whole = true;
      return content;
    }
    bz_stream stream{};
    if (BZ2_bzDecompressInit(&stream, 0, 0) != BZ_OK) std::abort();
    stream.next_in = const_cast<char*>(file.data());
    stream.avail_in = static_cast<unsigned>(file.size());
    int code = BZ_OK;
    std::string block(1 << 16, '\0');
    while (code == BZ_OK && content.text.size() <= kMost) {
      stream.next_out = block.data();
      stream.avail_out = static_cast<unsigned>(block.size());
      code = BZ2_bzDecompress(&stream);
      content.text.append(block, 0, block.size() - stream.avail_out);
      if (code == BZ_OK && stream.avail_in == 0 && stream.avail_out != 0) break;
    }
    file.remove_prefix(file.size() - stream.avail_in);
    BZ2_bzDecompressEnd(&stream);
    if (code != BZ_STREAM_END) break;
  }
  content.too_much = content.text.size() > kMost;
  return content;
}

Content side_by_side(std::string_view file, unsigned threads) {
  using namespace fairway;
  Content content;
  auto stream = bzip2_stream(Input::of_memory(as_bytes(file)), threads);
  while (content.text.size() <= kMost) {
    auto block = stream->next();
    if (!block) return content;
    if (block->empty()) {
      content.whole = true;
      return content;
    }
    content.text += as_text(block->bytes());
  }
  content.too_much = true;
  return content;
}

}  // namespace

using fairway::hold;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view file(reinterpret_cast<const char*>(data), size);
  const Content expected = one_after_another(file);
  if (expected.too_much) return 0;
  const Content got = side_by_side(file, 1 + size % 3);
  hold(expected.whole == got.whole, "one finds it whole, the other does not");
  if (expected.whole) hold(expected.text == got.text, "the contents differ");
  hold(expected.text.starts_with(got.text), "what comes before the damage differs");
  return 0;
}
