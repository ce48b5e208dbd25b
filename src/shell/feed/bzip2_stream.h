// bzip2, one stream or many, its blocks decoded side by side on `threads` threads and yielded in order. The result is
// that of decoding them one after another: a guess where a block begins counts only when the block before it ends
// there.
#pragma once

#include <memory>

#include "shell/feed/byte_stream.h"
#include "shell/feed/input.h"

namespace fairway {

std::unique_ptr<ByteStream> bzip2_stream(Input input, unsigned threads);

}  // namespace fairway
