// JsonHead: which keys stand where in the beginning of a JSON text, for telling files apart by content. The text may be
// cut off anywhere. A path is written with the brackets that lead to it: "{roas[{asn" is the member asn of an object in
// the list roas of the object at the top; "{roas[" says that roas is a list, "{roas" only that it is there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace fairway {

class JsonHead {
 public:
  static constexpr std::size_t kDeepest = 4;   // brackets in a path
  static constexpr std::size_t kPaths = 1024;  // what comes later is not looked at

  explicit JsonHead(Bytes head);

  bool has(std::string_view path) const;
  const std::vector<std::string>& paths() const { return paths_; }  // in the order of the text, each once

 private:
  void add(const std::string& path);

  std::vector<std::string> paths_;
};

}  // namespace fairway
