// Every compression, whole, in pieces, cut off, damaged.
#include "shell/feed/source.h"

#include <bzlib.h>
#include <gtest/gtest.h>
#include <isa-l.h>
#include <lzma.h>
#include <unistd.h>
#include <zstd.h>

#include <cstdio>
#include <fstream>
#include <string>

namespace fairway {
namespace {

std::string gzipped(std::string_view text) {
  isal_zstream stream;
  isal_deflate_init(&stream);
  std::string out(text.size() + text.size() / 4 + 1000, '\0');
  stream.gzip_flag = IGZIP_GZIP;
  stream.end_of_stream = 1;
  stream.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<std::uint32_t>(text.size());
  stream.next_out = reinterpret_cast<std::uint8_t*>(out.data());
  stream.avail_out = static_cast<std::uint32_t>(out.size());
  EXPECT_EQ(isal_deflate(&stream), COMP_OK);
  out.resize(stream.total_out);
  return out;
}

std::string bzip2ed(std::string_view text, int level = 9) {
  std::string out(text.size() + text.size() / 50 + 1000, '\0');
  auto size = static_cast<unsigned>(out.size());
  EXPECT_EQ(BZ2_bzBuffToBuffCompress(out.data(), &size, const_cast<char*>(text.data()),
                                     static_cast<unsigned>(text.size()), level, 0, 0),
            BZ_OK);
  out.resize(size);
  return out;
}

std::string xzed(std::string_view text) {
  std::string out(lzma_stream_buffer_bound(text.size()), '\0');
  std::size_t size = 0;
  EXPECT_EQ(lzma_easy_buffer_encode(0, LZMA_CHECK_CRC64, nullptr, reinterpret_cast<const std::uint8_t*>(text.data()),
                                    text.size(), reinterpret_cast<std::uint8_t*>(out.data()), &size, out.size()),
            LZMA_OK);
  out.resize(size);
  return out;
}

std::string zstded(std::string_view text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  const std::size_t size = ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3);
  EXPECT_FALSE(ZSTD_isError(size));
  out.resize(size);
  return out;
}

// Text that compresses, but not to nothing; the same for the same size.
std::string sample(std::size_t size) {
  std::string text;
  std::uint64_t state = 88172645463325252ull;
  while (text.size() < size) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    text += std::to_string(state % 100000) + (state % 7 == 0 ? "|\n" : " ");
  }
  text.resize(size);
  return text;
}

struct Read {
  std::string text;
  std::optional<Error> error;
};

Read read(std::string_view file, unsigned threads = 3) {
  Read read;
  auto stream = open_stream(Input::of_memory(as_bytes(file)), threads);
  EXPECT_TRUE(stream);
  for (;;) {
    auto block = (*stream)->next();
    if (!block) {
      read.error = block.error();
      const auto after = (*stream)->next();
      EXPECT_TRUE(after && after->empty()) << "an error is followed by the end";
      return read;
    }
    if (block->empty()) return read;
    read.text += as_text(block->bytes());
  }
}

struct Format {
  const char* name;
  std::string (*compress)(std::string_view);
  Compression compression;
};

std::string as_it_is(std::string_view text) { return std::string(text); }
std::string bzip2_usual(std::string_view text) { return bzip2ed(text); }
std::string bzip2_small_blocks(std::string_view text) { return bzip2ed(text, 1); }

const Format kFormats[] = {
    {"plain", as_it_is, Compression::none},
    {"gzip", gzipped, Compression::gzip},
    {"bzip2", bzip2_usual, Compression::bzip2},
    {"bzip2_level1", bzip2_small_blocks, Compression::bzip2},
    {"xz", xzed, Compression::xz},
    {"zstd", zstded, Compression::zstd},
};

class Formats : public ::testing::TestWithParam<Format> {
 protected:
  std::string compress(std::string_view text) const { return GetParam().compress(text); }
  bool is_plain() const { return GetParam().compression == Compression::none; }
};
INSTANTIATE_TEST_SUITE_P(All, Formats, ::testing::ValuesIn(kFormats), [](const auto& info) { return info.param.name; });

TEST_P(Formats, AreFoundByContent) {
  EXPECT_EQ(compression_of(as_bytes(compress(sample(1000)))), GetParam().compression);
  if (!is_plain()) {
    EXPECT_EQ(compression_of(as_bytes(compress(""))), GetParam().compression);
  }
}

TEST_P(Formats, AreReadWhole) {
  for (const std::size_t size : {0, 1, 100, 65'536, 1'048'576, 1'048'577, 2'300'000}) {
    const std::string text = sample(size);
    const Read got = read(compress(text));
    EXPECT_FALSE(got.error) << got.error->text;
    EXPECT_TRUE(got.text == text) << size << " octets became " << got.text.size();
  }
}

TEST_P(Formats, MembersInARowAreOneContent) {
  const std::string a = sample(1'300'000), b = sample(10), c = sample(700'000);
  const Read got = read(compress(a) + compress(b) + (is_plain() ? "" : compress("")) + compress(c));
  EXPECT_FALSE(got.error) << got.error->text;
  EXPECT_TRUE(got.text == a + b + c);
}

TEST_P(Formats, CutOffAnywhereTheyYieldWhatCameBeforeAndSaySo) {
  if (is_plain()) return;
  const std::string text = sample(1'700'000);
  const std::string file = compress(text);
  for (const std::size_t size : {file.size() - 1, file.size() / 2, file.size() / 3, std::size_t{20}}) {
    const Read got = read(std::string_view(file).substr(0, size));
    ASSERT_TRUE(got.error) << size;
    EXPECT_EQ(got.error->kind, ErrorKind::truncated) << got.error->text;
    EXPECT_LE(got.error->where, size);
    EXPECT_TRUE(text.starts_with(got.text));
    if (size == file.size() - 1) {
      EXPECT_GT(got.text.size(), text.size() / 2);
    }
  }
}

TEST_P(Formats, DamageIsFound) {
  if (is_plain()) return;
  const std::string text = sample(1'200'000);
  std::string file = compress(text);
  for (const std::size_t at : {file.size() / 2, file.size() * 9 / 10}) {
    std::string damaged = file;
    for (std::size_t i = 0; i < 40; ++i) damaged[at + i] = static_cast<char>(damaged[at + i] ^ 0x5A);
    const Read got = read(damaged);
    ASSERT_TRUE(got.error);
    EXPECT_EQ(got.error->kind, ErrorKind::malformed) << got.error->text;
    EXPECT_LE(got.error->where, file.size());
    EXPECT_GT(got.error->where, 0u);
    EXPECT_NE(got.text, text);
  }
}

TEST_P(Formats, SomethingElseBehindTheEndIsAnError) {
  if (is_plain()) return;
  const std::string text = sample(100'000);
  const Read got = read(compress(text) + "this is not compressed");
  ASSERT_TRUE(got.error);
  EXPECT_EQ(got.error->kind, ErrorKind::malformed) << got.error->text;
  EXPECT_EQ(got.text, text);
}

TEST_P(Formats, LeavingEarlyLeavesNothingRunning) {
  const std::string file = compress(sample(2'500'000));
  for (int i = 0; i < 3; ++i) {
    auto stream = open_stream(Input::of_memory(as_bytes(file)), 2);
    ASSERT_TRUE(stream);
    const auto block = (*stream)->next();
    EXPECT_TRUE(block && !block->empty());
  }
}

TEST(Source, ZerosBehindGzipArePadding) {
  const Read got = read(gzipped("routes") + std::string(2000, '\0'));
  EXPECT_FALSE(got.error);
  EXPECT_EQ(got.text, "routes");
}

TEST(Source, PlainMrtOfApril2005IsNoBzip2) {
  const std::string_view record("BZh9\0\x0D\0\x01\0\0\0\x08........", 20);
  EXPECT_EQ(compression_of(as_bytes(record)), Compression::none);
}

TEST(Source, ZstdWithAHugeWindowIsRefused) {
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, 30);
  ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
  std::string out(1000, '\0');
  const std::string text = sample(200);
  ZSTD_inBuffer in{text.data(), text.size(), 0};
  ZSTD_outBuffer to{out.data(), out.size(), 0};
  ASSERT_EQ(ZSTD_compressStream2(context, &to, &in, ZSTD_e_continue),
            ZSTD_compressStream2(context, &to, &in, ZSTD_e_continue));
  ASSERT_EQ(ZSTD_compressStream2(context, &to, &in, ZSTD_e_end), 0u);
  ZSTD_freeCCtx(context);
  const Read got = read(std::string_view(out).substr(0, to.pos));
  ASSERT_TRUE(got.error);
  EXPECT_NE(got.error->text.find("128 MiB"), std::string::npos) << got.error->text;
}

TEST(Source, AnInputThatFailsIsAnErrorBehindWhatItGave) {
  const std::string text = sample(3'000'000);
  for (const std::string& file : {text, gzipped(text), bzip2ed(text), xzed(text), zstded(text)}) {
    auto left = std::make_shared<std::string_view>(file);
    Input input("flaky", [left, size = file.size()](std::uint8_t* target, std::size_t room) -> Result<std::size_t> {
      const std::size_t count = std::min<std::size_t>({room, left->size(), 10'000});
      if (left->size() < size / 2) return fail(ErrorKind::system, "cannot be read: the disk is on fire");
      std::copy_n(left->data(), count, target);
      left->remove_prefix(count);
      return count;
    });
    auto stream = open_stream(std::move(input), 2);
    ASSERT_TRUE(stream);
    std::string got;
    Result<Buffer> block;
    while ((block = (*stream)->next()) && !block->empty()) got += as_text(block->bytes());
    ASSERT_FALSE(block);
    EXPECT_EQ(block.error().kind, ErrorKind::system) << block.error().text;
    EXPECT_TRUE(text.starts_with(got));
    EXPECT_FALSE(got.empty());
  }
}

TEST(Source, OpeningSaysWhatIsWrong) {
  const auto missing = open_stream("/nonexistent/file", 1);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::not_found);
  const auto folder = open_stream("/", 1);
  ASSERT_FALSE(folder);
  EXPECT_EQ(folder.error().kind, ErrorKind::usage);
}

TEST(Source, ReadAllHasPaddingAndALimit) {
  const std::string path = ::testing::TempDir() + "fairway_source_test_" + std::to_string(::getpid());
  const std::string text = sample(2'500'000);
  std::ofstream(path, std::ios::binary) << bzip2ed(text);
  const auto all = read_all(path);
  ASSERT_TRUE(all);
  EXPECT_TRUE(as_text(all->bytes()) == text);
  EXPECT_GE(all->capacity(), all->size());
  for (std::size_t i = 0; i < kPadding; ++i)
    (void)*const_cast<volatile const std::uint8_t*>(all->data() + all->size() + i);
  const auto refused = read_all(path, 2, 2'000'000);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::refused);
  std::ofstream(path, std::ios::binary | std::ios::trunc);
  const auto nothing = read_all(path);
  ASSERT_TRUE(nothing);
  EXPECT_TRUE(nothing->empty());
  EXPECT_NE(nothing->data(), nullptr);
  std::remove(path.c_str());
}

}  // namespace
}  // namespace fairway
