// Pool: a few threads that run tasks in the order in which they were posted. Tasks do not wait for each other. When the
// pool dies, tasks that have not begun are dropped and the threads are joined.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <vector>

namespace fairway {

class Pool {
 public:
  explicit Pool(unsigned threads);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // Runs `work` on one of the threads; the future has what it returned or threw. std::future_error (broken_promise) if
  // it was dropped.
  template <class Work>
  auto run(Work work) -> std::future<std::invoke_result_t<Work&>> {
    using Answer = std::invoke_result_t<Work&>;
    auto task = std::make_shared<std::packaged_task<Answer()>>(std::move(work));
    auto answer = task->get_future();
    post([task = std::move(task)] { (*task)(); });
    return answer;
  }
  unsigned size() const { return static_cast<unsigned>(threads_.size()); }

 private:
  void post(std::function<void()> task);
  void serve();

  std::mutex mutex_;
  std::condition_variable posted_;
  std::deque<std::function<void()>> tasks_;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace fairway
