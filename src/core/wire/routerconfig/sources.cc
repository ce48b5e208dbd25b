#include "core/wire/routerconfig/sources.h"

#include <utility>

namespace fairway::reader {

namespace {

constexpr std::size_t kDeepest = 9;
constexpr std::size_t kMostIncludes = 1000;
constexpr std::size_t kMostPushed = std::size_t{64} << 20;  // octets

}  // namespace

Token Sources::of(Token::Kind kind, std::size_t size) {
  Source& source = sources_.back();
  const Token token{kind, source.line, source.text.substr(source.at, size)};
  source.at += size;
  return token;
}

Token Sources::broken(std::string text) {
  if (!error_) error_ = Error{ErrorKind::malformed, std::move(text), sources_.back().line};
  for (Source& source : sources_) source.at = source.text.size();
  return end();
}

bool Sources::push(std::string_view text, std::uint32_t line) {
  if (sources_.size() >= kDeepest || text.size() > kMostPushed - pushed_) return false;
  pushed_ += text.size();
  sources_.push_back({text, 0, line, true});
  return true;
}

bool Sources::include(std::string_view name, std::uint32_t line) {
  if (!includes_ || sources_.size() >= kDeepest || ++included_ > kMostIncludes) return false;
  auto text = includes_(name);
  if (!text) return false;
  texts_.push_back(*std::move(text));
  return push(texts_.back(), line);
}

}  // namespace fairway::reader
