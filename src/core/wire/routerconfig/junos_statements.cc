#include "core/wire/routerconfig/junos_statements.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"

namespace fairway::reader::junos {

namespace {

constexpr std::size_t kDeepest = 60;  // words from the top
constexpr std::size_t kMostDeactivated = 1000;

struct Token {
  enum class Kind : std::uint8_t { end, newline, word, mark } kind = Kind::end;
  std::string_view text;
  std::uint32_t line = 0;
};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}
  std::optional<Error> error;

  Token next() {
    for (;;) {
      if (at_ >= text_.size()) return {Token::Kind::end, {}, line_};
      const char c = text_[at_];
      if (c == '\n') {
        ++at_;
        return {Token::Kind::newline, {}, line_++};
      }
      if (is_blank(c)) {
        ++at_;
      } else if (c == '#') {
        while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      } else if (text_.substr(at_, 2) == "/*") {
        const std::size_t end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos) return broken("a comment does not end");
        for (; at_ < end + 2; ++at_) line_ += text_[at_] == '\n';
      } else if (c == '"') {
        const std::size_t end = text_.find('"', at_ + 1);
        if (end == std::string_view::npos) return broken("a quotation does not end");
        const Token token{Token::Kind::word, text_.substr(at_ + 1, end - at_ - 1), line_};
        for (; at_ < end + 1; ++at_) line_ += text_[at_] == '\n';
        return token;
      } else if (is_mark(c)) {
        return {Token::Kind::mark, text_.substr(at_++, 1), line_};
      } else {
        const std::size_t start = at_;
        while (at_ < text_.size() && !is_blank(text_[at_]) && !is_mark(text_[at_]) && text_[at_] != '"') ++at_;
        return {Token::Kind::word, text_.substr(start, at_ - start), line_};
      }
    }
  }

 private:
  static bool is_mark(char c) { return c == '{' || c == '}' || c == ';' || c == '[' || c == ']'; }
  Token broken(std::string text) {
    error = Error{ErrorKind::malformed, std::move(text), line_};
    at_ = text_.size();
    return {Token::Kind::end, {}, line_};
  }
  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
};

class Flattener {
 public:
  // `deactivated`: words that statements to be left out begin with.
  Flattener(std::string_view text, std::vector<std::vector<std::string_view>> deactivated,
            const std::function<void(Words, std::uint32_t)>& visit)
      : lexer_(text), deactivated_(std::move(deactivated)), visit_(visit) {}

  Result<void> run() {
    for (Token token = lexer_.next(); token.kind != Token::Kind::end; token = lexer_.next()) {
      if (token.kind == Token::Kind::newline) {
        if (set_style_) finish(token.line);
        continue;
      }
      if (own_ == 0 && line_ == 0) line_ = token.line;
      if (token.kind == Token::Kind::word) {
        word(token);
      } else if (token.text == "{") {
        open_.push_back({words_.size() - own_, inactive_});
        own_ = 0;
        line_ = 0;
      } else if (token.text == "}") {
        if (open_.empty()) return fail(ErrorKind::malformed, "a bracket too many", token.line);
        finish(token.line);
        words_.resize(open_.back().words);
        open_.pop_back();
        inactive_ = !open_.empty() && open_.back().inactive;
      } else if (token.text == ";") {
        finish(token.line);
      } else if (token.text == "[") {
        in_list_ = true;
      } else if (token.text == "]") {
        in_list_ = false;
      }
    }
    if (lexer_.error) return std::unexpected(*lexer_.error);
    if (!open_.empty()) return fail(ErrorKind::malformed, "a bracket is not closed", line_);
    finish(line_);
    return {};
  }

  // What `deactivate` lines name.
  std::vector<std::vector<std::string_view>> deactivates;

 private:
  struct Block {
    std::size_t words;  // before those of the block itself
    bool inactive;
  };

  void word(const Token& token) {
    if (own_ == 0 && open_.empty() && !set_style_ && (token.text == "set" || token.text == "deactivate")) {
      set_style_ = true;
      deactivates_ = token.text == "deactivate";
      line_ = token.line;
      return;
    }
    if (own_ == 0 && (token.text == "inactive:" || token.text == "protect:" || token.text == "replace:")) {
      if (token.text == "inactive:") inactive_ = true;
      return;
    }
    if (in_list_) {
      list_.push_back(token.text);
      return;
    }
    if (words_.size() < kDeepest) {
      words_.push_back(token.text);
      ++own_;
    }
  }

  void tell() {
    for (const auto& words : deactivated_) {
      if (words_.size() >= words.size() && std::equal(words.begin(), words.end(), words_.begin())) return;
    }
    if (!deactivates_) {
      visit_(words_, line_);
    } else if (deactivates.size() < kMostDeactivated) {
      deactivates.push_back(words_);
    }
  }

  void finish(std::uint32_t line) {
    if (line_ == 0) line_ = line;
    if (own_ > 0 && !inactive_) {
      if (list_.empty()) tell();
      for (const std::string_view one : list_) {
        words_.push_back(one);
        tell();
        words_.pop_back();
      }
    }
    words_.resize(words_.size() - own_);
    own_ = 0;
    line_ = 0;
    list_.clear();
    in_list_ = set_style_ = deactivates_ = false;
    inactive_ = !open_.empty() && open_.back().inactive;
  }

  Lexer lexer_;
  const std::vector<std::vector<std::string_view>> deactivated_;
  const std::function<void(Words, std::uint32_t)>& visit_;
  std::vector<std::string_view> words_, list_;
  std::vector<Block> open_;
  std::size_t own_ = 0;  // words of the statement begun
  std::uint32_t line_ = 0;
  bool inactive_ = false, in_list_ = false, set_style_ = false, deactivates_ = false;
};

}  // namespace

Result<void> for_each_statement(std::string_view text, const std::function<void(Words, std::uint32_t)>& visit) {
  std::vector<std::vector<std::string_view>> deactivated;
  if (text.find("deactivate ") != std::string_view::npos) {
    const std::function<void(Words, std::uint32_t)> nobody = [](Words, std::uint32_t) {};
    Flattener first(text, {}, nobody);
    if (const auto done = first.run(); !done) return done;
    deactivated = std::move(first.deactivates);
  }
  return Flattener(text, std::move(deactivated), visit).run();
}

}  // namespace fairway::reader::junos
