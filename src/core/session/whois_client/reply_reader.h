// ReplyReader: cuts what an IRRd server sends into replies, and the data of a reply into words, as it comes. No reply
// is held, so the length that a server announces costs nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace fairway {

class ReplySink {
 public:
  virtual ~ReplySink() = default;
  // Data begins; `octets` is what the server says, and need not be true.
  virtual void on_data(std::uint64_t octets) = 0;
  // A word of the data of the reply that is being read; words are parted by blanks and line feeds.
  virtual Result<void> on_word(std::string_view word) = 0;
  // The reply is over. `code`: 'A' (there was data), 'C', 'D', 'E' or 'F'; `text` is what stands behind E and F.
  virtual Result<void> on_reply(char code, std::string_view text) = 0;
};

class ReplyReader {
 public:
  // `malformed` if this is not the protocol: an unknown code, a line or a word longer than 4096 octets.
  Result<void> read(std::string_view text, ReplySink& sink);
  // No reply is begun and not ended.
  bool between_replies() const { return part_ == Part::line && held_.empty(); }

 private:
  enum class Part : std::uint8_t { line, data, end_of_data };
  Result<void> read_line(std::string_view line, ReplySink& sink);
  // Takes data off `text`.
  Result<void> read_data(std::string_view& text, ReplySink& sink);

  Part part_ = Part::line;
  std::uint64_t left_ = 0;  // octets of data
  std::string held_;        // the beginning of a line or a word whose end has not come
};

}  // namespace fairway
