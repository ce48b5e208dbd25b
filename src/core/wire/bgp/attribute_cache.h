// AttributeCache: attribute sets by the octets they came from. Tables and update streams repeat a few sets many times:
// equal octets are decoded once and share one key. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/bytes.h"
#include "core/model/attributes.h"
#include "core/wire/bgp/encoding.h"

namespace fairway::bgp {

class AttributeCache {
 public:
  struct Set {
    std::uint32_t key = 0;  // equal keys mean equal attributes, for the cache's whole life; 0 when keys have run out
    Attributes attributes;
    Findings findings;  // offsets count from the first octet
  };

  // At most about `limit` octets of memory are kept across calls of trim().
  explicit AttributeCache(std::size_t limit = std::size_t{64} << 20);
  ~AttributeCache();
  AttributeCache(AttributeCache&&) noexcept;
  AttributeCache& operator=(AttributeCache&&) noexcept;

  // The set that a run of path attributes says for a route of `family`. MP_REACH_NLRI may be abbreviated. Where both
  // are there, the next hop is MP_REACH_NLRI's if `multiprotocol`, else NEXT_HOP's. The set stays until trim().
  const Set& get(Bytes run, bool four_octet_asns, Family family, bool multiprotocol);

  // Forgets everything when there is too much of it. Sets handed out before are then gone.
  void trim();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fairway::bgp
