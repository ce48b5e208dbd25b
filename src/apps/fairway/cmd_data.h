// fairway data: its verbs, each a command of its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "apps/fairway/command.h"
#include "base/result.h"
#include "core/model/instant.h"
#include "shell/config/mirror.h"

namespace fairway {

ExitCode data_list(Arguments arguments, Output& out, Output& err);
ExitCode data_update(Arguments arguments, Output& out, Output& err);
ExitCode data_mirror(Arguments arguments, Output& out, Output& err);

// What became of one source, as update and mirror tell it: a line on `out`, or on `err` if it is not good.
struct SourceReport {
  std::string name, kind{};
  std::string outcome{};  // "fetched", "unchanged", "mirrored"; "refused", "failed"
  std::string text{};
  std::uint64_t octets = 0;  // transferred, where it is known
  std::vector<std::string> remarks{};
  ExitCode code = ExitCode::fine;
};
// The outcome and code of an error: a guard's no, or a failure.
void tell_error(SourceReport& report, const Error& error);
ExitCode write_report(const SourceReport& report, std::string_view command, bool json, Output& out, Output& err);

// One registry, mirrored.
SourceReport run_mirror(const std::string& name, const config::MirrorSource& source,
                        const config::MirrorOptions& options);

// "3 h", "12 d": how long ago; "in 2 d" for what lies ahead.
std::string age_text(Duration age);

}  // namespace fairway
