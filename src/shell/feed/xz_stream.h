// xz: one stream or many, with the padding that the format allows, checked by liblzma.
#pragma once

#include <memory>

#include "shell/feed/byte_stream.h"
#include "shell/feed/input.h"

namespace fairway {

std::unique_ptr<ByteStream> xz_stream(Input input);

}  // namespace fairway
