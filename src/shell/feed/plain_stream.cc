#include "shell/feed/plain_stream.h"

namespace fairway {

namespace {

class PlainStream : public ByteStream {
 public:
  explicit PlainStream(Input input) : input_(std::move(input)) {}

  Result<Buffer> next() override {
    if (ended_) return Buffer();
    const auto window = input_.peek(1);  // what there is: a pipe may be slow
    if (!window) {
      ended_ = true;
      return std::unexpected(window.error());
    }
    Buffer block = Buffer::copy_of(*window);
    input_.consume(window->size());
    return block;
  }

 private:
  Input input_;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<ByteStream> plain_stream(Input input) { return std::make_unique<PlainStream>(std::move(input)); }

}  // namespace fairway
