// Probes of a filtering document as JSON, one a line, with what the document says to each: for who holds routers
// against it (docs/formats/filter.md).
#pragma once

#include <string>

#include "core/actions/filtering/probes.h"

namespace fairway {

void append_json(std::string& text, const filtering::Document& document, const filtering::RouteProbe& probe);

}  // namespace fairway
