// zstd (RFC 8878), one frame or many, skippable ones passed over. Windows of up to 128 MiB, which is what zstd writes
// without --long.
#pragma once

#include <memory>

#include "shell/feed/byte_stream.h"
#include "shell/feed/input.h"

namespace fairway {

std::unique_ptr<ByteStream> zstd_stream(Input input);

}  // namespace fairway
