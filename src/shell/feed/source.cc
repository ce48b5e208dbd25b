#include "shell/feed/source.h"

#include "shell/feed/bzip2_block.h"
#include "shell/feed/bzip2_stream.h"
#include "shell/feed/gzip_stream.h"
#include "shell/feed/plain_stream.h"
#include "shell/feed/read_ahead.h"
#include "shell/feed/xz_stream.h"
#include "shell/feed/zstd_stream.h"

namespace fairway {

Compression compression_of(Bytes beginning) {
  using namespace std::string_view_literals;
  const std::string_view text = as_text(beginning);
  if (text.starts_with("\x1F\x8B"sv)) return Compression::gzip;
  if (text.starts_with("\xFD"
                       "7zXZ\0"sv)) {
    return Compression::xz;
  }
  if (text.starts_with("\x28\xB5\x2F\xFD"sv)) return Compression::zstd;
  if (text.size() >= 4 && (text[0] & 0xF0) == 0x50 && text.substr(1).starts_with("\x2A\x4D\x18"sv)) {
    return Compression::zstd;  // a skippable frame
  }
  if (text.starts_with("BZh") && text.size() >= 10 && text[3] >= '1' && text[3] <= '9') {
    const std::uint64_t magic = bzip2::bits_at(beginning, 32, 48);
    if (magic == bzip2::kBlockMagic || magic == bzip2::kEndMagic) return Compression::bzip2;
  }
  return Compression::none;
}

std::string_view to_string(Compression compression) {
  switch (compression) {
    case Compression::none: return "none";
    case Compression::gzip: return "gzip";
    case Compression::bzip2: return "bzip2";
    case Compression::xz: return "xz";
    case Compression::zstd: return "zstd";
  }
  return "";
}

Result<std::unique_ptr<ByteStream>> open_stream(Input input, unsigned threads) {
  const auto beginning = input.peek(16);
  if (!beginning) return std::unexpected(beginning.error());
  switch (compression_of(*beginning)) {
    case Compression::gzip: return read_ahead(gzip_stream(std::move(input)));
    case Compression::bzip2: return bzip2_stream(std::move(input), threads);
    case Compression::xz: return read_ahead(xz_stream(std::move(input)));
    case Compression::zstd: return read_ahead(zstd_stream(std::move(input)));
    case Compression::none: break;
  }
  return plain_stream(std::move(input));
}

Result<std::unique_ptr<ByteStream>> open_stream(const std::string& path, unsigned threads) {
  auto input = Input::open(path);
  if (!input) return std::unexpected(input.error());
  return open_stream(*std::move(input), threads);
}

Result<Buffer> read_all(const std::string& path, unsigned threads, std::uint64_t most) {
  auto stream = open_stream(path, threads);
  if (!stream) return std::unexpected(stream.error());
  Buffer all;
  for (;;) {
    auto block = (*stream)->next();
    if (!block) return block;
    if (block->empty()) break;
    if (all.size() + block->size() > most) {
      return fail(ErrorKind::refused, "holds more than " + std::to_string(most) + " octets");
    }
    if (all.empty()) {
      all = *std::move(block);
    } else {
      all.append(block->bytes());
    }
  }
  if (all.empty()) all.reserve(0);
  return all;
}

}  // namespace fairway
