// From what my network is to what its routers are to do: one Document for all its neighbours, or for some.
//
//   std::vector<Allowed> allowed;  // one for each neighbour: allowed_for()
//   Result<Document> document = compose(network, world, allowed, {});
//
// What is decided here, clause by clause, is docs/formats/filtering.md's table.
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "core/actions/filtering/allowed.h"
#include "core/actions/filtering/document.h"

namespace fairway::filtering {

struct ComposeOptions {
  std::vector<Asn> only{};  // these neighbours alone; empty: all. Customers' prefixes count all the same on export
};

// `allowed` goes with network.neighbours. Neighbours of unknown role get no policy: refused, naming them, unless `only`
// leaves them out. Errors (refused): no ASN of mine, no such neighbour, no role.
Result<Document> compose(const Network& network, const World& world, std::span<const Allowed> allowed,
                         const ComposeOptions& options);

}  // namespace fairway::filtering
