// What is not compressed, as it is.
#pragma once

#include <memory>

#include "shell/feed/byte_stream.h"
#include "shell/feed/input.h"

namespace fairway {

std::unique_ptr<ByteStream> plain_stream(Input input);

}  // namespace fairway
