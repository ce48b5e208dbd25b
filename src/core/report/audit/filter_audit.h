// The report of an audit, for people and as JSON.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/actions/filtering/audit.h"
#include "core/wire/routerconfig/configuration.h"

namespace fairway {

// What was audited, for the router whose configuration it is.
filtering::AuditedRouter audited(const reader::Configuration& configuration, const Expectation* network);

// One file. `all`: also what is filtered.
struct AuditReport {
  std::string_view file;
  const reader::Configuration& configuration;
  const filtering::AuditedRouter& router;
  std::vector<std::vector<filtering::AuditFinding>> findings;  // by session
  bool all = false;

  bool required_open() const;
};

void append_text(std::string& out, const AuditReport& report);
// One object a line for each finding: file, session, check, state and the rest.
void append_json(std::string& out, const AuditReport& report);

}  // namespace fairway
