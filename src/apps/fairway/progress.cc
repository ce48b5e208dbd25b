#include "apps/fairway/progress.h"

namespace fairway {

namespace {

constexpr auto kQuiet = std::chrono::seconds(1);
constexpr auto kInterval = std::chrono::milliseconds(100);
constexpr std::string_view kWipe = "\r\x1b[K";

}  // namespace

Progress::Progress(Output& err) : err_(err), next_(std::chrono::steady_clock::now() + kQuiet) {}

Progress::~Progress() {
  if (!shown_) return;
  err_.write(kWipe);
  err_.flush();
}

bool Progress::due() const { return err_.is_terminal() && std::chrono::steady_clock::now() >= next_; }

void Progress::tell(std::string_view text) {
  if (!due()) return;
  next_ = std::chrono::steady_clock::now() + kInterval;
  shown_ = true;
  std::string line(kWipe);
  line += text;
  err_.write(line);
  err_.flush();
}

}  // namespace fairway
