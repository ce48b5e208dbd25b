// Output: where a command writes: standard output or standard error of the program, or a text in a test. Buffered. When
// the reader has closed the pipe, further writing is dropped and `closed` is true: the command ends early, and that is
// fine. One thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fairway {

class Output {
 public:
  // Onto an open file descriptor, which stays the caller's. The program must ignore SIGPIPE.
  explicit Output(int descriptor, std::size_t buffer_size = 1 << 20);
  // Onto the end of `text`.
  explicit Output(std::string& text) : text_(&text) {}
  ~Output() { flush(); }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void write(std::string_view text);
  // `text` and a line feed, at once: for messages.
  void line(std::string_view text);
  // What is behind write() reaches the reader now.
  void flush();

  bool closed() const { return closed_; }  // the reader has gone
  int error() const { return error_; }     // errno of a write that failed for another reason (a full disk), else 0
  bool usable() const { return !closed_ && error_ == 0; }
  bool is_terminal() const { return terminal_; }
  // A terminal that understands colour, and NO_COLOR is not set.
  bool colour() const { return colour_; }

 private:
  void put(std::string_view text);

  int descriptor_ = -1;
  std::string* text_ = nullptr;
  std::string buffer_;
  std::size_t limit_ = 0;
  bool closed_ = false;
  int error_ = 0;
  bool terminal_ = false;
  bool colour_ = false;
};

}  // namespace fairway
