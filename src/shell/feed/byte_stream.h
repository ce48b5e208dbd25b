// ByteStream: the decompressed content of a file, block after block. A resource; one thread reads it; behind it there
// may be others that read and decompress ahead, a bounded number of blocks; they end with it.
//
// Errors of every stream: `where` is the byte offset in the file as it is (compressed), `text` a sentence without the
// file's name. `truncated` where the file ends too early, `malformed` where it is damaged, `system` where it could not
// be read. Whatever was decompressed before the damage has been yielded before the error.
#pragma once

#include "base/bytes.h"
#include "base/result.h"

namespace fairway {

class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // The next block, never empty; empty at the end, and for ever after an error.
  virtual Result<Buffer> next() = 0;
};

}  // namespace fairway
