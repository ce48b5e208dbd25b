// A filtering document as JSON: docs/formats/filter.md.
#pragma once

#include <string>

#include "core/actions/filtering/document.h"
#include "core/report/policy/targets.h"

namespace fairway {

void append_json(std::string& text, const filtering::Document& document, const policy::Target& target,
                 const policy::Configuration& made);

}  // namespace fairway
