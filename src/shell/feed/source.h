// Opening what people name: a path, or "-" for standard input; plain, gzip, bzip2, xz or zstd, told apart by content,
// not by name; concatenated members are one content. URLs are fetched before, by their own feed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "shell/feed/byte_stream.h"
#include "shell/feed/input.h"

namespace fairway {

enum class Compression : std::uint8_t { none, gzip, bzip2, xz, zstd };

// By the first octets (16 are enough). bzip2 only if a block follows its header: plain MRT of April 2005 begins with
// "BZh9" as well.
Compression compression_of(Bytes beginning);
std::string_view to_string(Compression compression);

// `threads` (at least 1) decompress bzip2; the others have one thread that works ahead, plain files none.
Result<std::unique_ptr<ByteStream>> open_stream(const std::string& path, unsigned threads);
Result<std::unique_ptr<ByteStream>> open_stream(Input input, unsigned threads);

// All of it, decompressed, for tables. `refused` if it is larger than `most` octets.
Result<Buffer> read_all(const std::string& path, unsigned threads = 2, std::uint64_t most = std::uint64_t{4} << 30);

}  // namespace fairway
