// PathPattern: a regular expression over AS paths as routers of Cisco and its kin have it, where "_" stands for
// anything that delimits an ASN: a blank, a comma, a bracket, the beginning or the end. It is searched for anywhere in
// the path as bgpdump prints it
// ("64500 64501 {64502,64503}"). Linear in the length of the path whatever the expression. A value, shared by threads.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace re2 {
class RE2;
}

namespace fairway {

class PathPattern {
 public:
  static Result<PathPattern> parse(std::string_view text);

  bool matches(std::string_view path) const;

 private:
  std::shared_ptr<const re2::RE2> expression_;
};

// "_3356_" as an expression of the usual kind. A "_" that is escaped or stands in a class is itself.
std::string without_underscores(std::string_view text);

}  // namespace fairway
