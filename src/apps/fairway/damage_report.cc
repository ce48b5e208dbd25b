#include "apps/fairway/damage_report.h"

namespace fairway {

namespace {

constexpr std::uint64_t kToldOneByOne = 10;

std::string octets(std::uint64_t count) { return std::to_string(count) + (count == 1 ? " octet" : " octets"); }

// A sentence as part of another one.
std::string clause(std::string text) {
  if (text.ends_with('.')) text.pop_back();
  if (text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && !(text[1] >= 'A' && text[1] <= 'Z')) text[0] += 'a' - 'A';
  return text;
}

}  // namespace

DamageReport::DamageReport(Output& err, std::string_view command, std::string_view file)
    : err_(err), prefix_("fairway " + std::string(command) + ": " + std::string(file) + ": ") {}

void DamageReport::tell(const Damage& damage) {
  ++places_;
  octets_ += damage.octets;
  if (places_ > kToldOneByOne) return;
  std::string line = prefix_ + "at octet " + std::to_string(damage.offset) + ": " + clause(damage.text);
  if (damage.octets != 0) line += ", " + octets(damage.octets) + " skipped";
  err_.line(line);
}

void DamageReport::tell_unknown(mrt::Type type, std::uint16_t subtype) { ++unknown_[{type, subtype}]; }

ExitCode DamageReport::finish() {
  for (const auto& [kind, count] : unknown_) {
    err_.line(prefix_ + "passed over " + std::to_string(count) + (count == 1 ? " record" : " records") + " of type " +
              std::to_string(static_cast<unsigned>(kind.first)) + ", subtype " + std::to_string(kind.second) +
              ", which holds nothing that is read here");
  }
  if (places_ == 0) return ExitCode::fine;
  if (places_ > kToldOneByOne)
    err_.line(prefix_ + "... and " + std::to_string(places_ - kToldOneByOne) + " places more");
  err_.line(prefix_ + "damaged in " + std::to_string(places_) + (places_ == 1 ? " place, " : " places, ") +
            octets(octets_) + " could not be read");
  return ExitCode::damaged;
}

Damage damage_of(const mrt::Record& record, const Error& error) { return {record.offset, record.size, error.text}; }

}  // namespace fairway
