// for_each_batch: the records of a file worked on by several threads, the answers taken in the order of the file.
//
// A worker decodes batches with an EventDecoder of its own. What one record says for all that follow (the
// PEER_INDEX_TABLE) must reach every worker, so a worker lives only as long as that stays the same: behind such a
// record there are new ones. Hence a worker may keep what it derives from attributes by their key, but what is to be
// summed up goes into its answers.
#pragma once

#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "core/wire/mrt/event_decoder.h"
#include "shell/feed/mrt_file.h"
#include "shell/feed/pool.h"

namespace fairway {

template <class Answer>
class BatchWorker {
 public:
  virtual ~BatchWorker() = default;
  virtual Answer work(const RecordBatch& batch) = 0;
};

// Feeds `decoder` those records of `batch` that later ones refer to. Whether there were any.
bool remember_context(const RecordBatch& batch, mrt::EventDecoder& decoder);

// `make` gets the decoder for a new worker and is called by any of the threads; `take` gets the answers in the calling
// thread and may end it all by answering false. At most 2 * threads + 1 batches are under way; no thread is left when
// it returns. Error: the file could not be read on; the answers before that have been taken.
template <class Answer>
Result<void> for_each_batch(MrtFile& file, unsigned threads,
                            const std::function<std::unique_ptr<BatchWorker<Answer>>(mrt::EventDecoder)>& make,
                            const std::function<bool(Answer)>& take) {
  using Worker = std::unique_ptr<BatchWorker<Answer>>;
  // What holds for a run of batches, and the workers that know it.
  struct Context {
    explicit Context(mrt::EventDecoder known) : decoder(std::move(known)) {}
    const mrt::EventDecoder decoder;
    std::mutex mutex;
    std::vector<Worker> idle;
  };
  const auto work = [&make](Context& context, const RecordBatch& batch, bool last_of_context) {
    Worker worker;
    {
      const std::lock_guard lock(context.mutex);
      if (!context.idle.empty()) {
        worker = std::move(context.idle.back());
        context.idle.pop_back();
      }
    }
    if (!worker) worker = make(context.decoder.sibling());
    Answer answer = worker->work(batch);
    if (!last_of_context) {
      const std::lock_guard lock(context.mutex);
      context.idle.push_back(std::move(worker));
    }
    return answer;
  };

  mrt::EventDecoder sequencer;
  auto context = std::make_shared<Context>(sequencer.sibling());
  std::deque<std::future<Answer>> under_way;
  Pool pool(threads);
  for (;;) {
    auto batch = file.next();
    if (batch && *batch) {
      const bool changes = remember_context(**batch, sequencer);
      under_way.push_back(
          pool.run([&work, context, changes, batch = std::make_shared<RecordBatch>(**std::move(batch))] {
            return work(*context, *batch, changes);
          }));
      if (changes) context = std::make_shared<Context>(sequencer.sibling());
    }
    const bool more = batch && *batch;
    while (!under_way.empty() && (!more || under_way.size() > 2 * pool.size())) {
      const bool go_on = take(under_way.front().get());
      under_way.pop_front();
      if (!go_on) return {};
    }
    if (!batch) return std::unexpected(batch.error());
    if (!more) return {};
  }
}

}  // namespace fairway
