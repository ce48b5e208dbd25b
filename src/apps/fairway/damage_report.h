// DamageReport: tells on standard error what of a file could not be read, the first places one by one, then the sum.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "apps/fairway/exit_code.h"
#include "apps/fairway/output.h"
#include "core/wire/mrt/record.h"
#include "shell/feed/mrt_file.h"

namespace fairway {

class DamageReport {
 public:
  // `command` and `file` begin each line.
  DamageReport(Output& err, std::string_view command, std::string_view file);

  void tell(const Damage& damage);
  // A whole record of a type or subtype that nobody here can read.
  void tell_unknown(mrt::Type type, std::uint16_t subtype);
  // The sums. The exit code this file deserves: damaged, or fine.
  ExitCode finish();

 private:
  Output& err_;
  std::string prefix_;  // "fairway dump: rib.bz2: "
  std::uint64_t places_ = 0;
  std::uint64_t octets_ = 0;
  std::map<std::pair<mrt::Type, std::uint16_t>, std::uint64_t> unknown_;
};

// A record that could be framed but not decoded, as damage.
Damage damage_of(const mrt::Record& record, const Error& error);

}  // namespace fairway
