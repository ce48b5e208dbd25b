// gzip (RFC 1952), one member or many, inflated by ISA-L, which checks each member's CRC. Zero octets behind the last
// member are padding.
#pragma once

#include <memory>

#include "shell/feed/byte_stream.h"
#include "shell/feed/input.h"

namespace fairway {

std::unique_ptr<ByteStream> gzip_stream(Input input);

}  // namespace fairway
