#include "shell/feed/mrt_file.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/byte_writer.h"
#include "shell/feed/for_each_batch.h"

namespace fairway {
namespace {

constexpr std::uint32_t kTime = 1'500'000'000;

// A KEEPALIVE in BGP4MP, `number` seconds after kTime; every third as BGP4MP_ET.
void put_record(ByteWriter& out, std::uint32_t number) {
  const bool extended = number % 3 == 0;
  out.u32(kTime + number);
  out.u16(extended ? 17 : 16);
  out.u16(4);
  out.u32(39 + (extended ? 4 : 0));
  if (extended) out.u32(number);
  out.u32(64500);
  out.u32(64501);
  out.u16(0);
  out.u16(1);
  out.u32(0xC0000201);
  out.u32(0xC0000202);
  for (int i = 0; i < 16; ++i) out.u8(0xFF);
  out.u16(19);
  out.u8(4);
}

std::vector<std::uint8_t> records(std::uint32_t first, std::uint32_t count) {
  ByteWriter out;
  for (std::uint32_t i = 0; i < count; ++i) put_record(out, first + i);
  return out.release();
}

std::vector<std::uint8_t> operator+(std::vector<std::uint8_t> a, const std::vector<std::uint8_t>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// Yields its content in blocks of `size` octets, then the error if there is one.
class Blocks : public ByteStream {
 public:
  Blocks(std::vector<std::uint8_t> content, std::size_t size, std::optional<Error> error = {})
      : content_(std::move(content)), size_(size), error_(std::move(error)) {}
  Result<Buffer> next() override {
    if (at_ == content_.size() && error_) {
      const Error error = *std::exchange(error_, std::nullopt);
      return std::unexpected(error);
    }
    const std::size_t size = std::min(size_, content_.size() - at_);
    at_ += size;
    return Buffer::copy_of({content_.data() + at_ - size, size});
  }

 private:
  std::vector<std::uint8_t> content_;
  std::size_t size_;
  std::size_t at_ = 0;
  std::optional<Error> error_;
};

struct All {
  std::vector<std::uint32_t> numbers;  // of the records, as put_record counted them
  std::vector<std::uint64_t> offsets;
  std::vector<Damage> damage;
  ReadStatistics statistics;
  std::optional<Error> error;

  std::uint64_t damaged() const {
    std::uint64_t sum = 0;
    for (const Damage& one : damage) sum += one.octets;
    return sum;
  }
};

All read(std::vector<std::uint8_t> content, std::size_t block, std::optional<Error> error = {}) {
  MrtFile file(std::make_unique<Blocks>(std::move(content), block, std::move(error)));
  All all;
  for (std::uint64_t sequence = 0;; ++sequence) {
    auto batch = file.next();
    if (!batch) {
      all.error = batch.error();
      break;
    }
    if (!*batch) break;
    EXPECT_EQ((*batch)->sequence, sequence);
    for (const mrt::Record& record : (*batch)->records) {
      all.numbers.push_back(record.seconds - kTime);
      all.offsets.push_back(record.offset);
      EXPECT_EQ(record.body.size(), 39u);
    }
    all.damage.insert(all.damage.end(), (*batch)->damage.begin(), (*batch)->damage.end());
  }
  all.statistics = file.statistics();
  EXPECT_EQ(all.statistics.records, all.numbers.size());
  EXPECT_EQ(all.statistics.damaged_octets, all.damaged());
  return all;
}

std::vector<std::uint32_t> count_up(std::uint32_t first, std::uint32_t count) {
  std::vector<std::uint32_t> numbers(count);
  for (std::uint32_t i = 0; i < count; ++i) numbers[i] = first + i;
  return numbers;
}

constexpr std::size_t kBlockSizes[] = {1, 7, 12, 51, 52, 1000, 1 << 20};

TEST(MrtFile, RecordsComeWholeWhateverTheBlocks) {
  for (const std::size_t block : kBlockSizes) {
    SCOPED_TRACE(block);
    const auto content = records(0, 200);
    const All all = read(content, block);
    EXPECT_EQ(all.numbers, count_up(0, 200));
    EXPECT_TRUE(all.damage.empty());
    EXPECT_EQ(all.statistics.octets, content.size());
    EXPECT_EQ(all.offsets[0], 0u);
    EXPECT_EQ(all.offsets[1], 55u);
    EXPECT_EQ(all.offsets[199], content.size() - 51);
  }
}

TEST(MrtFile, AnEmptyFileHasNothing) {
  const All all = read({}, 100);
  EXPECT_TRUE(all.numbers.empty());
  EXPECT_TRUE(all.damage.empty());
}

TEST(MrtFile, GarbageBetweenRecordsIsSkippedAndCounted) {
  const std::vector<std::uint8_t> garbage(333, 0xEE);
  for (const std::size_t block : kBlockSizes) {
    SCOPED_TRACE(block);
    const auto before = records(0, 20);
    const All all = read(before + garbage + records(20, 30), block);
    EXPECT_EQ(all.numbers, count_up(0, 50));
    EXPECT_EQ(all.damaged(), 333u);
    EXPECT_EQ(all.statistics.damages, 1u);
    ASSERT_FALSE(all.damage.empty());
    EXPECT_EQ(all.damage.front().offset, before.size());
  }
}

TEST(MrtFile, GarbageInFrontAndBehindIsToo) {
  const std::vector<std::uint8_t> garbage(77, 0xEE);
  for (const std::size_t block : kBlockSizes) {
    SCOPED_TRACE(block);
    const All all = read(garbage + records(0, 9) + garbage, block);
    EXPECT_EQ(all.numbers, count_up(0, 9));
    EXPECT_EQ(all.damaged(), 154u);
    EXPECT_EQ(all.statistics.damages, 2u);
  }
}

TEST(MrtFile, ALengthThatClaimsTooMuchCostsOneRecord) {
  for (const std::uint32_t claim : {20'000'000u, 0xFFFFFFFFu, 5'000'000u}) {
    for (const std::size_t block : {std::size_t{1000}, std::size_t{1} << 20}) {
      SCOPED_TRACE(claim);
      auto content = records(0, 10);
      const std::size_t at = content.size() + 8;
      content = content + records(10, 40);
      for (unsigned i = 0; i < 4; ++i) content[at + i] = static_cast<std::uint8_t>(claim >> (24 - 8 * i));
      const All all = read(content, block);
      auto numbers = count_up(0, 50);
      numbers.erase(numbers.begin() + 10);
      EXPECT_EQ(all.numbers, numbers);
      EXPECT_EQ(all.damaged(), 51u);
    }
  }
}

TEST(MrtFile, ATornRecordDoesNotSwallowTheOthers) {
  for (const std::size_t block : kBlockSizes) {
    SCOPED_TRACE(block);
    auto content = records(0, 11);
    content.resize(content.size() + 10 -
                   51);  // of the last only ten octets are left: its length is read from the next one's time
    content[content.size() - 2] = content[content.size() - 1] = 0;
    const std::uint64_t torn = content.size() - 10;
    const All all = read(content + records(11, 3000), block);
    auto numbers = count_up(0, 3011);
    numbers.erase(numbers.begin() + 10);
    EXPECT_EQ(all.numbers, numbers);
    EXPECT_EQ(all.damaged(), 10u);
    ASSERT_EQ(all.damage.size(), 1u);
    EXPECT_EQ(all.damage[0].offset, torn);
  }
}

TEST(MrtFile, BatchesOfTableDumpThatDoNotCountTheirFirstFourOctetsAreWhole) {
  ByteWriter out;
  const auto put_batch = [&out](std::uint32_t number) {
    constexpr std::size_t kEntry = 4 + 1 + 1 + 4 + 4 + 2 + 2;
    out.u32(kTime + number), out.u16(12), out.u16(1), out.u32(3 * kEntry);
    out.u16(0), out.u16(0);
    for (std::uint32_t i = 0; i < 3; ++i) {
      out.u32(0x0A000000 + (i << 16)), out.u8(16), out.u8(1), out.u32(kTime), out.u32(0xC0000201), out.u16(64500),
          out.u16(0);
    }
  };
  for (std::uint32_t i = 0; i < 200; ++i) put_batch(i);
  for (const std::size_t block : {std::size_t{50}, std::size_t{999}, std::size_t{1} << 20}) {
    MrtFile file(std::make_unique<Blocks>(std::vector(out.written().begin(), out.written().end()), block));
    std::uint32_t count = 0;
    for (auto batch = file.next(); *batch; batch = file.next()) {
      EXPECT_TRUE((*batch)->damage.empty());
      for (const mrt::Record& record : (*batch)->records) {
        EXPECT_EQ(record.seconds, kTime + count++);
        EXPECT_EQ(record.body.size(), 4u + 3 * 18);
      }
    }
    EXPECT_EQ(count, 200u);
  }
}

TEST(MrtFile, AFileThatEndsInsideARecordSaysSo) {
  for (const std::size_t block : kBlockSizes) {
    SCOPED_TRACE(block);
    auto content = records(0, 10);
    content.resize(content.size() - 5);
    const All all = read(content, block);
    EXPECT_EQ(all.numbers, count_up(0, 9));
    EXPECT_EQ(all.damaged(), 50u);
    ASSERT_EQ(all.damage.size(), 1u);
    EXPECT_NE(all.damage[0].text.find("cut off"), std::string::npos) << all.damage[0].text;
  }
}

TEST(MrtFile, ADamagedStreamYieldsWhatCameBefore) {
  const auto content = records(0, 10);
  const All all = read(content, 100, Error{ErrorKind::malformed, "the gzip data are damaged", 4711});
  EXPECT_EQ(all.numbers, count_up(0, 10));
  EXPECT_FALSE(all.error);
  ASSERT_EQ(all.damage.size(), 1u);
  EXPECT_EQ(all.damage[0].octets, 0u);
  EXPECT_NE(all.damage[0].text.find("gzip data are damaged (byte 4711"), std::string::npos) << all.damage[0].text;
}

TEST(MrtFile, AnInputThatCannotBeReadOnIsAnError) {
  const All all = read(records(0, 10), 100, Error{ErrorKind::system, "cannot be read: on fire", 7});
  EXPECT_EQ(all.numbers, count_up(0, 10));
  ASSERT_TRUE(all.error);
  EXPECT_EQ(all.error->kind, ErrorKind::system);
}

TEST(MrtFile, OpeningWhatIsNotThereIsAnError) {
  const auto file = MrtFile::open("/nonexistent.mrt", 1);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().kind, ErrorKind::not_found);
}

class CountingWorker : public BatchWorker<std::vector<std::uint32_t>> {
 public:
  std::vector<std::uint32_t> work(const RecordBatch& batch) override {
    std::vector<std::uint32_t> numbers;
    for (const mrt::Record& record : batch.records) numbers.push_back(record.seconds - kTime);
    return numbers;
  }
};

using Numbers = std::vector<std::uint32_t>;

TEST(ForEachBatch, AnswersComeInTheOrderOfTheFile) {
  for (const unsigned threads : {1u, 2u, 7u}) {
    MrtFile file(std::make_unique<Blocks>(records(0, 3000), 700));
    Numbers got;
    const auto done = for_each_batch<Numbers>(
        file, threads, [](mrt::EventDecoder) { return std::make_unique<CountingWorker>(); },
        [&got](Numbers numbers) {
          got.insert(got.end(), numbers.begin(), numbers.end());
          return true;
        });
    EXPECT_TRUE(done);
    EXPECT_EQ(got, count_up(0, 3000));
  }
}

TEST(ForEachBatch, EndsWhenItIsTold) {
  MrtFile file(std::make_unique<Blocks>(records(0, 3000), 700));
  int taken = 0;
  const auto done = for_each_batch<Numbers>(
      file, 3, [](mrt::EventDecoder) { return std::make_unique<CountingWorker>(); },
      [&taken](Numbers) { return ++taken < 4; });
  EXPECT_TRUE(done);
  EXPECT_EQ(taken, 4);
}

TEST(ForEachBatch, WhatAWorkerThrowsArrives) {
  class Thrower : public BatchWorker<int> {
   public:
    int work(const RecordBatch&) override { throw std::bad_alloc(); }
  };
  MrtFile file(std::make_unique<Blocks>(records(0, 3000), 700));
  EXPECT_THROW((void)for_each_batch<int>(
                   file, 2, [](mrt::EventDecoder) { return std::make_unique<Thrower>(); }, [](int) { return true; }),
               std::bad_alloc);
}

// A table of two peers, then routes that refer to it by number, another table, more routes: each worker must know the
// table that holds.
TEST(ForEachBatch, ThePeerTableReachesEveryWorker) {
  ByteWriter out;
  const auto put_table = [&out](std::uint32_t asn) {
    out.u32(kTime), out.u16(13), out.u16(1), out.u32(8 + 13);
    out.u32(0), out.u16(0), out.u16(1);
    out.u8(2), out.u32(1), out.u32(0xC0000201), out.u32(asn);
  };
  const auto put_routes = [&out](unsigned count) {
    for (unsigned i = 0; i < count; ++i) {
      out.u32(kTime), out.u16(13), out.u16(2), out.u32(4 + 1 + 3 + 2 + 8 + 4 + 9);
      out.u32(i), out.u8(24), out.u24(0x0A0000 + i), out.u16(1);
      out.u16(0), out.u32(kTime), out.u16(13);
      out.u8(0x40), out.u8(1), out.u8(1), out.u8(0);                             // ORIGIN
      out.u8(0x40), out.u8(2), out.u8(6), out.u8(2), out.u8(1), out.u32(64500);  // AS_PATH
    }
  };
  put_table(65001);
  put_routes(500);
  put_table(65002);
  put_routes(500);

  class PeerWorker : public BatchWorker<Numbers>, mrt::EventSink {
   public:
    explicit PeerWorker(mrt::EventDecoder decoder) : decoder_(std::move(decoder)) {}
    Numbers work(const RecordBatch& batch) override {
      asns_.clear();
      for (const mrt::Record& record : batch.records) EXPECT_TRUE(decoder_.decode(record, *this));
      return asns_;
    }

   private:
    void on_event(const mrt::Record&, const RouteEvent& event) override { asns_.push_back(event.peer.asn.value); }
    mrt::EventDecoder decoder_;
    Numbers asns_;
  };

  MrtFile file(std::make_unique<Blocks>(out.release(), 1000));
  Numbers got;
  const auto done = for_each_batch<Numbers>(
      file, 3, [](mrt::EventDecoder decoder) { return std::make_unique<PeerWorker>(std::move(decoder)); },
      [&got](Numbers numbers) {
        got.insert(got.end(), numbers.begin(), numbers.end());
        return true;
      });
  EXPECT_TRUE(done);
  Numbers wanted(500, 65001);
  wanted.resize(1000, 65002);
  EXPECT_EQ(got, wanted);
}

}  // namespace
}  // namespace fairway
