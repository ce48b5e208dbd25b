// A filtering document as JSON: docs/formats/filter.md.
#pragma once

#include <string>

#include "core/actions/filtering/document.h"
#include "core/report/filterconfig/targets.h"

namespace fairway {

void append_json(std::string& text, const filtering::Document& document, const filterconfig::Target& target,
                 const filterconfig::Configuration& made);

}  // namespace fairway
