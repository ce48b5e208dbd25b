// The rival: RTRlib's prefix table (https://github.com/rtrlib/rtrlib, MIT licence; Debian's librtr-dev), which
// BIRD-like routers and FRR validate with.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/verdict/origin.h"

namespace fairway::bench {

class RtrlibRival {
 public:
  explicit RtrlibRival(const std::vector<Vrp>& vrps);
  ~RtrlibRival();

  // Routes in RTRlib's own form, made before the clock starts.
  struct Routes;
  static std::shared_ptr<const Routes> prepare(std::span<const PrefixOrigin> routes);
  void judge(const Routes& routes, std::span<OriginState> states);

 private:
  struct Table;
  std::unique_ptr<Table> table_;
};

}  // namespace fairway::bench
