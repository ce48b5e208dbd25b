// Reads another stream ahead on a thread of its own, so that decompressing and decoding overlap. At most `depth` blocks
// wait.
#pragma once

#include <cstddef>
#include <memory>

#include "shell/feed/byte_stream.h"

namespace fairway {

std::unique_ptr<ByteStream> read_ahead(std::unique_ptr<ByteStream> inner, std::size_t depth = 8);

}  // namespace fairway
