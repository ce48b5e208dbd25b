// What closes a gap that an audit found: the line to add, in the language of the router. A hint for a person: names of
// filters, sets and of the neighbour are those of the configuration where they are known.
#pragma once

#include <string>

#include "core/actions/filtering/audit.h"
#include "core/wire/routerconfig/configuration.h"

namespace fairway {

std::string remedy(reader::Dialect dialect, filtering::AuditCheck check, const RouterSession& session,
                   std::optional<Family> family);

}  // namespace fairway
