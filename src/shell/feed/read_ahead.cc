#include "shell/feed/read_ahead.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

namespace fairway {

namespace {

class ReadAhead : public ByteStream {
 public:
  ReadAhead(std::unique_ptr<ByteStream> inner, std::size_t depth)
      : inner_(std::move(inner)), depth_(depth), thread_([this] { work(); }) {}

  ~ReadAhead() override {
    {
      const std::lock_guard lock(mutex_);
      leaving_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }

  Result<Buffer> next() override {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return ended_ || !ready_.empty(); });
    if (ready_.empty()) {
      if (failure_) std::rethrow_exception(failure_);
      return Buffer();
    }
    Result<Buffer> block = std::move(ready_.front());
    ready_.pop_front();
    lock.unlock();
    changed_.notify_all();
    return block;
  }

 private:
  void work() {
    std::exception_ptr failure;
    try {
      for (bool more = true; more;) {
        Result<Buffer> block = inner_->next();
        more = block && !block->empty();
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return leaving_ || ready_.size() < depth_; });
        if (leaving_) break;
        if (more || !block) ready_.push_back(std::move(block));
        lock.unlock();
        changed_.notify_all();
      }
    } catch (...) {  // out of memory: the reader's concern
      failure = std::current_exception();
    }
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
      failure_ = failure;
    }
    changed_.notify_all();
  }

  std::unique_ptr<ByteStream> inner_;
  const std::size_t depth_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Result<Buffer>> ready_;
  bool ended_ = false;
  bool leaving_ = false;
  std::exception_ptr failure_;
  std::thread thread_;  // last: it uses the others
};

}  // namespace

std::unique_ptr<ByteStream> read_ahead(std::unique_ptr<ByteStream> inner, std::size_t depth) {
  return std::make_unique<ReadAhead>(std::move(inner), depth);
}

}  // namespace fairway
